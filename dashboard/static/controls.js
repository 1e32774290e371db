// What Streamlit's controls lack, in one place: names that say of which chart a button is, popovers that stand
// beside what they explain, the whole of what is picked in a list, the way to the chart that a link asked for.
const FRAME = '[class*="st-key-frame_"]';
const CORNER = '[class*="st-key-corner_"]';
const LIST = '[data-testid="stSelectbox"] input[role="combobox"]';
const KPI_LIST = '[class*="st-key-control_kpi"], [class*="st-key-control_indicator"]';
const WIDE = 760; // px of a frame in which an explanation and the chart stand side by side
const ROOM = 16; // px between them
const ASKED = 'escala-asked'; // the KPI whose chart a link leads to, for the page that opens

const mark = (element, name, value) => {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

// "Download" stands beside every chart: those who listen hear of which.
const nameButtons = () => {
  for (const corner of document.querySelectorAll(CORNER)) {
    const title = corner.closest(FRAME)?.querySelector('h2')?.textContent.trim();
    if (!title) continue;
    for (const control of corner.querySelectorAll('button, input[role="switch"]')) {
      const word = (control.closest('label') ?? control).querySelector('p')?.textContent;
      if (word) mark(control, 'aria-label', `${word}: ${title}`);
    }
  }
};

// An explanation stands to the right of its chart, which makes room; in a narrow frame, and for what is taken
// away (a picture is drawn as wide as the chart), the chart moves below it.
let opened = null;
const moved = new WeakSet();
const watched = (body) => {
  moved.add(body);
  new MutationObserver(soon).observe(body, { attributes: true, attributeFilter: ['style'] });
  new ResizeObserver(soon).observe(body);
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
  mark(body, 'aria-label', button.getAttribute('aria-label') ?? '');
  if (!moved.has(body)) watched(body);
  const [box, whole, head] = [body, frame, frame.firstElementChild].map((part) => part.getBoundingClientRect());
  if (box.bottom <= head.top || !box.width) return clear(frame); // no room below: it stands above
  const aside = button.closest('[class*="st-key-how_"]') && whole.width >= WIDE;
  const room = aside ? whole.right - box.left + ROOM : box.bottom - head.bottom + ROOM / 2;
  mark(frame, aside ? 'data-pushed' : 'data-aside', null);
  mark(frame, aside ? 'data-aside' : 'data-pushed', '');
  frame.style.setProperty('--made-room', `${Math.max(0, Math.round(room))}px`);
};

// What is picked in a list, whole: in two smaller lines where one does not hold it.
const ruler = document.createElement('canvas').getContext('2d');
const widths = new WeakMap();
const fitPicked = (input) => {
  const style = getComputedStyle(input);
  ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const long = ruler.measureText(input.value).width > widths.get(input) - 2;
  mark(input.parentElement, 'data-picked', long ? input.value : null);
};
const widened = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    widths.set(target, contentRect.width);
    fitPicked(target);
  }
});
const texts = new WeakMap();
const showPicked = () => {
  for (const input of document.querySelectorAll(LIST)) {
    if (texts.get(input) === input.value) continue;
    if (texts.has(input)) fitPicked(input);
    else widened.observe(input);
    texts.set(input, input.value);
  }
};

// In a list of KPIs a line parts the dimensions, and what has no fresh figure ("… (2020)") is grey.
const OLD = /\((?:19|20)\d\d\)$/;
const dimension = (text) => text.replace(OLD, '').trim().split(' · ')[1];
const partKpis = () => {
  const open = document.querySelector(`:is(${KPI_LIST}) [role="combobox"][aria-expanded="true"]`);
  const list = open && document.getElementById(open.getAttribute('aria-controls'));
  let before = null;
  for (const option of list?.querySelectorAll('[role="option"]') ?? []) {
    const text = option.textContent;
    mark(option, 'data-old', OLD.test(text) ? '' : null);
    mark(option, 'data-part', before !== null && before !== dimension(text) ? '' : null);
    before = dimension(text);
  }
};

