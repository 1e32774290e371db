"""Drawings of few bytes for pages on a slow line: SVG with words as text, in the colours of the page.

Typst sets words as outlines, forty kilobytes a picture; these take three to six. A drawing is made for a
phone and grows with the page. What has no light form here is drawn by Typst.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from dashboard.documents.drawn import svg
from dashboard.pictures.model import Course, DotRange, Fan, Ladder, Picture, Role, Trend

WIDE, TYPE = 360.0, 12.0  # units of a drawing, of its letters
LINE = 17.0  # units between two lines of words
PLOT = 150.0  # units that curves are high
LEFT = 34.0  # units for the numbers of an axis
RIGHT = 8.0
NAMES = 132.0  # units for the names of rows
ROW = 26.0
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TICKS = 4
PENS: dict[Role, str] = {"focus": "f", "peer": "p", "median": "m", "series": "s", "goal": "g"}
STYLE = (
    ".light{font:12px sans-serif;fill:currentColor;max-width:34rem}.light .a{stroke:var(--rule)}"
    ".light path{fill:none}.light .f{stroke:var(--accent);stroke-width:2.5}"
    ".light .p{stroke:var(--muted);stroke-width:1.4}.light .m{stroke:var(--ink);stroke-width:1.6;"
    "stroke-dasharray:2 3}.light .s{stroke:var(--accent);stroke-width:1.6;stroke-dasharray:6 3}"
    ".light .g{stroke:var(--worse);stroke-dasharray:7 4}.light .d{fill:var(--accent)}"
    ".light .n,.light .e{fill:var(--muted)}.light .e{text-anchor:end}.light .c{text-anchor:middle}"
    ".light .b{fill:var(--accent);opacity:.22}.light .o{fill:none;stroke:var(--outline)}"
    ".light .i{fill:var(--ink)}.light .r{stroke:var(--muted);stroke-width:5;opacity:.45}"
    "figure>svg.light{background:none;padding:.5rem 0}"
)


def draw(picture: Picture) -> Markup:
    """The drawing inside a page of HTML, told in words."""
    match picture:
        case Trend():
            marks, high = _trend(picture)
        case Fan():
            marks, high = _fan(picture)
        case DotRange():
            marks, high = _dots(picture)
        case Ladder():
            marks, high = _ladder(picture)
        case _:
            return svg(picture, 300.0, 11.0, "only")
    opening = Markup('<svg class="light" role="img" aria-label="{}" viewBox="0 0 {} {}">')
    return opening.format(picture.about.alt, _n(WIDE), _n(high)) + Markup("").join(marks) + Markup("</svg>")


class Plot:
    """Where years and values stand in a field of curves, `top` units from above."""

    def __init__(self, years: Sequence[int], values: Sequence[float], top: float) -> None:
        self.top = top
        self.first, self.last = min(years), max(years)
        self.ticks = ticks(min(values), max(values))
        self.low, self.high = self.ticks[0], self.ticks[-1]

    def x(self, year: float) -> float:
        """The place of a year."""
        return LEFT + (WIDE - LEFT - RIGHT) * (year - self.first) / max(1, self.last - self.first)

    def y(self, value: float) -> float:
        """The place of a value."""
        return self.top + PLOT * (1 - (value - self.low) / (self.high - self.low))

    @property
    def bottom(self) -> float:
        """Where the years are written."""
        return self.top + PLOT + LINE

    def axes(self, lang: str) -> Iterator[Markup]:
        """Lines and numbers of the values; the first and last year."""
        precision = max(0, -math.floor(math.log10(self.ticks[1] - self.ticks[0]) + 1e-9))
        form = "#,##0." + "0" * precision if precision else "#,##0"
        for tick in self.ticks:
            yield _line("a", [(LEFT, self.y(tick)), (WIDE - RIGHT, self.y(tick))])
            yield _text("e", LEFT - 5, self.y(tick) + 4, str(format_decimal(tick, form, locale=lang)))
        yield _text("n", LEFT, self.bottom, str(self.first))
        if self.last > self.first:
            yield _text("e", WIDE - RIGHT, self.bottom, str(self.last))


def ticks(low: float, high: float) -> list[float]:
    """Round numbers around the values, about five; at least two where all values are one.

    >>> ticks(0.31, 0.78), ticks(50, 50)
    ([0.2, 0.4, 0.6, 0.8], [49.0, 50.0, 51.0])
    """
    if high - low < 1e-12:
        reach = 1.0 if abs(low) >= 1 else 0.1
        return [low - reach, float(low), low + reach]
    raw = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(step * power for step in STEPS if step * power >= raw * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * n, 10) for n in range(first, last + 1)]


def _trend(picture: Trend) -> tuple[list[Markup], float]:
    points = [point for course in picture.courses for point in course.points if point[1] is not None]
    if not points:
        return [_text("n", 0, TYPE, picture.about.alt)], LINE
    top = LINE * len(picture.courses) + 6
    goal = [picture.goal[0]] if picture.goal else []
    values = [value for _year, value in points if value is not None]
    plot = Plot([year for year, _value in points], values + goal, top)
    marks = [*plot.axes(picture.about.lang)]
    for course in sorted(picture.courses, key=lambda course: course.role == "focus"):
        marks += _course(course, plot)
    if picture.goal:
        marks += [_line("g", [(LEFT, plot.y(goal[0])), (WIDE - RIGHT, plot.y(goal[0]))])]
        marks += [_text("e", WIDE - RIGHT, plot.y(goal[0]) - 4, picture.goal[1])]
    return [*_legend(picture.courses), *marks], plot.bottom + 4


def _legend(courses: Sequence[Course]) -> Iterator[Markup]:
    for n, course in enumerate(courses):
        y = TYPE + LINE * n
        yield _line(PENS[course.role], [(0, y - 4), (20, y - 4)])
        yield _text("i", 26, y, " ".join(filter(None, (course.name, course.label))))


def _course(course: Course, plot: Plot) -> list[Markup]:
    """The line in its pieces; a piece of one value is a dot."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for year, value in course.points:
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((plot.x(year), plot.y(value)))
    lines = [_line(PENS[course.role], piece) for piece in pieces if len(piece) > 1]
    return lines + [_dot("d", *piece[0]) for piece in pieces if len(piece) == 1]


