// The search of the side bar: a combobox over a grid of results (WAI-ARIA), asked for while words are typed
// (dashboard/serve/finding.py). A row is a result: its title, then where else it leads. It stands in the side bar
// before the navigation, of which it is no part, and is put back where Streamlit draws the side bar anew; on a
// narrow screen it stands in the bar (phone.js).
import { make } from './elements.js?v=840f851e1275';

const PAUSE = 70; // milliseconds after a key before the server is asked
const GAP = 8; // pixels between the results and the edge of the window
const KEPT = 60; // answers, so that a letter taken back is answered at once

const input = make('input', {
  id: 'e-search', type: 'text', role: 'combobox', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
  maxlength: 60, enterkeyhint: 'go', 'aria-autocomplete': 'list', 'aria-haspopup': 'grid', 'aria-expanded': 'false',
  'aria-controls': 'e-hits', 'aria-keyshortcuts': '/',
});
const grid = make('div', { id: 'e-hits', role: 'grid', tabindex: -1 });
const told = make('p', { class: 'e-hits-told', role: 'status' });
const panel = make('div', { class: 'e-hits', hidden: '' }, told, grid);
const box = make('div', { class: 'e-search', role: 'search' }, input, panel);

let rows = []; // cells by row, as they are drawn
let active = null; // the cell that the arrow keys are at
let drawn = ''; // the words whose results are drawn
let opens = false; // Enter came before its results
let waits = 0, asks = null;
const answers = new Map();

const typed = () => input.value.replace(/\s+/g, ' ').trim();
const name = (label) => {
  if (input.placeholder === label) return;
  input.placeholder = label;
  input.setAttribute('aria-label', label);
};
const place = () => {
  const bar = document.querySelector('.e-bar');
  const before = bar?.offsetHeight ? bar.lastElementChild : document.querySelector('[data-testid="stSidebarHeader"]');
  if (before && before !== box && before.nextElementSibling !== box) before.after(box);
  const { phone, search } = escala.settings;
  name(bar?.offsetHeight ? phone.search : search.label); // a phone has no key "/"
};
const fit = () => {
  const edge = input.getBoundingClientRect(), narrow = innerWidth < 600;
  const left = narrow ? GAP : edge.left;
  panel.style.left = `${left}px`;
  panel.style.top = `${edge.bottom + 4}px`;
  panel.style.width = `${Math.min(innerWidth - left - GAP, 560)}px`;
  panel.style.maxHeight = `${innerHeight - edge.bottom - 4 - GAP}px`;
};
const show = (open) => {
  panel.hidden = !open;
  grid.hidden = !rows.length; // a grid without rows is none
  input.setAttribute('aria-expanded', String(open && rows.length > 0));
  if (open) fit();
  if (!open) activate(null);
};
const activate = (cell) => {
  active?.removeAttribute('aria-selected');
  active = cell;
  if (cell) {
    cell.setAttribute('aria-selected', 'true');
    cell.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', cell.id);
  } else {
    input.removeAttribute('aria-activedescendant');
  }
};

// What else the address carries goes along, as with every link.
const complete = (to) => {
  const target = new URL(to, location.href);
  for (const [name, value] of escala.shared()) if (!target.searchParams.has(name)) target.searchParams.set(name, value);
  return `./${target.pathname.split('/').pop()}${target.search}`;
};
const cell = (row, at, { title, to }, note = '') => make(
  'span', { id: `e-hit-${row}-${at}`, role: 'gridcell' },
  make('a', { href: complete(to), target: '_self', tabindex: -1 }, title),
  note && make('small', {}, note),
);
const draw = ({ said, kinds }) => {
  rows = [];
  grid.replaceChildren(...kinds.map(({ heading, results, more }) => make(
    'div', { role: 'rowgroup', 'aria-label': heading },
    make('p', { 'aria-hidden': 'true', class: 'e-hits-kind' }, heading),
    ...results.map((result) => {
      const n = rows.length;
      const cells = [cell(n, 0, result, result.note), ...result.onward.map((link, at) => cell(n, at + 1, link))];
      rows.push(cells);
      return make('div', { role: 'row' }, ...cells);
    }),
    more && make('p', { class: 'e-foot', 'aria-hidden': 'true' }, more),
  )));
  told.textContent = said;
};
const go = (chosen) => chosen?.querySelector('a').click();

const answer = async (words) => {
  const question = new URLSearchParams({ words, lang: document.documentElement.lang });
  const key = String(question);
  if (answers.has(key)) return answers.get(key);
  asks?.abort();
  asks = new AbortController();
  const response = await fetch(`./find?${question}`, { signal: asks.signal });
  const found = await response.json();
  if (answers.size >= KEPT) answers.delete(answers.keys().next().value);
  if (response.ok) answers.set(key, found);
  return found;
};
const ask = async () => {
  const words = typed();
  if (!words) {
    rows = [];
    drawn = '';
    told.textContent = '';
    grid.replaceChildren();
    return show(false);
  }
  try {
    const found = await answer(words);
    if (words !== typed()) return undefined; // typed on since
    drawn = words;
    activate(null);
    draw(found);
    if (opens && rows.length) go(rows[0][0]);
    else if (document.activeElement === input) show(true);
    opens = false;
  } catch (fault) {
    if (fault.name !== 'AbortError') show(false); // no server: the page says so
  }
  return undefined;
};

const step = (by) => {
  const at = active ? rows.findIndex((cells) => cells.includes(active)) : by > 0 ? -1 : rows.length;
  activate(rows[at + by]?.[0] ?? null); // beyond the ends: back to the words
};
const aside = (by) => {
  const cells = rows.find((row) => row.includes(active));
  activate(cells[Math.min(Math.max(cells.indexOf(active) + by, 0), cells.length - 1)]);
};
const enter = () => {
  if (active) go(active);
  else if (typed() && drawn !== typed()) {
    opens = true;
    clearTimeout(waits);
    ask();
  } else if (rows.length) go(rows[0][0]);
};
const escape = () => {
  if (!panel.hidden) return show(false);
  input.value = '';
  return ask();
};
const keys = {
  ArrowDown: () => (panel.hidden ? ask() : step(1)),
  ArrowUp: () => step(-1),
  ArrowRight: () => aside(1),
  ArrowLeft: () => aside(-1),
  Enter: enter,
  Escape: escape,
};
input.addEventListener('keydown', (event) => {
  const press = keys[event.key];
  if (!press || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key.startsWith('Arrow') && !active && !['ArrowDown', 'ArrowUp'].includes(event.key)) return; // in the words
  if (event.key === 'ArrowUp' && panel.hidden) return;
  event.preventDefault();
  event.stopPropagation();
  press();
});
input.addEventListener('input', () => {
  opens = false;
  clearTimeout(waits);
  waits = setTimeout(ask, typed() ? PAUSE : 0);
});
input.addEventListener('focus', () => { if (rows.length && drawn === typed()) show(true); });
box.addEventListener('focusout', (event) => { if (!box.contains(event.relatedTarget)) show(false); });
panel.addEventListener('pointerdown', (event) => { if (event.target.closest('a')) event.preventDefault(); });
panel.addEventListener('mousedown', (event) => event.preventDefault()); // the words keep the focus
window.addEventListener('resize', () => {
  if (input.placeholder) place();
  if (!panel.hidden) fit();
});

// words: the label of the box in the reader's language. Called by every run of the app.
export const settle = (words) => {
  grid.setAttribute('aria-label', words.results);
  place();
};
escala.afterDrawing(() => { if (input.placeholder) place(); });
