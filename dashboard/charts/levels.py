"""Coded answers: how many countries stand at each level, and where a few of them stand, edition by edition.

A code is a level with a name, not a measurement: there is no line, no mean and no rank among equals.
"""

from __future__ import annotations

import math
import textwrap

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, marks
from dashboard.charts.classes import classify
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Trace, bar, scatter
from dashboard.charts.scalars import Row, records

BAR = 52  # pixels of a level
ROW = 36  # pixels of an area
LINE = 20  # characters of a level's name in one line of the axis
NAME = 40  # characters of an area's name; on a phone half of them
LARGEST = 30  # pixels of a dot that stands for a whole group
COLUMNS = ["id", "name", "time_period", "level", "count", "n", "kind"]


def by_level(values: pd.Series, kpi: KpiView) -> dict[int, int]:
    """Countries at each level, the highest first; values between two codes do not count."""
    return {code: int((values == code).sum()) for code in range(kpi.top, -1, -1)}


def spoken(present: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """Countries at each level in plain words. present: obs_value."""
    counts = by_level(present["obs_value"], kpi)
    return "; ".join(
        ctx.t("{k} at {level}").format(k=ctx.number(count), level=ctx.named(code, kpi))
        for code, count in counts.items()
        if count
    )


def counted(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> Chart:
    """A bar for each level, the highest on top, in the colours of the map. table: obs_value, time_period."""
    counts = by_level(table["obs_value"], kpi)
    fig = ctx.drawing(len(counts) * BAR + 24)
    fills = classify(table["obs_value"], kpi).fills(ctx.look)
    fig.add_trace(
        bar(
            y=["<br>".join(textwrap.wrap(ctx.named(code, kpi), LINE + 8)) for code in counts],
            x=list(counts.values()),
            orientation="h",
            width=0.72,
            marker={
                "color": [fills[code] for code in counts],
                "line": {"color": ctx.look.outline, "width": 1},
            },
            text=[ctx.number(count) for count in counts.values()],
            textposition="outside",
            textfont={"color": ctx.look.ink, "size": 14},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    fig.update_xaxes(visible=False, range=[0, max(counts.values()) * 1.12 or 1])
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        tickfont={"color": ctx.look.ink, "size": 14},
        showgrid=False,
        linecolor=ctx.look.paper,
    )
    return fig.chart()


def counted_alt(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """The bars in words. table: rows with a value, obs_value and time_period."""
    return ctx.t("{kpi}: countries at each level, of {n}: {levels}; figures of {years}.").format(
        kpi=kpi.name,
        n=ctx.number(len(table)),
        levels=spoken(table, kpi, ctx),
        years=figures.years(table["time_period"], kpi, ctx),
    )


def strip(
    dots: pd.DataFrame, rows: list[tuple[str, str]], kpi: KpiView, ctx: Context, *, focus: str = ""
) -> Chart:
    """A row for each area, a column for each level.

    dots: COLUMNS, one row per area, edition and level that is drawn. kind "last": the level of an area now,
    a full dot; "before": its level in the edition before, if another, a ring that a line joins to the dot;
    "group": countries of a group at the level, a dot as large as their share, with their number.
    rows: (id, name) in the order shown.
    """
    fig = ctx.drawing(len(rows) * ROW + 76)
    places = {area: at for at, (area, _) in enumerate(rows)}
    dots = dots.assign(at=dots["id"].map(places)).dropna(subset=["at"])
    fig.add_traces(_joins(dots, ctx))
    for kind in ("group", "before", "last"):
        of_kind = dots[dots["kind"] == kind]
        if not of_kind.empty:
            fig.add_trace(_dots(of_kind, kind, kpi, ctx, focus))
    fig.update_xaxes(
        range=[-0.5, kpi.top + 0.5],
        tickvals=list(range(kpi.top + 1)),
        ticktext=[_column(code, kpi, ctx) for code in range(kpi.top + 1)],
        side="top",
        showline=False,
        tickangle=0,
        automargin=True,
    )
    fig.update_yaxes(
        tickvals=list(places.values()),
        ticktext=[marks.shortened(name, NAME // 2 if ctx.narrow else NAME) for _, name in rows],
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showline=False,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    fig.update_layout(margin={"t": 62, "b": 6})
    return fig.chart()


def _column(code: int, kpi: KpiView, ctx: Context) -> str:
    """The heading of a level: its code, and its name in short lines; on a phone the code alone."""
    head = f"<b>{ctx.value(code, kpi)}</b>"
    return head if ctx.narrow else "<br>".join([head, *textwrap.wrap(ctx.level(code, kpi), LINE)])


def _joins(dots: pd.DataFrame, ctx: Context) -> list[Trace]:
    last = records(dots[dots["kind"] == "last"])
    now = {row["id"]: row["level"] for row in last}
    return [
        scatter(
            x=[row["level"], now[row["id"]]],
            y=[row["at"], row["at"]],
            mode="lines",
            line={"color": ctx.look.peers, "width": 2},
            hoverinfo="skip",
        )
        for row in records(dots[dots["kind"] == "before"])
        if row["id"] in now
    ]


def legend(kpi: KpiView, ctx: Context) -> str:
    """The levels with their names as HTML: for a narrow strip that has room for the codes alone."""
    items = [Markup("<li>{}</li>").format(ctx.named(code, kpi)) for code in range(kpi.top + 1)]
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))


def _dots(rows: pd.DataFrame, kind: str, kpi: KpiView, ctx: Context, focus: str) -> Trace:
    look = ctx.look
    colours = [look.accent if area == focus or not focus else look.peers for area in rows["id"]]
    ring = kind == "before"
    sizes = [
        _size(row["count"] / row["n"]) if kind == "group" else 10 if ring else 16 for row in records(rows)
    ]
    return scatter(
        x=rows["level"],
        y=rows["at"],
        mode="markers+text" if kind == "group" else "markers",
        text=[ctx.number(count) for count in rows["count"]] if kind == "group" else None,
        textposition="middle right",
        textfont={"color": look.ink, "size": 13},
        cliponaxis=False,
        customdata=[_tooltip(row, kpi, ctx) for row in records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "symbol": "circle-open" if ring else "circle",
            "opacity": 1,
            "size": sizes,
            "color": look.pale if kind == "group" else colours,
            "line": {"color": look.outline if kind == "group" else colours, "width": 2 if ring else 1},
        },
    )


def _size(share: float) -> float:
    """Diameter of a dot whose area stands for a share of a group; what is there at all stays visible."""
    return max(LARGEST * math.sqrt(share), 5.0)


def _tooltip(row: Row, kpi: KpiView, ctx: Context) -> str:
    when = _when(row, kpi, ctx)
    level = ctx.named(row["level"], kpi)
    if row["n"] > 1:
        share = ctx.t("{k} of {n} countries").format(k=ctx.number(row["count"]), n=ctx.number(row["n"]))
        return f"<b>{row['name']}</b><br>{level}<br>{share} · {when}"
    return f"<b>{row['name']}</b><br>{level} · {when}"


def _when(row: Row, kpi: KpiView, ctx: Context) -> str:
    """The year; of an edition before, whose age is no fault, without the word for old."""
    before = row["kind"] == "before"
    return figures.span(row["time_period"]) if before else figures.when(kpi, row["time_period"], ctx)


def strip_alt(dots: pd.DataFrame, rows: list[tuple[str, str]], kpi: KpiView, ctx: Context) -> str:
    """The strip in words: each area with its level now and before, each group with its counts."""
    parts = []
    for area, name in rows:
        of_area = dots[dots["id"] == area].sort_values(["time_period", "level"], ascending=False)
        parts.append(f"{name}: {_sentence(of_area, kpi, ctx) or ctx.t('no data')}")
    return ctx.t("{kpi}, level of each. {rows}.").format(kpi=kpi.name, rows="; ".join(parts))


def _sentence(of_area: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    parts = []
    for row in records(of_area):
        level = f"{ctx.named(row['level'], kpi)} ({_when(row, kpi, ctx)})"
        parts.append(f"{ctx.number(row['count'])} × {level}" if row["kind"] == "group" else level)
    return ", ".join(parts)
