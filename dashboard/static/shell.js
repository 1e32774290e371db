// Stands in the head of the page; every run of the app calls `escala.settle` with its settings
// (components/style.py). What belongs to the document and not to a run is done once, at the end.
window.escala = { settings: { words: {}, decimal: '.', memory: {} }, openWords: [] };

// In the page of another site a browser may refuse to keep anything: then it is kept until the page is left.
const keepsNothing = (() => {
  try {
    return !window.localStorage || !window.sessionStorage;
  } catch {
    return true;
  }
})();
if (keepsNothing) {
  for (const name of ['localStorage', 'sessionStorage']) {
    const held = new Map();
    const value = {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, text) => held.set(key, String(text)),
      removeItem: (key) => held.delete(key),
    };
    Object.defineProperty(window, name, { configurable: true, value });
  }
}

// An invitation leaves the address once it is read; the tab keeps it, for a page that is loaded once more.
const INVITED = 'escala-invitation';
const asked = new URL(location.href);
if (asked.searchParams.has('invitation')) {
  sessionStorage.setItem(INVITED, asked.searchParams.get('invitation'));
} else if (sessionStorage.getItem(INVITED) && asked.pathname.endsWith('/exercise')) {
  asked.searchParams.set('invitation', sessionStorage.getItem(INVITED));
  history.replaceState(history.state, '', asked);
}
document.addEventListener('click', (event) => {
  if (event.target.closest?.('.st-key-exercise_leave')) sessionStorage.removeItem(INVITED);
});

// A chart for the page of another site (serve/embedding.py): it tells that page how high it is.
const EMBEDDED = /\/embed\/[^/]*$/;
if (EMBEDDED.test(location.pathname)) {
  document.documentElement.classList.add('e-framed');
  let told = 0;
  const tell = () => {
    const box = document.querySelector('.stMainBlockContainer');
    const height = box && Math.ceil(box.getBoundingClientRect().height);
    if (!height || Math.abs(height - told) < 2) return;
    told = height;
    parent.postMessage({ escala: 'height', height }, '*'); // a number, which anybody may know
  };
  const observer = new ResizeObserver(tell);
  new MutationObserver((_changes, looking) => {
    const box = document.querySelector('.stMainBlockContainer');
    if (!box) return;
    looking.disconnect();
    observer.observe(box);
  }).observe(document.body, { subtree: true, childList: true });
}

// What Streamlit draws is mended after it has drawn and before it is seen: each work is done once a frame, however
// much was drawn in it. What changes within a chart is the chart's own and calls none of them.
const WRITTEN = ['aria-label', 'title', 'placeholder'];
const RUNS = 'data-test-script-state';
const WATCHED = [...WRITTEN, 'aria-expanded', 'aria-checked', 'aria-valuetext', 'value', 'data-collapsed', RUNS];
const works = [];
let due = false;
escala.workSoon = () => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    for (const work of works) queueMicrotask(work); // each by itself: one that fails stops no other
  });
};
escala.afterDrawing = (work) => {
  works.push(work);
  escala.workSoon();
};
// What the whole page is drawn for, as attributes of the document. With `:has` in the style sheet all styles would
// be worked out again for each text that Plotly measures, some hundred times a page.
const HOLDS = { 'data-lens': '.e-lens', 'data-stage': '.st-key-stage', 'data-world': '.st-key-controls_world' };
const tellDocument = () => {
  for (const [name, part] of Object.entries(HOLDS)) {
    document.documentElement.toggleAttribute(name, Boolean(document.querySelector(part)));
  }
  // The boxes around a chart that a page shows alone, up to the page.
  const boxes = new Set();
  let box = document.querySelector('.st-key-alone_page .st-key-alone')?.parentElement;
  for (; box && !boxes.has(box); box = box.parentElement) {
    boxes.add(box);
    box.setAttribute('data-holds', '');
    if (box.matches('.st-key-alone_page')) break;
  }
  for (const held of document.querySelectorAll('[data-holds]')) if (!boxes.has(held)) held.removeAttribute('data-holds');
};
const isOfChart = ({ target }) => (target.closest ? target : target.parentElement)?.closest('.e-chart');
new MutationObserver((changes) => {
  if (changes.every(isOfChart)) return;
  tellDocument(); // at once: what is drawn next measures its room
  escala.workSoon();
}).observe(document.body, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: WATCHED,
});

