// Lists to pick from: the whole of what is picked, the parts of lists of KPIs and of groups, KPIs found by id and by either name.
import { folded, put } from './elements.js?v=840f851e1275';

const LIST = '[data-testid="stSelectbox"] input[role="combobox"]';
const GROUP_LIST = ['group', 'peers', 'area'].map((name) => `[class*="st-key-control_${name}"]`).join();
const KPI_LIST = '[class*="st-key-control_kpi"], [class*="st-key-control_indicator"]';

// What is picked in a list, whole: in two smaller lines where one does not hold it.
const ruler = document.createElement('canvas').getContext('2d');
const widths = new WeakMap();
const fitPicked = (input) => {
  const style = getComputedStyle(input);
  ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const long = ruler.measureText(input.value).width > widths.get(input) - 2;
  put(input.parentElement, 'data-picked', long ? input.value : null);
  put(input.parentElement, 'data-clears', input.parentElement.querySelector('button + button') ? '' : null);
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
const partList = (lists, partOf) => {
  const open = document.querySelector(`:is(${lists}) [role="combobox"][aria-expanded="true"]`);
  const list = open && document.getElementById(open.getAttribute('aria-controls'));
  let before = null;
  for (const option of list?.querySelectorAll('[role="option"]') ?? []) {
    const part = partOf(option.textContent);
    put(option, 'data-old', OLD.test(option.textContent) ? '' : null);
    put(option, 'data-part', before !== null && before !== part ? '' : null);
    before = part;
  }
};
const partKpis = () => partList(KPI_LIST, dimension);

// What the app tells of the entries of a list; null where the line is down: the list works without, and whoever enters
// it again asks again.
const asked = async (list) => {
  try {
    const answer = await fetch(`./find?list=${list}&lang=${document.documentElement.lang}`);
    return answer.ok ? Object.entries(await answer.json()) : null;
  } catch {
    return null;
  }
};

// In a list of groups a line parts their kinds, own groups and countries; asked for when such a list is entered.
let groupKinds = null;
const partGroups = () => groupKinds?.size && partList(GROUP_LIST, (text) => groupKinds.get(text));
document.addEventListener('focusin', async (event) => {
  if (groupKinds || !event.target.closest?.(GROUP_LIST)) return;
  groupKinds = new Map();
  const told = await asked('groups');
  groupKinds = told && new Map(told);
  partGroups();
});

// A KPI is found by its id and by its name in the other language too; asked for when a list of KPIs is entered.
let kpiNames = null;
document.addEventListener('focusin', async (event) => {
  if (kpiNames || !event.target.closest?.(KPI_LIST)) return;
  kpiNames = new Map();
  const told = await asked('kpis');
  kpiNames = told && new Map(told.map(([name, others]) => [name, others.map(folded)]));
});
const areaCalled = escala.called;
escala.called = (label, typed) =>
  areaCalled(label, typed)
  || (typed.trim().length > 1 && kpiNames?.get(label.split(' · ')[0])?.some((name) => name.includes(folded(typed.trim()))));

escala.afterDrawing(showPicked);
escala.afterDrawing(partKpis);
escala.afterDrawing(partGroups);
