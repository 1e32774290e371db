// Takes a chart out of the page as PNG or SVG, as it is drawn, with its title, unit, legend, source and
// address inside the picture; and copies the link to this view. Nothing leaves the browser.
//
// Plotly's own `toImage` is not used: it redraws the chart without the page's hatches of "no data" and
// without the legend, and cannot hold the frame's texts. Its drawing is the layered `svg.main-svg`.

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 24; // px around the picture
const GAP = 8; // px between its parts
const SCALE = 2; // pixels of a PNG per px, sharp on a projector
const WORDS = ':is(text, tspan):not(:has(tspan))'; // those that hold nothing but words
const LEFT_OUT = '.hoverlayer, .draglayer, .zoomlayer, .dragcover, .modebar, .e-sr';

/** Answers a button of the take-away: data-take is "png", "svg", "link", "embed" or "story". */
export async function take(button) {
  const status = button.parentElement.querySelector('[role=status]');
  if (button.dataset.take === 'link') return copy(location.href, button, status);
  if (button.dataset.take === 'embed') return copy(embedding(button.dataset), button, status);
  if (button.dataset.take === 'story') return addToStory(button, status);
  try {
    status.textContent = '';
    const picture = await drawn(button.dataset.frame);
    picture.prepend(await typefaces(picture.outerHTML));
    const blob = button.dataset.take === 'svg' ? asSvg(picture) : await asPng(picture);
    save(blob, `${button.dataset.file}.${button.dataset.take}`);
  } catch (fault) {
    console.error(fault);
    status.textContent = button.dataset.failed;
  }
}

/** Adds the chart to the reader's own story, which the browser keeps. */
async function addToStory({ dataset: { frame, title, done, failed } }, status) {
  const story = await escala.story();
  const n = story.add(frame, title);
  status.textContent = n ? done.replace('{n}', n) : failed.replace('{n}', story.MOST);
}

/** The code that shows the chart of this view in another page: that of the server, with the address of now. */
function embedding({ code, frame }) {
  const address = new URL(location.href);
  address.hash = '';
  address.pathname = address.pathname.replace(/[^/]*$/, 'embed/$&');
  address.searchParams.set('chart', frame);
  return code.replace('{src}', address.href.replaceAll('&', '&amp;').replaceAll('"', '%22'));
}

/** Copies a text; where the browser forbids it, shows it selected for the reader to copy. */
async function copy(text, button, status) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = button.dataset.done;
  } catch {
    const shown = document.createElement('input');
    shown.value = text;
    shown.readOnly = true;
    shown.setAttribute('aria-label', button.dataset.failed);
    status.replaceChildren(`${button.dataset.failed} `, shown);
    shown.select();
  }
}

/** The picture of a frame as one SVG element. */
async function drawn(key) {
  const frame = document.querySelector(`.st-key-frame_${CSS.escape(key)}`);
  const layers = [...frame.querySelectorAll('.js-plotly-plot svg.main-svg')];
  if (!layers.length) throw new Error(`no chart in frame ${key}`);
  await document.fonts.ready;
  const wide = Math.max(...layers.map((layer) => Number(layer.getAttribute('width'))));
  const picture = element('svg', { xmlns: SVG });
  const hatches = document.querySelector('#e-hatches defs');
  if (hatches) picture.append(hatches.cloneNode(true));
  const paper = picture.appendChild(element('rect', { width: '100%', height: '100%' }));
  paper.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--paper').trim());
  let y = MARGIN;
  const write = (node, text) => {
    if (text) y = paragraph(picture, text, getComputedStyle(node), y, wide);
  };
  for (const part of ['.e-title', '.e-unit']) {
    const node = frame.querySelector(part);
    if (node) write(node, words(node));
  }
  y += GAP;
  for (const layer of layers) picture.append(copied(layer, MARGIN, y));
  y += Math.max(...layers.map((layer) => Number(layer.getAttribute('height')))) + GAP;
  for (const list of frame.querySelectorAll('ul.legend')) y = legend(picture, list, y, wide) + GAP;
  const foot = frame.querySelector('.e-foot');
  write(foot, words(foot));
  write(foot, `Escala · ${location.href} · ${new Date().toISOString().slice(0, 10)}`);
  const [width, height] = [Math.ceil(wide) + 2 * MARGIN, Math.ceil(y + MARGIN / 2)];
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) {
    picture.setAttribute(name, value);
  }
  return picture;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** The visible words of a part of the page on one line. */
function words(node) {
  const copy = node.cloneNode(true);
  for (const hidden of copy.querySelectorAll('.e-sr')) hidden.remove();
  return copy.textContent.replace(/\s+/g, ' ').trim();
}

