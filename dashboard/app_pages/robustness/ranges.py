"""Rank intervals: a bar a country for some, a skyline of distances from the published rank for the world."""

from __future__ import annotations

import numpy as np
import pandas as pd
from markupsafe import Markup

from dashboard.charts import marks, robustness_words
from dashboard.charts.context import MISSING, Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar, scatter

ROW = 24  # pixels per country
STEP = 25  # ranks between two that the axis names


def range_text(row: pd.Series, ctx: Context) -> str:
    """An interval in words: "61–75", or the one rank; a dash where there is none."""
    if pd.isna(row["low"]):
        return MISSING
    low, high = ctx.number(row["low"]), ctx.number(row["high"])
    return low if low == high else f"{low}–{high}"


def _hover(rows: pd.DataFrame, ctx: Context) -> list[str]:
    template = ctx.t("published {rank}; nine of ten indices: {range}")
    return [
        f"<b>{row['name']}</b><br>"
        + template.format(rank=ctx.number(row["published_rank"]), range=range_text(row, ctx))
        for _area, row in rows.iterrows()
    ]


def intervals(rows: pd.DataFrame, ctx: Context, *, marked: str | None) -> Chart:
    """Bars from low to high, a diamond at the published rank.

    rows: index ref_area; name, published_rank, low, high; drawn in the order given. A country without an
    interval has its diamond alone.
    """
    at = list(range(len(rows)))
    fig = ctx.drawing(len(rows) * ROW + 44)
    fig.fill()
    colours = [ctx.look.accent if area == marked else ctx.look.peers for area in rows.index]
    fig.add_trace(_bars(rows, colours, ctx))
    low = min(rows["low"].min(), rows["published_rank"].min())
    high = max(rows["high"].max(), rows["published_rank"].max())
    clear = (high - low + 2) * (0.11 if ctx.narrow else 0.03)  # so that no label lies under a diamond
    fig.add_trace(_labels(rows, at, clear, ctx))
    fig.add_trace(_diamonds(rows, at, ctx))
    room = (high - low + 2) * (0.45 if ctx.narrow else 0.16)
    fig.update_xaxes(
        range=[low - 1.5, high + 1 + room], side="top", tickformat="d", nticks=6, automargin=True
    )
    _names(fig, rows, marked, ctx)
    return fig.chart()


def _bars(rows: pd.DataFrame, colours: list[str], ctx: Context) -> Trace:
    """The intervals. One covers whole places: rank 61 alone is drawn from 60.5 to 61.5."""
    return bar(
        orientation="h",
        y=list(range(len(rows))),
        base=rows["low"] - 0.5,
        x=rows["high"] - rows["low"] + 1,
        ids=marks.countries(rows.index),
        width=0.55,
        marker={"color": colours},
        customdata=_hover(rows, ctx),
        hovertemplate="%{customdata}<extra></extra>",
    )


def _names(fig: Drawing, rows: pd.DataFrame, marked: str | None, ctx: Context) -> None:
    names = zip(rows.index, rows["name"], strict=True)
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[f"<b>{name}</b>" if area == marked else name for area, name in names],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": ctx.look.ink, "size": 14},
    )


