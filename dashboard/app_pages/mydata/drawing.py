"""Charts of own figures: a ranking, courses, the areas within each area. Pure: table in, chart out."""

from __future__ import annotations

import math

import pandas as pd
from markupsafe import Markup

from dashboard.charts import marks, own_values, trend
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, bar, scatter
from dashboard.charts.ranking import median_line
from dashboard.charts.scalars import records

MOST_NAMED = 40  # more areas than this become a skyline
ROW = 23  # pixels of a bar with its name
LINE_ROW = 22  # pixels of a line from lowest to highest
NAME = 28  # characters
DOT = 0.015  # of the width of an axis: room for half a dot


def ranking(rows: pd.DataFrame, kpi: KpiView, ctx: Context, place: str | None) -> Chart:
    """Bars in the order of the rows, of `answers.ranking`. place: the area set off."""
    rows = rows.assign(name=rows["name"].map(marks.bare))
    return _skyline(rows, kpi, ctx, place) if len(rows) > MOST_NAMED else _bars(rows, kpi, ctx, place)


def _fills(rows: pd.DataFrame, place: str | None, ctx: Context, rest: str) -> list[str]:
    return [ctx.look.accent if area == place else rest for area in rows["ref_area"]]


def _said(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> list[str]:
    return [
        f"<b>{row['name']}</b>: {ctx.value(row['obs_value'], kpi)} ({row['time_period']})"
        for row in records(rows)
    ]


def _bars(rows: pd.DataFrame, kpi: KpiView, ctx: Context, place: str | None) -> Chart:
    fig = ctx.drawing(max(len(rows) * ROW + 16, 120))
    fig.fill_rows(len(rows))
    names = [
        f"{at}. {marks.shortened(str(name), NAME)}"
        if kpi.direction != "context"
        else marks.shortened(str(name), NAME)
        for at, name in zip(range(1, len(rows) + 1), rows["name"], strict=True)
    ]
    fig.add_trace(
        bar(
            y=list(range(len(rows))),
            x=rows["obs_value"],
            orientation="h",
            width=0.72,
            marker={"color": _fills(rows, place, ctx, ctx.look.peers)},
            text=[ctx.value(value, kpi) for value in rows["obs_value"]],
            textposition="outside",
            textfont={"color": ctx.look.ink, "size": 13},
            cliponaxis=False,
            customdata=_said(rows, kpi, ctx),
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    low, high = min(0.0, rows["obs_value"].min()), max(0.0, rows["obs_value"].max())
    fig.update_xaxes(visible=False, range=[low, high + (high - low) * 0.25 or 1])
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        tickvals=list(range(len(rows))),
        ticktext=names,
        showgrid=False,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    return fig.chart()


def _skyline(rows: pd.DataFrame, kpi: KpiView, ctx: Context, place: str | None) -> Chart:
    """Thin bars without names: the first and the chosen area are named, the median is a line."""
    fig = ctx.drawing(340)
    fig.fill()
    fig.add_trace(
        bar(
            x=list(range(1, len(rows) + 1)),
            y=rows["obs_value"],
            width=1.0,
            marker={"color": _fills(rows, place, ctx, ctx.look.peers), "line": {"width": 0}},
            customdata=_said(rows, kpi, ctx),
            hovertemplate="%{x}. %{customdata}<extra></extra>",
        )
    )
    for at, row in enumerate(records(rows)):
        if row["ref_area"] == place or (at == 0 and place is None):
            fig.add_annotation(
                x=at + 1,
                y=row["obs_value"],
                text=f"<b>{row['name']}</b> {ctx.value(row['obs_value'], kpi)}",
                xanchor="left" if at < len(rows) / 2 else "right",
                ax=16 if at < len(rows) / 2 else -16,
                ay=-26,
                arrowcolor=ctx.look.accent,
                bgcolor=ctx.look.paper,
            )
    median_line(fig, float(rows["obs_value"].median()), kpi, ctx)
    order = ctx.t("areas, best first") if kpi.direction != "context" else ctx.t("areas, highest first")
    fig.update_xaxes(
        title={"text": order, "standoff": 6}, showgrid=False, range=[0, len(rows) + 1], automargin=True
    )
    fig.update_yaxes(title={"text": kpi.unit}, rangemode="tozero", automargin=True)
    fig.update_layout(margin={"b": 44, "t": 26}, bargap=0)
    return fig.chart()


def courses(
    lines: list[tuple[str, str, pd.DataFrame]], target: tuple[float, int] | None, kpi: KpiView, ctx: Context
) -> Chart:
    """Lines over time, quarters and months at their place within the year.

    lines: name, role as of `trend.Line`, rows with at, obs_value and time_period. target: value and year.
    """
    fig = ctx.drawing(340)
    fig.fill()
    ends: list[trend.End] = []
    drawn = pd.concat([rows for _, _, rows in lines])
    for number, (written, role, rows) in enumerate(lines):
        name = marks.bare(written)
        colour = _colour(number, role, ctx)
        fig.add_trace(
            scatter(
                name=name,
                x=rows["at"],
                y=rows["obs_value"],
                mode="lines+markers",
                line={"color": colour, "width": 2.5, "dash": "dot" if role == "median" else "solid"},
                marker={"size": 6, "color": colour},
                customdata=[
                    f"{period}: {ctx.value(value, kpi)}"
                    for period, value in zip(rows["time_period"], rows["obs_value"], strict=True)
                ],
                hovertemplate=f"<b>{name}</b> %{{customdata}}<extra></extra>",
            )
        )
        last = rows.iloc[-1]
        words = f"<b>{marks.shortened(name, NAME)} {ctx.value(last['obs_value'], kpi)}</b>"
        ends.append(trend.End(name, words, float(last["at"]), float(last["obs_value"]), colour))
    _frame_of(fig, drawn, ends, target, kpi, ctx)
    return fig.chart()


def _colour(number: int, role: str, ctx: Context) -> str:
    return ctx.look.ink if role == "median" else ctx.look.series[number % len(ctx.look.series)]


def legend(lines: list[tuple[str, str, pd.DataFrame]], kpi: KpiView, ctx: Context) -> str:
    """The lines of `courses` by name with their last values, as HTML: for a narrow chart without names."""
    items = [
        Markup('<li><i style="{}"></i>{} {}</li>').format(
            f"height:0;border:0;border-top:3px {'dotted' if role == 'median' else 'solid'} "
            f"{_colour(number, role, ctx)};vertical-align:.25em",
            name,
            own_values.figure(rows["obs_value"].iloc[-1], kpi, ctx, rows["time_period"].iloc[-1], dated=True),
        )
        for number, (name, role, rows) in enumerate(lines)
    ]
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))


def _frame_of(
    fig: Drawing,
    drawn: pd.DataFrame,
    ends: list[trend.End],
    target: tuple[float, int] | None,
    kpi: KpiView,
    ctx: Context,
) -> None:
    """Axes, names at the ends of lines, and the target as a point with its words."""
    values = [*drawn["obs_value"], *([target[0]] if target else [])]
    pad = (max(values) - min(values) or abs(max(values)) or 1) * 0.06
    span = min(values) - pad, max(values) + pad
    first, last = drawn["at"].min(), max([drawn["at"].max(), *([float(target[1])] if target else [])])
    if target:
        fig.add_trace(
            scatter(
                x=[target[1]],
                y=[target[0]],
                mode="markers",
                hoverinfo="skip",
                name=ctx.t("own target"),
                marker={"symbol": "diamond-open", "size": 11, "color": ctx.look.accent, "line": {"width": 2}},
            )
        )
        words = f"{ctx.t('own target')} {ctx.value(target[0], kpi)} ({target[1]})"
        fig.add_annotation(x=target[1], y=target[0], text=words, showarrow=False, xanchor="right", xshift=-12)
    if not ctx.narrow:
        fig.add_annotations(trend.end_labels(ends, span, 340))
    longest = max(len(end.text) for end in ends) - 7
    last = math.ceil(last)  # the tick of the year that a quarter lies in
    years = sorted({int(at) for at in range(int(first), int(last) + 1)})
    fig.update_xaxes(
        range=[first - 0.3, last + 0.3],
        showgrid=False,
        tickformat="d",
        automargin=True,
        tickvals=years[:: -(-len(years) // 10)],
    )
    fig.update_yaxes(title={"text": kpi.unit}, automargin=True, nticks=6, range=list(span))
    if not ctx.narrow:
        fig.update_layout(margin={"r": min(30 + longest * 7, 290), "b": 28})


def within(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> Chart:
    """A line from the lowest to the highest area of each parent, with a dot at the median.

    rows: of `answers.within`, in the order from above; a column mean is drawn as a diamond.
    """
    rows = rows.assign(name=rows["name"].map(marks.bare))
    fig = ctx.drawing(max(len(rows) * LINE_ROW + 50, 140))
    fig.fill_rows(len(rows))
    places = list(range(len(rows)))
    for at, row in zip(places, records(rows), strict=True):
        fig.add_shape(
            type="line",
            x0=row["lowest"],
            x1=row["highest"],
            y0=at,
            y1=at,
            line={"color": ctx.look.peers, "width": 2},
            layer="below",
        )
    said = [
        f"<b>{row['name']}</b> ({ctx.number(row['n'])}): {ctx.value(row['lowest'], kpi)} – "
        f"{ctx.value(row['median'], kpi)} – {ctx.value(row['highest'], kpi)}"
        for row in records(rows)
    ]
    drawn = [
        ("lowest", 5, ctx.look.peers, "circle"),
        ("highest", 5, ctx.look.peers, "circle"),
        ("median", 10, ctx.look.accent, "circle"),
        *([("mean", 11, ctx.look.ink, "diamond-open")] if "mean" in rows else []),
    ]
    for column, size, colour, symbol in drawn:
        fig.add_trace(
            scatter(
                x=rows[column],
                y=places,
                mode="markers",
                marker={"size": size, "color": colour, "symbol": symbol},
                customdata=said,
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    names = [
        f"{marks.shortened(str(name), NAME)} ({ctx.number(n)})"
        for name, n in zip(rows["name"], rows["n"], strict=True)
    ]
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        tickvals=places,
        ticktext=names,
        showgrid=False,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    low, high = min(0.0, rows["lowest"].min()), max(0.0, rows["highest"].max())
    pad = (high - low or 1) * DOT  # a whole dot at either end, clear of the names
    axis = {"range": [low - pad, high + pad], "zeroline": False}
    fig.update_xaxes(title={"text": kpi.unit}, automargin=True, side="top", **axis)
    return fig.chart()
