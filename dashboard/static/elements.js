// What the other scripts make and change elements with; each writes only what differs, or whoever watches the page
// would be called without end.

// children: elements and texts; an empty text is left out.
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== ''));
  return element;
};
// value: null takes the attribute away.
export const put = (element, name, value) => {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};
export const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};
// The beat of a play, slower for readers who want less motion; as of setInterval.
export const beat = (step) => setInterval(step, matchMedia('(prefers-reduced-motion: reduce)').matches ? 2000 : 900);
// Without accents and capitals, as words are compared.
export const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
