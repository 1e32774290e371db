"""From stage to stage between two years: stages stand left and right, bands are countries.

A band that rises is blue, one that falls is orange and hatched; countries that stay are pale. Numbers stand
at the bars and in the bands that have room for them, names in the tooltip and in the table.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.charts import stage_words
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.scalars import Row, records

HEIGHT = 350
TOP = 3
GAP = 0.055  # between stages, as a share of all countries
BAR = 0.035  # width of a stage, as a share of the way between the years
ROOM = 0.05  # a band must hold this share of the countries to have its number inside
MOST_NAMES = 12


def flows(moves: pd.DataFrame) -> pd.DataFrame:
    """Bands: stage_from, stage_to, n, names; one row per pair that occurs, highest stages first.

    moves: one row per country with stage_from, stage_to and name.
    """
    pairs = moves.sort_values("name").groupby(["stage_from", "stage_to"])["name"]
    bands = pd.DataFrame({"n": pairs.size(), "names": pairs.agg(list)}).reset_index()
    return bands.sort_values(["stage_from", "stage_to"], ascending=False, ignore_index=True)


def figure(bands: pd.DataFrame, years: tuple[int, int], ctx: Context) -> Chart:
    """The flow. bands: as `flows` gives them."""
    fig = ctx.drawing(HEIGHT)
    total = max(int(bands["n"].sum()), 1)
    gap = GAP * total
    left, right = (_feet(bands, side, gap) for side in ("stage_from", "stage_to"))
    placed = bands.assign(y_from=_stacked(bands, "stage_from", left), y_to=_stacked(bands, "stage_to", right))
    _bands(fig, placed, ROOM * total, ctx)
    for feet, side, at in ((left, "stage_from", 0.0), (right, "stage_to", 1.0)):
        _stages(fig, bands.groupby(side)["n"].sum(), feet, at, ctx)
    top = total + (TOP + 0.6) * gap
    _years(fig, years, top, ctx)
    margin = 0.16 if ctx.narrow else 0.36
    fig.update_xaxes(visible=False, range=[-margin, 1 + margin])
    fig.update_yaxes(visible=False, range=[-0.4 * gap, top + 1.4 * gap])
    fig.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, hovermode="closest")
    return fig.chart()


def _bands(fig: Drawing, placed: pd.DataFrame, room: float, ctx: Context) -> None:
    """The bands, moves above stays; a move of at least `room` countries has its number."""
    order = placed.assign(moved=placed["stage_from"] != placed["stage_to"]).sort_values("moved")
    for band in records(order):
        fig.add_trace(_band(band, ctx))
    for band in records(placed):
        if band["stage_from"] != band["stage_to"] and band["n"] >= room:
            _number(fig, band, ctx)


def _years(fig: Drawing, years: tuple[int, int], top: float, ctx: Context) -> None:
    for year, at in zip(years, (0.0, 1.0), strict=True):
        fig.add_annotation(
            x=at, y=top, text=f"<b>{year}</b>", showarrow=False, yanchor="bottom",
            xanchor="left" if at == 0 else "right", font={"size": 14, "color": ctx.look.ink},
        )  # fmt: skip


def _feet(bands: pd.DataFrame, side: str, gap: float) -> list[float]:
    """Lower end of each stage's bar, from emerging upwards."""
    counts = bands.groupby(side)["n"].sum().reindex(range(TOP + 1), fill_value=0)
    return [float(counts[:stage].sum()) + stage * gap for stage in range(TOP + 1)]


def _stacked(bands: pd.DataFrame, side: str, feet: list[float]) -> pd.Series:
    """Lower end of each band at one side, in the order of the stages at the other, so that few cross."""
    other = "stage_to" if side == "stage_from" else "stage_from"
    ordered = bands.sort_values([side, other])
    below = ordered.groupby(side)["n"].cumsum() - ordered["n"]
    return (below + ordered[side].map(dict(enumerate(feet)))).reindex(bands.index)


def _band(band: Row, ctx: Context) -> Trace:
    x, lower = _edge(band["y_from"], band["y_to"])
    change = band["stage_to"] - band["stage_from"]
    return scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([lower, lower[::-1] + band["n"]]),
        mode="lines",
        line={"width": 0.8, "color": ctx.look.paper},
        fill="toself",
        **_fill(change, ctx),
        opacity=0.75 if change else 0.6,
        hoveron="fills",
        hoverinfo="text",
        text=hover(band, ctx),
        name=f"{band['stage_from']}{band['stage_to']}",
    )


