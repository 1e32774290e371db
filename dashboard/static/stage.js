// The stage: keys, the buttons that stand for them, black screen, help. What is shown comes from the server
// (dashboard/stage/keys.py), which is told "to:3", "floor:COL", "lang:es" or "leave". A question from the floor
// and the notes have scripts of their own.
import { make, put, write } from './elements.js?v=840f851e1275';
import { ask } from './stage_floor.js?v=90c49b7ce417';
import { notes } from './stage_notes.js?v=4cce12cf88cd';

const PAUSE = 350; // ms in which a second letter makes a name of what would be a key
const SEEN = 2600; // ms that the buttons stay after the pointer has moved
const CHART_KEYS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', 'Escape']);
const TYPED = 1600; // ms in which the digits of a number belong together

let now = null; // what the server told last
let at = 1; // the slide that was asked for; the server follows
let act = () => {};
let parts = null; // the elements of the stage
let letter = null; // pressed, perhaps the first of a name
let digits = '';
const timers = {};

/** The component of `keys.py`. */
export function mount({ data, setTriggerValue, parentElement }) {
  const begins = !now;
  now = data;
  act = (what) => setTriggerValue('act', what);
  at = data.at;
  if (!parts || !parts.box.isConnected) parts = build(parentElement);
  if (begins) begin();
  dress();
  notes.tell(now);
  return () => { if (!parts.box.isConnected) end(); };
}

function begin() {
  notes.begin(now);
  addEventListener('keydown', press, { capture: true });
  addEventListener('pointermove', show, { passive: true });
  addEventListener('pointerdown', touched, { passive: true });
}

function end() {
  removeEventListener('keydown', press, { capture: true });
  removeEventListener('pointermove', show);
  removeEventListener('pointerdown', touched);
  for (const timer of Object.values(timers)) clearTimeout(timer);
  [now, parts, letter, digits] = [null, null, null, ''];
}

const after = (name, wait, work) => {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(work, wait);
};

const go = (to) => {
  const aim = Math.max(1, Math.min(now.n, to));
  if (aim === at && !now.floor) return;
  at = aim;
  act(`to:${aim}`);
};

// What can be done: its key, the sign on its button, and whether it makes sense now.
const ACTS = {
  first: { keys: ['Home'], sign: '⇤', run: () => go(1), many: true },
  previous: { keys: ['ArrowLeft', 'PageUp', 'Backspace'], shown: '← PageUp', sign: '←', run: () => go(at - 1), many: true },
  next: { keys: ['ArrowRight', 'PageDown', ' ', 'Enter'], shown: '→ PageDown Space', sign: '→', run: () => go(at + 1), many: true },
  last: { keys: ['End'], sign: '⇥', run: () => go(now.n), many: true },
  full: { keys: ['f'], shown: 'F', sign: '▢', run: full },
  black: { keys: ['b', '.'], shown: 'B', sign: '■', run: () => blacken(true) },
  notes: { keys: ['n'], shown: 'N', sign: '✎', run: openNotes },
  lang: { keys: ['l'], shown: 'L', sign: 'ES·EN', run: () => act(`lang:${now.lang === 'es' ? 'en' : 'es'}`) },
  floor: { keys: [], shown: 'A–Z', sign: '?…', run: () => question('') },
  help: { keys: ['?'], shown: '?', sign: '?', run: () => explain(parts.help.hidden) },
  leave: { keys: ['Escape'], shown: 'Esc', sign: '✕', run: leave },
};
const TOUCH = matchMedia('(hover: none) and (pointer: coarse)'); // a phone, a tablet: no keys
const BY_KEY = new Map(Object.entries(ACTS).flatMap(([name, { keys }]) => keys.map((key) => [key, name])));

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !document.querySelector('.st-key-stage')) return;
  if (parts.floor.isOpen()) return; // its own keys
  const { key } = event;
  if (!parts.black.hidden) return take(event, () => blacken(false));
  const onButton = event.target.closest?.('button, a, summary') && (key === ' ' || key === 'Enter');
  if (onChart(event) || onButton || key === 'Tab' || event.target.closest?.('input, textarea')) return;
  if (/^\d$/.test(key)) return take(event, () => typed(key));
  if (key === 'Enter' && digits) return take(event, jump);
  const small = key.length === 1 ? key.toLowerCase() : key;
  if (/^\p{L}$/u.test(small)) return take(event, () => spell(small));
  const name = BY_KEY.get(small);
  if (name) take(event, ACTS[name].run);
}

/** A chart that the keyboard has reached has its own arrows; one that was clicked leaves them to the slides. */
const onChart = ({ target, key }) =>
  CHART_KEYS.has(key) && target.matches?.('.js-plotly-plot:focus-visible');

const take = (event, work) => {
  event.preventDefault();
  event.stopPropagation();
  work();
};

