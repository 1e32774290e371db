"""Each edition without and with the plan: a dashed line against a hatched bar, named where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.app_pages.plan import forecast_words as plan_words
from dashboard.app_pages.plan.forecast_words import Measure
from dashboard.charts.bands import FAINT, faded
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart, Drawing, Trace, bar, scatter
from kpis.forecast.plan import EditionForecast, PlanForecast

# Pixels: above the first edition, of a lane, between editions, of the axis.
HEAD, LANE, GAP, FOOT = 52, 46, 14, 44
LINE = 12  # pixels of a lane's line below its middle
THICK = 14
PAD = 0.04  # of the span, on both sides


def figure(forecast: PlanForecast, n: int, ctx: Context) -> Chart:
    """Bands of the coming editions, the better end to the right: of EGDI where it is the goal, else of ranks.

    n: ranks that there are. A plan that an edition cannot show has words in place of a bar; a plan that
    changes nothing has no lanes.
    """
    lanes, measure = list(_lanes(forecast)), plan_words.measure_of(forecast)
    height = int(lanes[-1][2] + LANE / 2 + GAP + FOOT)
    fig = ctx.drawing(height)
    for edition, with_plan, y in lanes:
        fig.add_annotation(
            x=0, xref="paper", xanchor="left", y=y - LINE, showarrow=False,
            text=_label(edition, with_plan, measure, ctx), font={"color": ctx.look.ink, "size": 14},
            bgcolor=ctx.look.paper, borderpad=1,
        )  # fmt: skip
        if with_plan and edition.reaches:
            fig.add_traces(_plan(edition, y + LINE, measure, ctx))
        elif not with_plan:
            fig.add_trace(_usual(edition, y + LINE, measure, ctx))
    ends = _ends(forecast, measure, n)
    _axes(fig, ends, height, measure, ctx)
    _marks(fig, forecast, ends, height, measure, ctx)
    fig.update_layout(margin={"t": 4, "b": FOOT, "l": 8, "r": 8}, barmode="overlay")
    return fig.chart()


def _lanes(forecast: PlanForecast) -> Iterator[tuple[EditionForecast, bool, float]]:
    """Edition, whether with the plan, and the middle of the lane in pixels from the head."""
    y = HEAD + LANE / 2
    changes = any(forecast.delta.values())
    for edition in forecast.editions:
        for with_plan in (False, True) if changes else (False,):
            yield edition, with_plan, y
            y += LANE if edition.reaches or not with_plan else LANE / 2
        y += GAP


def _label(edition: EditionForecast, with_plan: bool, measure: Measure, ctx: Context) -> str:
    template, text = ctx.t("<b>{year}</b> nothing new: {text}"), plan_words.usual(edition, measure, ctx)
    if with_plan and edition.reaches:
        template = ctx.t("<b>{year}</b> with the plan: {text}")
        text = plan_words.with_plan(edition, measure, ctx)
    elif with_plan:
        template = ctx.t("<b>{year}</b> with the plan: the same, it comes too late")
    return template.format(year=edition.year, text=text)


def _usual(edition: EditionForecast, y: float, measure: Measure, ctx: Context) -> Trace:
    course, colour = edition.nothing_new, ctx.look.ink
    band = course.rank if measure == "rank" else course.egdi
    return scatter(
        name="nothing_new", x=[band.p10, band.p50, band.p90], y=[y] * 3, mode="lines+markers",
        line={"color": colour, "width": 2, "dash": "dash"},
        marker={"symbol": ["line-ns-open", "circle-open", "line-ns-open"], "size": [12, 11, 12],
                "color": colour, "line": {"width": 2, "color": colour}},
        customdata=[_label(edition, False, measure, ctx)] * 3, hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _plan(edition: EditionForecast, y: float, measure: Measure, ctx: Context) -> list[Trace]:
    """The band as a hatched bar; on it the middles of both readings, hollow and dashed: nothing is sure."""
    span = edition.rank if measure == "rank" else edition.egdi
    colour, text = ctx.look.accent, _label(edition, True, measure, ctx)
    hatch = {"shape": "/", "fgcolor": colour, "bgcolor": faded(colour, FAINT), "size": 7, "solidity": 0.12}
    band = bar(
        name="plan", orientation="h", base=[span.p10], x=[span.p90 - span.p10], y=[y], width=[THICK],
        marker={"color": faded(colour, FAINT), "pattern": hatch, "line": {"color": colour, "width": 1}},
        customdata=[text], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    middles = scatter(
        name="plan_middle", x=[span.p50_low, span.p50_high], y=[y, y], mode="lines+markers",
        line={"color": colour, "width": 3, "dash": "dot"},
        marker={"symbol": "diamond", "size": 13, "color": ctx.look.paper,
                "line": {"width": 2, "color": colour}},
        customdata=[text] * 2, hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    return [band, middles]


def _ends(forecast: PlanForecast, measure: Measure, n: int) -> tuple[float, float]:
    """The left and the right end of the axis: the worst and the best rank, or the lowest and highest EGDI.

    A goal that lies further off than the bands are wide is left outside; they would be too small to read.
    """
    is_rank, places = measure == "rank", [_now(forecast, measure)]
    for edition in forecast.editions:
        course = edition.nothing_new
        usual, span = (course.rank, edition.rank) if is_rank else (course.egdi, edition.egdi)
        places += [usual.p10, usual.p90, span.p10, span.p90]
    low, high = min(places), max(places)
    aim = forecast.aim
    if aim is not None and 2 * low - high <= aim.value <= 2 * high - low:
        low, high = min(low, aim.value), max(high, aim.value)
    pad = max((high - low) * PAD, 1 if is_rank else 0.01)
    low, high = low - pad, high + pad
    return (min(high, n + 1), max(low, 0.5)) if is_rank else (max(low, 0), min(high, 1.01))


def _now(forecast: PlanForecast, measure: Measure) -> float:
    return forecast.rank_now if measure == "rank" else forecast.egdi_now


def _axes(fig: Drawing, ends: tuple[float, float], height: int, measure: Measure, ctx: Context) -> None:
    """Better to the right; pixels down."""
    title = "EGDI" if measure == "egdi" else ctx.t("Rank in EGDI, better to the right")
    fig.update_xaxes(range=list(ends), nticks=6, title={"text": title, "standoff": 4})
    if measure == "rank":
        fig.update_xaxes(tickformat="d")
    fig.update_yaxes(visible=False, range=[height - FOOT - 4, 0])


def _marks(
    fig: Drawing,
    forecast: PlanForecast,
    ends: tuple[float, float],
    height: int,
    measure: Measure,
    ctx: Context,
) -> None:
    """Upright lines with their names: the last rank or EGDI, and the goal."""
    now, digits = _now(forecast, measure), plan_words.DIGITS[measure]
    template = ctx.t("{year}: rank {value}") if measure == "rank" else ctx.t("{year}: EGDI {value}")
    marks = [(now, "solid", template.format(year=forecast.origin, value=ctx.number(now, digits)))]
    if forecast.aim is not None:
        goal = ctx.t("goal: rank {value}") if measure == "rank" else ctx.t("goal: EGDI {value}")
        value = forecast.aim.value
        marks.append((value, "dot", goal.format(value=ctx.number(value, digits))))
    for row, (place, dash, text) in enumerate(marks):
        y, share = 10 + 20 * row, (place - ends[0]) / (ends[1] - ends[0])
        if 0 <= share <= 1:
            fig.add_shape(
                type="line", x0=place, x1=place, y0=y + 8, y1=height, yref="y", layer="below",
                line={"color": ctx.look.muted, "width": 1.5, "dash": dash},
            )  # fmt: skip
        fig.add_annotation(
            x=min(max(share, 0), 1), xref="paper", y=y, text=_pointing(text, share), showarrow=False,
            xanchor="left" if share < 0.2 else "right" if share > 0.8 else "center",
            font={"color": ctx.look.muted, "size": 13},
        )  # fmt: skip


def _pointing(text: str, share: float) -> str:
    """A name with an arrow where its place lies outside; share: of the axis, from left."""
    return f"{text} →" if share > 1 else f"← {text}" if share < 0 else text


def alt(forecast: PlanForecast, ctx: Context) -> str:
    """The lanes in words."""
    measure = plan_words.measure_of(forecast)
    template = ctx.t("{year}: {usual} if nothing new happens, {plan} with the plan")
    rows = [
        template.format(
            year=edition.year,
            usual=plan_words.usual(edition, measure, ctx),
            plan=plan_words.with_plan(edition, measure, ctx),
        )
        for edition in forecast.editions
    ]
    head = ctx.t("Rank in EGDI with its band of 80%. In {origin}: {now}. {rows}.")
    if measure == "egdi":
        head = ctx.t("EGDI with its band of 80%. In {origin}: {now}. {rows}.")
    now = ctx.number(_now(forecast, measure), plan_words.DIGITS[measure])
    return head.format(origin=forecast.origin, now=now, rows="; ".join(rows))