def _labels(rows: pd.DataFrame, at: list[int], clear: float, ctx: Context) -> Trace:
    """The interval in figures, right of its bar and at least `clear` places from the diamond."""
    return scatter(
        x=np.fmax(rows["high"] + 0.5 + clear / 4, rows["published_rank"] + clear),
        y=at,
        mode="text",
        text=[range_text(row, ctx) for _area, row in rows.iterrows()],
        textposition="middle right",
        textfont={"color": ctx.look.ink, "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _diamonds(rows: pd.DataFrame, at: list[int], ctx: Context) -> Trace:
    """The published ranks."""
    line = {"color": ctx.look.ink, "width": 2}
    return scatter(
        x=rows["published_rank"],
        y=at,
        mode="markers",
        marker={"symbol": "diamond", "size": 10, "color": ctx.look.paper, "line": line},
        customdata=_hover(rows, ctx),
        hovertemplate="%{customdata}<extra></extra>",
    )


def skyline(rows: pd.DataFrame, near: int, ctx: Context, *, height: int = 330) -> Chart:
    """Every country by published rank: how far above or below nine of ten indices place it.

    rows: index ref_area; name, published_rank, low, high, held (bool). Up is a better rank. The band is
    ± near places; countries that do not hold their rank are in the accent colour.
    """
    look = ctx.look
    rows = rows.dropna(subset=["low"])
    fig = ctx.drawing(height)
    fig.fill()
    fig.add_hrect(y0=-near - 0.5, y1=near + 0.5, fillcolor=look.rule, line={"width": 0}, layer="below")
    fig.add_trace(_towers(rows, ctx))
    fig.add_hline(y=0, line={"color": look.ink, "width": 1})
    if not ctx.narrow:
        named = robustness_words.widest(rows)
        fig.add_annotations([_name(row, len(rows), ctx) for _area, row in named.iterrows()])
    fig.update_layout(barmode="overlay")
    ticks = _ranks_named(int(rows["published_rank"].max()))
    fig.update_xaxes(
        title={"text": ctx.t("Published rank")},
        range=[0.2, ticks[-1] + 0.8],
        tickvals=ticks,
        ticktext=[ctx.number(rank) for rank in ticks],
        automargin=True,
    )
    fig.update_yaxes(title={"text": ctx.t("Places, up is better")}, tickformat="d", automargin=True)
    return fig.chart()


def legend(near: int, ctx: Context) -> Markup:
    """The two colours of `skyline` and its band, as HTML."""
    texts = (
        (ctx.look.peers, ctx.t("within {n} places of its rank in nine of ten indices")),
        (ctx.look.accent, ctx.t("in fewer")),
        (ctx.look.rule, ctx.t("band of ± {n} places")),
    )
    items = [
        Markup('<li><i style="background:{}"></i>{}</li>').format(colour, text.format(n=ctx.number(near)))
        for colour, text in texts
    ]
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))


def _ranks_named(last: int) -> list[int]:
    """The ranks that are written at the axis: the first, every twenty-fifth, the last."""
    between = [rank for rank in range(STEP, last, STEP) if last - rank > STEP / 3]
    return [1, *between, last] if last > 1 else [1]


def _towers(rows: pd.DataFrame, ctx: Context) -> Trace:
    """The intervals as distances from the published rank."""
    return bar(
        x=rows["published_rank"],
        base=rows["published_rank"] - rows["high"] - 0.5,
        y=rows["high"] - rows["low"] + 1,
        width=0.8,
        ids=marks.countries(rows.index),
        marker={"color": [ctx.look.peers if ok else ctx.look.accent for ok in rows["held"]]},
        customdata=_hover(rows, ctx),
        hovertemplate="%{customdata}<extra></extra>",
    )


def _name(row: pd.Series, n: int, ctx: Context) -> Trace:
    """The name of a country, at the end of its interval that is farther from its rank."""
    rank = row["published_rank"]
    up = rank - row["low"] >= row["high"] - rank
    return {
        "x": rank,
        "y": rank - (row["low"] if up else row["high"]),
        "text": row["name"],
        "showarrow": False,
        "yanchor": "bottom" if up else "top",
        "xanchor": "left" if rank < n / 2 else "right",
        "font": {"color": ctx.look.ink, "size": 13},
    }


def alt(rows: pd.DataFrame, ctx: Context) -> str:
    """The intervals in words, in the order given."""
    template = ctx.t("{name}: published {rank}, nine of ten indices {range}")
    parts = [
        template.format(name=row["name"], rank=ctx.number(row["published_rank"]), range=range_text(row, ctx))
        for _area, row in rows.iterrows()
    ]
    return ctx.t("Rank intervals by country. {rows}.").format(rows="; ".join(parts))


def skyline_alt(rows: pd.DataFrame, holding: int, near: int, ctx: Context) -> str:
    """The skyline in words: how many hold their rank, and who is least sure."""
    template = ctx.t(
        "Distance of the rank interval from the published rank for {n} countries. {k} stay within {near} "
        "places. {widest}."
    )
    return template.format(
        n=ctx.number(len(rows)),
        k=ctx.number(holding),
        near=ctx.number(near),
        widest=robustness_words.widest_title(rows, ctx),
    )
