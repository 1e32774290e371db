"""Pictures in a workbook: their numbers as rows, and the charts drawn from them."""

from __future__ import annotations

from typing import Any

from dashboard.charts.look import LIGHT
from dashboard.documents.office_colours import COLOURS
from dashboard.documents.wording import plain
from dashboard.pictures.model import (
    Cloud,
    DotRange,
    Fan,
    Ladder,
    Matrix,
    Paces,
    Picture,
    Ranking,
    Role,
    Span,
    Trend,
    WorldMap,
)

Value = str | float | int | None
SIZE = {"width": 860, "height": 460}


def numbers(picture: Picture) -> list[list[Value]]:
    """The numbers of a picture as a table, heads first; missing is None."""
    match picture:
        case Trend():
            return _trend(picture)
        case Fan():
            return _fan(picture)
        case Ranking():
            heads: list[Value] = ["", plain(picture.about.unit) or plain(picture.about.title), ""]
            return [heads, *([bar.name, bar.value, bar.label] for bar in picture.bars)]
        case DotRange():
            low_high, middle, own = picture.words
            spans = [
                [span.name, span.low, span.middle, span.high, span.own, _reach(span)]
                for span in picture.spans
            ]
            return [["", f"{low_high} ↓", middle, f"{low_high} ↑", own, f"{low_high} ↕"], *spans]
        case Ladder():
            rungs: list[list[Value]] = [
                [rung.name, None if rung.level is None else rung.level + 1, rung.note]
                for rung in picture.rungs
            ]
            return [["", plain(picture.about.unit), ""], *rungs]
        case Matrix():
            rows: list[list[Value]] = [
                [name, *(text for text, _shade in row)]
                for name, row in zip(picture.rows, picture.cells, strict=True)
            ]
            return [["", *picture.columns], *rows]
        case Paces():
            lanes = [[lane.name, lane.now, lane.goal, *lane.reached, lane.label] for lane in picture.lanes]
            now, goal = (word or sign for word, sign in zip(picture.ends, ("0", "1"), strict=True))
            return [["", now, goal, *picture.words, ""], *lanes]
        case Cloud():
            points: list[list[Value]] = [[point.name, point.x, point.y] for point in picture.points]
            return [["", plain(picture.x), plain(picture.y)], *points]
        case WorldMap():
            areas: list[list[Value]] = [[code, picture.classes[at]] for code, at in picture.areas]
            return [["", plain(picture.about.unit)], *areas]


def _reach(span: Span) -> float | None:
    """How far it is from the low to the high end, which the chart draws as a line."""
    return None if span.low is None or span.high is None else span.high - span.low


def _trend(trend: Trend) -> list[list[Value]]:
    years = sorted({year for course in trend.courses for year, _value in course.points})
    held = [dict(course.points) for course in trend.courses]
    heads: list[Value] = ["", *(course.name for course in trend.courses)]
    goal = [] if trend.goal is None else [trend.goal[0]]
    if trend.goal is not None:
        heads.append(trend.goal[1])
    rows: list[list[Value]] = [[year, *(course.get(year) for course in held), *goal] for year in years]
    return [heads, *rows]


def _fan(fan: Fan) -> list[list[Value]]:
    """The year of the last value begins the forecast too, so that its lines set out from it."""
    band, middle = fan.words
    rows: list[list[Value]] = [["", fan.past.name, f"{band} ↓", middle, f"{band} ↑"]]
    rows += [[year, value, None, None, None] for year, value in fan.past.points]
    if fan.past.points:
        year, value = fan.past.points[-1]
        rows[-1] = [year, value, value, value, value]
    rows += [[step.year, None, step.low, step.middle, step.high] for step in fan.steps]
    return rows


