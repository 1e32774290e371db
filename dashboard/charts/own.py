"""The reader's own country in a chart: outlined on maps and tiles, named beside the legend."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, ranks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Drawing, Trace, choropleth, scattergeo
from dashboard.charts.scalars import records
from dashboard.charts.zooms import WORLD, ZOOMS

LINE, HALO = 2.4, 5.5  # pixels: a line of ink on a wider one of paper is seen on dark and on light
MIDDLE, EDGE = ZOOMS[WORLD].middle, 150  # degrees: of the map of the world, and from there on it soon ends
CLEAR = "rgba(0,0,0,0)"


def row_of(table: pd.DataFrame, area: str | None) -> pd.DataFrame:
    """The row of a country in a table by ref_area: one, or none."""
    return table[table["ref_area"] == area]


def on_map(
    rows: pd.DataFrame, place: tuple[float, float], ctx: Context, *, small: bool, named: bool = True
) -> list[Trace]:
    """The country outlined and named, over its fill.

    rows: of `row_of`. place: latitude and longitude of the name. small: a State too small for an outline.
    named: write its name, which the map does not do otherwise.
    """
    if rows.empty:
        return []
    lines = ((ctx.look.paper, HALO), (ctx.look.ink, LINE))
    return [
        *(_outline(rows, colour, width) for colour, width in lines),
        _label(rows.assign(name=rows["name"] if named else ""), place, ctx, small=small),
    ]


def _outline(rows: pd.DataFrame, colour: str, width: float) -> Trace:
    return choropleth(
        locations=rows["ref_area"],
        z=[0] * len(rows),
        colorscale=[[0, CLEAR], [1, CLEAR]],
        showscale=False,
        hoverinfo="skip",
        marker={"line": {"color": colour, "width": width}},
    )


def on_tiles(fig: Drawing, rows: pd.DataFrame, ctx: Context, **axes: str) -> None:
    """The square of the country outlined. rows: of `row_of`, with col and row. axes: xref and yref."""
    for at in records(rows[["col", "row"]]):
        for colour, width, half in ((ctx.look.paper, LINE, 0.4), (ctx.look.ink, LINE, 0.48)):
            fig.add_shape(
                type="rect",
                x0=at["col"] - half,
                x1=at["col"] + half,
                y0=at["row"] - half,
                y1=at["row"] + half,
                line={"color": colour, "width": width},
                **axes,
            )


def _label(rows: pd.DataFrame, place: tuple[float, float], ctx: Context, *, small: bool) -> Trace:
    """The name of the country above its place; of a small State also a ring."""
    return scattergeo(
        lat=[place[0]] * len(rows),
        lon=[place[1]] * len(rows),
        mode="markers+text",
        text=[f"<b>{name}</b>" for name in rows["name"]],
        textposition=_side(place[1]),
        textfont={"color": ctx.look.ink, "size": 15, "shadow": halo(ctx)},
        hoverinfo="skip",
        marker={
            "size": 15 if small else 1,
            "color": CLEAR,
            "line": {"color": ctx.look.ink, "width": LINE if small else 0},
        },
    )


def _side(lon: float) -> str:
    """Where the name of a place stands: above it; beside it where the map of the world ends."""
    east = (lon - MIDDLE + 180) % 360 - 180
    return "middle left" if east > EDGE else "middle right" if east < -EDGE else "top center"


def halo(ctx: Context) -> str:
    """A shadow of paper on every side, so that the name can be read on any colour."""
    sides = [(x, y) for x in (-1.5, 0, 1.5) for y in (-1.5, 0, 1.5) if x or y]
    return ", ".join(f"{x}px {y}px 1px {ctx.look.paper}" for x, y in sides)


def legend(rows: pd.DataFrame, *, filled: bool = False) -> Markup:
    """The entry of the legend: how the country is marked. Its value stands above the chart.

    rows: of `row_of`. filled: the country is filled with the accent colour, not outlined.
    """
    item, kind = Markup('<li class="e-own{}"><i></i><b>{}</b></li>'), " e-filled" if filled else ""
    return Markup("").join(item.format(kind, name) for name in rows["name"])


def said(row: pd.Series, kpi: KpiView, ctx: Context) -> Markup:
    """Value, year and rank of a country, or that it has none. row: obs_value, time_period, rank, n."""
    if pd.isna(row["obs_value"]):
        return Markup.escape(ctx.t("no data"))
    value = figures.figure(row["obs_value"], kpi.brief, row["time_period"], ctx)
    if kpi.coded or pd.isna(row["rank"]):
        return value
    return Markup("{}, {}").format(
        value, ctx.t("rank {place}").format(place=ranks.place(row["rank"], row["n"], ctx))
    )
