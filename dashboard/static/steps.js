// Steps of time: a chart whose payload has `steps` (charts/steps.py) gets a slider with its years, a button that
// plays them, and a list of its countries to search. A step asks nothing and tells Plotly nothing: areas, marks
// and squares are coloured where they stand. Once the slider rests, the year becomes that of the whole page, by
// the event `e-choose`, which components/choosing.py hands to the app.
import { beat } from './elements.js?v=840f851e1275';

const REST = 600; // ms without a step, after which the page follows
const HATCHED = '0.7px', PLAIN = '0.6px'; // lines around areas: the style sheet hatches by the first
const LATEST = 'latest';
const states = new WeakMap(); // by the element of the chart

/** Called by chart.js before each drawing, so that the chart has its place and with it its size. */
export function prepare({ figure, spec }) {
  figure.parentElement.dataset.list = spec.steps.list;
}

/** Called by chart.js after each drawing with { figure, plot, plotly, spec }. */
export function attach(chart) {
  const state = states.get(chart.figure) ?? begin(chart);
  take(state, chart);
}

function begin(chart) {
  const { figure } = chart;
  const time = document.createElement('div');
  time.className = 'e-time';
  time.innerHTML = '<button type="button"></button><label><span class="e-sr"></span><input type="range" min="0">'
    + '</label><b></b><label class="e-parts"><span></span><select></select></label><span class="e-told"></span><span class="e-sr" role="status"></span>';
  const list = document.createElement('div');
  list.className = 'e-list';
  list.setAttribute('role', 'region');
  list.innerHTML = '<input type="search" autocomplete="off"><div class="e-pinned"></div><ol></ol><p hidden></p>';
  figure.after(list, time);
  const state = {
    chart, told: null, at: 0, timer: 0, beat: 0, top: 0, marks: [], orders: [], some: null, time, list,
    button: time.querySelector('button'), range: time.querySelector('input'), year: time.querySelector('b'),
    text: time.querySelector('.e-told'), status: time.querySelector('[role=status]'),
    filter: list.querySelector('input'), pinned: list.firstChild.nextSibling, rows: list.querySelector('ol'),
    nobody: list.querySelector('p'),
  };
  state.button.addEventListener('click', () => (state.beat ? stop(state) : play(state)));
  state.range.addEventListener('input', () => {
    stop(state, false);
    go(state, Number(state.range.value));
  });
  const select = time.querySelector('select');
  select.addEventListener('change', () => choose(state.told.parts.name, select.value));
  state.filter.addEventListener('input', () => fill(state));
  state.rows.addEventListener('scroll', () => {
    state.top = state.rows.scrollTop;
    if (state.beat || state.timer) write(state, false);
  }, { passive: true });
  listen(state);
  states.set(figure, state);
  return state;
}

/** What the app sent: the figure may be of another year, KPI, language or look. */
function take(state, chart) {
  const told = chart.spec.steps;
  const isOther = state.told?.of !== told.of;
  if (isOther) stop(state, false);
  const moves = !isOther && (state.timer || state.beat);
  Object.assign(state, { chart, told, orders: [], marks: marksOf(chart.plot, told.codes) });
  if (!moves) state.at = told.at;
  if (isOther) state.filter.value = '';
  dress(state);
  show(state);
}

/** What stands for a country and is coloured by its class: areas and marks of maps, squares. */
function marksOf(plot, codes) {
  const place = new Map(codes.map((code, at) => [code, at]));
  const found = [];
  for (const node of plot.querySelectorAll('.choroplethlocation, .scattergeo .point, .bars .point')) {
    const group = node.closest('.trace');
    const { trace } = group.__data__?.[0] ?? {};
    if (trace?.meta !== 'class') continue;
    const { loc, id } = node.__data__;
    const at = place.get(loc ?? id?.slice(8, 11)); // marks.py: "country:COL"
    if (at === undefined) continue;
    if (trace.type === 'choropleth') found.push({ at, node, area: node.style });
    else if (trace.type === 'scattergeo') found.push({ at, node, mark: node, sizes: shapes(trace.marker.size / 2) });
    else {
      const square = node.querySelector('path');
      found.push({ at, node: square, square: square.style, letters: node.querySelector('text')?.style });
    }
  }
  return found;
}

