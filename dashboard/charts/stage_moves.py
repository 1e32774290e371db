"""Who moved: rises to the right in blue, falls to the left in orange, one row per dimension."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar
from dashboard.charts.scalars import records
from dashboard.charts.stage_words import dimension_names

ROW = 36
NAMED = 3  # dimensions with as many rises or falls, named in the title; more are counted


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
    """Where most rose, and where most fell if more fell than rose in any dimension; ties share the finding.

    "Most rises: services, legal framework (3 each); most falls: services (5)".
    """
    parts = [
        ctx.t("Most rises: {where}").format(where=_most(table, "up", labels, ctx))
        if table["up"].any()
        else ctx.t("No rise on the same KPIs")
    ]
    if (table["down"] > table["up"]).any():
        parts.append(ctx.t("most falls: {where}").format(where=_most(table, "down", labels, ctx)))
    return "; ".join(parts)


def _most(table: pd.DataFrame, change: str, labels: dict[str, str], ctx: Context) -> str:
    """The dimensions with the most rises (`up`) or falls (`down`), and how many each has."""
    most = int(table[change].max())
    dimensions = [str(code) for code in table.loc[table[change] == most, "dimension"]]
    where = (
        dimension_names(dimensions, labels)
        if len(dimensions) <= NAMED
        else ctx.t("{n} dimensions").format(n=ctx.number(len(dimensions)))
    )
    if len(dimensions) == 1:
        return f"{where} ({ctx.number(most)})"
    return ctx.t("{where} ({k} each)").format(where=where, k=ctx.number(most))


def alt(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """The bars in words."""
    rows = [
        ctx.t("{dimension}: {up} up, {down} down").format(
            dimension=labels[str(row["dimension"])], up=ctx.number(row["up"]), down=ctx.number(row["down"])
        )
        for row in records(table)
    ]
    return ctx.t("Rises and falls of a stage by dimension. {rows}.").format(rows="; ".join(rows))