def _fan(picture: Fan) -> tuple[list[Markup], float]:
    past = [(year, value) for year, value in picture.past.points if value is not None]
    edges = [edge for step in picture.steps for edge in (step.low, step.high)]
    goal = [picture.goal[0]] if picture.goal else []
    if not past or not picture.steps:
        return [_text("n", 0, TYPE, picture.about.alt)], LINE
    years = [*(year for year, _value in past), *(step.year for step in picture.steps)]
    plot = Plot(years, [*(value for _year, value in past), *edges, *goal], 2 * LINE + 6)
    start = (plot.x(past[-1][0]), plot.y(past[-1][1]))
    highs = [(plot.x(step.year), plot.y(step.high)) for step in picture.steps]
    lows = [(plot.x(step.year), plot.y(step.low)) for step in picture.steps]
    middles = [(plot.x(step.year), plot.y(step.middle)) for step in picture.steps]
    marks = [
        Markup('<rect class="b" x="0" y="3" width="20" height="9"/>'),
        _text("i", 26, TYPE, picture.words[0]),
        _line("s", [(0, TYPE + LINE - 4), (20, TYPE + LINE - 4)]),
        _text("i", 26, TYPE + LINE, picture.words[1]),
        *plot.axes(picture.about.lang),
        Markup('<polygon class="b" points="{}"/>').format(_points([start, *highs, *reversed(lows)])),
        *_course(picture.past, plot),
        _line("s", [start, *middles]),
    ]
    if picture.goal:
        marks += [_line("g", [(LEFT, plot.y(goal[0])), (WIDE - RIGHT, plot.y(goal[0]))])]
        marks += [_text("e", WIDE - RIGHT, plot.y(goal[0]) - 4, picture.goal[1])]
    return marks, plot.bottom + 4


def _dots(picture: DotRange) -> tuple[list[Markup], float]:
    span, room = picture.most - picture.least, WIDE - NAMES - RIGHT - 30

    def x(value: float) -> float:
        return NAMES + room * (value - picture.least) / span

    low_high, middle, own = picture.words
    marks = [_dot("d", 6, TYPE - 4), _text("i", 16, TYPE, own)]
    for n, (kind, words) in enumerate((("m", middle), ("r", low_high)), start=1):
        y = TYPE + n * LINE
        marks += [_line(kind, [(0, y - 4), (12, y - 4)]), _text("i", 16, y, words)]
    top = 3 * LINE + 6
    for n, row in enumerate(picture.spans):
        y = top + ROW * (n + 0.5)
        marks += [_text("i", 0, y + 4, row.name), _line("a", [(NAMES, y), (NAMES + room, y)])]
        if row.low is not None and row.high is not None:
            marks += [_line("r", [(x(row.low), y), (x(row.high), y)])]
        if row.middle is not None:
            marks += [_line("m", [(x(row.middle), y - 7), (x(row.middle), y + 7)])]
        if row.own is not None:
            marks += [_dot("d", x(row.own), y)]
        marks += [_text("e", WIDE, y + 4, row.label)]
    return marks, top + ROW * len(picture.spans)


def _ladder(picture: Ladder) -> tuple[list[Markup], float]:
    """Four squares a row, filled up to the stage, and the name of the stage beside them."""
    marks: list[Markup] = []
    for n, rung in enumerate(picture.rungs):
        y = ROW * n + 4
        marks += [_text("i", 0, y + 13, rung.name)]
        for step in range(len(picture.levels)):
            is_reached = rung.level is not None and step <= rung.level
            box = Markup('<rect class="{}" x="{}" y="{}" width="18" height="16"/>')
            marks += [box.format("d" if is_reached else "o", _n(NAMES + 22 * step), _n(y))]
        name = "–" if rung.level is None else f"{rung.level + 1} · {picture.levels[rung.level]}"
        marks += [_text("i", NAMES + 22 * len(picture.levels) + 8, y + 13, name)]
    return marks, ROW * len(picture.rungs) + 4


def _text(kind: str, x: float, y: float, words: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, _n(x), _n(y), escape(words))


def _line(kind: str, points: Sequence[tuple[float, float]]) -> Markup:
    return Markup('<path class="{}" d="M{}"/>').format(kind, _points(points))


def _dot(kind: str, x: float, y: float) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="5"/>').format(kind, _n(x), _n(y))


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(number: float) -> str:
    """A length with one decimal, as short as it can be written."""
    return f"{number:.1f}".removesuffix(".0")
