// Links that lead to a chart: "#chart-KEY" is the first chart of the page whose key begins so (components/links.py
// writes it, components/frame.py draws it). It is scrolled to once it is there, and its title gets the focus, so
// that who listens hears where the link led. Within a page the app is told of the new choices as by the back
// button, without loading all of it again.
const PATIENCE = 15000, SETTLING = 2500; // ms until a chart is there, and until what is above it keeps its height

const title = (key) => document.querySelector(`[class*="st-key-frame_${key}"] h2`);
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
let last = null; // the arrival that is under way; a newer one and any move of the reader end it

const arrive = (hash, before = '') => {
  const key = /^#chart-([\w-]+)$/.exec(hash)?.[1];
  last?.end();
  if (!key) return;
  const began = performance.now();
  let spot = null, timer = 0;
  const end = () => {
    clearTimeout(timer);
    for (const kind of ['wheel', 'touchstart', 'keydown', 'pointerdown']) removeEventListener(kind, end, true);
  };
  const look = () => {
    const found = title(key), waited = performance.now() - began;
    if (found && found.textContent !== before) {
      if (found !== spot) {
        spot = found;
        spot.tabIndex = -1;
        spot.focus({ preventScroll: true });
      }
      const { top } = spot.getBoundingClientRect();
      if (Math.abs(top - 24) > 40) spot.scrollIntoView({ block: 'start', behavior: still || waited > 600 ? 'auto' : 'smooth' });
      if (waited > SETTLING && spot.isConnected) return end();
    }
    if (waited > PATIENCE) return end();
    timer = setTimeout(look, 150);
  };
  for (const kind of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(kind, end, true);
  last = { end };
  look();
};

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="./"][href*="#chart-"]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = new URL(link.href);
  if (target.pathname !== location.pathname) return;
  event.preventDefault();
  const key = target.hash.slice('#chart-'.length);
  const before = target.search === location.search ? '' : title(key)?.textContent ?? '';
  history.pushState({}, '', target.pathname + target.search);
  dispatchEvent(new PopStateEvent('popstate'));
  setTimeout(() => arrive(target.hash, before));
});
arrive(location.hash);
