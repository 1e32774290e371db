"""What a picture shows, before it is drawn: values and texts in the reader's language, no layout.

The same values become a drawing (`drawing.py`), a native chart of a slide or a workbook, and the table beside
it. A missing value is None and leaves a gap. Numbers that are read as text (`label`) are written by the
caller, in the reader's number format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["focus", "peer", "median", "series", "goal", "up", "down"]


@dataclass(frozen=True)
class About:
    """What stands around a picture: title, unit, source line with year and date, and what it shows in words.

    alt: for who cannot see the picture. lang: "en" or "es".
    """

    title: str
    unit: str
    source: str
    alt: str
    lang: str


@dataclass(frozen=True)
class Course:
    """A line over the years: year and value, ascending; None leaves a gap. label: at its end."""

    name: str
    points: tuple[tuple[int, float | None], ...]
    role: Role = "peer"
    label: str = ""


@dataclass(frozen=True)
class Trend:
    """Courses over the years; goal: a line across at a value, with its words."""

    about: About
    courses: tuple[Course, ...]
    goal: tuple[float, str] | None = None
    ticks: tuple[tuple[float, str], ...] = ()  # of the value axis, written out; empty: chosen by the drawing
    kind: str = field(default="trend", init=False)


@dataclass(frozen=True)
class Bar:
    """One bar: its name, value (None: no bar, the label says why), label, role.

    less: a second amount, drawn to the other side of zero, with its label; 0 for none.
    """

    name: str
    value: float | None
    label: str
    role: Role = "peer"
    less: float = 0.0
    less_label: str = ""


@dataclass(frozen=True)
class Ranking:
    """Bars in the order given, longest scale `most`; least: where bars begin.

    Below zero they go to both sides of it.
    """

    about: About
    bars: tuple[Bar, ...]
    least: float = 0.0
    most: float | None = None
    kind: str = field(default="ranking", init=False)


@dataclass(frozen=True)
class Rung:
    """One dimension on the ladder: name, stage 0–3 or None (not assessed), words on what holds it back."""

    name: str
    level: int | None
    note: str = ""


@dataclass(frozen=True)
class Ladder:
    """The stages of each dimension. levels: the names of the four stages, lowest first."""

    about: About
    rungs: tuple[Rung, ...]
    levels: tuple[str, ...]
    kind: str = field(default="ladder", init=False)


@dataclass(frozen=True)
class Span:
    """A row of a dot range: peers from low to high with their middle, and the own value.

    focus: the row that stands out, where each row has an own value that is its own.
    """

    name: str
    low: float | None
    middle: float | None
    high: float | None
    own: float | None
    label: str
    better: Literal["higher", "lower", "context"] = "higher"
    focus: bool = False


@dataclass(frozen=True)
class DotRange:
    """Spans on one common scale from `least` to `most`.

    words: what low–high, middle and own mean; "" where there is no such mark.
    """

    about: About
    spans: tuple[Span, ...]
    words: tuple[str, str, str]
    least: float = 0.0
    most: float = 100.0
    kind: str = field(default="dot_range", init=False)


@dataclass(frozen=True)
class WorldMap:
    """Areas by ISO code with the number of their class, 0 the lowest; without: codes that have no data.

    Land that is in neither is no UN Member State. classes: their names, lowest first; missing: the words for
    no data, "" where none lacks it; outlined: codes that stand out. region: a part of the world by its id.
    shades: of each class, its place in the ramp of five; empty: spread over it. sided: the ramp is that of
    two sides of a neutral value. outside: the words for land of no Member State; "" where there is none.
    names: of small States, shown where a part of the world has room. tiles: code, column and row of a square
    for each State, drawn in place of the land.
    """

    about: About
    areas: tuple[tuple[str, int], ...]
    classes: tuple[str, ...]
    missing: str
    outlined: tuple[str, ...] = ()
    region: str = "WORLD"
    without: tuple[str, ...] = ()
    shades: tuple[int, ...] = ()
    sided: bool = False
    outside: str = ""
    names: tuple[tuple[str, str], ...] = ()
    tiles: tuple[tuple[str, int, int], ...] = ()
    kind: str = field(default="map", init=False)


@dataclass(frozen=True)
class Matrix:
    """Cells by row and column: text, and a class from 0 (weakest) to `steps` - 1, None for an empty cell."""

    about: About
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[tuple[str, int | None], ...], ...]
    steps: int = 4
    kind: str = field(default="matrix", init=False)


@dataclass(frozen=True)
class Lane:
    """One KPI's way: now, goal, and the value to which each pace leads by the year of the goal.

    None: not known.
    """

    name: str
    now: float
    goal: float
    reached: tuple[float | None, ...]
    label: str


@dataclass(frozen=True)
class Paces:
    """Lanes from now to the goal, with where each pace leads. words: the paces; ends: now and the goal."""

    about: About
    lanes: tuple[Lane, ...]
    words: tuple[str, ...]
    ends: tuple[str, str] = ("", "")
    kind: str = field(default="paces", init=False)


@dataclass(frozen=True)
class Step:
    """A forecast year: the middle of ten, and the bounds between which eight of ten fall."""

    year: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Fan:
    """A course with what may follow. words: what the band and the line in it mean.

    ends: high, middle and low of the last year, written out; empty ones are not shown. reach: further values
    that the axis holds, so that two pictures side by side share it. falls: the smallest value stands on top,
    as of ranks.
    """

    about: About
    past: Course
    steps: tuple[Step, ...]
    words: tuple[str, str]
    goal: tuple[float, str] | None = None
    ends: tuple[str, str, str] = ("", "", "")
    reach: tuple[float, ...] = ()
    falls: bool = False
    kind: str = field(default="fan", init=False)


@dataclass(frozen=True)
class Point:
    """A point of a cloud; label: beside it, on a side ("above", "below", "left", "right"), "" for none."""

    name: str
    x: float
    y: float
    role: Role = "peer"
    label: str = ""
    side: str = "above"


@dataclass(frozen=True)
class Cloud:
    """Points over two axes with a straight line from its first to its last point.

    x, y: the words of the axes; log: x is logarithmic. words: what stands out ("series"), the other points,
    the line; "" where there is no such mark.
    """

    about: About
    points: tuple[Point, ...]
    line: tuple[tuple[float, float], ...]
    x: str
    y: str
    words: tuple[str, str, str]
    log: bool = False
    kind: str = field(default="cloud", init=False)


Picture = Trend | Ranking | Ladder | DotRange | WorldMap | Matrix | Paces | Fan | Cloud
