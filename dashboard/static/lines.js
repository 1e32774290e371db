// Lines that answer. The line that is pointed at, at its course or its label, comes to the front and the others
// fade: by style, so that nothing is drawn anew and a picture that is taken away shows the same. One box says the
// values of all lines in that year, the highest first. A click or Enter keeps a line in front.
import { frame, hide, line as written, placed, say, show, stop, texts } from './answer.js?v=d0689d284afa';
import { lines, offered } from './scales.js?v=a9249edfb278';

const NEAR = 30; // px from a line within which it is the one that is meant
const FAINT = 0.2; // strength of the others
const THICKER = 2; // px, of a line in front
let number = 0;
const SAMPLE = { wide: 26, high: 12 }; // px, of the piece of line before its name

/** Called by chart.js after each drawing: what the reader has kept stays, as long as its line is there. */
export function attach(chart) {
  chart.lines = lines(chart.spec, chart.scale);
  chart.kept ??= new Set();
  chart.figure.classList.add('e-lines');
  chart.at = null; // the year and the line that are pointed at
  if (!chart.guide) listen(chart);
  stop(chart, answers(chart));
  dress(chart);
}

function listen(chart) {
  const { figure, plot } = chart;
  chart.guide = figure.appendChild(document.createElement('div'));
  chart.guide.className = 'e-guide';
  chart.guide.hidden = true;
  plot.addEventListener('pointermove', (event) => event.pointerType !== 'touch' && point(chart, event));
  plot.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && quiet(chart));
  plot.addEventListener('click', (event) => {
    point(chart, event);
    if (event.pointerType !== 'touch' && chart.at?.line) keep(chart, chart.at.line);
  });
}

const answers = (chart) => ({
  up: () => change(chart, -1),
  down: () => change(chart, 1),
  left: () => step(chart, 'left'),
  right: () => step(chart, 'right'),
  first: () => step(chart, 'first'),
  last: () => step(chart, 'last'),
  enter: () => chart.at?.line && keep(chart, chart.at.line, true),
  leave: () => letGo(chart),
  quiet: () => quiet(chart),
});

/** The year nearest to the pointer, and the line whose label or course is under it. */
function point(chart, event) {
  const { plot, lines: all, spec } = chart;
  if (!spec.lines) return; // the next chart in this element may have none
  const box = plot.getBoundingClientRect();
  const grown = box.width / plot.offsetWidth;
  const [x, y] = [(event.clientX - box.left) / grown, (event.clientY - box.top) / grown];
  const named = all.find((line) => holds(label(chart, line)?.getBoundingClientRect(), event));
  if (named) return look(chart, named, Math.max(...named.values.keys()));
  const { xaxis } = plot._fullLayout;
  const at = xaxis.p2l(x - xaxis._offset);
  const far = all.map((line) => Math.abs(course(chart, line, at) - y));
  const near = far.indexOf(Math.min(...far));
  look(chart, far[near] <= NEAR ? all[near] : null, nearest(years(all), at));
}

