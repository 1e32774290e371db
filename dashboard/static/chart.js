// Draws the charts of a page: a component of Streamlit without a frame of its own, called by
// `components/chart.py`. Streamlit calls `mount` when a chart comes and at every run after, with the same
// element as long as the chart has the same key: so the drawing is kept and only what is new is drawn.
import { labelled, offered, shown } from './scales.js?v=a9249edfb278';

const lines = import('./lines.js?v=247371437c45'); // both while Plotly's own script is on its way
const marks = import('./marks.js?v=d965b7307738');
const charts = new WeakMap(); // by the element that Streamlit gives
const onPage = new Set();
const NARROWEST = 150; // px; below, Plotly has no room for a drawing
const TYPE = 16; // px, of the page that the sizes of a figure are made for
const ROOM = 320; // px that a drawing has at least before its type grows
const WIDE = 600; // px from which a chart fills the screen
const MAP = 0.75; // height of the tallest map for its width, where it cannot fill a slide
const [LOWEST, HIGHEST] = [280, 820]; // px of a chart that fills the screen
const ENOUGH = 220; // px; with less left on the first screen, a chart is made for a screen of its own
const SHARE = 0.62; // of the screen, for a chart further down the page
const AXES = 13; // px, the type of axes in a figure
const WRITTEN = /font-size:\s*([\d.]+)px/g; // within a text
const DENSEST = 0.7; // of the height that a figure with rows is made for, at which they are still told apart
const LETTERS = 0.42; // of the width of a square: the type of the three letters in it
const EDGE = 20; // px below the source line, and above the title of a chart further down

// The scale of lines is chosen in the browser, for this chart and those that follow; a link carries it along.
const SCALE = 'escala-scale';
const named = () => new URLSearchParams(location.search).get('scale');
if (named()) sessionStorage.setItem(SCALE, named());
const wish = () => sessionStorage.getItem(SCALE) ?? 'value';
const LATER = 800; // ms, when a run of the app has written its address, which knows nothing of the choice
let settling = 0;

function settle() {
  if ((named() ?? 'value') === wish()) return;
  const address = new URL(location.href);
  if (wish() === 'value') address.searchParams.delete('scale');
  else address.searchParams.set('scale', wish());
  history.replaceState(history.state, '', address);
}

/**
 * Draws what the app sends, as bytes of JSON: `data` and `layout` of Plotly, its `config`, `alt` for those who
 * cannot see the chart, and `failed`, what is said where it cannot be drawn.
 */
export async function mount({ data, parentElement }, library) {
  const chart = charts.get(parentElement) ?? begin(parentElement);
  if (!same(chart.sent, data)) chart.sent = data;
  // A run may come while the run before is being drawn: one after the other, each the newest there is.
  chart.drawing = chart.drawing.then(() => draw(chart, library)).catch((fault) => excuse(chart, fault));
  await chart.drawing;
  escala.chartDrawn?.();
  clearTimeout(settling);
  if (chart.spec && offered(chart.spec).length > 1) settling = setTimeout(settle, LATER);
  return () => end(parentElement, chart);
}

function begin(parent) {
  const figure = parent.appendChild(document.createElement('div'));
  figure.className = 'e-chart';
  parent.dataset.chart = ''; // for the style sheet
  figure.setAttribute('role', 'figure');
  const plot = figure.appendChild(document.createElement('div'));
  const chart = { figure, plot, drawing: Promise.resolve(), sent: null, drawn: null, plotly: null, spec: null };
  chart.rescale = (scale) => rescale(chart, scale);
  chart.observer = new ResizeObserver(() => requestAnimationFrame(() => fit(chart)));
  addEventListener('resize', () => fit(chart), { signal: (chart.gone = new AbortController()).signal });
  charts.set(parent, chart);
  onPage.add(chart);
  return chart;
}

const same = (one, other) =>
  one === other || (one?.length === other?.length && one?.every((byte, at) => byte === other[at]));

