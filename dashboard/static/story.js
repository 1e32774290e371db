// The reader's own story, which the browser keeps and the server does not. A chart is added here, on any page;
// the page Present and the stage hand it to the server while they are open, and back (dashboard/stage/kept.py).
// Both count its changes; whoever counts further has the newer one.
const PLACE = 'escala-story';
export const MOST = 60; // slides; the server holds no more
const NOT_A_VIEW = ['lang', 'nf', 'look', 'find', 'present', 'slide', 'floor'];

export function kept() {
  try {
    const { changes, story } = JSON.parse(localStorage.getItem(PLACE));
    if (Number.isInteger(changes) && Array.isArray(story.slides)) return { changes, story };
  } catch { /* none, or not ours */ }
  return { changes: 0, story: { escala: 'story', version: 1, slides: [] } };
}

/** Adds a chart of this page, as it is seen now. Returns how many slides there are then; 0 where there is no room. */
export function add(key, label) {
  const { changes, story } = kept();
  if (story.slides.length >= MOST) return 0;
  const choices = new URLSearchParams(location.search);
  for (const name of NOT_A_VIEW) choices.delete(name);
  choices.set('chart', key);
  const page = location.pathname.split('/').pop() || 'world';
  story.slides.push({ view: `${page}?${choices}`, label: label.slice(0, 240) });
  localStorage.setItem(PLACE, JSON.stringify({ changes: changes + 1, story }));
  return story.slides.length;
}

let listening = null;

/** The component of `kept.py`: data holds `changes` and `story` of the server. */
export function keep({ data, setTriggerValue }) {
  const meet = () => {
    const own = kept();
    if (own.changes > data.changes) setTriggerValue('kept', JSON.stringify(own));
    else if (own.changes < data.changes) localStorage.setItem(PLACE, JSON.stringify(data));
  };
  removeEventListener('storage', listening);
  listening = ({ key }) => { if (key === PLACE) meet(); };
  addEventListener('storage', listening);
  meet();
  return () => removeEventListener('storage', listening);
}