/** A layer of the chart in its place, with the hatches that the style sheet fills areas with. */
function copied(layer, x, y) {
  const copy = layer.cloneNode(true);
  const fills = [...layer.querySelectorAll('path')].map((path) => getComputedStyle(path).fill);
  copy.querySelectorAll('path').forEach((path, n) => {
    const hatch = /url\("?#?[^"#]*#?(e-[a-z]+)"?\)/.exec(fills[n]);
    if (hatch) path.style.fill = `url(#${hatch[1]})`;
    path.setAttribute('d', rounded(path.getAttribute('d') ?? ''));
  });
  const lengths = [...layer.querySelectorAll(WORDS)].map((text) => text.getComputedTextLength());
  copy.querySelectorAll(WORDS).forEach((text, n) => keepLength(text, lengths[n]));
  for (const part of copy.querySelectorAll(LEFT_OUT)) part.remove();
  copy.removeAttribute('style'); // its white ground belongs to the page
  copy.setAttribute('x', x);
  copy.setAttribute('y', y);
  return copy;
}

/** Numbers of an outline to a hundredth of a px: a map is a third of its size and looks the same. */
const rounded = (outline) => outline.replace(/\d+\.\d{3,}/g, (number) => Number(number).toFixed(2));

/** A program that reads no type from a picture writes in another, at the length that the words have here. */
function keepLength(text, length) {
  if (!text.textContent.trim() || !length) return;
  text.setAttribute('textLength', length.toFixed(1));
  text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
}

const ruler = document.createElement('canvas').getContext('2d');

function measured(text, style) {
  ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return ruler.measureText(text).width;
}

function label(text, style, x, y) {
  const made = element('text', { x, y, fill: style.color });
  made.style.fontFamily = style.fontFamily;
  made.style.fontSize = style.fontSize;
  made.style.fontWeight = style.fontWeight;
  made.textContent = text;
  keepLength(made, measured(text, style));
  return made;
}

/** Writes a text in lines of at most `wide` px and returns where the next part begins. */
function paragraph(picture, text, style, top, wide) {
  const size = parseFloat(style.fontSize);
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (measured(longer, style) <= wide || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  lines.forEach((line, n) => picture.append(label(line, style, MARGIN, top + size * (1 + n * 1.35))));
  return top + size * 1.35 * lines.length + 2;
}

/** Writes a legend, its items in a row as long as they fit, and returns where the next part begins. */
function legend(picture, list, top, wide) {
  const style = getComputedStyle(list);
  const [row, gap] = [parseFloat(style.fontSize) * 1.6, 16];
  let [x, y] = [MARGIN, top];
  for (const item of list.children) {
    if (!item.getClientRects().length) continue; // what is not shown in the year of the chart
    const swatch = item.querySelector('i, img');
    const box = swatch?.getBoundingClientRect();
    const text = words(item).slice(swatch ? words(swatch).length : 0).trim();
    const long = (box ? box.width + 6 : 0) + measured(text, style);
    if (x > MARGIN && x + long > MARGIN + wide) [x, y] = [MARGIN, y + row];
    if (swatch) picture.append(...sample(swatch, box, x, y + (row - box.height) / 2));
    picture.append(label(text, getComputedStyle(item), x + long - measured(text, style), y + row * 0.7));
    x += long + gap;
  }
  return y + row;
}

/** The coloured or hatched field before an item of the legend, with its number where it has one. */
function sample(swatch, box, x, y) {
  const style = getComputedStyle(swatch);
  const size = { x, y, width: box.width, height: box.height };
  if (swatch.tagName === 'IMG') return [element('image', { ...size, href: swatch.src })];
  const hatch = { nodata: 'url(#e-nodata)', outside: 'url(#e-outside)' };
  const named = Object.keys(hatch).find((name) => swatch.classList.contains(name));
  const field = element('rect', {
    ...size,
    fill: named ? hatch[named] : style.backgroundColor,
    stroke: parseFloat(style.borderTopWidth) ? style.borderTopColor : 'none',
  });
  const mark = words(swatch);
  if (!mark) return [field];
  const at = x + (box.width - measured(mark, style)) / 2;
  return [field, label(mark, style, at, y + box.height * 0.78)];
}

function asSvg(picture) {
  const text = new XMLSerializer().serializeToString(picture);
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}`], { type: 'image/svg+xml' });
}

/** The picture in pixels. */
async function asPng(picture) {
  const source = URL.createObjectURL(asSvg(picture));
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width * SCALE;
    canvas.height = image.height * SCALE;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => {
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the canvas gave no picture'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(source);
  }
}

/**
 * Upright faces of the families that the picture uses, as a style element with the files inside: a picture cannot
 * fetch any, and who is given it does not have them.
 */
async function typefaces(markup) {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => [rule, sheet]));
  const faces = rules.filter(([rule]) => {
    const family = rule.style?.fontFamily?.replace(/"/g, '');
    return rule instanceof CSSFontFaceRule && rule.style.fontStyle !== 'italic' && markup.includes(family);
  });
  const written = await Promise.all(
    faces.map(async ([rule, sheet]) => {
      const file = /url\("?([^")]+)"?\)/.exec(rule.style.src);
      if (!file) return '';
      const url = new URL(file[1], sheet.href ?? location.href);
      const bytes = await (await fetch(url)).blob();
      return rule.cssText.replace(file[1], await dataUrl(bytes));
    }),
  );
  const style = element('style', {});
  style.textContent = written.join('\n');
  return style;
}

function dataUrl(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