/** A round mark, and one with a cross for "no data", as Plotly draws them. */
function shapes(radius) {
  const round = `M${radius},0A${radius},${radius} 0 1,1 0,${-radius}A${radius},${radius} 0 0,1 ${radius},0Z`;
  const arm = radius * Math.SQRT1_2;
  return [round, `${round}M${arm},${arm}L${-arm},${-arm}M${arm},${-arm}L${-arm},${arm}`];
}

function dress(state) {
  const { told, time, list, range, button, filter } = state;
  time.classList.toggle('e-still', told.years.length < 2);
  divide(time.querySelector('.e-parts'), told.parts);
  range.max = told.years.length - 1;
  time.querySelector('label span').textContent = told.words.year;
  button.textContent = state.beat ? told.words.pause : told.words.play;
  list.setAttribute('aria-label', told.words.list);
  filter.placeholder = told.words.filter;
  filter.setAttribute('aria-label', told.words.filter);
  state.nobody.textContent = told.words.none;
  const values = told.frames.flat().filter((value) => value !== null);
  const low = Math.min(0, ...values);
  state.scale = { low, span: Math.max(0, ...values) - low || 1 };
  const peers = new Set(told.peers);
  state.isPeer = told.codes.map((code) => peers.has(code));
  state.own = told.codes.indexOf(told.mine);
  while (state.rows.children.length < told.codes.length) state.rows.append(row());
  while (state.rows.children.length > told.codes.length) state.rows.lastChild.remove();
  state.pinned.replaceChildren(...(state.own < 0 ? [] : [row('div')]));
  if (!state.rows.querySelector('[tabindex="0"]')) state.rows.querySelector('a')?.setAttribute('tabindex', '0');
  state.tall = state.rows.firstChild?.offsetHeight || 30;
  const { clientHeight } = state.rows; // 0: not seen yet, so all rows are written
  state.seen = clientHeight ? Math.ceil(clientHeight / state.tall) + 4 : Infinity;
  list.style.setProperty('--value', told.of_year.length ? '8.2rem' : '4.6rem');
  state.some = null;
}

/** The list of parts that the chart can show, such as the regions of a map. */
function divide(label, parts) {
  label.hidden = !parts;
  if (!parts) return;
  label.firstChild.textContent = parts.label;
  label.lastChild.replaceChildren(...parts.options.map(([code, name]) => new Option(name, code)));
  label.lastChild.value = parts.at;
}

function row(kind = 'li') {
  const item = document.createElement(kind);
  item.innerHTML = '<a target="_self" tabindex="-1"><span></span><span></span><i><s></s></i><span></span></a>';
  return item;
}

function go(state, at) {
  if (at === state.at) return;
  state.at = at;
  clearTimeout(state.timer);
  state.timer = state.beat ? 0 : setTimeout(rest, REST, state);
  waiting.add(state);
  show(state);
}

function rest(state) {
  state.timer = 0;
  waiting.delete(state);
  if (!state.chart.figure.isConnected) return; // the reader has gone on: the year is not chosen elsewhere
  const { told, at } = state;
  fill(state);
  fade(state);
  state.status.textContent = `${yearOf(state)}: ${state.text.textContent}`;
  if (at !== told.at) choose('year', told.years[at]);
}

/** The reader went back or on while the slider had not yet rested: where that leads decides the year. */
const waiting = new Set();
addEventListener('popstate', () => {
  for (const state of waiting) {
    stop(state, false);
    state.at = state.told.at;
    show(state);
  }
  waiting.clear();
});

/** Hands a choice to the app. */
function choose(name, code) {
  document.dispatchEvent(new CustomEvent('e-choose', { detail: { name, code } }));
}

function play(state) {
  const last = state.told.years.length - 1;
  clearTimeout(state.timer);
  state.timer = 0;
  const step = () => {
    if (!state.chart.figure.isConnected) stop(state, false);
    else if (state.at >= last) stop(state);
    else go(state, state.at + 1);
  };
  state.beat = beat(step);
  state.button.textContent = state.told.words.pause;
  go(state, state.at >= last ? 0 : state.at + 1);
}

