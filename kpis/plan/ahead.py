"""The forecast of a plan in sentences: the next editions without it and with it."""

from __future__ import annotations

from collections.abc import Iterator

from kpis.errors import RequestError
from kpis.forecast.futures import Band
from kpis.forecast.plan import PlanForecast, Span
from kpis.plan import words
from kpis.plan.document import Plan
from kpis.plan.prospects import prospects
from kpis.tables import Tables
from kpis.texts import say


def forecast_of(plan: Plan, store: Tables) -> PlanForecast | None:
    """The forecast of a plan; None where there is none."""
    try:
        forecast = prospects(plan, store).forecast
    except RequestError:  # too few editions, or a country that the last one does not rank
        return None
    return None if forecast.missing else forecast


def forecast_lines(forecast: PlanForecast, lang: str) -> Iterator[str]:
    """A forecast without the plan and with it, in sentences; the last says what it is worth."""
    edition = forecast.first or forecast.editions[-1]
    yield say(words.FORECAST_WITHOUT, lang, year=edition.year, **_places(edition.nothing_new.rank))
    if forecast.first is None:
        yield say(words.FORECAST_SAME, lang, year=edition.year)
    else:
        ranks = _places(edition.rank)
        middle = _span(ranks["p50_low"], ranks["p50_high"])
        yield say(words.FORECAST_WITH, lang, done=forecast.done, middle=middle, **ranks)
        if forecast.aim is not None:
            usual, *plan_chances = map(_in_100, (edition.nothing_new.chance, *edition.chance))
            chance = _span(*plan_chances)
            yield say(words.FORECAST_CHANCE, lang, year=edition.year, usual=usual, plan=chance)
    yield say(words.FORECAST_LIMITS, lang)


def _span(low: object, high: object) -> str:
    """Two ends, or one where they are the same."""
    return str(low) if low == high else f"{low}–{high}"


def _in_100(chance: float) -> str:
    """A chance from 0 to 1; what lies near either end is not known more closely."""
    return "<5" if chance < 0.05 else ">95" if chance > 0.95 else f"{100 * chance:.0f}"


def _places(band: Band | Span) -> dict[str, int]:
    """The ends of a band of ranks as whole numbers."""
    return {name: int(place) for name, place in vars(band).items()}
