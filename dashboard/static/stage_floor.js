// A question from the floor: the name of a country, typed over the slide, takes its place in the view.
import { folded, make, put, write } from './elements.js?v=840f851e1275';

const MOST = 6; // names that are offered
const names = import('./names.js?v=1f4fed21f1ae');

/** The names that fit, the best first: [code, label]. codes: of those that can be shown. */
function found(rows, typed, lang, codes) {
  const asked = folded(typed).trim();
  if (!asked) return [];
  const order = ({ written }) => (written.some((name) => name.startsWith(asked)) ? 0 : 1);
  return rows
    .filter(([, , code]) => codes.includes(code))
    .map((row) => ({ code: row[2], label: row[lang === 'es' ? 1 : 0], written: row.map(folded) }))
    .filter(({ written }) => written.some((name) => name.startsWith(asked) || name.includes(` ${asked}`)))
    .sort((one, other) => order(one) - order(other) || one.label.localeCompare(other.label, lang))
    .slice(0, MOST)
    .map(({ code, label }) => [code, label]);
}

/** The box; chosen(code) is told a country. */
export function ask(chosen) {
  const input = make('input', {
    type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-controls': 'e-floor', 'aria-autocomplete': 'list',
  });
  const label = make('label', {}, make('span', {}, ' '), input);
  const list = make('ul', { id: 'e-floor', role: 'listbox' });
  const empty = make('p', { role: 'status' });
  const element = make('div', { class: 'e-stage-floor', role: 'dialog', hidden: '' }, label, list, empty);
  let [told, rows, hits, at, before] = [null, [], [], 0, null];
  const close = () => {
    element.hidden = true;
    before?.focus?.();
  };
  const choose = (n) => {
    if (!hits[n]) return;
    close();
    chosen(hits[n][0]);
  };
  const draw = () => {
    hits = found(rows, input.value, told.lang, told.codes.split(' '));
    at = Math.min(at, Math.max(0, hits.length - 1));
    list.replaceChildren(...hits.map(([code, name], n) => {
      const option = make('li', { role: 'option', id: `e-floor-${n}`, 'aria-selected': String(n === at) }, name);
      option.addEventListener('click', () => choose(n));
      option.dataset.code = code;
      return option;
    }));
    put(input, 'aria-expanded', String(hits.length > 0));
    put(input, 'aria-activedescendant', hits.length ? `e-floor-${at}` : null);
    write(empty, input.value.trim() && !hits.length && rows.length ? told.words.none : '');
  };
  input.addEventListener('input', () => { at = 0; draw(); });
  element.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const { key } = event;
    if (key === 'Escape') close();
    else if (key === 'Enter') choose(at);
    else if (key === 'ArrowDown' || key === 'ArrowUp') {
      at = (at + (key === 'ArrowDown' ? 1 : -1) + hits.length) % Math.max(1, hits.length);
      draw();
    } else return;
    event.preventDefault();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !element.contains(relatedTarget)) element.hidden = true;
  });
  return {
    element,
    isOpen: () => !element.hidden,
    open: (letters, data) => {
      told = data;
      before = document.activeElement;
      put(element, 'aria-label', data.words.floor);
      write(label.firstChild, data.words.find);
      element.hidden = false;
      input.value = letters;
      at = 0;
      input.focus();
      draw();
      names.then((module) => { rows = module.default; draw(); });
    },
  };
}
