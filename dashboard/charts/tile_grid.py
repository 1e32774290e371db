"""The tile grid: one square per UN Member State, so that an island weighs as much as a continent."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import figures, levels, marks, own
from dashboard.charts.classes import classify
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, bar
from dashboard.charts.world_map import hover


def figure(
    table: pd.DataFrame,
    grid: pd.DataFrame,
    kpi: KpiView,
    ctx: Context,
    *,
    height: int = 430,
    mine: str | None = None,
) -> Chart:
    """The grid. mine: the reader's own country, outlined.

    table: ref_area, name, obs_value, time_period, rank, n; grid: ref_area, col, row (from the top left).
    Squares of countries that are not in `table` stay empty outlines; missing values are hatched.
    """
    tiles = grid.merge(table, on="ref_area", how="left")
    classes = classify(tiles["obs_value"], kpi)
    colours, inks = classes.fills(ctx.look), classes.letters(ctx.look)
    has_row = tiles["name"].notna()
    steps = [None if pd.isna(step) else int(step) for step in classes.of]
    fills = [
        colours[step] if step is not None else (ctx.look.missing if there else ctx.look.paper)
        for step, there in zip(steps, has_row, strict=True)
    ]
    letters = [
        inks[step] if step is not None else (ctx.look.ink if there else ctx.look.peers)
        for step, there in zip(steps, has_row, strict=True)
    ]
    tooltips = hover(tiles.assign(name=tiles["name"].fillna(tiles["ref_area"])), kpi, ctx)
    fig = ctx.drawing(height)
    fig.add_trace(
        bar(
            x=tiles["col"],
            y=[0.92] * len(tiles),
            base=tiles["row"] - 0.46,
            width=0.92,
            text=[f"<b>{code}</b>" if code == mine else code for code in tiles["ref_area"]],
            ids=marks.countries(tiles["ref_area"]),
            customdata=tooltips,
            hovertemplate="%{customdata}<extra></extra>",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"color": letters, "size": 10},
            marker={
                "color": fills,
                "line": {"color": ctx.look.outline, "width": 0.7},
                "pattern": {
                    "shape": [
                        "/" if step is None and there else ""
                        for step, there in zip(steps, has_row, strict=True)
                    ],
                    "fgcolor": ctx.look.peers,
                    "size": 6,
                    "solidity": 0.2,
                },
            },
        )
    )
    own.on_tiles(fig, own.row_of(tiles, mine), ctx)
    fig.update_xaxes(visible=False, range=[-0.6, grid["col"].max() + 0.6])
    fig.update_yaxes(visible=False, range=[grid["row"].max() + 0.6, -0.6])
    fig.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return fig.chart()


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
