// A story as a file: shows its slides as the stage does. The scripts of the stage and of charts stand before
// this one (documents/scripts.py); the stage tells what is pressed, and what it tells a server is done here.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read('words');
const all = [...document.querySelectorAll('section')];
const langs = Object.keys(words);
const [story, keys] = ['story', 'keys'].map((id) => document.getElementById(id));
let [lang, at] = [langs[0], 1];

window.PlotlyGeoAssets = { topojson: { world_110m: read('outlines') } };
window.escala = { lead() {} }; // a mark leads to its country in the app; there is none here

const slides = () => all.filter((one) => one.lang === lang);
const title = (slide) => slide?.dataset.title ?? '';
const notes = (slide) => slide?.querySelector('.notes')?.textContent ?? '';

function told() {
  const [now, next] = [slides()[at - 1], slides()[at]];
  return {
    at, n: slides().length, lang, words: words[lang], title: title(now), notes: notes(now), next: title(next),
    nextNotes: notes(next), floor: '', places: false, codes: '',
  };
}

const acts = {
  to: (value) => { at = Number(value); },
  lang: () => { lang = langs[(langs.indexOf(lang) + 1) % langs.length]; },
};

function act(_name, what) {
  const [verb, value] = what.split(':');
  acts[verb]?.(value);
  show();
}

/** Shows the slide with its chart; where that cannot be drawn, the drawing stays. */
function show() {
  const now = slides()[at - 1];
  for (const one of all) {
    one.classList.toggle('on', one === now);
    one.toggleAttribute('data-other', one.lang !== lang);
  }
  document.documentElement.lang = lang;
  stage_js.mount({ data: told(), setTriggerValue: act, parentElement: keys });
  const figure = now.querySelector('.figure');
  if (figure) draw(now, figure);
}

async function draw(slide, figure) {
  const place = slide.querySelector('.chart');
  for (const part of [place, slide.querySelector('.key')]) part.hidden = false;
  slide.classList.add('live'); // before: the chart takes the room that it is given
  figure.bytes ??= new TextEncoder().encode(figure.textContent);
  await chart_js.mount({ data: figure.bytes, parentElement: place }, plotly_js);
  slide.classList.toggle('live', place.querySelector('.main-svg') !== null);
}

story.classList.add('st-key-stage');
document.documentElement.dataset.stage = '';
show();