function stop(state, isRest = true) {
  clearInterval(state.beat);
  clearTimeout(state.timer);
  state.beat = state.timer = 0;
  if (state.told) state.button.textContent = state.told.words.play;
  if (isRest) rest(state);
}

function show(state) {
  const { told, at, range } = state;
  const frame = told.frames[at];
  const kinds = frame.map((value) => (value === null ? -1 : kind(told.bounds, value)));
  if (told.years.length > 1) paint(state, kinds);
  count(state, kinds);
  fill(state);
  range.value = at;
  range.setAttribute('aria-valuetext', yearOf(state));
  state.year.textContent = yearOf(state);
  state.text.textContent = sentence(state);
  fade(state);
}

/** What is of the year of the app stands back while another is shown. */
function fade(state) {
  const frame = state.chart.figure.closest('[class*="st-key-frame_"]') ?? state.chart.figure.parentElement;
  frame.classList.toggle('e-moving', state.at !== state.told.at);
}

const kind = (bounds, value) => {
  let at = 0;
  while (at < bounds.length && bounds[at] <= value) at += 1;
  return at;
};

function paint({ told, marks }, kinds) {
  for (const { at, area, mark, sizes, square, letters } of marks) {
    const own = kinds[at];
    const isMissing = own < 0;
    const colour = isMissing ? told.missing : told.fills[own];
    if (area) {
      area.fill = colour;
      area.strokeWidth = isMissing ? HATCHED : PLAIN;
    } else if (mark) {
      mark.style.fill = colour;
      mark.setAttribute('d', sizes[Number(isMissing)]);
    } else {
      square.fill = isMissing ? 'url(#e-nodata)' : colour;
      if (!letters) continue;
      letters.fill = isMissing ? told.ink : told.inks[own];
      letters.textShadow = isMissing ? `0 0 3px ${told.missing}, 0 0 3px ${told.missing}` : '';
    }
  }
}

/** The numbers of the legend, which the app wrote for its year. */
function count({ chart }, kinds) {
  const legend = chart.figure.closest('[class*="st-key-frame_"]')?.querySelector('ul.legend');
  for (const item of legend?.querySelectorAll('[data-class]') ?? []) {
    const own = Number(item.dataset.class);
    const n = kinds.filter((other) => other === own).length;
    item.querySelector('small').textContent = `(${n})`;
    if (own < 0) item.hidden = !n;
  }
}

/** Countries with a value, best first, and their places; equal values share the better place. */
function order(state) {
  const { told, at } = state;
  if (state.orders[at]) return state.orders[at];
  const frame = told.frames[at];
  const key = { lower: (value) => value, zero: Math.abs }[told.order] ?? ((value) => -value);
  const countries = [];
  frame.forEach((value, n) => value !== null && countries.push(n));
  const names = told.names;
  countries.sort((a, b) => key(frame[a]) - key(frame[b]) || (names[a] < names[b] ? -1 : 1));
  const places = new Map();
  countries.forEach((n, index) => {
    const before = countries[index - 1];
    places.set(n, index && frame[before] === frame[n] ? places.get(before) : index + 1);
  });
  return (state.orders[at] = { countries, places });
}

/** The countries of the list in their order of the year shown. */
function fill(state) {
  const { told, at, rows, filter } = state;
  const { countries } = order(state);
  const typed = plain(filter.value);
  const without = told.codes.map((_, n) => n).filter((n) => told.frames[at][n] === null);
  const all = [...countries, ...without.sort((a, b) => (told.names[a] < told.names[b] ? -1 : 1))];
  const some = typed ? all.filter((n) => isCalled(told.names[n], typed, filter.value)) : all;
  if (state.some?.length !== some.length) {
    [...rows.children].forEach((item, index) => { item.hidden = index >= some.length; });
    state.nobody.hidden = some.length > 0;
  }
  state.some = some;
  write(state, !(state.beat || state.timer));
}

/** Writes the rows of the list: all, or while the years move those in sight, for each costs time. */
function write(state, isAll) {
  const { rows, some, own, pinned, top, tall } = state;
  const first = isAll ? 0 : Math.max(0, Math.floor(top / tall) - 2);
  const last = isAll ? some.length : Math.min(some.length, first + state.seen);
  for (let index = first; index < last; index += 1) writeRow(state, rows.children[index], some[index]);
  if (own >= 0) writeRow(state, pinned.firstChild, own);
}

