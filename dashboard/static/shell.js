// Runs in the page after every run of the app; `settings` stands in front of it (components/style.py).
// No tag may stand in here, not even in a text: the sanitiser of `st.html` would drop the script.
document.documentElement.lang = settings.lang;

// Hatches for the map, which Plotly lacks; the style sheet fills areas with them. `st.html` drops SVG.
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
hatches.innerHTML = settings.hatches;

// Light and dark are Streamlit's own themes, kept by the browser under this name for each address path; the
// page is loaded once more when the wanted one is not drawn, and never twice for the same wish in five seconds.
const key = `stActiveTheme-${location.pathname}-v2`;
const kept = localStorage.getItem(key);
const stale =
  settings.theme === 'System'
    ? kept !== null && kept !== '"System"'
    : settings.drawn !== null && settings.drawn !== settings.theme.toLowerCase();
const wish = `${settings.theme} ${location.pathname} ${Math.floor(Date.now() / 5000)}`;
if (stale && sessionStorage.getItem('escala-look') !== wish) {
  localStorage.setItem(key, JSON.stringify(settings.theme));
  sessionStorage.setItem('escala-look', wish);
  location.reload();
}

// Words that Streamlit itself writes, for those who listen (labels of buttons) in empty lists, in its skip link.
const say = (word) => {
  const known = settings.words[word];
  if (known) return known;
  const space = word.indexOf(' ');
  const verb = space > 0 ? settings.words[word.slice(0, space) + ' …'] : undefined;
  return verb ? verb.replace('…', word.slice(space + 1)) : word;
};
const translate = () => {
  for (const name of ['aria-label', 'title']) {
    for (const node of document.querySelectorAll(`[${name}]`)) {
      const word = node.getAttribute(name);
      const said = say(word);
      if (said !== word) node.setAttribute(name, said);
    }
  }
  for (const node of document.querySelectorAll('[role="listbox"] *, [data-testid="stSkipToContent"]')) {
    if (node.childElementCount === 0 && settings.words[node.textContent]) {
      node.textContent = settings.words[node.textContent];
    }
  }
};
window.escalaObserver?.disconnect();
if (Object.keys(settings.words).length) {
  translate();
  window.escalaObserver = new MutationObserver(translate);
  window.escalaObserver.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label', 'title'],
  });
}

// Picture and link of a chart, drawn here in the browser; the module is fetched when it is first asked for.
if (!window.escalaTakeaway) {
  window.escalaTakeaway = true;
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-take]');
    if (button) import('/takeaway.js').then((module) => module.take(button));
    // Streamlit puts an opened box at the end of the document; who came by keyboard (no click counted) is led in.
    const opener = event.detail === 0 && event.target.closest?.('[data-testid="stPopover"] button');
    if (opener) {
      setTimeout(() => document.querySelector('[data-testid="stPopoverBody"] button, [data-testid="stPopoverBody"] a')?.focus(), 150);
    }
  });
}
