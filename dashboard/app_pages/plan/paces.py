"""When each gate would be reached: one row per KPI, a line for each pace, the goal's year as a rule."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, scatter

ROW = 58
ROOM = {False: 0.55, True: 1.2}  # of the span, to the right of the goal, for the words of an arrival
LANES = (("own", -0.02, "diamond"), ("peers", 0.27, "circle"))


def figure(rows: pd.DataFrame, by: int, names: dict[str, str], ctx: Context) -> Chart:
    """Lines from today to the year of arrival; one after the goal leaves the picture with an arrow.

    rows: needed gates, columns of `kpis.plan.Outlook.targets`; names: KPI → name. A pace that never arrives,
    is not known, or has probably arrived already has words in place of a line.
    """
    look = ctx.look
    fig = ctx.drawing(len(rows) * ROW + 46)
    first, last = ctx.as_of, by
    for place, row in enumerate(rows.to_dict("records")):
        fig.add_annotation(
            x=0, xref="paper", y=place - 0.32, text=_short(names[row["kpi"]], ctx), showarrow=False,
            xanchor="left", font={"color": look.ink, "size": 14},
        )  # fmt: skip
        for lane, offset, symbol in LANES:
            _lane(fig, row, lane, place + offset, symbol, (first, last), ctx)
    fig.add_vline(x=by, line={"color": look.ink, "width": 1.5, "dash": "dot"})
    fig.add_annotation(
        x=by, y=1, yref="paper", yanchor="bottom", text=ctx.t("goal {year}").format(year=by),
        showarrow=False, font={"color": look.ink, "size": 13},
    )  # fmt: skip
    fig.update_xaxes(
        range=[first - 0.15, last + ROOM[ctx.narrow] * (last - first) + 0.5],
        tickvals=_years(first, last),
        tickformat="d",
    )
    fig.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.55])
    fig.update_layout(margin={"t": 22, "b": 22, "l": 8, "r": 8})
    return fig.chart()


def _years(first: int, last: int) -> list[int]:
    """Years that the axis names: today, the goal, and some between."""
    step = max(1, round((last - first) / 6))
    return sorted({*range(first, last, step), last} - {last - 1 if step > 1 else 0})


def _lane(
    fig: Drawing, row: dict[str, Any], lane: str, y: float, symbol: str, span: tuple[int, int], ctx: Context
) -> None:
    look, (start, last) = ctx.look, span
    colour = look.accent if lane == "own" else look.peers
    said, year = words(row, lane, ctx), row[f"arrives_{lane}"]
    if pd.isna(year):
        end, marks = start, [symbol + "-open"]
    else:
        end = min(int(year), last)
        marks = [symbol + "-open", symbol if int(year) <= last else "arrow-right"]
    fig.add_trace(
        scatter(
            x=[start, end][: len(marks)], y=[y, y][: len(marks)], mode="lines+markers+text",
            line={"color": colour, "width": 3, "dash": "solid" if lane == "own" else "dot"},
            marker={"symbol": marks, "size": [7, 11][: len(marks)], "color": colour},
            text=["", said][-len(marks):] if len(marks) == 2 else [said], textposition="middle right",
            textfont={"color": look.ink if lane == "own" else look.muted, "size": 13}, cliponaxis=False,
            hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip


def words(row: dict[str, Any], lane: str, ctx: Context) -> str:
    """A pace in words: the year, or why there is none; a year in the past is never one."""
    year, state = row[f"arrives_{lane}"], row[f"state_{lane}"]
    if state == "probably_reached":
        said = ctx.t("probably reached already; the figure of {year} is missing")
        return said.format(year=int(row[f"missing_{lane}"]))
    if state == "stepwise":
        return ctx.t("an answer, no pace")
    if state == "not_known":
        return ctx.t("pace not known")
    if pd.isna(year):
        return ctx.t("never at this pace")
    return str(int(year)) if int(year) <= 2100 else ctx.t("after 2100")


def title(rows: pd.DataFrame, by: int, ctx: Context) -> str:
    """The finding: how many arrive in time at the past pace."""
    known = rows["in_time_own"].dropna()
    if known.empty:
        return ctx.t("The pace of the past five years is known for none of these gates")
    said = ctx.t("Gates in time for {by} at the pace of the past five years: {k} of {n}")
    if len(known) < len(rows):
        said = ctx.t(
            "Gates in time for {by} at the pace of the past five years: {k} of {n}; pace not known: {unknown}"
        )
    counts = {"k": int(known.sum()), "n": len(rows), "unknown": len(rows) - len(known)}
    return said.format(by=by, **{name: ctx.number(count) for name, count in counts.items()})


def alt(rows: pd.DataFrame, by: int, names: dict[str, str], ctx: Context) -> str:
    """The lines in words."""
    each = ctx.t("{kpi}: past pace {own}, best quarter of peers {peers}")
    said = [
        each.format(kpi=names[row["kpi"]], own=words(row, "own", ctx), peers=words(row, "peers", ctx))
        for row in rows.to_dict("records")
    ]
    return ctx.t("Year in which each gate is reached; the goal is {by}. {rows}.").format(
        by=by, rows="; ".join(said)
    )


def legend(ctx: Context) -> str:
    """What the two lines stand for."""
    own, peers = ctx.t("as in the past five years"), ctx.t("as the best quarter of the peers")
    return (
        f'<p class="e-foot"><span style="color:{ctx.look.accent}">━◆</span> {own} &nbsp; '
        f'<span style="color:{ctx.look.peers}">┅●</span> {peers}</p>'
    )


def _short(name: str, ctx: Context) -> str:
    most = 44 if ctx.narrow else 80
    return name if len(name) <= most else name[: most - 1] + "…"
