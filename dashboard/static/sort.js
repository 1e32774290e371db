// Long tables are sorted by a press on a heading (components/table.py says which); shell.js loads this when the
// first one is drawn. Figures by value, the largest first; words by the alphabet; what is missing last both ways.
// A third press brings back the order in which the table was made. Sections stay, each sorted within.
import { folded, make, put, write } from './elements.js?v=840f851e1275';

const NEXT = { none: { figures: 'descending', words: 'ascending' }, figures: { descending: 'ascending' }, words: { ascending: 'descending' } };
const words = () => escala.settings.sort;
const voice = make('p', { class: 'e-sr', role: 'status' });

// A cell as it is compared: the value of its first figure, or the number its text begins with, or its words; null
// where it is missing. Words for screen readers do not count; a fall (▼) is below nothing.
const NUMBER = () => {
  const [point, group] = escala.settings.decimal === ',' ? [',', '.'] : ['\\.', ','];
  return new RegExp(`^[^\\p{L}\\p{N}]*?(▼\\s*)?([-−+]?)(\\d+(?:[${group}\\u00a0\\u202f\\u2009 ']\\d{3})*(?:${point}\\d+)?)`, 'u');
};
const read = (cell, pattern) => {
  const figure = cell.querySelector('data[value]');
  if (figure) return Number(figure.getAttribute('value'));
  const copy = cell.cloneNode(true);
  for (const part of copy.querySelectorAll('.e-sr')) part.remove();
  const text = copy.textContent.trim();
  if (text === '=') return 0;
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const found = cell.classList.contains('e-num') && pattern.exec(text);
  if (!found) return folded(text);
  const number = Number(found[3].replace(/[^\d.,]/g, '').replace(escala.settings.decimal === ',' ? /\./g : /,/g, '').replace(',', '.'));
  return found[1] || /[-−]/.test(found[2]) ? -number : number;
};
// Figures stand before words and both before what is missing, whichever way they are sorted.
const kind = (key) => (key === null ? 2 : typeof key === 'string' ? 1 : 0);
const compared = (one, other, sign) => {
  if (kind(one) !== kind(other) || one === null) return kind(one) - kind(other);
  return sign * (kind(one) ? one.localeCompare(other, document.documentElement.lang, { numeric: true }) : one - other);
};

const orders = new WeakMap(); // by table: the rows of each of its bodies as they were made
const rowsOf = (table) => {
  if (!orders.has(table)) {
    orders.set(table, [...table.tBodies].map((body) => [...body.rows].filter((row) => !row.classList.contains('e-group'))));
  }
  return orders.get(table);
};
// Puts the rows into an order. way: 'ascending', 'descending' or 'none'.
const arrange = (table, at, way) => {
  const pattern = NUMBER(), sign = way === 'descending' ? -1 : 1;
  for (const rows of rowsOf(table)) {
    const keyed = rows.map((row) => [row, way === 'none' ? 0 : read(row.cells[at], pattern)]);
    keyed.sort(([, one], [, other]) => compared(one, other, sign));
    rows[0]?.parentElement.append(...keyed.map(([row]) => row));
  }
  const heads = [...table.tHead.rows[0].cells];
  for (const [n, head] of heads.entries()) put(head, 'aria-sort', n === at && way !== 'none' ? way : null);
  const choice = table.parentElement.querySelector(':scope > .e-sort-list select');
  if (choice) choice.value = way === 'none' ? '' : `${at} ${way}`;
  table.parentElement.scrollTop = 0;
  if (!voice.isConnected) document.body.append(voice);
  write(voice, words()[way].replace('{name}', nameOf(heads[at])));
};

const nameOf = (head) => (head.querySelector(':scope > a') ?? head).textContent.trim();
const isOfFigures = (table, at) => rowsOf(table).flat().some((row) => row.cells[at]?.matches('.e-num') || row.cells[at]?.querySelector('data[value]'));
const turn = (table, head) => {
  const at = head.cellIndex, kind = isOfFigures(table, at) ? 'figures' : 'words', now = head.getAttribute('aria-sort');
  arrange(table, at, now ? NEXT[kind][now] ?? 'none' : NEXT.none[kind]);
};

// The button of a heading is its text; beside a heading that leads somewhere it is a mark of its own.
const dress = (table) => {
  const heads = table.tHead?.rows.length === 1 ? [...table.tHead.rows[0].cells] : [];
  put(table, 'data-sort', 'ready');
  const pattern = NUMBER();
  const sortable = heads.filter((head) => nameOf(head)
    && rowsOf(table).flat().some((row) => row.cells[head.cellIndex] && read(row.cells[head.cellIndex], pattern) !== null));
  for (const head of sortable) {
    const button = make('button', { type: 'button', class: 'e-sort' });
    if (head.querySelector('a')) {
      button.classList.add('e-sort-beside');
      put(button, 'aria-label', words().label.replace('{name}', nameOf(head)));
      head.append(button);
    } else {
      button.append(...head.childNodes);
      put(button, 'title', words().title);
      head.append(button);
    }
    button.addEventListener('click', () => turn(table, head));
  }
  table.before(listed(table, sortable));
};
// On a narrow screen rows are cards and headings are gone: the same choice stands in a list above them
// (styles/60-phone.css shows it there only).
const listed = (table, sortable) => {
  const list = make('select', {}, make('option', { value: '' }, words().none));
  for (const head of sortable) {
    const at = head.cellIndex;
    for (const way of isOfFigures(table, at) ? ['descending', 'ascending'] : ['ascending', 'descending']) {
      list.append(make('option', { value: `${at} ${way}` }, words()[way].replace('{name}', nameOf(head))));
    }
  }
  list.addEventListener('change', () => {
    const [at, way] = list.value ? list.value.split(' ') : [0, 'none'];
    arrange(table, Number(at), way);
  });
  return make('label', { class: 'e-sort-list' }, `${words().by} `, list);
};

escala.afterDrawing(() => {
  if (!words()) return;
  for (const table of document.querySelectorAll('table.e-table[data-sort=""]')) dress(table);
  for (const button of document.querySelectorAll('[data-rows="cards"] .e-sort')) put(button, 'tabindex', '-1');
});