// Hatches for the map, which Plotly lacks; the style sheet fills areas with them. `st.html` drops SVG.
const hatch = (patterns) => {
  let hatches = document.getElementById('e-hatches');
  if (!hatches) {
    hatches = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    hatches.id = 'e-hatches';
    hatches.setAttribute('width', 0);
    hatches.setAttribute('height', 0);
    hatches.setAttribute('aria-hidden', 'true');
    hatches.style.position = 'absolute';
    document.body.append(hatches);
  }
  hatches.innerHTML = patterns;
};

// Light and dark are Streamlit's own themes, kept by the browser under this name for each address path; the
// page is loaded once more when the wanted one is not drawn, and never twice for the same wish in five seconds.
const dress = (settings) => {
  const key = `stActiveTheme-${location.pathname}-v2`;
  const kept = localStorage.getItem(key);
  const stale =
    settings.theme === 'System'
      ? kept !== null && kept !== '"System"'
      : settings.drawn !== null && settings.drawn !== settings.theme.toLowerCase();
  const wish = `${settings.theme} ${location.pathname} ${Math.floor(Date.now() / 5000)}`;
  if (stale && !keepsNothing && sessionStorage.getItem('escala-look') !== wish) {
    localStorage.setItem(key, JSON.stringify(settings.theme));
    sessionStorage.setItem('escala-look', wish);
    // The app writes the address at the end of its run; the page that is loaded must know the choice now.
    const address = new URL(location.href);
    if (settings.look === 'auto') address.searchParams.delete('look');
    else address.searchParams.set('look', settings.look);
    history.replaceState(history.state, '', address);
    location.reload();
  }
};

