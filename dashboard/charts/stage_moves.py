"""Who moved: rises to the right in blue, falls to the left in orange, one row per dimension."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar
from dashboard.charts.scalars import records
from dashboard.charts.stage_words import inside

ROW = 36


def counts(moves: pd.DataFrame, dimensions: list[str]) -> pd.DataFrame:
    """Rises and falls on the same KPIs: dimension, up, down; one row per dimension, in the order given."""
    change = moves["change_same_kpis"].astype("Float64")
    up = moves[change > 0].groupby("dimension").size()
    down = moves[change < 0].groupby("dimension").size()
    by_dimension = pd.DataFrame({"up": up, "down": down}).reindex(dimensions).fillna(0).astype(int)
    return by_dimension.rename_axis("dimension").reset_index()


def figure(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> Chart:
    """Diverging bars. table: dimension, up, down."""
    look = ctx.look
    fig = ctx.drawing(len(table) * ROW + 30)
    fig.add_trace(_bars(-table["down"], "▼", {"color": look.worse, "pattern": _pattern("\\", ctx)}, ctx))
    fig.add_trace(_bars(table["up"], "▲", {"color": look.better, "pattern": _pattern("", ctx)}, ctx))
    fig.add_vline(x=0, line={"color": look.ink, "width": 1})
    _axes(fig, table, labels, ctx)
    fig.update_layout(barmode="overlay", margin={"t": 4, "b": 4})
    return fig.chart()


def _bars(changes: pd.Series[int], arrow: str, marker: Trace, ctx: Context) -> Trace:
    """Bars of the countries that rose (positive) or fell (negative), each with its number."""
    return bar(
        orientation="h",
        y=list(range(len(changes))),
        x=changes,
        width=0.66,
        text=[f"{arrow} {ctx.number(abs(change))}" if change else "" for change in changes],
        textposition="outside",
        textfont={"color": ctx.look.ink, "size": 14},
        cliponaxis=False,
        hovertemplate="%{text}<extra></extra>",
        marker=marker,
    )


def _pattern(shape: str, ctx: Context) -> Trace:
    return {"shape": shape, "fillmode": "overlay", "fgcolor": ctx.look.paper, "solidity": 0.15}


def _axes(fig: Drawing, table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> None:
    up, down = int(table["up"].max()), int(table["down"].max())
    room = max(up, down, 1) * 0.22  # for the numbers beside the bars
    fig.update_xaxes(visible=False, range=[-(down + room), up + room])
    fig.update_yaxes(
        tickvals=list(range(len(table))),
        ticktext=[labels[dimension] for dimension in table["dimension"]],
        range=[len(table) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=6,
        tickfont={"color": ctx.look.ink, "size": 14},
    )


def title(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """Where most rose: "Most rises: services, 12"."""
    if not int(table["up"].sum()):
        return ctx.t("No rise on the same KPIs")
    most = table.iloc[int(table["up"].to_numpy().argmax())]
    return ctx.t("Most rises: {dimension}, {k}").format(
        dimension=inside(labels[str(most["dimension"])]), k=ctx.number(int(most["up"]))
    )


def alt(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """The bars in words."""
    rows = [
        ctx.t("{dimension}: {up} up, {down} down").format(
            dimension=labels[str(row["dimension"])], up=ctx.number(row["up"]), down=ctx.number(row["down"])
        )
        for row in records(table)
    ]
    return ctx.t("Rises and falls of a stage by dimension. {rows}.").format(rows="; ".join(rows))