// A KPI is found by its id and by its name in the other language too; asked for when a list of KPIs is entered.
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
let kpiNames = null;
document.addEventListener('focusin', async (event) => {
  if (kpiNames || !event.target.closest?.(KPI_LIST)) return;
  kpiNames = new Map();
  const told = await fetch(`./find?list=kpis&lang=${document.documentElement.lang}`).then((answer) => answer.json());
  kpiNames = new Map(Object.entries(told).map(([name, others]) => [name, others.map(folded)]));
});
const areaCalled = escala.called;
escala.called = (label, typed) =>
  areaCalled(label, typed)
  || (typed.trim().length > 1 && kpiNames?.get(label.split(' · ')[0])?.some((name) => name.includes(folded(typed.trim()))));

// A link to a KPI leads to its chart, not to the top of the page that shows it.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('[data-testid="stMain"] a[href*="kpi="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  sessionStorage.setItem(ASKED, JSON.stringify({ kpi: new URL(link.href).searchParams.get('kpi'), until: Date.now() + 20000 }));
});
const chartOf = (kpi) => {
  for (const title of document.querySelectorAll('h2[data-file]')) {
    if (`${title.dataset.file}_`.includes(`_${kpi}_`)) return title.closest(FRAME);
  }
  return null;
};
let asked = JSON.parse(sessionStorage.getItem(ASKED) ?? 'null'); // by a link on the page before this one
sessionStorage.removeItem(ASKED);
const land = () => {
  if (asked && asked.until < Date.now()) asked = null;
  const frame = asked && chartOf(asked.kpi);
  const chart = frame?.querySelector('.e-chart .main-svg, .e-scroll')?.closest('.e-chart, .e-scroll');
  if (!chart) return;
  asked = null;
  if (!chart.hasAttribute('tabindex')) chart.tabIndex = -1;
  frame.scrollIntoView({ block: 'start' });
  chart.focus({ preventScroll: true });
};
for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { asked = null; }, { capture: true });

// A list whose lines open is filtered while words are typed; Enter searches it anew and writes the address.
const lines = new WeakMap();
const textOf = (line) => {
  if (!lines.has(line)) lines.set(line, folded(line.textContent));
  return lines.get(line);
};
const filterLines = (typed) => {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const all = [...document.querySelectorAll('.e-cards > details')];
  for (const line of all) line.hidden = !words.every((word) => textOf(line).includes(word));
  for (const heading of document.querySelectorAll('.e-cards > h3')) {
    let next = heading.nextElementSibling;
    while (next?.tagName === 'DETAILS' && next.hidden) next = next.nextElementSibling;
    heading.hidden = next?.tagName !== 'DETAILS';
  }
  const told = document.querySelector('.e-told');
  if (!told) return;
  told.dataset.before ??= told.textContent;
  const k = all.filter((line) => !line.hidden).length;
  told.textContent = words.length
    ? told.dataset.told.replace('{k}', k).replace('{n}', all.length) : told.dataset.before;
};
document.addEventListener('input', (event) => {
  if (event.target.closest?.('.st-key-control_q')) filterLines(event.target.value);
});
// The way to a part of a list moves the focus there; the address stays that of the view.
document.addEventListener('click', (event) => {
  const way = event.target.closest?.('.e-jump a');
  const part = way && document.getElementById(decodeURIComponent(way.hash.slice(1)));
  if (!part) return;
  event.preventDefault();
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: 'start' });
});

const settle = () => {
  nameButtons();
  placeBeside();
  showPicked();
  partKpis();
  land();
};
let due = false;
const soon = () => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    settle();
  });
};
settle();
new MutationObserver(soon).observe(document.body, {
  subtree: true, childList: true, attributes: true, attributeFilter: ['aria-expanded', 'aria-label', 'value'],
});
addEventListener('resize', soon);