// Words that Streamlit itself writes, for those who listen (labels of buttons) in empty lists, in its
// skip link, on its button for files and below a download that failed.
const say = (word) => {
  const known = escala.settings.words[word];
  if (known) return known;
  for (const [start, end, theirs] of escala.openWords) {
    if (word.startsWith(start) && word.endsWith(end)) return theirs.replace('…', word.slice(start.length, word.length - end.length));
  }
  return word;
};
const translate = () => {
  if (!Object.keys(escala.settings.words).length) return;
  for (const name of WRITTEN) {
    for (const node of document.querySelectorAll(`[${name}]`)) {
      const word = node.getAttribute(name);
      const said = say(word);
      if (said !== word) node.setAttribute(name, said);
    }
  }
  const texts = '[role="listbox"] *, [data-testid="stSkipToContent"], [data-testid="stFileUploader"] button *, '
    + '[data-testid="stDownloadButtonError"], [data-testid="stDownloadButtonError"] *';
  for (const node of document.querySelectorAll(texts)) {
    if (node.childElementCount === 0 && escala.settings.words[node.textContent]) {
      node.textContent = escala.settings.words[node.textContent];
    }
  }
};
// Streamlit writes the value of a slider and its ends with a point; they follow the reader's decimal mark, for
// the eye and for those who listen.
const marked = (text) => (/^[-−]?\d+[.,]\d+$/.test(text) ? text.replace(/[.,]/, escala.settings.decimal) : text);
const markSliders = () => {
  for (const slider of document.querySelectorAll('[data-testid="stSlider"]')) {
    for (const input of slider.querySelectorAll('input[aria-valuetext]')) {
      const text = input.getAttribute('aria-valuetext');
      if (marked(text) !== text) input.setAttribute('aria-valuetext', marked(text));
    }
    for (const leaf of slider.querySelectorAll('[data-testid^="stSliderT"] *')) {
      const text = leaf.childElementCount ? '' : leaf.textContent;
      if (leaf.firstChild && marked(text) !== text) leaf.firstChild.nodeValue = marked(text);
    }
  }
};
// My country, once the reader has chosen it or taken it back: the browser alone remembers it, for this app. An
// order is carried out once, or a tab that was left open would undo what was chosen in another since.
const YEAR = 365 * 24 * 60 * 60;
let carriedOut = '';
const remember = ({ cookie, code, at }) => {
  if (!at || at === carriedOut) return;
  carriedOut = at;
  const folder = location.pathname.replace(/[^/]*$/, '');
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${cookie}=${code}; Path=${folder}; Max-Age=${code ? YEAR : 0}; SameSite=Lax${secure}`;
};
escala.settle = (settings) => {
  escala.settings = settings;
  remember(settings.memory);
  document.documentElement.lang = settings.lang;
  hatch(settings.hatches);
  dress(settings);
  escala.openWords = Object.entries(settings.words).filter(([word]) => word.includes('…'))
    .map(([word, theirs]) => [...word.split('…'), theirs]);
  escala.workSoon();
  search.then((box) => box.settle(settings.search));
};
import('./arrive.js?v=03f139286721'); // links that lead to a chart
const search = import('./search.js?v=55f40796fa16'); // beside Streamlit's own scripts: it is there when the side bar is
// What the first view does not need comes after its first chart, which a slow line would bring later for it; where
// no chart is to come, after the page; and at once when the reader begins to use the page.
escala.complete = false; // until these are there
const loadRest = async () => {
  await Promise.allSettled([
    import('./chart_corner.js?v=a41cecc30cd7'), // names of buttons, places of explanations
    import('./pick_lists.js?v=fc70a11a1b91'), // what is picked in a list, and how KPIs are found in one
    import('./listing.js?v=9e8fca0cab9c'), // long lists, filtered while words are typed
    learnNames(),
  ]);
  escala.complete = true;
};
const USES = ['pointerdown', 'keydown', 'focusin'], ENOUGH = 30000; // ms, where no chart can be drawn
let rest = loadRest;
escala.chartDrawn = () => {
  rest?.();
  rest = null;
};
for (const use of USES) addEventListener(use, () => escala.chartDrawn(), { capture: true, once: true, passive: true });
setTimeout(escala.chartDrawn, ENOUGH);
const meetPageWithoutChart = () => {
  if (!rest || !document.querySelector('.e-headline') || document.querySelector('[class*="st-key-chart_"]')) return;
  if (document.querySelector(`[data-testid="stApp"][${RUNS}="notRunning"]`)) escala.chartDrawn();
};
let sorting; // long tables, sorted by their headings
escala.afterDrawing(() => {
  if (!sorting && document.querySelector('table[data-sort]')) sorting = import('./sort.js?v=3a114ca35ed4');
});
escala.story = () => import('./story.js?v=225112e53c2c'); // the reader's own story, which the browser keeps
// What a narrow screen has in place of the side bar; the style sheet draws it at the same width.
const narrow = matchMedia('(width < 768px)');
const meetPhone = () => {
  if (narrow.matches) import('./phone.js?v=144b62a0c3f6');
};
narrow.addEventListener('change', meetPhone);
meetPhone();
// The key "/" goes to the search, unless the reader is writing; the closed side bar is opened for it.
const searchBox = () => document.getElementById('e-search');
const focusSearch = (tries) => {
  const box = searchBox();
  if (box) {
    box.focus(); // at once, so that the next letter typed is not lost
    box.select(); // what was sought before gives way to it
  } else if (tries) setTimeout(focusSearch, 50, tries - 1); // a page still loading draws its controls late
};
const goToSearch = () => {
  const closed = document.querySelector('[data-testid="stExpandSidebarButton"]');
  if (closed && closed.getClientRects().length) {
    closed.click();
    setTimeout(focusSearch, 350, 60);
  } else {
    focusSearch(60);
  }
};
// A mark that stands for a country (dashboard/charts/marks.py) leads to its profile. On a touch screen a tap
// says what the mark is, as the pointer does elsewhere; the table of every chart has the same as links.
const shared = () => {
  const kept = new URLSearchParams({ lang: document.documentElement.lang });
  const now = new URLSearchParams(location.search);
  for (const name of ['nf', 'look', 'mine']) if (now.get(name)) kept.set(name, now.get(name));
  return kept;
};
escala.shared = shared;
// A link within the app carries my country along, from the address; it is not written into every link of a page,
// or each country would have pages of its own on the server. In time for a click, a new tab and a copied link.
const carry = (event) => {
  const link = event.target.closest?.('a[href^="./"]');
  const mine = new URLSearchParams(location.search).get('mine');
  if (!link || !mine) return;
  const target = new URL(link.href);
  if (target.searchParams.has('mine')) return;
  target.searchParams.set('mine', mine);
  link.setAttribute('href', `./${target.pathname.split('/').pop()}${target.search}${target.hash}`);
};
for (const kind of ['pointerover', 'pointerdown', 'focusin']) document.addEventListener(kind, carry);
const lead = (event) => {
  const found = /^country:([A-Z]{3})(:\d+)?$/.exec(event.points?.[0]?.id ?? '');
  if (!found) return;
  const target = shared();
  target.set('country', found[1]);
  location.assign(`./country?${target}`);
};
escala.lead = lead; // and Enter does, where a mark has the focus (marks.js)
document.addEventListener('keydown', (event) => {
  const writing = event.target.closest?.('input, textarea, select, [contenteditable="true"]');
  if (event.key !== '/' || writing || document.querySelector('.st-key-stage') || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  goToSearch();
});
document.addEventListener('pointerover', (event) => {
  const plot = event.pointerType === 'mouse' && event.target.closest?.('.js-plotly-plot');
  if (!plot || !plot.on || plot.escalaLeads) return;
  plot.escalaLeads = true;
  plot.on('plotly_click', lead);
});

// Plotly draws for the window. On paper a chart takes the width of the sheet instead: its drawings get a view
// box, so that the style sheet can scale them; after printing they are Plotly's own again.
const CHARTS = '.js-plotly-plot .svg-container';
const SHEET = { lying: 84, upright: 180 }; // mm of a sheet that a chart has below a headline
window.addEventListener('beforeprint', () => {
  document.documentElement.classList.add('e-paper');
  const charts = [...document.querySelectorAll(CHARTS)];
  const upright = charts.some(({ offsetWidth, offsetHeight }) => offsetHeight > offsetWidth);
  document.documentElement.classList.toggle('e-upright', upright);
  for (const chart of charts) {
    const { offsetWidth: width, offsetHeight: height } = chart;
    chart.style.setProperty('--drawn-width', `${width}px`);
    chart.style.setProperty('--drawn-ratio', `${width} / ${height}`);
    chart.style.setProperty('--drawn-room', `${upright ? SHEET.upright : SHEET.lying}mm`);
    for (const svg of chart.querySelectorAll(':scope > svg')) svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }
});
window.addEventListener('afterprint', () => {
  document.documentElement.classList.remove('e-paper');
  for (const svg of document.querySelectorAll(`${CHARTS} > svg`)) svg.removeAttribute('viewBox');
});

// Picture and link of a chart, drawn here in the browser; the module is fetched when it is first asked for.
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-take]');
  if (button) import('../takeaway.js').then((module) => module.take(button));
  // Streamlit puts an opened box at the end of the document; who came by keyboard (no click counted) is led in.
  const opener = event.detail === 0 && event.target.closest?.('[data-testid="stPopover"] button');
  const enter = (tries) => {
    const first = document.querySelector('[data-testid="stPopoverBody"] button, [data-testid="stPopoverBody"] a');
    // The files of figures are drawn later than the picture and the link, which stand below them.
    if (first && !(tries && first.closest('.e-take'))) first.focus();
    else if (tries) setTimeout(enter, 100, tries - 1);
  };
  if (opener) setTimeout(enter, 150, 30);
});

// Streamlit's navigation puts headings and items into a list through a box, which is no list to those who
// listen: each box becomes a group named by its heading, with its links.
const mendNavigation = () => {
  for (const list of document.querySelectorAll('[data-testid="stSidebarNavItems"]:not([role])')) {
    list.setAttribute('role', 'presentation');
  }
  for (const box of document.querySelectorAll('[data-testid="stSidebarNavItems"] > div')) {
    const heading = box.querySelector('[data-testid="stNavSectionHeader"] p')?.textContent?.trim() ?? '';
    if (box.getAttribute('aria-label') !== heading) {
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', heading);
    }
    for (const item of box.querySelectorAll('li:not([role])')) item.setAttribute('role', 'presentation');
  }
};
// A chart that scrolls sideways within its frame can be reached and scrolled by keyboard, under the chart's title.
const mendScrolling = () => {
  for (const box of document.querySelectorAll('[class*="st-key-scrolls_"]:not([tabindex])')) {
    const title = box.closest('[class*="st-key-frame_"]')?.querySelector('h2')?.textContent ?? '';
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', title);
  }
};
const WORKS = [translate, markSliders, mendNavigation, mendScrolling, meetPageWithoutChart];
for (const work of WORKS) escala.afterDrawing(work);
// One press of the reader, one entry in the browser's history. Streamlit writes the path of a page and then its
// choices, and the app completes an address that was opened (its language, say): whatever is written without a
// press of the reader since the last entry takes that entry's place, so that "back" needs one press.
let pressed = false;
for (const kind of ['pointerdown', 'keydown', 'change', 'drop']) {
  addEventListener(kind, () => { pressed = true; }, { capture: true, passive: true });
}
addEventListener('popstate', () => { pressed = false; }, { capture: true });
const pushState = history.pushState.bind(history);
history.pushState = (state, unused, url) => {
  if (pressed) pushState(state, unused, url);
  else history.replaceState(state, unused, url);
  pressed = false;
};
// A drop-down list shows one name of a country and finds it under every other: the comparison of the lists
// (dashboard/serve/patches.py) asks here whether an option that does not read so is called so.
// A name is typed in part, or with its words in another order ("Moldova, Republic of"), as kpis/names.py has it;
// the words of a part count only where it is written so in no name: "Korea, Rep" is not the other Korea.
const plain = (text) => text.normalize('NFD').replace(/[\p{M}.'’ʻ]/gu, '').toLowerCase().trim();
let called = new Map(), little = new Set(), written = {};
const words = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word && !little.has(word))
  .flatMap((word) => (Object.hasOwn(written, word) ? written[word].split(' ') : word));
const key = (text) => words(text).sort().join(' ');
let last = '', writtenSo = false; // of what is typed, asked again for every option
const isWrittenSo = (asked) => {
  if (asked !== last) writtenSo = [...called.values()].some(({ names }) => names.some((name) => name.includes(asked)));
  last = asked;
  return writtenSo;
};
escala.called = (label, typed) => {
  const asked = plain(typed), area = called.get(plain(label.split(' · ')[0]));
  if (!area || asked.length < 2) return false;
  if (area.names.some((name) => name.includes(asked)) || area.keys.has(key(typed))) return true;
  if (isWrittenSo(asked)) return false;
  const parts = words(typed);
  return parts.length > 0 && parts.every((part) => area.words.some((word) => word.startsWith(part)));
};
async function learnNames() {
  const told = await import('./names.js?v=1f4fed21f1ae');
  const learnt = new Map();
  little = new Set(told.little);
  written = told.written;
  for (const row of told.default) {
    const names = [...new Set(row.map(plain))];
    const area = { names, words: [...new Set(row.flatMap(words))], keys: new Set(row.map(key)) };
    for (const label of row.slice(0, 2)) learnt.set(plain(label), area);
  }
  called = learnt;
}
