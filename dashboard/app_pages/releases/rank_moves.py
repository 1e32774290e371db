"""Places gained to the right in blue, lost to the left in orange and hatched; the largest of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, bar

ROW = 24
MOST = 7  # of those that rose, and of those that fell


def largest(moves: pd.DataFrame, marked: str | None = None) -> pd.DataFrame:
    """The largest rises, then the largest falls, the chosen country always among them; order of the chart.

    moves: ref_area, rank_change and others. A tie at the end goes to the better rank now.
    """
    ordered = moves.sort_values(["rank_change", "rank_to"], ascending=[False, True])
    up = ordered[ordered["rank_change"] > 0].head(MOST)
    down = ordered[ordered["rank_change"] < 0].sort_values(["rank_change", "rank_to"]).head(MOST)
    chosen = ordered[ordered["ref_area"].eq(marked) & ~ordered.index.isin([*up.index, *down.index])]
    return pd.concat([up, chosen, down.iloc[::-1]])


def figure(rows: pd.DataFrame, names: Mapping[str, str], ctx: Context, *, marked: str | None = None) -> Chart:
    """Bars of places. rows: ref_area, rank_change, rank_from, rank_to, in the order from above."""
    look = ctx.look
    at = list(range(len(rows)))
    change = rows["rank_change"].astype(int).tolist()
    fig = ctx.drawing(len(rows) * ROW + 16)
    fig.add_trace(
        bar(
            orientation="h",
            y=at,
            x=change,
            width=0.7,
            text=[said(k, ctx) for k in change],
            textposition="outside",
            textfont={"color": look.ink, "size": 13},
            cliponaxis=False,
            customdata=[
                f"{names[area]}: {before} → {after}"
                for area, before, after in zip(
                    rows["ref_area"], rows["rank_from"].astype(int), rows["rank_to"].astype(int), strict=True
                )
            ],
            hovertemplate="%{customdata}<extra></extra>",
            marker={
                "color": [look.better if k > 0 else look.worse for k in change],
                "pattern": {
                    "shape": ["" if k > 0 else "\\" for k in change],
                    "fillmode": "overlay",
                    "fgcolor": look.paper,
                    "solidity": 0.15,
                },
            },
        )
    )
    most = max([abs(k) for k in change], default=1) or 1
    low, high = min([*change, 0]), max([*change, 0])
    fig.add_vline(x=0, line={"color": look.ink, "width": 1})
    fig.update_xaxes(visible=False, range=[low - most * 0.2, high + most * 0.2])
    fig.update_yaxes(
        tickvals=at,
        ticktext=[_name(names[area], area == marked, ctx) for area in rows["ref_area"]],
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 13},
    )
    fig.update_layout(margin={"t": 2, "b": 2})
    return fig.chart()


def said(places: int, ctx: Context) -> str:
    """Places with their direction: "▲ 44", "▼ 3", "= 0"."""
    sign = "▲" if places > 0 else "▼" if places < 0 else "="
    return f"{sign} {ctx.number(abs(places))}"


def whole(parts: Sequence[float], total: int) -> list[int]:
    """Parts of a number of places as whole places that still add up to it, by largest remainders.

    parts: add up to total. A tie at the end goes to the first.

    >>> whole([1.5, 0.6, -0.1], 2)
    [1, 1, 0]
    """
    floors = [math.floor(part) for part in parts]
    left = sorted(range(len(parts)), key=lambda at: floors[at] - parts[at])[: total - sum(floors)]
    return [floor + (at in left) for at, floor in enumerate(floors)]


def _name(name: str, marked: bool, ctx: Context) -> str:
    longest = 18 if ctx.narrow else 34
    shown = name if len(name) <= longest else f"{name[: longest - 1]}…"
    return f"<b>▸ {shown}</b>" if marked else shown


def counts(moves: pd.DataFrame) -> tuple[int, int, int]:
    """How many rose, fell and stayed."""
    change = moves["rank_change"]
    return int((change > 0).sum()), int((change < 0).sum()), int((change == 0).sum())


def title(moves: pd.DataFrame, names: Mapping[str, str], ctx: Context) -> str:
    """The finding: "Largest rise: Libya, 44 places. Largest fall: Grenada, 38 places"."""
    parts = []
    up, down = moves["rank_change"].max(), moves["rank_change"].min()
    if up > 0:
        first = moves.loc[moves["rank_change"].idxmax(), "ref_area"]
        rise = ctx.ngettext("Largest rise: {name}, 1 place", "Largest rise: {name}, {n} places", int(up))
        parts.append(rise.format(name=names[first], n=ctx.number(int(up))))
    if down < 0:
        last = moves.loc[moves["rank_change"].idxmin(), "ref_area"]
        fall = ctx.ngettext("Largest fall: {name}, 1 place", "Largest fall: {name}, {n} places", -int(down))
        parts.append(fall.format(name=names[last], n=ctx.number(-int(down))))
    return ". ".join(parts) or ctx.t("No rank moved")


def alt(rows: pd.DataFrame, names: Mapping[str, str], ctx: Context) -> str:
    """The bars in words."""
    parts = [
        f"{names[row['ref_area']]} {said(int(row['rank_change']), ctx)} "
        f"({int(row['rank_from'])} → {int(row['rank_to'])})"
        for row in rows.to_dict("records")
    ]
    return ctx.t("Places gained and lost. {rows}.").format(rows="; ".join(parts))
