"""Chances that were given against what came: on the diagonal they were true."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, scatter
from dashboard.charts.scalars import records

FEW = 30  # cases of a bin, below which its share is mostly chance and its mark is small
_SYMBOL = {"p_better_rank": "diamond", "p_higher_group": "circle"}


def names(ctx: Context) -> dict[str, str]:
    """The chances by name."""
    return {"p_better_rank": ctx.t("a better rank"), "p_higher_group": ctx.t("a higher UN group")}


def figure(bins: dict[str, pd.DataFrame], ctx: Context) -> Chart:
    """Points of given against came, and the line of true chances. bins: `record.calibration` by chance."""
    look = ctx.look
    fig = ctx.drawing(300)
    fig.fill()
    fig.add_trace(
        scatter(
            x=[0, 1],
            y=[0, 1],
            mode="lines",
            line={"color": look.ink, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    fig.add_traces(_points(rows, chance, ctx) for chance, rows in bins.items())
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    axis = {"range": [-0.04, 1.06], "tickvals": ticks, "ticktext": [ctx.percent(tick) for tick in ticks]}
    fig.update_xaxes(title={"text": ctx.t("Chance that was given")}, automargin=True, **axis)
    fig.update_yaxes(title={"text": ctx.t("Came so")}, automargin=True, **axis)
    return fig.chart()


def _points(rows: pd.DataFrame, chance: str, ctx: Context) -> Trace:
    look, is_filled = ctx.look, chance == "p_higher_group"
    template = ctx.t("{name}: given {given}, came {came} of {n}")
    return scatter(
        x=rows["given"],
        y=rows["came"],
        mode="markers",
        marker={
            "symbol": _SYMBOL[chance],
            "size": [13 if n >= FEW else 7 for n in rows["n"]],
            "color": look.accent if is_filled else look.paper,
            "line": {"color": look.accent if is_filled else look.ink, "width": 2},
        },
        cliponaxis=False,
        customdata=[
            template.format(
                name=names(ctx)[chance],
                given=ctx.percent(row["given"]),
                came=ctx.percent(row["came"]),
                n=ctx.number(row["n"]),
            )
            for row in records(rows)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def title(bins: dict[str, pd.DataFrame], ctx: Context) -> str:
    """The finding: how far the chances lay from what came, over the bins of enough cases."""
    rows = pd.concat(bins.values(), ignore_index=True)
    rows = rows[rows["n"] >= FEW]
    if rows.empty:
        return ctx.t("Too few cases to judge the chances")
    away = 100 * (rows["given"] - rows["came"]).abs()
    return ctx.t("Chances were off by {mean} points on average, by {most} at most").format(
        mean=ctx.number((away * rows["n"]).sum() / rows["n"].sum()), most=ctx.number(away.max())
    )


def alt(bins: dict[str, pd.DataFrame], ctx: Context) -> str:
    """The bins in words."""
    parts = []
    for chance, rows in bins.items():
        pairs = ", ".join(
            f"{ctx.percent(row['given'])} → {ctx.percent(row['came'])}" for row in records(rows)
        )
        parts.append(f"{names(ctx)[chance]}: {pairs}")
    return ctx.t("Chance that was given → share that came so. {rows}.").format(rows="; ".join(parts))