function writeRow(state, item, n) {
  const { told, at, scale } = state;
  const value = told.frames[at][n];
  const place = told.coded ? undefined : order(state).places.get(n);
  const link = item.firstChild;
  const [first, name, bar, last] = link.children;
  put(first, place ? String(place) : '');
  if (item.dataset.at !== String(n)) {
    item.dataset.at = n;
    put(name, told.names[n]);
    link.href = told.link.replace('AAA', told.codes[n]);
    item.className = n === state.own ? 'e-mine' : state.isPeer[n] ? 'e-peer' : '';
  }
  put(last, value === null ? told.words.no_data : written(told, value, told.years[at] === LATEST && told.of_year[n]));
  if (told.list === 'beside') return; // without bars
  const fill = bar.firstChild.style;
  fill.left = `${(100 * (Math.min(value ?? 0, 0) - scale.low)) / scale.span}%`;
  fill.width = `${(100 * Math.abs(value ?? 0)) / scale.span}%`;
}

/** Sets the text of an element that has no other content, in place. */
function put(element, text) {
  if (!element.firstChild) element.textContent = text;
  else if (element.firstChild.data !== text) element.firstChild.data = text;
}

/** A value as the app writes it; year: where the values of the step are of several years. */
function written(told, value, year) {
  const { digits, precision, separators } = told;
  const rounded = Math.round(Math.abs(value) / 10 ** (digits - precision));
  const text = String(rounded).padStart(precision + 1, '0');
  const whole = text.slice(0, text.length - precision).replace(/\B(?=(\d{3})+$)/g, separators[1]);
  const number = (value < 0 && rounded ? '−' : '') + whole + (precision ? separators[0] + text.slice(-precision) : '');
  const amount = told.words.value.replace('{value}', number);
  return year ? `${amount} (${year})` : amount;
}

const yearOf = ({ told, at }) => (told.years[at] === LATEST ? told.words.latest : told.years[at]);

/** Who is first in the year shown, and the place of the reader's own country. */
function sentence(state) {
  const { told, at, own } = state;
  const { countries, places } = order(state);
  const frame = told.frames[at];
  const n = countries.length;
  if (!n) return told.words.no_data;
  const best = countries.filter((country) => frame[country] === frame[countries[0]]);
  const names = best.slice(0, 3).map((country) => told.names[country]).join(', ') + (best.length > 3 ? ' …' : '');
  const top = told.bounds.length * 10 ** told.digits;
  const k = frame.filter((value) => value === top).length;
  const first = said(told.words.first, { n, names, k, value: written(told, frame[countries[0]]) });
  if (own < 0 || frame[own] === null) return first;
  const place = said(told.words.place, { place: places.get(own), n });
  return `${first} ${told.names[own]}: ${written(told, frame[own])}${told.coded ? '' : `, ${place}`}`;
}

const said = (template, parts) => template.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
const isCalled = (name, typed, asked) => plain(name).includes(typed) || window.escala?.called?.(name, asked);

/** Arrows walk the list, which is one stop of the tab key; a country pointed at is shown on the map. */
function listen(state) {
  const { list, rows, filter } = state;
  list.addEventListener('keydown', (event) => {
    const links = [...rows.querySelectorAll('li:not([hidden]) a')];
    const at = links.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (event.target === filter ? event.key !== 'ArrowDown' : next === undefined) return;
    event.preventDefault();
    if (next < 0) filter.focus();
    else aim(rows, links[Math.min(next, links.length - 1)]);
  });
  const lit = (event) => light(state, event.target.closest?.('[data-at]')?.dataset.at);
  for (const name of ['pointerover', 'focusin']) list.addEventListener(name, lit);
  for (const name of ['pointerleave', 'focusout']) list.addEventListener(name, () => light(state));
}

function aim(rows, link) {
  rows.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
  link?.setAttribute('tabindex', '0');
  link?.focus();
}

function light({ marks }, at) {
  for (const { at: own, node } of marks) node.classList.toggle('e-lit', String(own) === at);
}