def _edge(low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """The lower edge of a band: x and y of a smooth curve from one bar to the other."""
    across = np.linspace(0, 1, 25)
    bend = across**2 * (3 - 2 * across)
    return BAR + (1 - 2 * BAR) * across, low + (high - low) * bend


def _fill(change: int, ctx: Context) -> Trace:
    """Colour and hatch of a band by its direction."""
    look = ctx.look
    colour = look.pale if change == 0 else look.better if change > 0 else look.worse
    pattern = {"shape": "\\" if change < 0 else "", "bgcolor": colour, "fgcolor": look.paper}
    return {"fillcolor": colour, "fillpattern": {**pattern, "size": 7, "solidity": 0.15}}


def hover(band: Row, ctx: Context) -> str:
    """A band in words: from where to where, how many, who."""
    names = band["names"]
    lines = "<br>".join(", ".join(names[n : n + 3]) for n in range(0, min(len(names), MOST_NAMES), 3))
    if len(names) > MOST_NAMES:
        lines += "<br>" + ctx.t("and {n} more").format(n=ctx.number(len(names) - MOST_NAMES))
    step = f"{stage_words.numbered(band['stage_from'], ctx)} → {stage_words.numbered(band['stage_to'], ctx)}"
    return f"<b>{step}: {ctx.number(len(names))}</b><br>{lines}"


def _number(fig: Drawing, band: Row, ctx: Context) -> None:
    arrow = "▲" if band["stage_to"] > band["stage_from"] else "▼"
    fig.add_annotation(
        x=BAR + 0.02,
        y=band["y_from"] + band["n"] / 2,
        text=f"<b>{arrow} {ctx.number(band['n'])}</b>",
        showarrow=False,
        xanchor="left",
        font={"size": 13, "color": ctx.look.ink},
        bgcolor=ctx.look.paper,
        borderpad=1,
    )


def _stages(fig: Drawing, counts: pd.Series, feet: list[float], at: float, ctx: Context) -> None:
    """The bars of one year with number, name and count outside of them."""
    look, first = ctx.look, at == 0.0
    for stage, foot in enumerate(feet):
        n = int(counts.get(stage, 0))
        ends = (0.0, BAR) if first else (1 - BAR, 1.0)
        if n:
            fig.add_shape(
                type="rect", x0=ends[0], x1=ends[1], y0=foot, y1=foot + n,
                line={"width": 1, "color": look.outline}, fillcolor=look.stages[stage],
            )  # fmt: skip
        name = str(stage + 1) if ctx.narrow else stage_words.numbered(stage, ctx)
        fig.add_annotation(
            x=-0.015 if first else 1.015,
            y=foot + n / 2,
            text=f"{name}: <b>{ctx.number(n)}</b>",
            showarrow=False,
            xanchor="right" if first else "left",
            font={"size": 14, "color": look.ink if n else look.muted},
        )


def title(bands: pd.DataFrame, what: str, ctx: Context) -> str:
    """The finding: "Overall stage: 31 of 192 rose, 2 fell"."""
    n = int(bands["n"].sum())
    if n == 0:
        return ctx.t("No stages known in both years")
    up = int(bands.loc[bands["stage_to"] > bands["stage_from"], "n"].sum())
    down = int(bands.loc[bands["stage_to"] < bands["stage_from"], "n"].sum())
    return ctx.t("{what}: {up} of {n} countries up, {down} down").format(
        what=what, up=ctx.number(up), n=ctx.number(n), down=ctx.number(down)
    )


def alt(bands: pd.DataFrame, years: tuple[int, int], ctx: Context) -> str:
    """The bands in words."""
    parts = [
        f"{stage_words.numbered(band['stage_from'], ctx)} → "
        f"{stage_words.numbered(band['stage_to'], ctx)}: {ctx.number(band['n'])}"
        for band in records(bands)
    ]
    return ctx.t("Countries from stage to stage, {start} to {end}. {bands}.").format(
        start=years[0], end=years[1], bands="; ".join(parts)
    )
