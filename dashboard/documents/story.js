'use strict';
const all = [...document.querySelectorAll('section')];
const langs = [...new Set(all.map((one) => one.lang))];
const black = document.getElementById('black');
let lang = langs[0], at = 0, notes = false;
const slides = () => all.filter((one) => one.lang === lang);
const show = () => {
  const now = slides();
  at = Math.max(0, Math.min(now.length - 1, at));
  for (const one of all) {
    one.classList.toggle('on', one === now[at]);
    one.toggleAttribute('data-other', one.lang !== lang);
  }
  const text = now[at].querySelector('.notes');
  if (text) text.hidden = !notes || !text.textContent;
  document.documentElement.lang = lang;
  document.getElementById('number').textContent = `${at + 1} / ${now.length}`;
};
const go = (to) => { at = to; show(); };
const full = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.());
const acts = {
  ArrowRight: () => go(at + 1), PageDown: () => go(at + 1), ' ': () => go(at + 1), Enter: () => go(at + 1),
  ArrowLeft: () => go(at - 1), PageUp: () => go(at - 1), Backspace: () => go(at - 1),
  Home: () => go(0), End: () => go(all.length), f: full, b: () => { black.hidden = false; }, '.': () => { black.hidden = false; },
  n: () => { notes = !notes; show(); },
  l: () => { lang = langs[(langs.indexOf(lang) + 1) % langs.length]; show(); },
};
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (!black.hidden) { black.hidden = true; event.preventDefault(); return; }
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (/^[1-9]$/.test(event.key)) go(Number(event.key) - 1);
  else if (act) { event.preventDefault(); act(); }
});
addEventListener('click', ({ target, clientX }) => {
  if (target.closest('a')) return;
  if (!black.hidden) black.hidden = true;
  else go(clientX < innerWidth / 3 ? at - 1 : at + 1);
});
show();
