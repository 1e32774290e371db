"""A panel for each area: its line strong, the others pale behind it, the reader's country in all of them."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, marks, own_values, panels, trend
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Trace, scatter
from dashboard.reads.standings import Areas

HEIGHT = 178  # pixels of a panel
Lines = dict[str, list[trend.Row]]


def figure(rows: pd.DataFrame, areas: Areas, kpi: KpiView, ctx: Context, *, own: str = "") -> Chart:
    """The panels, all on the same scales. rows: id, time_period, obs_value, obs_status.

    An area without a value has no panel; own values stand in that of their area. own: an area in the accent
    colour, drawn in every panel; without one the line of each panel has that colour.
    """
    every = trend.by_line(rows)
    lines = {line: points for line, points in every.items() if not own_values.is_line(line)}
    present = [(area_id, name) for area_id, name in areas if area_id in lines]
    grid = panels.grid(len(present), HEIGHT, ctx)
    fig = ctx.drawing(grid.total)
    for at, (area_id, name) in enumerate(present):
        colour = ctx.look.accent if area_id == own or not own else ctx.look.ink
        strong = trend.course(
            lines[area_id], trend.Line(area_id, name, "series"), kpi, ctx, (colour, 2.75, "solid")
        )
        drawn = [*_behind(lines, area_id, own, ctx), *strong, *_own_figures(every, area_id, kpi, ctx)]
        fig.add_traces(panels.traces(at, drawn))
    most = panels.room(grid, ctx)
    titles = [_title(name, lines[area_id][-1], kpi, ctx, most) for area_id, name in present]
    fig.fill()
    panels.lay_out(fig, grid, titles, _years(rows), _scale(rows), ctx)
    return fig.chart()


def _behind(lines: Lines, strong: str, own: str, ctx: Context) -> list[Trace]:
    """The lines behind that of a panel: the others pale, and `own` thin in the accent colour."""
    others = [points for area_id, points in lines.items() if area_id not in (strong, own)]
    behind = [_thin(others, ctx.look.pale, "solid")]
    if own in lines and own != strong:
        behind.append(_thin([lines[own]], ctx.look.accent, "dot"))
    return behind


def _own_figures(lines: Lines, area_id: str, kpi: KpiView, ctx: Context) -> list[Trace]:
    """The own values of an area: diamonds on a dashed line."""
    return [
        trace
        for line, points in lines.items()
        if own_values.is_line(line) and own_values.area_of(line) == area_id
        for trace in trend.course(
            points,
            trend.Line(line, ctx.t("own figure"), "series"),
            kpi,
            ctx,
            (ctx.look.ink, 2, "dash"),
            "diamond-open",
        )
    ]


def _thin(lines: list[list[trend.Row]], colour: str, dash: str) -> Trace:
    """Several lines as one trace, without words: the panels of their own have these."""
    x: list[float | None] = []
    y: list[float | None] = []
    for points in lines:
        x += [*(year for year, _value, _status in points), None]
        y += [*(value for _year, value, _status in points), None]
    line = {"color": colour, "width": 1.5, "dash": dash}
    return scatter(x=x, y=y, mode="lines", line=line, connectgaps=False, hoverinfo="skip")


def _title(name: str, last: trend.Row, kpi: KpiView, ctx: Context, most: int) -> str:
    """The name and the last value, which has its year where it is old, in `most` characters."""
    year, value, _status = last
    words = figures.words(value, kpi, year, ctx) if figures.old(kpi, year, ctx) else ctx.value(value, kpi)
    return f"<b>{marks.shortened(name, most - len(words) - 1)}</b> {words}"


def _years(rows: pd.DataFrame) -> dict[str, object]:
    """The first and the last year, of which a small panel has room."""
    periods = rows.dropna(subset=["obs_value"])["time_period"]
    first, last = int(periods.min()), int(periods.max())
    pad = (last - first or 1) * 0.06
    return {
        "range": [first - pad, last + pad],
        "tickvals": sorted({first, last}),
        "tickformat": "d",
        "showgrid": False,
        "ticklabelposition": "outside",
    }


def _scale(rows: pd.DataFrame) -> dict[str, object]:
    values = rows["obs_value"].dropna()
    pad = (values.max() - values.min() or abs(values.max()) or 1) * 0.06
    return {"range": [values.min() - pad, values.max() + pad], "nticks": 4, "automargin": True}


def legend(ctx: Context, own: str, areas: Areas, *, with_own_figures: bool = False) -> str:
    """What the lines of a panel are, as HTML."""
    look, name = ctx.look, dict(areas).get(own, "")
    strong = ctx.t("the country or group named above the panel")
    parts = [_item(look.ink if name else look.accent, "solid", strong)]
    if name:
        parts.append(_item(look.accent, "dotted", name))
    if with_own_figures:
        parts.append(_item(look.ink, "dashed", f"◇ {ctx.t('own figure')}"))
    parts.append(_item(look.pale, "solid", ctx.t("the others")))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(parts))


def _item(colour: str, style: str, words: str) -> Markup:
    pen = f"height:0;border:0;border-top:3px {style} {colour};vertical-align:.25em"
    return Markup('<li><i style="{}"></i>{}</li>').format(pen, words)
