// What every chart that answers has: one stop of the keyboard, a box for what is pointed at, a frame around it,
// and a voice for those who listen. What a key means is up to lines.js and marks.js.
const GAP = 14; // px between a mark and its box
const KEYS = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'first', End: 'last',
  Enter: 'enter', ' ': 'enter', Escape: 'leave',
};
// The inside of a box is a tree of its own: a change there makes the browser look at nothing else of the page,
// whose style sheet asks in many places what a part has inside.
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
  p { margin: 0 }
  .head { font-weight: 600 }
  table { border-collapse: collapse; font: inherit }
  td { padding: .05rem .3rem }
  td:last-child { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
  tr.near { font-weight: 600; background: color-mix(in srgb, var(--accent) 14%, transparent) }
  svg { vertical-align: middle }
  small { display: block; color: var(--muted); font-weight: 400 }
`);
let number = 0;

/**
 * Makes a chart a stop of the keyboard. answers: a function for each value of KEYS (`leave` says whether there
 * was anything to leave) and `quiet`, for when the reader looks elsewhere; null where there is nothing to reach.
 */
export function stop(chart, answers) {
  chart.answers = answers;
  if (!chart.tip) begin(chart);
  const { plot, keys, spec } = chart;
  keys.textContent = spec.words.keys;
  const told = { tabindex: 0, role: 'application', 'aria-label': spec.words.chart, 'aria-describedby': keys.id };
  for (const [name, value] of Object.entries(told)) {
    if (answers) plot.setAttribute(name, value);
    else plot.removeAttribute(name);
  }
}

function begin(chart) {
  const { figure, plot } = chart;
  const part = (name, attributes) => Object.assign(figure.appendChild(document.createElement('div')), { className: name, ...attributes });
  // The voice says what the box shows; a description is read from a hidden part too.
  chart.tip = part('e-tip', { hidden: true, ariaHidden: 'true' });
  chart.told = chart.tip.attachShadow({ mode: 'open' });
  chart.told.adoptedStyleSheets = [STYLE];
  chart.ring = part('e-ring', { hidden: true, ariaHidden: 'true' });
  chart.keys = part('e-sr', { hidden: true, id: `e-keys-${(number += 1)}` });
  chart.voice = part('e-sr', { role: 'status', textContent: ' ' });
  plot.addEventListener('keydown', (event) => pressed(chart, event));
  plot.addEventListener('focus', () => plot.matches(':focus-visible') && hint(chart));
  plot.addEventListener('blur', () => chart.answers?.quiet());
  const elsewhere = ({ target }) => figure.contains(target) || chart.answers?.quiet();
  document.addEventListener('pointerdown', elsewhere, { signal: chart.gone.signal }); // until the chart goes
}

function pressed(chart, event) {
  const does = KEYS[event.key];
  if (!does || !chart.answers || event.ctrlKey || event.altKey || event.metaKey) return;
  if (does !== 'leave') chart.answers[does]();
  else if (!chart.answers.leave()) chart.plot.blur();
  event.preventDefault();
}

/** What the keys do, for those who see: it gives way to the first mark. */
function hint(chart) {
  if (!chart.tip.hidden || !chart.answers) return;
  chart.told.replaceChildren(line('p', '', chart.spec.words.keys));
  chart.tip.hidden = false;
  Object.assign(chart.tip.style, { left: '0px', top: '0px' });
}

/** A part of a box with a text. */
export function line(tag, name, text) {
  return Object.assign(document.createElement(tag), { className: name, textContent: text });
}

/** The lines of a text of Plotly, without its tags. */
export const texts = (text) => String(text ?? '').split(/<br ?\/?>/).map((each) => each.replace(/<[^>]*>/g, '').trim());

/** Shows the box beside a place of the chart: left, right, top and bottom in px of the figure. */
export function show({ figure, tip }, place) {
  tip.hidden = false;
  const [wide, high] = [figure.clientWidth - tip.offsetWidth, figure.clientHeight - tip.offsetHeight];
  const sides = [place.right + GAP, place.left - GAP - tip.offsetWidth];
  const beside = sides.find((left) => left >= 0 && left <= wide);
  let top = (place.top + place.bottom - tip.offsetHeight) / 2;
  if (beside === undefined) top = place.top - GAP - tip.offsetHeight; // no room on either side, as on a phone
  if (beside === undefined && top < 0) top = place.bottom + GAP;
  else top = Math.max(0, Math.min(top, high));
  const left = beside ?? Math.max(0, Math.min((place.left + place.right - tip.offsetWidth) / 2, wide));
  Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
}

/** Puts the frame around a mark, `wide` px from it. */
export function frame({ ring }, { left, right, top, bottom }, wide) {
  ring.hidden = false;
  const box = { left: left - wide, top: top - wide, width: right - left + 2 * wide, height: bottom - top + 2 * wide };
  for (const [side, px] of Object.entries(box)) ring.style[side] = `${px}px`;
}

export function hide({ tip, ring }) {
  tip.hidden = true;
  ring.hidden = true;
}

/** Says a text to those who listen. */
export function say({ voice }, text) {
  voice.firstChild.data = text;
}

/** A place in px of the figure, from one in px of Plotly's drawing, which may be drawn larger. */
export function placed({ figure, plot }, x, y) {
  const [outer, inner] = [figure.getBoundingClientRect(), plot.getBoundingClientRect()];
  const grown = inner.width / plot.offsetWidth || 1;
  const [left, top] = [inner.left - outer.left + x * grown, inner.top - outer.top + y * grown];
  return { left, right: left, top, bottom: top };
}
