// What a narrow screen has in place of the side bar, of rows of controls and of wide tables; shell.js loads it
// when the screen is narrow. The style sheet (styles/60-phone.css) draws all of it and nothing of it elsewhere.
import { make, put, write } from './elements.js?v=840f851e1275';

const COLUMNS = 3; // a table of so many stays one if it fits
const PHONE = 600; // pixels; a wider screen takes as many columns as fit
const LONG = 60; // rows of a table whose sections are closed at first
const TALL = 130; // pixels of a row that is squeezed rather than read
const PROSE = 60; // letters of a cell that is read as a text: its heading stands above it

const words = () => escala.settings.phone;

// The bar: menu, name, and the search, which moves in here (search.js).
const side = () => document.querySelector('[data-testid="stSidebar"]');
const isOpen = () => side()?.dataset.collapsed === 'false';
const press = (button) => document.querySelector(`[data-testid="${button}"]`);
const menuName = make('span', { class: 'e-sr' });
const menu = make('button', { type: 'button', class: 'e-bar-menu', 'aria-controls': 'stSidebar', 'aria-expanded': 'false' }, menuName);
const name = make('a', { class: 'e-bar-name', href: './', target: '_self' }, 'Escala');
const bar = make('header', { class: 'e-bar' }, menu, name);
const ownName = make('b');
const own = make('button', { type: 'button', class: 'e-bar-own' });
const turn = (open) => {
  if (open === isOpen()) return;
  if (open) press('stExpandSidebarButton')?.click();
  else press('stSidebarCollapseButton')?.querySelector('button')?.click();
};
menu.addEventListener('click', () => turn(!isOpen()));
own.addEventListener('click', () => {
  const list = document.querySelector('.st-key-mine_shell input');
  list?.scrollIntoView({ block: 'center' });
  list?.focus();
});
document.addEventListener('keydown', (event) => {
  const inList = event.target.closest?.('[role="combobox"][aria-expanded="true"]');
  if (event.key !== 'Escape' || !bar.offsetHeight || !isOpen() || inList) return;
  turn(false);
  menu.focus();
});
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('[data-testid="stSidebarNavLink"]');
  if (!bar.offsetHeight || !isOpen() || !(link || event.target.closest?.('[data-testid="stMain"]'))) return;
  turn(false);
  menu.focus(); // the link is hidden with the drawer
});
const placeBar = () => {
  const drawer = side(), main = document.querySelector('[data-testid="stMain"]');
  if (!drawer || !words()) return;
  if (drawer.previousElementSibling !== bar) drawer.before(bar);
  const open = isOpen(), mine = document.querySelector('.st-key-mine_shell input')?.value ?? '';
  put(menu, 'aria-expanded', String(open));
  write(menuName, open ? words().close : words().menu);
  if (main) main.inert = open && bar.offsetHeight > 0; // what the drawer covers is not met by who listens
  put(name, 'href', `./?${escala.shared()}`);
  const list = drawer.querySelector('[data-testid="stSidebarNav"]');
  if (list && list.previousElementSibling !== own) list.before(own);
  write(ownName, mine || '…');
  if (own.dataset.label !== words().mine) own.replaceChildren(`${words().mine}: `, ownName);
  own.dataset.label = words().mine;
};

// The choices of a page in one line, which opens them. A switch that comes first parts the page as tabs do and
// stays; a page that has nothing to show before a choice keeps its controls open.
const unfolded = new Map(); // by the key of the group: whether the reader wants it open
const short = (text) => /\(([A-Z][\w-]{2,})\)/.exec(text)?.[1] ?? text.split(' · ')[0];
const KINDS = {
  stSelectbox: (box) => short(box.querySelector('input')?.value ?? ''),
  stMultiSelect: (box) => {
    const tags = [...box.querySelectorAll('[data-tag]')].map((tag) => short(tag.textContent.trim()));
    return tags.slice(0, 2).join(', ') + (tags.length > 2 ? ` +${tags.length - 2}` : '');
  },
  stButtonGroup: (box) => [...box.querySelectorAll('[aria-checked="true"]')].map((on) => on.textContent.trim()).join(', '),
  stTextInput: (box) => (box.querySelector('input')?.value ? `“${box.querySelector('input').value}”` : ''),
  stSlider: (box) => [...box.querySelectorAll('input[aria-valuetext]')].map((end) => end.getAttribute('aria-valuetext')).join('–'),
  stCheckbox: (box) => (box.querySelector('input')?.checked ? box.textContent.trim() : ''),
};
const controlsOf = (group) => [...group.querySelectorAll(Object.keys(KINDS).map((kind) => `[data-testid="${kind}"]`).join())];
// Chips lie below the line in rows that scroll; those chosen are named in it, without their number of cases.
const chipsOf = (key) => [...document.querySelectorAll(`.st-key-${key.replace('controls', 'chips')} [aria-pressed="true"]`)]
  .map((chip) => chip.textContent.trim().replace(/ [\d.,\s]+$/, ''));
