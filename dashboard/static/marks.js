// Marks that answer to keys: bars, dots, cells of a heat map, areas and points of a map. An arrow leads to the
// nearest mark on that side; Enter does what a click does. The pointer has Plotly's own box.
import { frame, hide, line, placed, say, show, stop, texts } from './answer.js?v=d0689d284afa';
import { written } from './scales.js?v=a9249edfb278';

const SIDES = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] };
const ASIDE = 2.5; // a px to the side counts as so many ahead
const DOT = 5; // px, half of a mark that has no shape of its own

/** Called by chart.js after each drawing of a chart without lines. */
export function attach(chart) {
  chart.marks = null; // found when a key asks for them
  chart.mark = null;
  chart.figure.classList.remove('e-lines'); // this element may have had lines before
  if (!chart.walks) {
    chart.walks = true;
    chart.plot.on('plotly_afterplot', () => { chart.marks = null; });
  }
  stop(chart, chart.spec.data.some(speaks) ? answers(chart) : null);
}

const answers = (chart) => ({
  up: () => walk(chart, 'up'),
  down: () => walk(chart, 'down'),
  left: () => walk(chart, 'left'),
  right: () => walk(chart, 'right'),
  first: () => tell(chart, marks(chart)[0]),
  last: () => tell(chart, marks(chart).at(-1)),
  enter: () => chart.mark && escala.lead({ points: [{ id: chart.mark.id }] }),
  leave: () => quiet(chart),
  quiet: () => quiet(chart),
});

/** Whether a trace says anything where it is pointed at. */
const speaks = (trace) => trace.hoverinfo !== 'skip' && trace.visible !== false;

/** The marks that are seen and say something: text, id, and the place in px of the figure; from the top left. */
function marks(chart) {
  if (chart.marks) return chart.marks;
  const { plot } = chart;
  const nodes = new Map();
  for (const node of plot.querySelectorAll('g.point, path.point, path.choroplethlocation')) nodes.set(node.__data__, node);
  const all = plot.calcdata.flatMap((points) => {
    const { trace } = points[0];
    if (!speaks(trace)) return [];
    return trace.type === 'heatmap' ? cells(chart, points[0]) : points.map((point, at) => single(chart, nodes, trace, point, at));
  });
  chart.marks = all.filter(({ text, place }) => text && place).sort(byPlace);
  return chart.marks;
}

const byPlace = ({ place: one }, { place: other }) => Math.round(one.top - other.top) || one.left - other.left;

function single(chart, nodes, trace, point, at) {
  const n = point.i ?? at;
  const get = (name) => (Array.isArray(trace[name]) ? trace[name][n] : trace[name]);
  const place = where(chart, trace, nodes.get(point), point);
  return { id: trace.ids?.[n], text: said(chart, trace, get), place, row: row(chart, trace, get('y')) };
}

/** An axis of the drawing by its short name: x, y2. */
const axis = (plot, name) => name && plot._fullLayout[name.replace(/^([xy])/, '$1axis')];

/** The name of the row in which a mark stands, where the axis has names for numbers. */
function row({ plot }, { yaxis }, y) {
  const { tickvals, ticktext } = axis(plot, yaxis) ?? {};
  const name = ticktext?.[[...tickvals].indexOf(y)];
  return name ? texts(name)[0] : '';
}

function where(chart, trace, node, { x, y }) {
  const box = node?.getBoundingClientRect();
  if (box?.width) return within(chart, box);
  const [xaxis, yaxis] = [axis(chart.plot, trace.xaxis), axis(chart.plot, trace.yaxis)];
  if (node || trace.type !== 'scatter' || typeof x !== 'number' || typeof y !== 'number') return null;
  const { left, top } = placed(chart, xaxis._offset + xaxis.c2p(x), yaxis._offset + yaxis.c2p(y));
  return { left: left - DOT, right: left + DOT, top: top - DOT, bottom: top + DOT };
}

function within({ figure }, { left, right, top, bottom }) {
  const box = figure.getBoundingClientRect();
  return { left: left - box.left, right: right - box.left, top: top - box.top, bottom: bottom - box.top };
}

function cells(chart, { trace, x, y, z }) {
  const [xaxis, yaxis] = [axis(chart.plot, trace.xaxis), axis(chart.plot, trace.yaxis)];
  const corner = (column, row) => placed(chart, xaxis._offset + xaxis.c2p(x[column]), yaxis._offset + yaxis.c2p(y[row]));
  return z.flatMap((values, row) => [...values].map((_, column) => {
    const get = (name) => (name === 'x' ? trace.x?.[column] : name === 'y' ? trace.y?.[row] : trace[name]?.[row]?.[column]);
    const [one, other] = [corner(column, row), corner(column + 1, row + 1)];
    const [left, right] = [one.left, other.left].sort((a, b) => a - b);
    const [top, bottom] = [one.top, other.top].sort((a, b) => a - b);
    return { id: get('ids'), text: values[column] == null ? '' : said(chart, trace, get), place: { left, right, top, bottom } };
  }));
}

/** What Plotly's box would say of a mark: its template with the values of the mark. */
function said({ spec }, trace, get) {
  const template = trace.hovertemplate || (trace.hoverinfo === 'text' ? '%{hovertext}' : '%{x}, %{y}');
  const value = (name) => get(name) ?? (name === 'hovertext' ? get('text') : '');
  const words = (name) => {
    const amount = value(name);
    if (typeof amount !== 'number') return name.length === 1 ? texts(amount).join(' ') : amount; // x and y: names
    return written(amount, Number.isInteger(amount) ? 0 : 2, spec.layout.separators);
  };
  const text = String(Array.isArray(template) ? get('hovertemplate') : template);
  return text.replace(/<extra>.*<\/extra>/, '').replace(/%\{(\w+)(:[^}]*)?\}/g, (_, name) => words(name)).trim();
}

/** The nearest mark on one side; to begin with, my country or the first mark. */
function walk(chart, side) {
  const all = marks(chart);
  if (!chart.mark) return tell(chart, start(all));
  const [ahead, aside] = [SIDES[side], SIDES[side].map(Math.abs).reverse()];
  const [x, y] = centre(chart.mark);
  let best = { far: Infinity };
  for (const mark of all) {
    const gone = [centre(mark)[0] - x, centre(mark)[1] - y];
    const [forth, off] = [gone[0] * ahead[0] + gone[1] * ahead[1], Math.abs(gone[0] * aside[0] + gone[1] * aside[1])];
    const far = forth + ASIDE * off;
    if (forth > 1 && far < best.far) best = { far, mark };
  }
  if (best.mark) tell(chart, best.mark);
}

const centre = ({ place: { left, right, top, bottom } }) => [(left + right) / 2, (top + bottom) / 2];

function start(all) {
  const mine = new URLSearchParams(location.search).get('mine');
  return all.find(({ id }) => mine && id?.startsWith(`country:${mine}`)) ?? all[0];
}

function tell(chart, mark) {
  if (!mark) return;
  chart.mark = mark;
  const words = texts(mark.text).filter(Boolean);
  if (mark.row && !mark.text.includes(mark.row)) words.splice(1, 0, mark.row);
  const [first, ...rest] = words;
  chart.told.replaceChildren(line('p', 'head', first), ...rest.map((each) => line('p', '', each)));
  frame(chart, mark.place, 3);
  show(chart, mark.place);
  say(chart, words.join('; '));
}

/** Takes the box away; false where there was none. */
function quiet(chart) {
  const shown = !chart.tip.hidden;
  chart.mark = null;
  hide(chart);
  return shown;
}
