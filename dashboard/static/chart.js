// Draws the charts of a page: a component of Streamlit without a frame of its own, called by
// `components/chart.py`. Streamlit calls `mount` when a chart comes and at every run after, with the same
// element as long as the chart has the same key: so the drawing is kept and only what is new is drawn.
const lines = import('./lines.js?v=9250da185a41'); // while Plotly's own script is on its way
const charts = new WeakMap(); // by the element that Streamlit gives
const NARROWEST = 150; // px; below, Plotly has no room for a drawing

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
  return () => end(parentElement, chart);
}

function begin(parent) {
  const figure = parent.appendChild(document.createElement('div'));
  figure.className = 'e-chart';
  figure.setAttribute('role', 'figure');
  const plot = figure.appendChild(document.createElement('div'));
  const chart = { figure, plot, drawing: Promise.resolve(), sent: null, drawn: null, plotly: null, spec: null };
  chart.observer = new ResizeObserver(() => requestAnimationFrame(() => fit(chart)));
  charts.set(parent, chart);
  return chart;
}

const same = (one, other) =>
  one === other || (one?.length === other?.length && one?.every((byte, at) => byte === other[at]));

async function draw(chart, library) {
  const { figure, plot, sent } = chart;
  if (chart.drawn === sent) return;
  const spec = JSON.parse(new TextDecoder().decode(sent));
  const { data, layout, config, alt } = spec;
  figure.setAttribute('aria-label', alt);
  figure.style.height = `${layout.height}px`; // what stands below stays in its place meanwhile
  chart.plotly ??= (await import(library)).default;
  if (!figure.isConnected || sent !== chart.sent) return; // gone, or the next in line draws what is newer
  await chart.plotly.react(plot, data, { ...layout, width: width(figure) }, config);
  Object.assign(chart, { spec, drawn: sent });
  (await lines).attach(chart);
  if (spec.steps) (await import('./steps.js?v=5104067530fd')).attach(chart);
  figure.querySelector('.e-note')?.remove();
  chart.observer.observe(figure);
}

/** Says that a chart cannot be drawn; the next run tries again. */
function excuse({ figure, sent }, fault) {
  console.error(fault);
  const note = figure.querySelector('.e-note') ?? figure.appendChild(document.createElement('p'));
  note.className = 'e-note';
  note.setAttribute('role', 'alert');
  note.textContent = JSON.parse(new TextDecoder().decode(sent)).failed;
}

const width = (figure) => Math.max(NARROWEST, figure.getBoundingClientRect().width);

/** The drawing at the width that there is now; on paper the style sheet sees to it. */
function fit({ figure, plot, plotly }) {
  const onPaper = document.documentElement.classList.contains('e-paper');
  if (!figure.isConnected || !figure.clientWidth || onPaper || !plot.layout) return;
  if (plot.layout.width !== width(figure)) plotly.relayout(plot, { width: width(figure) });
}

/** Streamlit calls this when a chart goes, and also when a run has overtaken another: then nothing goes. */
function end(parent, chart) {
  if (parent.isConnected) return;
  chart.observer.disconnect();
  charts.delete(parent);
  chart.plotly?.purge(chart.plot);
  chart.figure.remove();
}
