"""Rank intervals: a bar a country for some, a skyline of distances from the published rank for the world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.charts import marks
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Trace, bar, scatter

ROW = 24  # pixels per country
WIDEST = 3  # countries named in the skyline


def said(row: pd.Series, ctx: Context) -> str:
    """An interval in words: "61–75", or the one rank; a dash where there is none."""
    if pd.isna(row["low"]):
        return "–"
    low, high = ctx.number(row["low"]), ctx.number(row["high"])
    return low if low == high else f"{low}–{high}"


def _hover(rows: pd.DataFrame, ctx: Context) -> list[str]:
    text = ctx.t("published {rank}; nine of ten indices: {range}")
    return [
        f"<b>{row['name']}</b><br>"
        + text.format(rank=ctx.number(row["published_rank"]), range=said(row, ctx))
        for _at, row in rows.iterrows()
    ]


def intervals(rows: pd.DataFrame, ctx: Context, *, marked: str | None) -> Chart:
    """Bars from low to high, a diamond at the published rank.

    rows: index ref_area; name, published_rank, low, high; drawn in the order given. A country without an
    interval has its diamond alone.
    """
    look, at = ctx.look, list(range(len(rows)))
    accent = [area == marked for area in rows.index]
    fig = ctx.drawing(len(rows) * ROW + 44)
    # an interval covers whole places: rank 61 alone is drawn from 60.5 to 61.5
    fig.add_trace(
        bar(
            orientation="h",
            y=at,
            base=rows["low"] - 0.5,
            x=rows["high"] - rows["low"] + 1,
            ids=marks.countries(rows.index),
            width=0.55,
            marker={"color": [look.accent if on else look.peers for on in accent]},
            customdata=_hover(rows, ctx),
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    low = min(rows["low"].min(), rows["published_rank"].min())
    high = max(rows["high"].max(), rows["published_rank"].max())
    clear = (high - low + 2) * (0.11 if ctx.narrow else 0.02)  # so that no label lies under a diamond
    fig.add_trace(_labels(rows, at, clear, ctx))
    fig.add_trace(_diamonds(rows, at, ctx))
    room = (high - low + 2) * (0.4 if ctx.narrow else 0.1)
    fig.update_xaxes(
        range=[low - 1.5, high + 1 + room], side="top", tickformat="d", nticks=6, automargin=True
    )
    fig.update_yaxes(
        tickvals=at,
        ticktext=[f"<b>{name}</b>" if on else name for name, on in zip(rows["name"], accent, strict=True)],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": look.ink, "size": 14},
    )
    return fig.chart()


def _labels(rows: pd.DataFrame, at: list[int], clear: float, ctx: Context) -> Trace:
    """The interval in figures, right of its bar and at least `clear` places from the diamond."""
    return scatter(
        x=np.fmax(rows["high"] + 0.5 + clear / 4, rows["published_rank"] + clear),
        y=at,
        mode="text",
        text=[said(row, ctx) for _area, row in rows.iterrows()],
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
    ± near places; who does not hold the rank is in accent.
    """
    look = ctx.look
    rows = rows.dropna(subset=["low"])
    fig = ctx.drawing(height)
    fig.add_hrect(y0=-near - 0.5, y1=near + 0.5, fillcolor=look.rule, line={"width": 0}, layer="below")
    fig.add_trace(
        bar(
            x=rows["published_rank"],
            base=rows["published_rank"] - rows["high"] - 0.5,
            y=rows["high"] - rows["low"] + 1,
            width=0.8,
            ids=marks.countries(rows.index),
            marker={"color": [look.peers if ok else look.accent for ok in rows["held"]]},
            customdata=_hover(rows, ctx),
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    fig.add_hline(y=0, line={"color": look.ink, "width": 1})
    for area in [] if ctx.narrow else widest(rows).index:
        row = rows.loc[area]
        up = row["published_rank"] - row["low"] >= row["high"] - row["published_rank"]
        fig.add_annotation(
            x=row["published_rank"],
            y=row["published_rank"] - (row["low"] if up else row["high"]),
            text=row["name"],
            showarrow=False,
            yanchor="bottom" if up else "top",
            xanchor="left" if row["published_rank"] < len(rows) / 2 else "right",
            font={"color": look.ink, "size": 13},
        )
    fig.update_layout(barmode="overlay")
    fig.update_xaxes(
        title={"text": ctx.t("Published rank")},
        range=[0, rows["published_rank"].max() + 1],
        automargin=True,
    )
    fig.update_yaxes(title={"text": ctx.t("Places, up is better")}, tickformat="d", automargin=True)
    return fig.chart()


def widest(rows: pd.DataFrame) -> pd.DataFrame:
    """The countries with the widest intervals, widest first; ties in the order of the published rank."""
    known = rows.dropna(subset=["low"]).sort_values("published_rank")
    return known.assign(width=known["high"] - known["low"]).nlargest(WIDEST, "width")


def widest_title(rows: pd.DataFrame, ctx: Context) -> str:
    """Title of the skyline: "Least sure: Utopia, between 20 and 60"."""
    first = widest(rows).iloc[0]
    return ctx.t("Least sure: {name}, between {low} and {high}").format(
        name=first["name"], low=ctx.number(first["low"]), high=ctx.number(first["high"])
    )


def alt(rows: pd.DataFrame, ctx: Context) -> str:
    """The intervals in words, in the order given."""
    one = ctx.t("{name}: published {rank}, nine of ten indices {range}")
    parts = [
        one.format(name=row["name"], rank=ctx.number(row["published_rank"]), range=said(row, ctx))
        for _area, row in rows.iterrows()
    ]
    return ctx.t("Rank intervals by country. {rows}.").format(rows="; ".join(parts))


def skyline_alt(rows: pd.DataFrame, holding: int, near: int, ctx: Context) -> str:
    """The skyline in words: how many hold their rank, and who is least sure."""
    said_ = ctx.t(
        "Distance of the rank interval from the published rank for {n} countries. {k} stay within {near} "
        "places. {widest}."
    )
    return said_.format(
        n=ctx.number(len(rows)),
        k=ctx.number(holding),
        near=ctx.number(near),
        widest=widest_title(rows, ctx),
    )
