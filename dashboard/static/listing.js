// The lists of Methods and sources (app_pages/methods/listing.py): filtered while words are typed, with ways to
// their parts.
import { folded } from './elements.js?v=840f851e1275';

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
  const told = document.querySelector('.e-filtered');
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
