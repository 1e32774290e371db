// The corner of a chart: names that say of which chart a button is, and an explanation that stands beside its chart
// and not over it.
import { put } from './elements.js?v=840f851e1275';

const FRAME = '[class*="st-key-frame_"]';
const CORNER = '[class*="st-key-corner_"]';
const WIDE = 760; // px of a frame in which an explanation and the chart stand side by side
const ROOM = 16; // px between them

// "Download" stands beside every chart: those who listen hear of which.
const nameButtons = () => {
  for (const corner of document.querySelectorAll(CORNER)) {
    const title = corner.closest(FRAME)?.querySelector('h2')?.textContent.trim();
    if (!title) continue;
    for (const control of corner.querySelectorAll('button, input[role="switch"]')) {
      const word = (control.closest('label') ?? control).querySelector('p')?.textContent;
      if (word) put(control, 'aria-label', `${word}: ${title}`);
    }
  }
};

// An explanation stands to the right of its chart, which makes room; in a narrow frame, and for what is taken
// away (a picture is drawn as wide as the chart), the chart moves below it.
let opened = null;
const moved = new WeakSet();
const watched = (body) => {
  moved.add(body);
  const again = () => requestAnimationFrame(placeBeside);
  new MutationObserver(again).observe(body, { attributes: true, attributeFilter: ['style'] });
  new ResizeObserver(again).observe(body);
};
const clear = (frame) => {
  for (const name of ['data-aside', 'data-pushed']) frame.removeAttribute(name);
};
const placeBeside = () => {
  const button = document.querySelector(`${CORNER} [data-testid="stPopoverButton"][aria-expanded="true"]`);
  const body = button && document.querySelector('[data-testid="stPopoverBody"]');
  const frame = body ? button.closest(FRAME) : null;
  if (opened && opened !== frame) clear(opened);
  opened = frame;
  if (!frame) return;
  put(body, 'aria-label', button.getAttribute('aria-label') ?? '');
  if (!moved.has(body)) watched(body);
  const [box, whole, head] = [body, frame, frame.firstElementChild].map((part) => part.getBoundingClientRect());
  if (box.bottom <= head.top || !box.width) return clear(frame); // no room below: it stands above
  const aside = button.closest('[class*="st-key-how_"]') && whole.width >= WIDE;
  const room = aside ? whole.right - box.left + ROOM : box.bottom - head.bottom + ROOM / 2;
  put(frame, aside ? 'data-pushed' : 'data-aside', null);
  put(frame, aside ? 'data-aside' : 'data-pushed', '');
  frame.style.setProperty('--made-room', `${Math.max(0, Math.round(room))}px`);
};

escala.afterDrawing(nameButtons);
escala.afterDrawing(placeBeside);
addEventListener('resize', placeBeside);
