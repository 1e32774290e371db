// The speaker's notes in a second window: plain HTML of our own, written from here; works without a network.
import { make, write } from './elements.js?v=840f851e1275';

const STYLE = `
  :root { color-scheme: light dark; font: 1.125rem/1.45 system-ui, sans-serif; }
  body { margin: 1.2rem 1.6rem; max-width: 60rem; }
  header { display: flex; gap: 2.5rem; align-items: baseline; font-variant-numeric: tabular-nums; }
  header p { margin: 0; } header b { font-size: 2rem; font-weight: 600; margin-left: .4rem; }
  h1 { font-size: 1.6rem; margin: 1.2rem 0 .6rem; } h2 { font-size: 1rem; margin: 1.6rem 0 .2rem; opacity: .75; }
  .notes { white-space: pre-wrap; font-size: 1.4rem; margin: 0; } .next { font-size: 1.2rem; margin: 0; }
  .next + .notes { font-size: 1rem; opacity: .8; }
`;
const START = 'escala-stage-start';
let view = null; // the second window
let spots = null; // its elements
let ticking = 0;

const two = (n) => String(n).padStart(2, '0');
const clock = (time) => `${two(time.getHours())}:${two(time.getMinutes())}`;
const span = (ms) => `${two(Math.floor(ms / 60000))}:${two(Math.floor(ms / 1000) % 60)}`;

function tick() {
  if (!view || view.closed) return clearInterval(ticking);
  write(spots.clock, clock(new Date()));
  write(spots.span, span(Date.now() - Number(sessionStorage.getItem(START))));
}

function build(told, press) {
  const page = view.document;
  const part = (tag, kind, ...children) => {
    const element = page.importNode(make(tag, kind ? { class: kind } : {}), true);
    element.append(...children);
    return element;
  };
  const spot = Object.fromEntries(['clock', 'span', 'number'].map((name) => [name, part('b')]));
  Object.assign(spot, {
    title: part('h1'), notes: part('p', 'notes'), after: part('h2'), next: part('p', 'next'), later: part('p', 'notes'),
  });
  const style = new view.CSSStyleSheet(); // no element: a policy that knows style sheets by their hash lets it pass
  style.replaceSync(STYLE);
  page.title = `${told.words.notes} · Escala`;
  page.documentElement.lang = told.lang;
  page.adoptedStyleSheets = [style];
  const counted = ['number', 'clock', 'span'].map((name) => part('p', '', ...(name === 'number' ? [] : [told.words[name === 'clock' ? 'clock' : 'elapsed']]), spot[name]));
  page.body.replaceChildren(part('header', '', ...counted), spot.title, spot.notes, spot.after, spot.next, spot.later);
  page.addEventListener('keydown', press);
  return spot;
}

export const notes = {
  /** Opens the window, or brings it forward; false where the browser does not let it. */
  open(told, press) {
    view = window.open('', 'escala-notes', 'popup,width=960,height=720');
    if (!view) return false;
    spots = build(told, press);
    clearInterval(ticking);
    ticking = setInterval(tick, 1000);
    tick();
    this.tell(told);
    view.focus();
    return true;
  },
  /** The stage is entered; the time is counted on where a page in the middle of it is loaded again. */
  begin(told) {
    if (told.at === 1 || !sessionStorage.getItem(START)) sessionStorage.setItem(START, Date.now());
  },
  /** Another slide is shown. */
  tell(told) {
    if (!view || view.closed) return;
    write(spots.number, `${told.at} / ${told.n}`);
    write(spots.title, told.title);
    write(spots.notes, told.notes || told.words.noNotes);
    write(spots.after, told.words.then);
    write(spots.next, told.next || told.words.end);
    write(spots.later, told.nextNotes);
  },
};
