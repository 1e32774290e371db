"""The tile grid: one square per UN Member State, so that an island weighs as much as a continent."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import figures, levels, own, squares
from dashboard.charts.classes import classify
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing
from dashboard.charts.world_map import hover

PITCH = 25.5  # pixels from row to row where the regions stand one below the other


def figure(
    table: pd.DataFrame,
    grid: pd.DataFrame,
    kpi: KpiView,
    ctx: Context,
    *,
    height: int = 430,
    mine: str | None = None,
    regions: pd.Series | None = None,
) -> Chart:
    """The grid. mine: the reader's own country, outlined.

    table: ref_area, name, obs_value, time_period, rank, n; grid: ref_area, col, row (from the top left).
    Squares of countries that are not in `table` stay empty outlines; missing values are hatched.
    regions: name of the region of each country, by ref_area: the regions stand one below the other, in the
    order of their names but that of `mine` first, for a screen that is too narrow for the world.
    """
    heads: dict[str, float] = {}
    if regions is not None:
        grid, heads = by_region(grid, regions, mine)
        height = int(PITCH * (grid["row"].max() + 1.5))
    tiles = grid.merge(table, on="ref_area", how="left")
    tooltips = hover(tiles.assign(name=tiles["name"].fillna(tiles["ref_area"])), kpi, ctx)
    fig = ctx.drawing(height)
    fig.add_trace(squares.trace(tiles, classify(tiles["obs_value"], kpi), tooltips, ctx, mine=mine))
    own.on_tiles(fig, own.row_of(tiles, mine), ctx)
    _head(fig, heads, ctx)
    fig.update_xaxes(visible=False, range=[-0.5, grid["col"].max() + 0.5])
    fig.update_yaxes(visible=False, range=[grid["row"].max() + 0.5, min(-0.5, *heads.values(), 0) - 0.5])
    fig.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return fig.chart()


def by_region(
    grid: pd.DataFrame, regions: pd.Series, mine: str | None = None
) -> tuple[pd.DataFrame, dict[str, float]]:
    """The grid with its regions one below the other, without empty rows; and the rows of their heads."""
    own_region = regions.get(mine) if mine else None
    parts, heads, top = [], {}, 0
    by_name = grid.assign(region=grid["ref_area"].map(regions)).groupby("region")
    for region, part in sorted(by_name, key=lambda group: (group[0] != own_region, group[0])):
        rows = {row: top + 1 + at for at, row in enumerate(sorted(part["row"].unique()))}
        heads[str(region)] = float(top)
        parts.append(part.assign(col=part["col"] - part["col"].min(), row=part["row"].map(rows)))
        top += 1 + len(rows)
    return pd.concat(parts, ignore_index=True).drop(columns="region"), heads


def _head(fig: Drawing, heads: dict[str, float], ctx: Context) -> None:
    """The names of the regions above their squares."""
    for region, row in heads.items():
        fig.add_annotation(
            x=0, xref="paper", xanchor="left", y=row + 0.5, yanchor="bottom", showarrow=False,
            text=f"<b>{region}</b>", font={"color": ctx.look.ink, "size": 14},
        )  # fmt: skip


def alt(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """The grid in words."""
    present = table.dropna(subset=["obs_value"]).sort_values("obs_value")
    if present.empty:
        return ctx.t("Tile grid of {kpi}: no data.").format(kpi=kpi.name)
    missing = ctx.number(len(table) - len(present))
    if kpi.coded:
        return ctx.t("Tile grid of {kpi}, one square per country: {levels}, {missing} without data.").format(
            kpi=kpi.name, levels=levels.spoken(present, kpi, ctx), missing=missing
        )
    low, high = present.iloc[0], present.iloc[-1]
    return ctx.t(
        "Tile grid of {kpi}, one square per country: lowest {low} ({low_name}), highest {high} "
        "({high_name}), {missing} without data."
    ).format(
        kpi=kpi.name,
        low=figures.words(low["obs_value"], kpi, low["time_period"], ctx),
        low_name=low["name"],
        high=figures.words(high["obs_value"], kpi, high["time_period"], ctx),
        high_name=high["name"],
        missing=missing,
    )