def chart(book: Any, picture: Picture, sheet: str, rows: int) -> Any:
    """A chart over the numbers of a picture on their sheet; None where no chart shows it."""
    if rows < 1:
        return None
    match picture:
        case Trend(courses=courses):
            roles: list[Role] = [course.role for course in courses]
            roles += [] if picture.goal is None else ["goal"]
            made = _lines(book, sheet, rows, roles)
        case Fan():
            made = _lines(book, sheet, rows, ["focus", "peer", "median", "peer"], dashed=(1, 2, 3))
        case Ranking():
            made = _bars(book, picture, sheet, rows)
        case DotRange():
            made = _dots(book, sheet, rows)
            made.set_y_axis({"min": picture.least, "max": picture.most, "major_gridlines": _GRID})
        case _:
            return None
    made.set_title({"name": plain(picture.about.title), "name_font": {"size": 13, "color": LIGHT.ink}})
    made.set_size(SIZE)
    made.show_blanks_as("gap" if isinstance(picture, Trend) and _has_gap(picture) else "span")
    return made


_GRID = {"visible": True, "line": {"color": LIGHT.rule}}


def _has_gap(trend: Trend) -> bool:
    return any(value is None for course in trend.courses for _year, value in course.points)


def _series(sheet: str, rows: int, at: int) -> dict[str, Any]:
    """Name, categories and values of a column. at: from 1."""
    return {
        "name": [sheet, 0, at],
        "categories": [sheet, 1, 0, rows, 0],
        "values": [sheet, 1, at, rows, at],
    }


def _lines(book: Any, sheet: str, rows: int, roles: list[Role], dashed: tuple[int, ...] = ()) -> Any:
    made = book.add_chart({"type": "line"})
    for at, role in enumerate(roles):
        line = {"color": COLOURS[role], "width": 3 if role == "focus" else 1.75}
        if at in dashed or role == "goal":
            line["dash_type"] = "dash"
        marker = {"type": "circle", "size": 5, "fill": {"color": COLOURS[role]}, "border": {"none": True}}
        if role == "goal":
            marker = {"type": "none"}
        made.add_series(_series(sheet, rows, at + 1) | {"line": line, "marker": marker})
    made.set_legend({"position": "bottom"})
    made.set_y_axis({"major_gridlines": _GRID, "line": {"none": True}})
    return made


def _bars(book: Any, ranking: Ranking, sheet: str, rows: int) -> Any:
    made = book.add_chart({"type": "bar"})
    focus = [{"fill": {"color": LIGHT.accent}} if bar.role == "focus" else None for bar in ranking.bars]
    fill = {"fill": {"color": LIGHT.peers}, "points": focus, "gap": 35}
    made.add_series(_series(sheet, rows, 1) | fill)
    made.set_legend({"none": True})
    made.set_y_axis({"reverse": True, "interval_unit": 1})
    made.set_x_axis({"min": ranking.least, "major_gridlines": _GRID})
    return made


def _dots(book: Any, sheet: str, rows: int) -> Any:
    """Marks on a line from low to high, as error bars: LibreOffice draws no lines from high to low."""
    reach = f"='{sheet}'!$F$2:$F${rows + 1}"  # the last column: from low to high
    spans = {
        "type": "custom", "plus_values": reach, "minus_values": reach, "direction": "plus",
        "end_style": 0, "line": {"color": LIGHT.pale, "width": 4},
    }  # fmt: skip
    made = book.add_chart({"type": "line"})
    marks = (
        ("long_dash", 8, LIGHT.outline),
        ("diamond", 9, LIGHT.ink),
        ("long_dash", 8, LIGHT.outline),
        ("circle", 11, LIGHT.accent),
    )
    for at, (kind, size, colour) in enumerate(marks, 1):
        marker = {"type": kind, "size": size, "fill": {"color": colour}, "border": {"color": colour}}
        bars = {"y_error_bars": spans} if at == 1 else {}
        made.add_series(_series(sheet, rows, at) | {"line": {"none": True}, "marker": marker} | bars)
    made.set_legend({"position": "bottom", "delete_series": [2]})
    return made