async function draw(chart, library) {
  const { figure, sent } = chart;
  if (chart.drawn === sent) return;
  const spec = JSON.parse(new TextDecoder().decode(sent));
  const answering = spec.lines ? lines : marks;
  const moving = (spec.steps && import('./steps.js?v=af777c61ae30')) || (spec.dots && import('./dots.js?v=db103d14f5c4'));
  figure.setAttribute('aria-label', spec.alt);
  Object.assign(chart, { spec, scale: offered(spec).includes(wish()) ? wish() : 'value' });
  figure.style.minHeight = `${size(chart).tall}px`; // what stands below stays in its place meanwhile
  chart.plotly ??= (await import(library)).default;
  if (!figure.isConnected || sent !== chart.sent) return; // gone, or the next in line draws what is newer
  chart.answering = [await answering, ...(moving ? [await moving] : [])];
  for (const each of chart.answering) each.prepare?.(chart);
  await paint(chart);
  chart.drawn = sent;
  for (const each of chart.answering) each.attach(chart);
  figure.querySelector('.e-note')?.remove();
  watch(chart);
}

/** Has the drawing fitted whenever what stands around it takes more or less room. */
function watch({ figure, observer }) {
  const head = figure.closest('.st-key-stage')?.querySelector('.st-key-stage_head');
  const frame = frameOf(figure);
  for (const box of [figure, frame, frame.parentElement, head]) if (box) observer.observe(box);
}
// The head of a slide is drawn after its chart and moves it down, which changes the size of no box there was.
globalThis.escala?.afterDrawing?.(() => { // a story as a file has all of its slide at once
  for (const chart of onPage) {
    if (!chart.drawn || !chart.figure.closest('.st-key-stage')) continue;
    watch(chart);
    fit(chart);
  }
});

/** Draws data and layout at the size and on the scale that there are now. */
async function paint(chart) {
  const { plot, plotly, spec, scale } = chart;
  const now = dress(chart);
  const { data, layout } = shown(spec, scale, now.height);
  const onStage = (trace) => (isGrid(trace, layout) ? lettered(trace, layout, now.width) : unshrunk(trace));
  await plotly.react(plot, chart.figure.closest('.st-key-stage') ? data.map(onStage) : data, { ...layout, ...now }, spec.config);
}

/** Bars whose texts keep their size, however thin the bars are. */
const unshrunk = (trace) => (trace.type === 'bar' ? { ...trace, constraintext: 'none' } : trace);
/** Whether a trace is a grid of squares (charts/tile_grid.py), which fills the drawing. */
const isGrid = (trace, { xaxis }) => trace.type === 'bar' && trace.meta === 'class' && !trace.xaxis && xaxis.range;

/** A grid whose letters are no wider than their squares. */
function lettered(trace, { xaxis: { range: [first, last] } }, width) {
  const size = Math.min(trace.textfont.size, (LETTERS * width) / (last - first));
  return { ...trace, textfont: { ...trace.textfont, size } };
}

/** Gives the elements their size and returns that of the drawing. The type of the page makes all of it larger. */
function dress(chart) {
  const { figure, plot } = chart;
  const { grown, width, height, tall } = size(chart);
  figure.style.minHeight = '';
  const box = { width, height, marginBottom: tall - height };
  for (const [side, px] of Object.entries(box)) plot.style[side] = `${px}px`;
  plot.style.transform = grown === 1 ? '' : `scale(${grown})`;
  return { width, height };
}

/** Width and height of the drawing, how much larger it is shown, and how tall it is then; px. */
function size(chart) {
  const { figure, spec } = chart;
  const room = Math.max(NARROWEST, figure.getBoundingClientRect().width);
  const onStage = figure.closest('.st-key-stage');
  const type = parseFloat(getComputedStyle(figure).fontSize) / (onStage ? smallest(spec) : TYPE);
  const grown = Math.max(1, Math.min(type, room / ROOM));
  const tall = onStage ? rest(chart, grown) : fills(spec, room) ? left(chart, room) : Math.round(spec.layout.height * grown);
  return { grown, width: Math.floor(room / grown), height: Math.round(tall / grown), tall };
}

const fills = (spec, room) => spec.fills !== undefined && room >= WIDE;

/**
 * The height that a chart has under its title so that its source line stands on the same screen; at least what
 * its marks need to be hit.
 */
