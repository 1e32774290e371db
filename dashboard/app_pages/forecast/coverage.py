"""Shares of cases within the band of 80 %, one row a part: a circle for values, a diamond for ranks."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.record_words import BAND
from dashboard.charts.scalars import Row, records

ROW, TALL = 27, 38  # pixels a row; tall where a name takes two lines
LONGEST = 22  # characters of a name on one line


def figure(rows: pd.DataFrame, ctx: Context) -> Chart:
    """rows: name, n, egdi_within_80, rank_within_80 (0 to 1), in the order from above."""
    names = [_wrapped(str(name)) for name in rows["name"]]
    fig = ctx.drawing(len(rows) * (TALL if any("<br>" in name for name in names) else ROW) + 64)
    _promise(fig, ctx)
    fig.add_trace(_spans(rows, ctx))
    fig.add_trace(_marks(rows, "egdi", ctx))
    fig.add_trace(_marks(rows, "rank", ctx))
    fig.add_annotations(_labels(rows, ctx))
    low = min(0.6, rows[["egdi_within_80", "rank_within_80"]].min().min() - 0.07)
    ticks = [tick / 10 for tick in range(5, 11) if tick / 10 >= low]
    fig.update_xaxes(
        range=[low, 1.04], tickvals=ticks, ticktext=[ctx.percent(tick) for tick in ticks], automargin=True
    )
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=names,
        range=[len(rows) - 0.5, -0.9],
        automargin=True,
        showgrid=False,
        ticklabelstandoff=6,
        tickfont={"color": ctx.look.ink, "size": 14},
    )
    return fig.chart()


def _wrapped(name: str) -> str:
    """A long name on two lines, broken at the space nearest to its middle."""
    if len(name) <= LONGEST or " " not in name:
        return name
    middle = min((at for at, sign in enumerate(name) if sign == " "), key=lambda at: abs(at - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def _promise(fig: Drawing, ctx: Context) -> None:
    """The line that dots should lie at."""
    fig.add_vline(x=BAND, line={"color": ctx.look.ink, "width": 1.5, "dash": "dash"})
    fig.add_annotation(
        x=BAND,
        y=-0.9,
        text=ctx.t("promised: {share}").format(share=ctx.percent(BAND)),
        showarrow=False,
        yanchor="bottom",
        font={"color": ctx.look.ink, "size": 13},
    )
    fig.update_layout(margin={"t": 26})


def _spans(rows: pd.DataFrame, ctx: Context) -> Trace:
    """A thin line from the mark of values to that of ranks, so that the eye stays in the row."""
    ends: list[float | None] = []
    heights: list[float | None] = []
    for place, row in enumerate(records(rows)):
        ends += [row["egdi_within_80"], row["rank_within_80"], None]
        heights += [place, place, None]
    return scatter(
        x=ends, y=heights, mode="lines", line={"color": ctx.look.pale, "width": 3}, hoverinfo="skip"
    )


def _marks(rows: pd.DataFrame, measure: str, ctx: Context) -> Trace:
    look = ctx.look
    fill = look.accent if measure == "egdi" else look.paper
    line = {"color": look.accent if measure == "egdi" else look.ink, "width": 2}
    return scatter(
        x=rows[f"{measure}_within_80"],
        y=list(range(len(rows))),
        mode="markers",
        marker={"symbol": _SYMBOL[measure], "size": 13, "color": fill, "line": line},
        customdata=[_hover(row, measure, ctx) for row in records(rows)],
        hovertemplate="%{customdata}<extra></extra>",
    )


_SYMBOL = {"egdi": "circle", "rank": "diamond"}


def _labels(rows: pd.DataFrame, ctx: Context) -> list[Trace]:
    """The lower share left of its mark, the higher right of its; on paper, so that no line crosses them."""
    labels = []
    for place, row in enumerate(records(rows)):
        low, high = sorted((row["egdi_within_80"], row["rank_within_80"]))
        labels += [_label(low, place, -1, ctx), _label(high, place, 1, ctx)]
    return labels


def _label(share: float, place: int, side: int, ctx: Context) -> Trace:
    return {
        "x": share,
        "y": place,
        "text": ctx.percent(share),
        "showarrow": False,
        "xanchor": "left" if side > 0 else "right",
        "xshift": side * 9,
        "bgcolor": ctx.look.paper,
        "borderpad": 1,
        "font": {"color": ctx.look.ink, "size": 13},
    }


def _hover(row: Row, measure: str, ctx: Context) -> str:
    template = {
        "egdi": ctx.t("values: {share} of {n} inside the band"),
        "rank": ctx.t("ranks: {share} of {n} inside the band"),
    }[measure]
    share = ctx.percent(row[f"{measure}_within_80"], 1)
    return f"<b>{row['name']}</b><br>" + template.format(share=share, n=ctx.number(row["n"]))


def title(rows: pd.DataFrame, ctx: Context) -> str:
    """The finding: between which shares the bands of 80 % held."""
    template = ctx.t(
        "Inside the band: {value_low} to {value_high} of values, {rank_low} to {rank_high} of ranks"
    )
    shares: dict[str, str] = {}
    for measure, short in (("egdi", "value"), ("rank", "rank")):
        within = rows[f"{measure}_within_80"]
        shares |= {f"{short}_low": ctx.percent(within.min()), f"{short}_high": ctx.percent(within.max())}
    return template.format(**shares)


def alt(rows: pd.DataFrame, ctx: Context) -> str:
    """The shares in words."""
    template = ctx.t("{name}: values {values}, ranks {ranks}")
    parts = [
        template.format(
            name=row["name"],
            values=ctx.percent(row["egdi_within_80"]),
            ranks=ctx.percent(row["rank_within_80"]),
        )
        for row in records(rows)
    ]
    return ctx.t("Share of cases inside the band that promised {band}. {rows}.").format(
        band=ctx.percent(BAND), rows="; ".join(parts)
    )
