"""What all countries of an edition had in common: how much higher or lower it ended than was forecast."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, bar
from dashboard.charts.record_words import DECIMALS
from dashboard.charts.scalars import records

ROW = 28
FAR = 0.025  # of EGDI, from which an edition is named, as the title says


def figure(rows: pd.DataFrame, ctx: Context) -> Chart:
    """Bars to the right where values ended higher, to the left and hatched where lower.

    rows: time_period, egdi_miss (0 to 1), in the order from above.
    """
    look, misses = ctx.look, rows["egdi_miss"]
    fig = ctx.drawing(len(rows) * ROW + 16)
    fig.add_trace(
        bar(
            orientation="h",
            y=[str(year) for year in rows["time_period"]],
            x=misses,
            width=0.6,
            marker={
                "color": [look.better if miss >= 0 else look.worse for miss in misses],
                "pattern": {"shape": ["" if miss >= 0 else "\\" for miss in misses], "fgcolor": look.paper},
            },
            text=[ctx.number(miss, DECIMALS, sign=True) for miss in misses],
            textposition="outside",
            textfont={"color": look.ink, "size": 14},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    fig.add_vline(x=0, line={"color": look.ink, "width": 1})
    room = float(misses.abs().max()) * 1.4 or 1.0
    fig.update_xaxes(visible=False, range=[-room, room])
    fig.update_yaxes(
        type="category",
        autorange="reversed",
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 14},
    )
    return fig.chart()


def title(rows: pd.DataFrame, ctx: Context) -> str:
    """The editions that ended far from their forecast for all together, and what counts as far."""
    higher, lower = (
        ", ".join(str(year) for year in rows.loc[side * rows["egdi_miss"] >= FAR, "time_period"])
        for side in (1, -1)
    )
    if higher and lower:
        template = ctx.t("For all together lower than forecast by {far} or more: {lower}; higher: {higher}")
    elif higher or lower:
        template = (
            ctx.t("For all together higher than forecast by {far} or more: {higher}")
            if higher
            else ctx.t("For all together lower than forecast by {far} or more: {lower}")
        )
    else:
        template = ctx.t("For all together no edition ended {far} or more from its forecast")
    return template.format(lower=lower, higher=higher, far=ctx.number(FAR, 3))


def alt(rows: pd.DataFrame, ctx: Context) -> str:
    """The common misses in words."""
    parts = [
        f"{int(row['time_period'])} {ctx.number(row['egdi_miss'], DECIMALS, sign=True)}"
        for row in records(rows)
    ]
    return ctx.t("Mean of EGDI minus its forecast, by edition. {rows}.").format(rows="; ".join(parts))
