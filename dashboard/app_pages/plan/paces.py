"""When each gate would be reached: one row per KPI, a line for each pace, the goal's year as a rule."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts import own
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, scatter
from dashboard.charts.scalars import Row, records

ROW = 58
ROOM = {False: 0.55, True: 1.2}  # of the span, to the right of the goal, for the words of an arrival
WITHOUT = ("probably_reached", "stepwise", "not_known")  # states without a pace to draw
LANES = (("own", -0.02, "diamond"), ("peers", 0.27, "circle"))


def figure(rows: pd.DataFrame, by: int, names: dict[str, str], ctx: Context) -> Chart:
    """Lines from today to the year of arrival; one after the goal, or never, leaves it behind with an arrow.

    rows: needed gates, columns of `kpis.plan.Outlook.targets`; names: KPI → name. A pace that is not known or
    has probably arrived already has words in place of a line.
    """
    fig = ctx.drawing(len(rows) * ROW + 46)
    for place, row in enumerate(records(rows)):
        fig.add_annotation(
            x=0, xref="paper", y=place - 0.32, text=_short(names[row["kpi"]], ctx), showarrow=False,
            xanchor="left", font={"color": ctx.look.ink, "size": 14, "shadow": own.halo(ctx)},
        )  # fmt: skip
        for lane, offset, symbol in LANES:
            fig.add_trace(_lane(row, lane, place + offset, symbol, by, ctx))
    _axes(fig, len(rows), by, ctx)
    fig.update_layout(margin={"t": 22, "b": 22, "l": 8, "r": 8})
    return fig.chart()


def _axes(fig: Drawing, n: int, by: int, ctx: Context) -> None:
    """Years from today to the goal, which has a line and a name."""
    first = ctx.as_of
    fig.add_vline(x=by, line={"color": ctx.look.ink, "width": 1.5, "dash": "dot"}, layer="below")
    fig.add_annotation(
        x=by, y=1, yref="paper", yanchor="bottom", text=ctx.t("goal {year}").format(year=by),
        showarrow=False, font={"color": ctx.look.ink, "size": 13},
    )  # fmt: skip
    fig.update_xaxes(
        range=[first - 0.15, by + ROOM[ctx.narrow] * (by - first) + 0.5],
        tickvals=_years(first, by),
        tickformat="d",
    )
    fig.update_yaxes(visible=False, range=[n - 0.5, -0.55])


def _years(first: int, last: int) -> list[int]:
    """Years that the axis names: today, the goal, and some between."""
    step = max(1, round((last - first) / 6))
    return sorted({*range(first, last, step), last} - {last - 1 if step > 1 else 0})


def _lane(row: Row, lane: str, y: float, symbol: str, by: int, ctx: Context) -> Trace:
    """The line of a pace from today to its arrival or to the goal; without a pace its start and words.

    Dashed, with hollow marks: none of it has happened yet.
    """
    look, is_past = ctx.look, lane == "own"
    sentence, year = words(row, lane, ctx), row[f"arrives_{lane}"]
    x, text, symbols = [ctx.as_of], [f"\u00a0{sentence}"], [f"{symbol}-open"]
    if row[f"state_{lane}"] not in WITHOUT:
        in_time = bool(not pd.isna(year) and int(year) <= by)
        x, text = [*x, int(year) if in_time else by], ["", f"\u00a0{sentence}"]
        symbols = [*symbols, f"{symbol}-open" if in_time else "arrow-right-open"]
    colour = look.accent if is_past else look.peers
    return scatter(
        x=x, y=[y] * len(x), mode="lines+markers+text",
        line={"color": colour, "width": 2.5, "dash": "dash" if is_past else "dot"},
        marker={
            "symbol": symbols, "size": [7, 11][: len(x)], "color": colour,
            "line": {"width": 2, "color": colour},
        },
        text=text, textposition="middle right", cliponaxis=False, hovertemplate="%{text}<extra></extra>",
        textfont={"color": look.ink if is_past else look.muted, "size": 13, "shadow": own.halo(ctx)},
    )  # fmt: skip


def words(row: Row, lane: str, ctx: Context) -> str:
    """A pace in words: the year, or why there is none; a year in the past is never one."""
    year, state = row[f"arrives_{lane}"], row[f"state_{lane}"]
    if state == "probably_reached":
        template = ctx.t("probably reached already; the figure of {year} is missing")
        return template.format(year=int(row[f"missing_{lane}"]))
    if state == "stepwise":
        return ctx.t("an answer, no pace")
    if state == "not_known":
        return ctx.t("pace not known")
    if pd.isna(year):
        return ctx.t("never at this pace")
    return str(int(year)) if int(year) <= 2100 else ctx.t("after 2100")


def title(rows: pd.DataFrame, by: int, ctx: Context) -> str:
    """The finding: how many arrive in time at the past pace."""
    rated = rows["in_time_own"].dropna()
    if rated.empty:
        return ctx.t("The pace of the past five years is known for none of these gates")
    template = ctx.t("Gates in time for {by} at the pace of the past five years: {k} of {n}")
    if len(rated) < len(rows):
        template = ctx.t(
            "Gates in time for {by} at the pace of the past five years: {k} of {n}; pace not known: {unknown}"
        )
    counts = {"k": int(rated.sum()), "n": len(rows), "unknown": len(rows) - len(rated)}
    return template.format(by=by, **{name: ctx.number(count) for name, count in counts.items()})


def alt(rows: pd.DataFrame, by: int, names: dict[str, str], ctx: Context) -> str:
    """The lines in words."""
    template = ctx.t("{kpi}: past pace {own}, best quarter of peers {peers}")
    sentences = [
        template.format(kpi=names[row["kpi"]], own=words(row, "own", ctx), peers=words(row, "peers", ctx))
        for row in records(rows)
    ]
    return ctx.t("Year in which each gate is reached; the goal is {by}. {rows}.").format(
        by=by, rows="; ".join(sentences)
    )


def legend(ctx: Context) -> Markup:
    """What the two lines stand for."""
    past, peers = ctx.t("as in the past five years"), ctx.t("as the best quarter of the peers")
    html = Markup(
        '<p class="e-foot"><span style="color:{}">╍◇</span> {} &nbsp; <span style="color:{}">┅○</span> {}</p>'
    )
    return html.format(ctx.look.accent, past, ctx.look.peers, peers)


def _short(name: str, ctx: Context) -> str:
    most = 44 if ctx.narrow else 80
    return name if len(name) <= most else name[: most - 1] + "…"
