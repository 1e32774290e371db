"""The forecast of a plan in sentences: with it and without it, what its goal takes, what comes too late."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from markupsafe import Markup, escape

from dashboard.charts import figures
from dashboard.charts import forecast_words as words
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.figures import sentence
from dashboard.charts.scalars import Row
from kpis.forecast.panel import YEARS_APART
from kpis.forecast.plan import LOOKS_BACK, Aim, EditionForecast, Need, PlanForecast, Span

FEW_PLACES, A_STEP = 3, 0.01  # a plan that moves EGDI by a step, and the rank by no more than this
TEMPLATE = "{middle} ({low} to {high})"
Measure = Literal["rank", "egdi"]
SHOWN = 0.005  # a gain that is more than 0.00 in two decimals
DIGITS = {"rank": 0, "egdi": 2}


def answer(name: str, forecast: PlanForecast, by: int, ctx: Context) -> str:
    """Where the country will probably be without the plan and with it, and what becomes of the chance.

    by: year of the goal, whose edition has a chance of its own.
    """
    edition = forecast.first
    if edition is None:
        return _without_plan(name, forecast, ctx)
    template = ctx.t(
        "If nothing new happens, {name} will be around rank {usual} in {year}; with the plan, done by "
        "{done}, around rank {plan}."
    )
    if forecast.delivered < 1:
        template = ctx.t(
            "If nothing new happens, {name} will be around rank {usual} in {year}; with {share} of the plan, "
            "done by {done}, around rank {plan}."
        )
    first = template.format(
        name=name, usual=usual_rank(edition, ctx), year=edition.year, done=forecast.done,
        plan=plan_rank(edition, ctx), share=ctx.percent(forecast.delivered),
    )  # fmt: skip
    return " ".join(filter(None, (first, _chance(forecast.aim, edition, ctx), _later(forecast, by, ctx))))


def _without_plan(name: str, forecast: PlanForecast, ctx: Context) -> str:
    """The forecast, and why the plan changes nothing in it."""
    edition = _of_interest(forecast)
    first = ctx.t("If nothing new happens, {name} will be around rank {usual} in {year}.").format(
        name=name, usual=usual_rank(edition, ctx), year=edition.year
    )
    why = ctx.t("The plan changes no part of EGDI, so nothing of this forecast.")
    if any(forecast.delta.values()):
        template = ctx.t(
            "Done by {done}, the plan comes too late for the last edition that is forecast, that of {year}."
        )
        why = template.format(done=forecast.done, year=forecast.editions[-1].year)
    return " ".join(filter(None, (first, why, _chance(forecast.aim, edition, ctx))))


def _of_interest(forecast: PlanForecast) -> EditionForecast:
    """The first edition that shows some of the plan; without one, the first that a plan could move."""
    return forecast.first or next(
        (each for each in forecast.editions if each.year > forecast.done), forecast.editions[-1]
    )


def _chance(aim: Aim | None, edition: EditionForecast, ctx: Context) -> str:
    """What the plan makes of the chance of the goal; empty without a goal that has one."""
    if aim is None or math.isnan(edition.nothing_new.chance):
        return ""
    before, after = words.chance(edition.nothing_new.chance, ctx), plan_chance(edition, ctx)
    template = ctx.t("The chance of reaching {goal} is {before} without the plan, {after} with it.")
    if before == after:
        template = ctx.t("The chance of reaching {goal} stays at {before}.")
    elif edition.chance[0] > edition.nothing_new.chance:
        template = ctx.t("The chance of reaching {goal} rises from {before} to {after}.")
    elif edition.chance[1] < edition.nothing_new.chance:
        template = ctx.t("The chance of reaching {goal} falls from {before} to {after}.")
    return template.format(goal=goal(aim, ctx), before=before, after=after)


def _later(forecast: PlanForecast, by: int, ctx: Context) -> str:
    """The chance in the edition of the goal, where the answer is of an earlier one."""
    edition = of_goal(forecast, by)
    if forecast.aim is None or edition is None or edition is forecast.first:
        return ""
    template = ctx.t("In {year} it is {after} with the plan, {before} if nothing new happens.")
    return template.format(
        year=edition.year, before=usual_chance(edition, ctx), after=plan_chance(edition, ctx)
    )


def of_goal(forecast: PlanForecast, by: int) -> EditionForecast | None:
    """The last edition up to the year of the goal that shows some of the plan, else the first that does."""
    until = [edition for edition in forecast.editions if edition.reaches and edition.year <= by]
    return until[-1] if until else forecast.first


def rise(forecast: PlanForecast, edition: EditionForecast) -> float:
    """How far EGDI rises from the last edition with the plan, in the cautious reading."""
    return edition.egdi.p50_low - forecast.egdi_now


def precedent(forecast: PlanForecast, edition: EditionForecast, stood: int, did: int, ctx: Context) -> str:
    """How often such a rise was seen. stood: countries that once stood as high; did: that rose as much."""
    words_of = {
        "rise": ctx.number(rise(forecast, edition), 2), "year": edition.year, "origin": forecast.origin,
        "n": ctx.number(stood), "k": ctx.number(did),
    }  # fmt: skip
    template = ctx.t(
        "The plan is taken as delivered. What {year} shows of it raises EGDI by {rise} from {origin}: of {n} "
        "countries that once stood near, {k} made it in as many editions."
    )
    if did == 0:
        template = ctx.t(
            "But never seen: none of {n} countries that once stood near raised its EGDI by {rise} in as many "
            "editions as lie between {origin} and {year}."
        )
    return template.format(**words_of)


def whole(forecast: PlanForecast, edition: EditionForecast, stood: int, did: int, ctx: Context) -> str:
    """The same of an edition after the goal, which shows more of the plan."""
    template = ctx.t(
        "What {year} shows of the plan raises EGDI by {rise} from {origin}: {k} of {n} countries that once "
        "stood near made that in as many editions."
    )
    if did == 0:
        template = ctx.t(
            "What {year} shows of the plan was never seen: none of {n} countries that once stood near raised "
            "its EGDI by {rise} in as many editions."
        )
    return template.format(
        rise=ctx.number(rise(forecast, edition), 2), year=edition.year, origin=forecast.origin,
        n=ctx.number(stood), k=ctx.number(did),
    )  # fmt: skip


def goal(aim: Aim, ctx: Context) -> str:
    """The goal within a sentence."""
    if aim.kind == "rank":
        return ctx.t("rank {rank} or a better one").format(rank=ctx.number(aim.value))
    return ctx.t("an EGDI of {value} or more").format(value=ctx.number(aim.value, 2))


def usual_rank(edition: EditionForecast, ctx: Context) -> str:
    """The rank without the plan, with its band."""
    return usual(edition, "rank", ctx)


def plan_rank(edition: EditionForecast, ctx: Context) -> str:
    """The rank with the plan: both readings as one, "49 to 55 (28 to 74)"."""
    return with_plan(edition, "rank", ctx)


def usual(edition: EditionForecast, measure: Measure, ctx: Context) -> str:
    """A rank or an EGDI without the plan, with its band, as plain text."""
    middle = edition.nothing_new.rank if measure == "rank" else edition.nothing_new.egdi
    return _text(Span(middle.p10, middle.p50, middle.p50, middle.p90), measure, ctx)


def with_plan(edition: EditionForecast, measure: Measure, ctx: Context) -> str:
    """A rank or an EGDI with the plan, both readings as one, as plain text."""
    return _text(edition.rank if measure == "rank" else edition.egdi, measure, ctx)


def _text(span: Span, measure: Measure, ctx: Context) -> str:
    """A span in the decimals of a forecast; one middle where both are written alike."""
    if math.isnan(span.p50_low):
        return MISSING
    ends = {name: ctx.number(value, DIGITS[measure]) for name, value in vars(span).items()}
    middle = ends["p50_low"]
    if ends["p50_low"] != ends["p50_high"]:
        middle = ctx.t("{low} to {high}").format(low=ends["p50_low"], high=ends["p50_high"])
    return ctx.t(TEMPLATE).format(middle=middle, low=ends["p10"], high=ends["p90"])


def usual_egdi(edition: EditionForecast, kpi: KpiView, ctx: Context) -> Markup:
    """EGDI without the plan, with its band."""
    egdi = edition.nothing_new.egdi
    return words.value(egdi.p50, egdi.p10, egdi.p90, kpi, edition.year, ctx)


def plan_egdi(edition: EditionForecast, kpi: KpiView, ctx: Context) -> Markup:
    """EGDI with the plan: both readings as one."""
    egdi = edition.egdi
    if ctx.number(egdi.p50_low, 2) == ctx.number(egdi.p50_high, 2):
        return words.value(egdi.p50_low, egdi.p10, egdi.p90, kpi, edition.year, ctx)
    ends = {
        name: figures.forecast(value, words.coarse(kpi), edition.year, ctx)
        for name, value in vars(egdi).items()
    }
    middle = sentence(ctx.t("{low} to {high}"), low=ends["p50_low"], high=ends["p50_high"])
    return sentence(ctx.t(TEMPLATE), middle=middle, low=ends["p10"], high=ends["p90"])


def usual_chance(edition: EditionForecast, ctx: Context) -> str:
    """The chance of the goal without the plan; the dash without a goal."""
    return words.chance(edition.nothing_new.chance, ctx)


def plan_chance(edition: EditionForecast, ctx: Context) -> str:
    """The chance of the goal with the plan: "between 40% and 54%", "at most 8%"; the dash without a goal."""
    low, high = (words.chance(share, ctx) for share in edition.chance)
    if low == high:
        return low
    template = (
        ctx.t("at most {high}") if edition.chance[0] < words.LEAST else ctx.t("between {low} and {high}")
    )
    return template.format(low=low, high=high)


def takes(forecast: PlanForecast, kpi: KpiView, ctx: Context) -> list[Markup]:
    """What the goal costs then and what an even chance and 80% take; for a stage why there is no chance."""
    edition, aim = _of_interest(forecast), forecast.aim
    if aim is None:
        return [escape(ctx.t("No chance can be given for a stage: it rests on KPIs that are not forecast."))]
    assert edition.need is not None
    return [_price(forecast, edition, aim, kpi, ctx), *_needs(edition, edition.need, aim, kpi, ctx)]


def _price(forecast: PlanForecast, edition: EditionForecast, aim: Aim, kpi: KpiView, ctx: Context) -> Markup:
    price, rounded = edition.price, words.coarse(kpi)
    assert price is not None
    if aim.kind == "egdi":
        template = ctx.t(
            "An EGDI of {egdi} gave rank {now} in {origin}; in {year} it will probably give rank {then}."
        )
        return sentence(
            template, egdi=ctx.number(aim.value, 2), now=ctx.number(forecast.price_now),
            origin=forecast.origin, year=edition.year,
            then=words.place(price.p50, price.p10, price.p90, ctx),
        )  # fmt: skip
    template = ctx.t("Rank {rank} cost an EGDI of {now} in {origin}; in {year} it will probably cost {then}.")
    return sentence(
        template, rank=ctx.number(aim.value), origin=forecast.origin, year=edition.year,
        now=figures.point(forecast.price_now, rounded, forecast.origin, ctx),
        then=words.value(price.p50, price.p10, price.p90, kpi, edition.year, ctx),
    )  # fmt: skip


def _needs(edition: EditionForecast, need: Need, aim: Aim, kpi: KpiView, ctx: Context) -> Iterator[Markup]:
    """What an even chance and one of 80% take, each with the EGDI that is the middle then."""
    for share, gain, egdi in ((0.5, need.even, need.even_egdi), (0.8, need.high, need.high_egdi)):
        yield sentence(
            _need_template(gain, ctx), share=ctx.percent(share), goal=goal(aim, ctx), year=edition.year,
            gain=ctx.number(gain, 2), egdi=figures.forecast(egdi, words.coarse(kpi), edition.year, ctx),
        )  # fmt: skip


def _need_template(gain: float, ctx: Context) -> str:
    if math.isnan(gain):
        return ctx.t("For a chance of {share} of {goal} in {year} not even the highest values are enough.")
    if gain <= 0:
        return ctx.t("For a chance of {share} of {goal} in {year} the usual course is enough.")
    return ctx.t(
        "For a chance of {share} of {goal} in {year}, the middle of the forecast must be an EGDI of {egdi}: "
        "every sub-index {gain} above the usual course."
    )


def values(forecast: PlanForecast, kpi: KpiView, ctx: Context) -> list[Markup]:
    """EGDI without and with the plan, and whether it moves the value only."""
    edition = forecast.first
    if edition is None:
        return []
    template = ctx.t("EGDI in {year}: {usual} if nothing new happens, {plan} with the plan.")
    sentences = [
        sentence(
            template,
            year=edition.year,
            usual=usual_egdi(edition, kpi, ctx),
            plan=plan_egdi(edition, kpi, ctx),
        )
    ]
    if is_value_only(edition):
        sentences.append(escape(ctx.t("The plan moves the value, hardly the rank.")))
    return sentences


def is_value_only(edition: EditionForecast) -> bool:
    """Whether a plan moves EGDI by a step or more, and the rank by a few places at most."""
    moved = edition.on_top.egdi.p50 - edition.nothing_new.egdi.p50
    return moved >= A_STEP and abs(edition.on_top.rank.p50 - edition.nothing_new.rank.p50) <= FEW_PLACES


def too_late(forecast: PlanForecast, by: int, indices: dict[str, str], ctx: Context) -> list[str]:
    """What each edition cannot show of the plan, and why. by: year of the goal; indices: code → name."""
    sentences = [_late(edition, indices, ctx) for edition in forecast.editions if edition.unseen]
    if by > forecast.done and any(forecast.delta.values()):
        shown = by + LOOKS_BACK["OSI"]
        template = ctx.t("Services done only in {by}, the year of the goal, show in {year} at the earliest.")
        sentences.append(template.format(by=by, year=shown + (shown - forecast.origin) % YEARS_APART))
    return sentences


def _late(edition: EditionForecast, indices: dict[str, str], ctx: Context) -> str:
    template = ctx.t(
        "{year} cannot show the plan: it assessed portals in {portals}, its other figures are of {figures}."
    )
    if edition.year > ctx.as_of:
        template = ctx.t(
            "{year} will not show the plan: it assesses portals in {portals}, its other figures are of "
            "{figures}."
        )
    if edition.reaches:
        template = ctx.t("{year} will not show yet: {names}. Its figures of these are of {figures}.")
    return template.format(
        year=edition.year, portals=edition.year - LOOKS_BACK["OSI"],
        figures=edition.year - LOOKS_BACK["TII"], names=", ".join(indices[name] for name in edition.unseen),
    )  # fmt: skip


def absorbed(forecast: PlanForecast, indices: dict[str, str], ctx: Context) -> list[str]:
    """Where the usual course already exceeds what the plan adds, so that in its place it changes nothing."""
    edition = forecast.first
    if edition is None:
        return []
    template = ctx.t(
        "{index}: the usual rise to {year}, {usual}, is no smaller than what the plan adds, {plan}. In the "
        "cautious reading, in its place, the plan changes nothing here."
    )
    return [
        template.format(
            index=indices[name], year=edition.year, usual=ctx.number(edition.usual[name], 2, sign=True),
            plan=ctx.number(gain, 2, sign=True),
        )
        for name, gain in edition.gain_on_top.items()
        if gain >= SHOWN and edition.gain_instead[name] == 0
    ]  # fmt: skip


def honest(forecast: PlanForecast, has_technology: bool, ctx: Context) -> list[str]:
    """What a reader must know beside the bands. has_technology: as of `kpis.forecast.Panel`."""
    upkeep = ctx.t(
        "A jump in online services loses on average {share} against the others by the next edition: what was "
        "built needs upkeep."
    )
    # No middle of its own: the note stands apart from the sentence with the forecast.
    today: Row = {"rank": forecast.rank_now, "rank_p50": math.nan, "origin": forecast.origin}
    notes = [
        ctx.t(
            "The cautious reading counts the plan in place of the usual course, the hopeful one on top of "
            "it; the band spans both. Neither can be tested on the past: there are no figures on plans."
        ),
        *([upkeep.format(share=ctx.percent(forecast.fall_back))] if forecast.fall_back > 0 else []),
        words.as_today(today, ctx),
        *words.notes(has_technology, ctx),
    ]
    return [note for note in notes if note]


def title(forecast: PlanForecast, ctx: Context) -> str:
    """The finding of the chart."""
    edition, measure = _of_interest(forecast), measure_of(forecast)
    template = ctx.t("{measure} in {year}: {usual}, with the plan {plan}")
    if forecast.first is None:
        template = ctx.t("{measure} in {year}: {usual}, with the plan as without")
    return template.format(
        measure=ctx.t("Rank") if measure == "rank" else "EGDI", year=edition.year,
        usual=usual(edition, measure, ctx), plan=with_plan(edition, measure, ctx),
    )  # fmt: skip


def measure_of(forecast: PlanForecast) -> Measure:
    """What the chart shows: EGDI where that is the goal, else the rank."""
    return "egdi" if forecast.aim is not None and forecast.aim.kind == "egdi" else "rank"


def taken(
    forecast: PlanForecast, now: dict[str, float], kpis: dict[str, KpiView], ctx: Context
) -> list[Markup]:
    """Each component that moves: from its value in the last edition to the new one. now: by component."""
    return [
        sentence(
            ctx.t("{kpi}: {now} → {then}"),
            kpi=kpis[name].name,
            now=figures.point(now.get(name), _fine(kpis[name]), forecast.origin, ctx),
            then=figures.point(value, _fine(kpis[name]), forecast.done, ctx),
        )
        for name, value in forecast.changes.items()
    ]


def _fine(kpi: KpiView) -> KpiView:
    """A KPI with the decimals of a lever."""
    return replace(kpi, precision=min(kpi.precision, 3 if kpi.most == 1 else 1))


def no_forecast(name: str, forecast: PlanForecast, indices: dict[str, str], ctx: Context) -> str:
    """Why there is none."""
    missing = [indices[code] for code in forecast.missing] or [MISSING]
    return words.no_forecast(name, missing, forecast.origin, ctx)