/** A letter is a key, or the first of the name of a country when another follows at once. */
function spell(sign) {
  clearTimeout(timers.letter);
  if (letter) {
    const both = letter + sign;
    letter = null;
    return question(both);
  }
  const name = BY_KEY.get(sign);
  if (!name) return question(sign);
  letter = sign;
  after('letter', PAUSE, () => { letter = null; ACTS[name].run(); });
}

function typed(digit) {
  digits = (digits + digit).slice(-2);
  say(`${now.words.jump}: ${digits}`, true);
  after('digits', TYPED * 3, () => { digits = ''; say(''); });
}

function jump() {
  const to = Number(digits);
  digits = '';
  say('');
  go(to);
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().then(() => navigator.keyboard?.lock?.(['Escape'])).catch(() => {});
}

function blacken(on) {
  parts.black.hidden = !on;
  if (on) parts.black.focus();
}

function question(letters) {
  if (!now.codes) return; // a file to take away has the views of its slides only
  if (!now.places) return say(now.words.noPlace, true);
  parts.floor.open(letters, now);
}

function explain(on) {
  parts.help.hidden = !on;
}

/** Esc: what is open is closed, the floor's country goes, then the stage. */
function leave() {
  if (!parts.help.hidden) return explain(false);
  if (now.floor) {
    now = { ...now, floor: '' }; // at once: a second Esc may come before the server has told of the first
    return act('floor:');
  }
  if (document.fullscreenElement) document.exitFullscreen();
  act('leave');
}

function openNotes() {
  if (!notes.open(now, press)) say(now.words.blocked, true);
}

/** Says something for a moment, to the eye too where `seen`. */
function say(text, seen = false) {
  write(parts.status, text);
  parts.status.classList.toggle('e-shown', seen && text !== '');
  if (seen && text) after('status', TYPED * 2, () => say(''));
}

/** The buttons, and what the chart says where the pointer is, as long as it moves. */
function show() {
  const { classList } = document.documentElement;
  classList.add('e-pointing');
  after('tools', SEEN, () => classList.remove('e-pointing'));
}

function touched({ pointerType }) {
  if (pointerType !== 'mouse') show();
}

/** The elements of the stage that do not belong to a slide. */
function build(parent) {
  const box = make('div', { class: 'e-stage' });
  const tools = make('div', { class: 'e-stage-tools', role: 'toolbar' });
  const buttons = {};
  for (const [name, { sign, run }] of Object.entries(ACTS)) {
    const button = make('button', { type: 'button', 'data-act': name }, make('span', { 'aria-hidden': 'true' }, sign));
    button.addEventListener('click', () => run());
    buttons[name] = tools.appendChild(button);
  }
  const live = make('p', { class: 'e-sr', 'aria-live': 'polite' });
  const status = make('p', { class: 'e-stage-status', role: 'status' });
  const black = make('div', { class: 'e-stage-black', tabindex: '-1', role: 'img', hidden: '' });
  black.addEventListener('click', () => blacken(false));
  const help = make('div', { class: 'e-stage-help', role: 'dialog', hidden: '' });
  const floor = ask((code) => act(`floor:${code}`));
  box.append(tools, live, status, help, floor.element, black);
  parent.replaceChildren(box);
  return { box, tools, buttons, live, status, black, help, floor };
}

/** Words and states of this slide. */
function dress() {
  const { words, n, title } = now;
  const touched = TOUCH.matches, helps = touched ? words.tools : words.help;
  put(parts.tools, 'aria-label', words.tools);
  for (const [name, button] of Object.entries(parts.buttons)) {
    const does = name === 'help' ? helps : words[name];
    put(button, 'aria-label', does);
    put(button, 'title', `${does} (${ACTS[name].shown ?? ACTS[name].keys[0]})`);
    button.hidden = (ACTS[name].many && n < 2) || (name === 'floor' && !now.places);
  }
  parts.buttons.previous.disabled = parts.buttons.first.disabled = at <= 1 && !now.floor;
  parts.buttons.next.disabled = parts.buttons.last.disabled = at >= n && !now.floor;
  const said = words.slide.replace('{n}', now.at).replace('{all}', n).replace('{title}', title);
  write(parts.live, n > 1 ? said : title);
  put(parts.black, 'aria-label', words.blacked);
  put(parts.help, 'aria-label', helps);
  const listed = touched
    ? ([name]) => parts.buttons[name].offsetWidth > 0 && name !== 'help' // a narrow screen has not all of them
    : ([name]) => !parts.buttons[name].hidden || (name === 'floor' && now.codes);
  const rows = Object.entries(ACTS).filter(listed)
    .map(([name, { shown, keys, sign }]) => [touched ? sign : shown ?? keys[0], words[name]]);
  if (n > 1 && !touched) rows.splice(4, 0, ['1–9 ⏎', words.jump]);
  const list = make('dl', {}, ...rows.flatMap(([key, does]) => [make('dt', {}, key), make('dd', {}, does)]));
  parts.help.replaceChildren(make('h2', {}, helps), list);
}