function left({ figure, plot, spec: { fills: flattest, least = LOWEST } }, room) {
  const frame = frameOf(figure).getBoundingClientRect();
  const [top, below] = [plot.getBoundingClientRect().top, frame.bottom - figure.getBoundingClientRect().bottom];
  const first = innerHeight - (top + scrolled(figure)) - below - EDGE;
  const further = Math.min(SHARE * innerHeight, innerHeight - (top - frame.top) - below - 3 * EDGE);
  const most = flattest ? Math.min(HIGHEST, flattest * room) : HIGHEST;
  return Math.round(Math.min(most, Math.max(least, first >= ENOUGH ? first : further)));
}

/**
 * The height that is left on a stage between what stands above and below the chart; more only where its rows
 * would not be told apart: then the stage can be scrolled. On a phone a map is as tall as its width lets it be.
 */
function rest({ figure, plot, spec }, grown) {
  const below = frameOf(figure).getBoundingClientRect().bottom - figure.getBoundingClientRect().bottom;
  const end = innerHeight - parseFloat(getComputedStyle(figure.closest('.st-key-stage')).paddingBottom);
  const room = end - (plot.getBoundingClientRect().top + scrolled(figure)) - below;
  const rows = spec.fills === undefined && !spec.lines ? DENSEST * spec.layout.height * grown : LOWEST;
  const wide = figure.clientWidth;
  if (spec.fills && wide < WIDE) return Math.round(Math.min(Math.max(rows, room), MAP * wide));
  return Math.round(Math.max(rows, room));
}

const smallestBySpec = new WeakMap();

/** The smallest type in a figure, px, as it is written in its fonts; at most that of its axes. */
function smallest(spec) {
  if (!smallestBySpec.has(spec)) {
    const sizes = [AXES];
    const search = (part, name) => {
      if (typeof part === 'string') sizes.push(...[...part.matchAll(WRITTEN)].map(([, size]) => Number(size)));
      if (!part || typeof part !== 'object' || name === 'hoverlabel' || name === 'template') return;
      if (/font$/i.test(name)) sizes.push(...[part.size ?? AXES].flat());
      else for (const [key, inner] of Object.entries(part)) search(inner, key);
    };
    search({ data: spec.data.map(({ x, y, z, hovertext, customdata, ...rest }) => rest), layout: spec.layout }, '');
    smallestBySpec.set(spec, Math.min(...sizes));
  }
  return smallestBySpec.get(spec);
}

const frameOf = (figure) => figure.closest('[class*="st-key-frame_"]') ?? figure;

/** How far the page is scrolled down, px. */
function scrolled(figure) {
  let sum = window.scrollY;
  for (let box = figure.parentElement; box; box = box.parentElement) sum += box === document.documentElement ? 0 : box.scrollTop;
  return sum;
}

/** Says that a chart cannot be drawn; the next run tries again. */
function excuse({ figure, sent }, fault) {
  console.error(fault);
  const note = figure.querySelector('.e-note') ?? figure.appendChild(document.createElement('p'));
  note.className = 'e-note';
  note.setAttribute('role', 'alert');
  note.textContent = JSON.parse(new TextDecoder().decode(sent)).failed;
}

/** The drawing at the size that there is now; on paper the style sheet sees to it. */
async function fit(chart) {
  const { figure, plot, plotly, spec, scale } = chart;
  const onPaper = document.documentElement.classList.contains('e-paper');
  if (!figure.isConnected || !figure.clientWidth || onPaper || !plot.layout || chart.sent !== chart.drawn) return;
  const now = size(chart);
  if (plot.layout.width === now.width && Math.abs(plot.layout.height - now.height) <= 1) return;
  const { width, height } = dress(chart);
  const moved = labelled(shown(spec, scale, height).layout, height);
  await plotly.relayout(plot, { width, height, ...(moved && { annotations: moved }) });
  for (const each of chart.answering ?? []) each.attach(chart);
}

/** Draws anew on a scale that the reader has chosen. */
async function rescale(chart, scale) {
  sessionStorage.setItem(SCALE, scale);
  settle();
  chart.scale = scale;
  await paint(chart);
  for (const each of chart.answering) each.attach(chart);
}

/** Streamlit calls this when a chart goes, and also when a run has overtaken another: then nothing goes. */
function end(parent, chart) {
  if (parent.isConnected) return;
  chart.observer.disconnect();
  chart.gone.abort();
  charts.delete(parent);
  onPage.delete(chart);
  chart.plotly?.purge(chart.plot);
  chart.figure.remove();
}