const holds = (box, { clientX: x, clientY: y }) => box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
const years = (all) => [...new Set(all.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
const nearest = (all, at) => all.reduce((best, each) => (Math.abs(each - at) < Math.abs(best - at) ? each : best));

/** Height of a line's course in px of the drawing at a moment between two of its years; far away beyond them. */
function course({ plot }, { values }, at) {
  const [after, before] = [[...values.keys()].find((year) => year >= at), [...values.keys()].findLast((year) => year <= at)];
  const [from, to] = [before ?? after, after ?? before];
  if (Math.abs(nearest([from, to], at) - at) > 0.5 && (before === undefined || after === undefined)) return Infinity;
  const { yaxis } = plot._fullLayout;
  const [start, end] = [from, to].map((year) => yaxis._offset + yaxis.d2p(values.get(year).value));
  return from === to ? start : start + ((end - start) * (at - from)) / (to - from);
}

/** Shows a year, and a line of it or none. */
function look(chart, line, year) {
  if (chart.at?.line === line && chart.at?.year === year) return;
  chart.at = { line, year };
  const { plot } = chart;
  const { xaxis, yaxis } = plot._fullLayout;
  const x = xaxis._offset + xaxis.d2p(year);
  const height = line?.values.has(year) ? yaxis.d2p(line.values.get(year).value) : yaxis._length / 3;
  const top = placed(chart, x, yaxis._offset);
  const foot = placed(chart, x, yaxis._offset + yaxis._length);
  Object.assign(chart.guide.style, { left: `${top.left}px`, top: `${top.top}px`, height: `${foot.top - top.top}px` });
  chart.guide.hidden = false;
  const place = placed(chart, x, yaxis._offset + height);
  if (line?.values.has(year)) frame(chart, place, 9);
  else chart.ring.hidden = true;
  chart.told.replaceChildren(written('p', 'head', year), table(chart, ranked(chart, year)));
  show(chart, place);
  dress(chart);
}

/** The lines in a year from the top of the chart, where the best rank stands too, then those without a value. */
function ranked({ lines: all, plot, spec }, year) {
  const { yaxis } = plot._fullLayout;
  const depth = (line) => (line.values.has(year) ? yaxis.d2p(line.values.get(year).value) : Infinity);
  const listed = spec.lines.parts ? all.filter(({ values }) => values.has(year)) : all;
  return [...listed].sort((one, other) => (depth(one) === depth(other) ? 0 : depth(one) - depth(other)));
}

function table(chart, order) {
  const rows = document.createElement('table');
  for (const line of order) {
    const row = rows.insertRow();
    row.className = line === chart.at.line ? 'near' : '';
    row.insertCell().append(sample(line));
    const [text, ...notes] = texts(line.values.get(chart.at.year)?.text ?? '–');
    row.insertCell().append(line.name, ...notes.map((note) => written('small', '', note)));
    row.insertCell().append(text);
  }
  return rows;
}

/** A piece of a line with its dash and its mark, as it is drawn. */
function sample({ pen, mark }) {
  const { wide, high } = SAMPLE;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const dash = { dash: '6 3', dot: '2 2', dashdot: '6 2 2 2', longdash: '10 3' }[pen.dash] ?? '';
  const [x, y] = [wide / 2, high / 2];
  const shapes = {
    circle: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z', square: 'M-3.5-3.5h7v7h-7z', diamond: 'M0-5l5 5l-5 5l-5-5z',
    'triangle-up': 'M0-5l5 8.5h-10z', 'triangle-down': 'M0 5l5-8.5h-10z', x: 'M-4-4l8 8m0-8l-8 8',
  };
  const open = mark.endsWith('-open') || mark === 'x';
  const shape = mark && (shapes[mark.replace('-open', '')] ?? shapes.circle);
  svg.innerHTML = `<path d="M0 ${y}H${wide}" stroke-width="${Math.min(pen.width, 3)}" stroke-dasharray="${dash}"/>
    <path d="${shape}" transform="translate(${x} ${y})" fill="${open ? 'var(--paper)' : pen.color}" stroke-width="1.5"/>`;
  const size = { width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, stroke: pen.color };
  for (const [name, value] of Object.entries(size)) svg.setAttribute(name, value);
  return svg;
}

const label = ({ plot }, { label: at }) => plot.querySelector(`.annotation[data-index="${at}"] .annotation-text-g`);

/** Shows what is in front and what is behind. */
function dress({ plot, lines: all, kept, at }) {
  const front = all.filter((line) => kept.has(line.id) || line === at?.line);
  const strength = (line) => (front.length === 0 || front.includes(line) ? 1 : FAINT);
  for (const node of plot.querySelectorAll('.scatterlayer .trace')) {
    const { trace } = node.__data__[0];
    const line = all.find(({ traces }) => traces.includes(trace.index));
    node.style.opacity = strength(line);
    const wide = (trace.line?.width ?? 0) + (front.includes(line) ? THICKER : 0);
    for (const path of node.querySelectorAll('.js-line')) path.style.strokeWidth = `${wide}px`;
  }
  for (const line of all) {
    const node = plot.querySelector(`.annotation[data-index="${line.label}"]`);
    if (!node) continue;
    node.style.opacity = strength(line);
    node.classList.toggle('e-kept', kept.has(line.id));
  }
}

function keep(chart, line, aloud = false) {
  const { kept, spec } = chart;
  if (!kept.delete(line.id)) kept.add(line.id);
  dress(chart);
  if (aloud) say(chart, spec.words[kept.has(line.id) ? 'kept' : 'freed'].replace('{name}', line.name));
}

/** Lets go of what was kept and takes the box away; false where there was neither. */
function letGo(chart) {
  const anything = chart.kept.size > 0 || chart.at !== null;
  chart.kept.clear();
  quiet(chart);
  return anything;
}

function quiet(chart) {
  chart.at = null;
  chart.guide.hidden = true;
  hide(chart);
  dress(chart);
}

/** The next year of the line, or the first or the last; where lines are parts of one course, it goes on in the next. */
function step(chart, where) {
  const line = chart.at?.line ?? chart.lines.at(-1); // drawn last: the one that matters
  const own = chart.at?.line && chart.spec.lines.parts ? years(chart.lines) : [...line.values.keys()];
  const at = own.indexOf(chart.at?.year);
  const next = { first: 0, last: own.length - 1, left: at - 1, right: at + 1 }[at < 0 ? 'last' : where];
  const year = own[Math.max(0, Math.min(next, own.length - 1))];
  tell(chart, line.values.has(year) ? line : following(chart, line, year), year);
}

/** The line with a value in a year that is nearest to where another was last pointed at. */
function following({ lines: all, at }, line, year) {
  const before = line.values.get(at.year).value;
  const far = ({ values }) => Math.abs(values.get(year).value - before);
  return all.filter(({ values }) => values.has(year)).reduce((best, each) => (far(each) < far(best) ? each : best));
}

/** The line above or below in the same year. */
function change(chart, by) {
  if (!chart.at?.line) return step(chart, 'last');
  const { year } = chart.at;
  const order = ranked(chart, year).filter((line) => line.values.has(year));
  const at = order.indexOf(chart.at.line) + by;
  tell(chart, order[Math.max(0, Math.min(at, order.length - 1))], year);
}

/** Shows a value and says it. */
function tell(chart, line, year) {
  look(chart, line, year);
  const order = ranked(chart, year).filter(({ values }) => values.has(year));
  const [value, ...notes] = texts(line.values.get(year).text);
  const place = { place: order.indexOf(line) + 1, n: order.length };
  const words = chart.spec.words.place.replace(/\{(\w+)\}/g, (_, name) => place[name]);
  const all = order.length > 1 ? [value, ...notes, words] : [value, ...notes];
  say(chart, `${line.name}, ${year}: ${all.join('; ')}`);
}

/** Called before each drawing: the choice of a scale, above the lines, where there is one. */
export function prepare(chart) {
  const { figure, plot, spec } = chart;
  const scales = offered(spec);
  const before = figure.querySelector('.e-scales');
  if (scales.length < 2) return before?.remove();
  const now = before ?? figure.insertBefore(document.createElement('div'), plot);
  if (!before) {
    now.className = 'e-scales';
    now.setAttribute('role', 'radiogroup');
    now.addEventListener('change', ({ target }) => chart.rescale(target.value));
  }
  now.setAttribute('aria-label', spec.words.scale);
  const words = scales.map((scale) => spec.words.scales[scale]);
  if (now.textContent !== words.join('')) now.replaceChildren(...radios(scales, words));
  for (const input of now.querySelectorAll('input')) input.checked = input.value === chart.scale;
}

function radios(scales, words) {
  const name = `e-scale-${(number += 1)}`;
  return scales.map((value, at) => {
    const label = document.createElement('label');
    label.append(Object.assign(document.createElement('input'), { type: 'radio', name, value }), words[at]);
    return label;
  });
}
