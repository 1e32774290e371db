"""The texts of a slide as they are seen: their size, and whether one stands over another."""

from __future__ import annotations

from playwright.sync_api import Page

NEARLY = 0.5  # px by which browsers round type
# The texts on the stage: what they say, their box, the size of their type as it is seen.
TEXTS = """() => {
  const UNSEEN = '.e-sr, style, script, .hoverlayer, [hidden], defs';
  const stage = document.querySelector('.st-key-stage'), found = [];
  const walk = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest(UNSEEN)) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const matrix = parent.closest('text')?.getScreenCTM();
    const grown = matrix ? Math.hypot(matrix.a, matrix.b) : 1;
    const size = parseFloat(getComputedStyle(parent).fontSize) * grown, text = node.textContent;
    const end = parent.closest('.e-foot')?.getBoundingClientRect().bottom ?? Infinity;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { x, y, width, height, bottom } of range.getClientRects()) {
      if (width > 1 && height > 1 && bottom < end + 2) found.push({ text, size, x, y, width, height });
    }
  }
  return found;
}"""


def measured(page: Page, least: float) -> list[str]:
    """What is wrong with the texts of this slide: too small, over one another, off the screen."""
    texts = page.evaluate(TEXTS)
    size = page.viewport_size or {"width": 0, "height": 0}
    wrong = [f"{one['size']:.1f} px: {one['text']}" for one in texts if one["size"] < least - NEARLY]
    wrong += [
        f"off the screen: {one['text']}"
        for one in texts
        if one["x"] < -1
        or one["x"] + one["width"] > size["width"] + 1
        or one["y"] + one["height"] > size["height"] + 1
    ]
    for at, one in enumerate(texts):
        for other in texts[at + 1 :]:
            wide = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
            high = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
            if one["text"] == other["text"]:
                continue  # the lines of one text
            if wide > 4 and high > 0.4 * min(one["height"], other["height"]):
                wrong.append(f"{one['text']} over {other['text']}")
    return wrong
