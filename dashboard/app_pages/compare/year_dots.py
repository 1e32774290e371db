"""Year by year: a dot for each area on one axis, which `static/dots.js` moves from year to year."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import marks, own_values, trend
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Trace, scatter
from dashboard.reads.standings import Areas

ROW = 25  # pixels
NAME, NAME_NARROW = 30, 20  # characters of a name, of one on a phone
Courses = dict[str, dict[int, float]]  # values by area and year


def figure(values: pd.DataFrame, areas: Areas, kpi: KpiView, ctx: Context, *, own: str = "") -> Chart:
    """A row for each area with a value, the best of its last year on top; drawn is the last year of all.

    values: id, time_period, obs_value, obs_status. Behind each dot the range of its values. The axis holds
    all years, so that dots can move and it stays. own: the area in the accent colour.
    """
    courses = _courses(values)
    rows = _ordered(courses, areas, kpi)
    years = sorted({year for course in courses.values() for year in course})
    fig = ctx.drawing(len(rows) * ROW + 40)
    fig.add_traces([_ranges(rows, courses, ctx), _dots(rows, courses, years[-1], kpi, ctx, own)])
    every = [value for course in courses.values() for value in course.values()]
    pad = (max(every) - min(every) or abs(max(every)) or 1) * 0.04
    fig.update_xaxes(
        side="top",
        showline=False,
        nticks=4 if ctx.narrow else 7,
        range=[min(every) - pad, max(every) + (8 if ctx.narrow else 3) * pad],
    )
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[_name(area, name, ctx, own) for area, name in rows],
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showline=False,
        showgrid=False,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    fig.update_layout(margin={"t": 30, "b": 4})
    fig.fill_rows(len(rows))
    fig.put_beside(dots=frames(rows, courses, years, kpi, ctx))
    return fig.chart()


def frames(
    rows: list[tuple[str, str]], courses: Courses, years: list[int], kpi: KpiView, ctx: Context
) -> dict[str, object]:
    """What the browser needs to show another year: values and what is printed, by year and row.

    A value that is missing is None.
    """
    values = [[courses[area].get(year) for area, _name in rows] for year in years]
    return {
        "years": years,
        "names": [name for _area, name in rows],
        "values": values,
        "texts": [[None if v is None else ctx.value(v, kpi) for v in of_year] for of_year in values],
        "words": {
            "play": ctx.t("Play"),
            "pause": ctx.t("Pause"),
            "year": ctx.t("Year"),
            "none": ctx.t("no data"),
        },
    }


def _courses(values: pd.DataFrame) -> Courses:
    return {
        area: {year: value for year, value, _status in points}
        for area, points in trend.by_line(values).items()
    }


def _ordered(courses: Courses, areas: Areas, kpi: KpiView) -> list[tuple[str, str]]:
    """The areas with a value by their last one, the best on top; own values below their area, in no place."""
    present = [(area, name) for area, name in areas if area in courses]
    ranked = [row for row in present if not own_values.is_line(row[0])]
    last = {area: courses[area][max(courses[area])] for area, _name in ranked}
    ranked.sort(key=lambda row: last[row[0]], reverse=kpi.direction != "lower")
    return [
        row
        for area in ranked
        for row in (area, *(own for own in present if own != area and own_values.area_of(own[0]) == area[0]))
    ]


def _ranges(rows: list[tuple[str, str]], courses: Courses, ctx: Context) -> Trace:
    x: list[float | None] = []
    y: list[float | None] = []
    for at, (area, _name) in enumerate(rows):
        x += [min(courses[area].values()), max(courses[area].values()), None]
        y += [at, at, None]
    line = {"color": ctx.look.pale, "width": 5}
    return scatter(x=x, y=y, mode="lines", line=line, connectgaps=False, hoverinfo="skip")


def _dots(
    rows: list[tuple[str, str]], courses: Courses, year: int, kpi: KpiView, ctx: Context, own: str
) -> Trace:
    """The dots of a year. An area without a value then has a dot that cannot be seen, to be moved later."""
    shown = [courses[area].get(year) for area, _name in rows]
    areas = [own_values.area_of(row_id) for row_id, _name in rows]
    colours = [ctx.look.accent if area == own or not own else ctx.look.peers for area in areas]
    return scatter(
        x=[
            courses[area][max(courses[area])] if value is None else value
            for (area, _name), value in zip(rows, shown, strict=True)
        ],
        y=list(range(len(rows))),
        mode="markers+text",
        text=["" if value is None else ctx.value(value, kpi) for value in shown],
        textposition="middle right",
        textfont={"color": ctx.look.ink, "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
        marker={
            "size": 13,  # and one symbol for all: of a list Plotly scales what `dots.js` moves
            "color": [
                ctx.look.paper if own_values.is_line(row_id) else colour
                for (row_id, _name), colour in zip(rows, colours, strict=True)
            ],
            "opacity": [0 if value is None else 1 for value in shown],
            "line": {
                "width": [2 if own_values.is_line(row_id) else 1 for row_id, _name in rows],
                "color": colours,
            },
        },
        meta="dots",
    )


def _name(area: str, name: str, ctx: Context, own: str) -> str:
    if ctx.narrow and own_values.is_line(area):
        return ctx.t("own figure")  # its area stands above it
    most = NAME_NARROW if ctx.narrow else NAME
    short = marks.shortened(name, most)
    return f"<b>{short}</b>" if area == own else short
