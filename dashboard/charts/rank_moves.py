"""Places gained to the right in blue, lost to the left in orange and hatched; the largest of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts import marks
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, bar
from dashboard.charts.scalars import records, strings
from dashboard.charts.sentences import listed

ROW = 24
MOST = 7  # of those that rose, and of those that fell


def of_ranks(rows: pd.DataFrame) -> pd.DataFrame:
    """Moves from published to own ranks. rows: by ref_area: published_rank, own_rank, shift."""
    columns = {"published_rank": "rank_from", "own_rank": "rank_to", "shift": "rank_change"}
    return rows.rename(columns=columns).reset_index()


def largest(moves: pd.DataFrame, marked: str | None = None) -> pd.DataFrame:
    """The largest rises, then the largest falls, the marked country always among them; order of the chart.

    moves: ref_area, rank_change and others. A tie at the end goes to the better rank now.
    """
    ordered = moves.sort_values(["rank_change", "rank_to"], ascending=[False, True])
    up = ordered[ordered["rank_change"] > 0].head(MOST)
    down = ordered[ordered["rank_change"] < 0].sort_values(["rank_change", "rank_to"]).head(MOST)
    is_marked = ordered["ref_area"].isin([marked])
    marked_row = ordered[is_marked & ~ordered.index.isin([*up.index, *down.index])]
    return pd.concat([up, marked_row, down.iloc[::-1]])


def figure(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    ctx: Context,
    *,
    marked: str | None = None,
    fills: bool = False,
) -> Chart:
    """Bars of places. fills: as high as the screen.

    rows: ref_area, rank_change, rank_from, rank_to, in the order from above.
    """
    fig = ctx.drawing(len(rows) * ROW + 16)
    if fills:
        fig.fill()
    fig.add_trace(_bars(rows, names, ctx))
    fig.add_vline(x=0, line={"color": ctx.look.ink, "width": 1})
    change = rows["rank_change"].astype(int).tolist()
    room = (max([abs(places) for places in change], default=1) or 1) * 0.2  # for the numbers beside the bars
    fig.update_xaxes(visible=False, range=[min([*change, 0]) - room, max([*change, 0]) + room])
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[_name(names[area], area == marked, ctx) for area in rows["ref_area"]],
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        showline=False,
        ticklabelstandoff=6,
        tickfont={"color": ctx.look.ink, "size": 13},
    )
    fig.update_layout(margin={"t": 2, "b": 2})
    return fig.chart()


def _bars(rows: pd.DataFrame, names: Mapping[str, str], ctx: Context) -> Trace:
    change = rows["rank_change"].astype(int).tolist()
    return bar(
        orientation="h",
        y=list(range(len(rows))),
        x=change,
        width=0.7,
        text=[directed(places, ctx) for places in change],
        textposition="outside",
        textfont={"color": ctx.look.ink, "size": 13},
        cliponaxis=False,
        customdata=[
            f"{names[row['ref_area']]}: {row['rank_from']:.0f} → {row['rank_to']:.0f}"
            for row in records(rows)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        marker=_marker(change, ctx),
    )


def _marker(change: list[int], ctx: Context) -> Trace:
    """Rises plain, falls hatched."""
    look = ctx.look
    return marks.patterned(
        [look.better if places > 0 else look.worse for places in change],
        shape=["" if places > 0 else "\\" for places in change],
        fgopacity=0.5,
        solidity=0.15,
    )


def directed(places: int, ctx: Context) -> str:
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
    label = marks.shortened(name, longest)
    return f"<b>▸ {label}</b>" if marked else label


def counts(moves: pd.DataFrame) -> tuple[int, int, int]:
    """How many rose, fell and stayed."""
    change = moves["rank_change"]
    return int((change > 0).sum()), int((change < 0).sum()), int((change == 0).sum())


def title(moves: pd.DataFrame, names: Mapping[str, str], ctx: Context) -> str:
    """The finding, ties together: "Largest rise: Libya, 44 places. Largest fall: Grenada, 38 places"."""
    change = moves["rank_change"].to_numpy(dtype=int)

    def who(places: int) -> str:
        return listed([names[area] for area in strings(moves.loc[change == places, "ref_area"])], ctx)

    parts = []
    if (change > 0).any():
        places = int(change.max())
        rise = ctx.ngettext("Largest rise: {name}, 1 place", "Largest rise: {name}, {n} places", places)
        parts.append(rise.format(name=who(places), n=ctx.number(places)))
    if (change < 0).any():
        places = -int(change.min())
        fall = ctx.ngettext("Largest fall: {name}, 1 place", "Largest fall: {name}, {n} places", places)
        parts.append(fall.format(name=who(-places), n=ctx.number(places)))
    return ". ".join(parts) or ctx.t("No rank moved")


def alt(rows: pd.DataFrame, names: Mapping[str, str], ctx: Context) -> str:
    """The bars in words."""
    parts = [
        f"{names[row['ref_area']]} {directed(int(row['rank_change']), ctx)} "
        f"({int(row['rank_from'])} → {int(row['rank_to'])})"
        for row in records(rows)
    ]
    return ctx.t("Places gained and lost. {rows}.").format(rows="; ".join(parts))
