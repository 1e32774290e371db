// What a chart with lines draws, on the scale that the reader has chosen and at the height that there is. Nothing
// here touches the page. A line is all traces of Plotly with the same `meta.line`; its label is the annotation
// whose name is `end:` and the same.
const LABEL = 16; // px between two labels; this and the next four as in charts/trend.py
const CLOSE = 5; // px that a label may be moved without a connector
const CONNECTED = 26; // px from a line's end to a label with a connector
const BESIDE = 10; // px to one without
const EDGES = 50; // px of a chart's height that are none of its axis
const PAD = 0.06; // of the span, above and below the lines

/** The scales that a figure offers, the plain one first; only that where there is nothing to choose. */
export const offered = ({ lines }) => ['value', ...(lines?.log ? ['log'] : []), ...(lines?.base ? ['index'] : [])];

/** The lines of a figure on a scale: id, names, pen, traces, label, and by year value and text. */
export function lines(spec, scale) {
  const { data, layout } = spec;
  const found = new Map();
  data.forEach((trace, at) => {
    if (!trace.meta?.line) return;
    const { line: id, short } = trace.meta;
    const line = found.get(id) ?? { id, short, name: short, traces: [], label: -1, values: new Map() };
    found.set(id, line);
    line.traces.push(at);
    if (!trace.customdata) return; // dots across a gap, a bar at an end
    const mark = [trace.marker?.symbol ?? 'circle'].flat().at(-1);
    const pen = trace.mode === 'markers' ? { width: 0, color: trace.marker.color } : trace.line;
    Object.assign(line, { name: trace.name, pen, mark: trace.mode === 'lines' ? '' : mark });
    trace.x.forEach((year, n) => {
      if (trace.customdata[n]) line.values.set(year, { value: trace.y[n], text: trace.customdata[n] });
    });
  });
  (layout.annotations ?? []).forEach(({ name }, at) => {
    const line = found.get(name?.replace(/^end:/, ''));
    if (line) line.label = at;
  });
  const all = [...found.values()];
  return scale === 'index' ? all.map((line) => fromHundred(line, spec)) : all;
}

/** A line with its values as shares of the one in the base year, in per cent. */
function fromHundred(line, { lines: { base }, layout }) {
  const first = line.values.get(base).value;
  const values = [...line.values].map(([year, { value }]) => {
    const grown = (100 * value) / first;
    return [year, { value: grown, text: written(grown, 1, layout.separators) }];
  });
  return { ...line, values: new Map(values) };
}

/** A number in the reader's format. separators: decimal mark, then thousands mark. */
export function written(value, decimals, separators) {
  const [whole, rest] = Math.abs(value).toFixed(decimals).split('.');
  const sign = value < 0 ? '−' : '';
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, separators[1]) + (rest ? separators[0] + rest : '');
}

/** Places moved as little as needed so that neighbours keep `gap`, between 0 and `top`: `spread` of trend.py. */
export function spread(places, gap, top) {
  const order = places.map((_, at) => at).sort((a, b) => places[a] - places[b]);
  const half = ({ members }) => ((members.length - 1) * gap) / 2;
  const clusters = [];
  for (const at of order) {
    let now = { centre: places[at], members: [at] };
    while (clusters.length && now.centre - half(now) < clusters.at(-1).centre + half(clusters.at(-1)) + gap) {
      const before = clusters.pop();
      const members = [...before.members, ...now.members];
      const sum = before.centre * before.members.length + now.centre * now.members.length;
      now = { centre: sum / members.length, members };
    }
    clusters.push(now);
  }
  const moved = [];
  for (const cluster of clusters) {
    cluster.members.forEach((at, n) => { moved[at] = cluster.centre - half(cluster) + n * gap; });
  }
  let limit = top;
  for (const at of [...order].reverse()) limit = (moved[at] = Math.min(moved[at], limit)) - gap;
  limit = 0;
  for (const at of order) limit = (moved[at] = Math.max(moved[at], limit)) + gap;
  return moved;
}

/** The annotations of a layout, its labels spread for a chart of `height` px; undefined where it has none. */
export function labelled({ annotations, yaxis }, height) {
  const ends = (annotations ?? []).filter(({ name }) => name?.startsWith('end:'));
  if (!ends.length) return annotations;
  const [foot, head] = yaxis.range;
  const long = height - EDGES;
  const places = ends.map(({ y }) => ((y - foot) / (head - foot)) * long);
  const moves = spread(places, LABEL, long).map((place, at) => place - places[at]);
  const connected = moves.some((move) => Math.abs(move) > CLOSE);
  const beside = connected ? CONNECTED : BESIDE;
  return annotations.map((note) => {
    const at = ends.indexOf(note);
    if (at < 0) return note;
    const far = Math.abs(moves[at]) > CLOSE;
    const place = far
      ? { showarrow: true, ax: beside, ay: -moves[at], xshift: 0, yshift: 0 }
      : { showarrow: false, xshift: beside, yshift: moves[at] };
    return { ...note, arrowcolor: note.font.color, ...place };
  });
}

/** What is drawn: data and layout of Plotly. scale: one of those offered; height in px. */
export function shown(spec, scale, height) {
  const { layout, data } = spec;
  const drawn = scale === 'log' ? onLog(spec) : scale === 'index' ? sinceFirst(spec) : { data, layout };
  const moved = { ...drawn.layout, annotations: labelled(drawn.layout, height) };
  // Lines have a box of their own for what is pointed at; Plotly's would be a second one.
  return { data: drawn.data, layout: spec.lines ? { ...moved, hovermode: false } : moved };
}

function axis({ yaxis }, values, text) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low || 1) * PAD;
  return { ...yaxis, range: [low - pad, high + pad], title: { ...yaxis.title, text } };
}

const heights = (all) => all.flatMap(({ values }) => [...values.values()].map(({ value }) => value));
const isEnd = ({ name }) => name?.startsWith('end:');

function onLog(spec) {
  const { data, layout, words } = spec;
  const values = heights(lines(spec, 'log')).map(Math.log10);
  const steps = Math.max(...values) - Math.min(...values) > 2 ? 1 : 'D2';
  const title = `${layout.yaxis.title.text} · ${words.scales.log}`;
  const yaxis = { ...axis(layout, values, title), type: 'log', dtick: steps };
  const annotations = layout.annotations?.map((note) => (isEnd(note) ? { ...note, y: Math.log10(note.y) } : note));
  return { data, layout: { ...layout, yaxis, annotations } };
}

function sinceFirst(spec) {
  const { data, layout, words } = spec;
  const all = lines(spec, 'index');
  const of = new Map(all.flatMap((line) => line.traces.map((at) => [at, line])));
  const drawn = data.map((trace, at) => {
    const values = of.get(at)?.values;
    return values ? { ...trace, y: trace.x.map((year) => values.get(year)?.value ?? null) } : trace;
  });
  const annotations = layout.annotations?.map((note, at) => {
    const line = all.find(({ label }) => label === at);
    if (!line) return note;
    const { value, text } = line.values.get(note.x);
    const words = `${line.short} ${text}`;
    return { ...note, y: value, text: note.text.startsWith('<b>') ? `<b>${words}</b>` : words };
  });
  const colour = layout.template.layout.xaxis.linecolor;
  const rule = {
    type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 100, y1: 100, layer: 'below',
    line: { width: 1, dash: 'dot', color: colour },
  };
  const yaxis = axis(layout, heights(all), words.scales.index);
  return { data: drawn, layout: { ...layout, yaxis, annotations, shapes: [...(layout.shapes ?? []), rule] } };
}
