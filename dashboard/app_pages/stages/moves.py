"""Who moved: rises to the right in blue, falls to the left in orange, one row per dimension."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, bar

ROW = 36


def counts(moves: pd.DataFrame, dimensions: list[str]) -> pd.DataFrame:
    """Rises and falls on the same KPIs: dimension, up, down; one row per dimension, in the order given."""
    change = moves["change_same_kpis"].astype("Float64")
    up = moves[change > 0].groupby("dimension").size()
    down = moves[change < 0].groupby("dimension").size()
    shown = pd.DataFrame({"up": up, "down": down}).reindex(dimensions).fillna(0).astype(int)
    return shown.rename_axis("dimension").reset_index()


def figure(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> Chart:
    """Diverging bars. table: dimension, up, down."""
    look = ctx.look
    fig = ctx.drawing(len(table) * ROW + 30)
    at = list(range(len(table)))
    for column, sign, colour, shape, arrow in (
        ("down", -1, look.worse, "\\", "▼"),
        ("up", 1, look.better, "", "▲"),
    ):
        fig.add_trace(
            bar(
                orientation="h",
                y=at,
                x=sign * table[column],
                width=0.66,
                text=[f"{arrow} {ctx.number(k)}" if k else "" for k in table[column]],
                textposition="outside",
                textfont={"color": look.ink, "size": 14},
                cliponaxis=False,
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "color": colour,
                    "pattern": {
                        "shape": shape,
                        "fillmode": "overlay",
                        "fgcolor": look.paper,
                        "solidity": 0.15,
                    },
                },
            )
        )
    most = max(int(table[["up", "down"]].to_numpy().max()), 1)
    low = int(table["down"].max())
    fig.add_vline(x=0, line={"color": look.ink, "width": 1})
    fig.update_xaxes(visible=False, range=[-(low + most * 0.22), int(table["up"].max()) + most * 0.22])
    fig.update_yaxes(
        tickvals=at,
        ticktext=[labels[one] for one in table["dimension"]],
        range=[len(table) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 14},
    )
    fig.update_layout(barmode="overlay", margin={"t": 4, "b": 4})
    return fig.chart()


def title(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """Where most rose: "Most rises: Services, 12"."""
    if not int(table["up"].sum()):
        return ctx.t("No rise on the same KPIs")
    best = table.loc[table["up"].idxmax()]
    return ctx.t("Most rises: {dimension}, {k}").format(
        dimension=labels[str(best["dimension"])], k=ctx.number(int(best["up"]))
    )


def alt(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """The bars in words."""
    said = [
        ctx.t("{dimension}: {up} up, {down} down").format(
            dimension=labels[str(row["dimension"])], up=ctx.number(row["up"]), down=ctx.number(row["down"])
        )
        for row in table.to_dict("records")
    ]
    return ctx.t("Rises and falls of a stage by dimension. {rows}.").format(rows="; ".join(said))
