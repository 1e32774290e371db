"""A trend in the height of a line of text, as a small SVG image."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from urllib.parse import quote

from markupsafe import Markup

from dashboard.charts.gaps import between
from dashboard.charts.look import Look

WIDTH, HEIGHT, PAD = 84, 24, 3
# What stands for the colours of a look until `painted` puts them in: letters, which an address keeps.
RULE, PEERS, ACCENT = "COLOUR.RULE", "COLOUR.PEERS", "COLOUR.ACCENT"
QUOTED = str.maketrans({chr(code): quote(chr(code)) for code in range(128)})  # a drawing is ASCII


def image(
    years: list[int],
    values: list[float],
    label: str,
    step: int = 0,
    *,
    scale: tuple[float, float],
) -> str:
    """The sparkline as an HTML image that carries its own SVG, in no colours yet (`painted`).

    label: says it in words (escaped here).

    step: usual years between two values; the line is dotted where they lie farther apart. 0: not known.
    scale: the values at the lower and the upper hairline, the same for every country, so that a small change
    looks small; a value beyond them stays at the hairline.

    Empty without a value, a dot for a single one. An image, because `st.html` drops inline SVG.
    """
    if not values:
        return ""
    points, said = _points(years, values, scale), escape(label)
    x, y = points[-1]
    ends = "".join(
        f'<line x1="0" x2="{WIDTH}" y1="{at}" y2="{at}" stroke="{RULE}"/>' for at in (PAD, HEIGHT - PAD)
    )
    lines = _lines(sorted(years), points, PEERS, step)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{ends}{lines}'
        f'<circle cx="{x}" cy="{y}" r="2.4" fill="{ACCENT}"/></svg>'
    )
    return (
        f'<img class="spark" width="{WIDTH}" height="{HEIGHT}" alt="{said}" title="{said}" '
        f'src="data:image/svg+xml,{drawing.translate(QUOTED)}">'
    )


def painted(markup: str, look: Look) -> Markup:
    """Safe HTML with its sparklines in the colours of a look."""
    for name, colour in ((RULE, look.rule), (PEERS, look.peers), (ACCENT, look.accent)):
        markup = markup.replace(name, quote(colour))
    return Markup(markup)  # noqa: S704 - what came in was safe, a colour adds nothing to it


def _lines(years: list[int], points: list[tuple[float, float]], colour: str, step: int) -> str:
    """Solid strokes between neighbouring values, dotted ones across gaps, as SVG."""
    gaps = set(between(years, step))
    strokes: list[tuple[bool, list[tuple[float, float]]]] = []
    for at, (start, end) in enumerate(pairwise(points)):
        dotted = (years[at], years[at + 1]) in gaps
        if strokes and not dotted and not strokes[-1][0]:
            strokes[-1][1].append(end)
        else:
            strokes.append((dotted, [start, end]))
    return "".join(_stroke(line, colour, dotted) for dotted, line in strokes)


def _stroke(line: list[tuple[float, float]], colour: str, dotted: bool) -> str:
    path = " ".join(f"{at},{up}" for at, up in line)
    dash = ' stroke-dasharray="1 3"' if dotted else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>'


def _points(years: list[int], values: list[float], scale: tuple[float, float]) -> list[tuple[float, float]]:
    """The drawing's coordinates in the order of years; in the middle where the scale has no height."""
    first, last, (low, high) = min(years), max(years), scale
    wide, tall = last - first, high - low
    placed = []
    for year, value in sorted(zip(years, values, strict=True)):
        x = PAD + (WIDTH - 2 * PAD) * (year - first) / wide if wide else WIDTH - PAD
        share = min(max((value - low) / tall, 0.0), 1.0) if tall else 0.5
        placed.append((round(x, 1), round(HEIGHT - PAD - (HEIGHT - 2 * PAD) * share, 1)))
    return placed