const keep = (tabs, group) => {
  // What came first while the page was still arriving is not the first any more.
  if ([...group.querySelectorAll('[data-stays="tabs"]')].some((kept) => kept !== tabs)) {
    for (const kept of group.querySelectorAll('[data-stays]')) delete kept.dataset.stays;
  }
  if (!tabs) return;
  tabs.dataset.stays = 'tabs';
  for (let box = tabs.parentElement; box !== group; box = box.parentElement) box.dataset.stays = 'way';
};
const fold = (group) => {
  const key = /st-key-(controls_\w+)/.exec(group.className)[1];
  const [first, ...others] = controlsOf(group);
  const tabs = first?.dataset.testid === 'stButtonGroup' ? first : null;
  const controls = tabs ? others : [first, ...others];
  keep(tabs, group);
  const said = controls.map((control) => control && KINDS[control.dataset.testid](control)).filter(Boolean);
  const named = [...chipsOf(key), ...said.filter((choice) => choice !== words().any)];
  const choices = (named.length ? named : said).join(' · ');
  const foldable = choices !== '';
  let line = group.querySelector(':scope > .e-choices');
  if (!foldable) {
    line?.remove();
    group.classList.remove('e-folds', 'e-folded');
    return;
  }
  if (!line) {
    line = make('button', { type: 'button', class: 'e-choices' }, make('span', { class: 'e-sr' }), make('span'));
    line.addEventListener('click', () => {
      unfolded.set(key, group.classList.contains('e-folded'));
      fold(group);
    });
    group.prepend(line);
  }
  const asks = !tabs && first.dataset.testid === 'stSelectbox' && !first.querySelector('input')?.value
    && !document.querySelector('[data-testid="stMain"] :is(.e-chart, .e-lens)');
  const open = unfolded.get(key) ?? asks;
  write(line.firstChild, `${words().choices}: `);
  write(line.lastChild, choices);
  put(line, 'aria-expanded', String(open));
  group.classList.add('e-folds');
  group.classList.toggle('e-folded', !open);
};

// Columns of which a cell needs whole lines of a card: in all cards, so that each has its place.
const seen = (cell) => [...cell.childNodes].reduce((n, part) => n + (part.matches?.('.e-sr') ? 0 : part.textContent.length), 0);
const proseOf = (table, heads) => heads.map((head, at) =>
  [...table.tBodies].some((body) => [...body.rows].some(({ cells }) => cells[at] && seen(cells[at]) > PROSE)));

// Rows of a table that does not fit become cards. Boxes that are no table cells any more keep their part in
// the table for those who listen; the heading of each cell is shown before it.
const ROLES = { TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell' };
const fits = (table) => {
  const box = table.parentElement;
  const rows = [...table.rows].slice(0, 12);
  return (innerWidth >= PHONE || table.rows[0].cells.length <= COLUMNS) && table.offsetWidth <= box.clientWidth + 1
    && rows.every((row) => row.offsetHeight < TALL);
};
const lay = (table) => {
  const heads = table.tHead?.rows.length === 1 ? [...table.tHead.rows[0].cells] : [];
  if (!heads.length || !table.offsetWidth) return;
  table.dataset.rows = 'table';
  if (table.matches('.e-matrix, .e-lens, .e-grid') || fits(table)) return;
  for (const part of [table, ...table.querySelectorAll('thead, tbody, tr, td')]) part.setAttribute('role', ROLES[part.tagName]);
  for (const head of table.querySelectorAll('th')) head.setAttribute('role', head.scope === 'col' ? 'columnheader' : 'rowheader');
  const prose = proseOf(table, heads);
  for (const { cells } of [...table.tBodies].flatMap((body) => [...body.rows])) {
    for (const [at, cell] of [...cells].entries()) {
      const label = heads[at]?.textContent.trim() ?? '';
      if (at && label !== cell.textContent.trim()) cell.dataset.label = label; // a link to the source says so itself
      if (at && heads[at]?.hasAttribute('data-answer')) cell.dataset.answer = '';
      else if (prose[at]) cell.dataset.prose = '';
    }
  }
  table.dataset.rows = 'cards';
  table.parentElement.dataset.cards = ''; // where sort.js puts its list
  if (table.rows.length > LONG) for (const body of table.tBodies) shut(body);
};
// Sections of a long table are opened by their headings.
const shut = (body) => {
  const heading = body.querySelector(':scope > .e-group:first-child > th');
  if (!heading || body.rows.length < 3) return;
  const button = make('button', { type: 'button', class: 'e-section-open', 'aria-expanded': 'false' });
  button.append(...heading.childNodes, make('small', {}, ` ${body.rows.length - 1}`));
  button.addEventListener('click', () => put(button, 'aria-expanded', String(body.toggleAttribute('data-open'))));
  heading.append(button);
  body.dataset.section = '';
};

const narrow = matchMedia('(width < 768px)');
const settle = () => {
  if (!words()) return;
  placeBar();
  if (!narrow.matches) return;
  for (const group of document.querySelectorAll('[data-testid="stMain"] [class*="st-key-controls_"]')) fold(group);
  for (const table of document.querySelectorAll('table.e-table:not([data-rows])')) lay(table);
};
narrow.addEventListener('change', () => {
  for (const table of document.querySelectorAll('table[data-rows="table"]')) delete table.dataset.rows;
  escala.workSoon();
});
escala.afterDrawing(settle);
