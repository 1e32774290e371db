// Dots that move from year to year: a chart whose payload has `dots` (compare/year_dots.py) gets a slider with its
// years and a button that plays them. A step asks nothing and tells Plotly nothing: dots and their values are moved
// where they stand, on an axis that holds all years.
import { beat } from './elements.js?v=840f851e1275';

const REST = 500; // ms without a step, after which the year is said to screen readers
const states = new WeakMap(); // by the element of the chart

/** Called by chart.js after each drawing with { figure, plot, plotly, spec }; the year shown stays. */
export function attach(chart) {
  const state = states.get(chart.figure) ?? begin(chart);
  const told = chart.spec.dots;
  const year = state.told?.years[state.at];
  const isSame = state.told && state.told.names.join() === told.names.join() && told.years.includes(year);
  if (!isSame) stop(state);
  Object.assign(state, { chart, told, at: isSame ? told.years.indexOf(year) : told.years.length - 1 });
  state.nodes = nodes(chart.plot);
  state.bar.hidden = told.years.length < 2;
  state.range.max = told.years.length - 1;
  state.bar.querySelector('label span').textContent = told.words.year;
  state.button.textContent = state.beat ? told.words.pause : told.words.play;
  show(state);
}

function begin(chart) {
  const bar = document.createElement('div');
  bar.className = 'e-time e-years';
  bar.innerHTML = '<button type="button"></button><label><span class="e-sr"></span>'
    + '<input type="range" min="0"></label><b></b><span class="e-sr" role="status"></span>';
  chart.figure.before(bar);
  chart.figure.classList.add('e-dots');
  const state = {
    chart, told: null, at: 0, beat: 0, timer: 0, bar, nodes: [],
    button: bar.querySelector('button'), range: bar.querySelector('input'),
    year: bar.querySelector('b'), status: bar.querySelector('[role=status]'),
  };
  state.button.addEventListener('click', () => (state.beat ? stop(state) : play(state)));
  state.range.addEventListener('input', () => {
    stop(state);
    go(state, Number(state.range.value));
  });
  states.set(chart.figure, state);
  return state;
}

/** Each row's dot and value, and where Plotly has drawn them. */
function nodes(plot) {
  const group = [...plot.querySelectorAll('.trace.scatter')].find((node) => node.__data__?.[0]?.trace?.meta === 'dots');
  const texts = [...(group?.querySelectorAll('.textpoint') ?? [])];
  return [...(group?.querySelectorAll('.point') ?? [])].map((dot, row) => {
    const place = texts[row];
    return { dot, at: moved(dot), place, beside: moved(place), text: place.querySelector('text') };
  });
}

const moved = (node) => (node.getAttribute('transform')?.match(/-?[\d.]+/g) ?? [0, 0]).map(Number);

function show({ chart, told, at, nodes: rows, year, range }) {
  const { xaxis } = chart.plot._fullLayout;
  rows.forEach(({ dot, at: [x, y], place, beside, text }, row) => {
    const value = told.values[at][row];
    dot.style.opacity = value === null ? 0 : 1;
    text.textContent = told.texts[at][row] ?? '';
    if (value === null) return;
    const to = xaxis.l2p(value);
    dot.style.transform = `translate(${to}px, ${y}px)`;
    place.style.transform = `translate(${beside[0] + to - x}px, ${beside[1]}px)`;
  });
  year.textContent = told.years[at];
  range.value = at;
  range.setAttribute('aria-valuetext', told.years[at]);
}

function go(state, at) {
  state.at = at;
  show(state);
  clearTimeout(state.timer);
  if (!state.beat) state.timer = setTimeout(say, REST, state);
}

/** The year and its values, the highest first, for those who cannot see them. */
function say({ told, at, status }) {
  const rows = told.names.map((name, row) => ({ name, value: told.values[at][row], text: told.texts[at][row] }));
  rows.sort((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity));
  status.textContent = `${told.years[at]}: ${rows.map(({ name, text }) => `${name} ${text ?? told.words.none}`).join(', ')}`;
}

function play(state) {
  const last = state.told.years.length - 1;
  const step = () => {
    if (!state.chart.figure.isConnected || state.at >= last) stop(state, true);
    else go(state, state.at + 1);
  };
  state.beat = beat(step);
  state.button.textContent = state.told.words.pause;
  go(state, state.at >= last ? 0 : state.at + 1);
}

function stop(state, isEnd = false) {
  clearInterval(state.beat);
  state.beat = 0;
  if (state.told) state.button.textContent = state.told.words.play;
  if (isEnd) say(state);
}
