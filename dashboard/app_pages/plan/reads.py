"""Cached reads of the page Plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.scalars import Row, records
from dashboard.reads.cached import cached
from dashboard.reads.shared import latest, members
from kpis import egdi, plan
from kpis.cases import Further
from kpis.forecast import PlanForecast, forecast_plan, load_panel
from kpis.forecast.model import fewest_editions
from kpis.plan import phrases
from kpis.plan.document import WORDS
from kpis.plan.releases import next_figures

if TYPE_CHECKING:
    from kpis.queries import Warehouse
    from kpis.warehouse.store import Store

Words = dict[str, dict[str, str]]  # of people: by kind (`kpis.plan.document.WORDS`), then by increment


def _tables(wh: Warehouse) -> Store:
    return wh.tables


@cached(2)
def publications(wh: Warehouse, lang: str) -> dict[str, str]:
    """When the next figure of each KPI is to be expected, in words."""
    return {kpi: phrases.publication(release, lang) for kpi, release in next_figures(_tables(wh)).items()}


@cached(64)
def levers(wh: Warehouse, area: str) -> pd.DataFrame:
    """The components a country can move."""
    return plan.levers(area, _tables(wh))


@cached(128)
def attempt(wh: Warehouse, area: str, changes: tuple[tuple[str, float], ...]) -> plan.Trial:
    """What a set of component values gives."""
    return plan.attempt(area, dict(changes), _tables(wh))


@cached(128)
def forecast(
    wh: Warehouse,
    area: str,
    goal: plan.Goal,
    changes: tuple[tuple[str, float], ...],
    done: int,
    delivered: float,
) -> PlanForecast:
    """The next editions with a set of component values and without them."""
    aim = plan.aim_of(goal)
    return forecast_plan(_tables(wh), area, dict(changes), aim=aim, done=done, delivered=delivered)


@cached(128)
def precedent(wh: Warehouse, area: str, rise: float, editions: int) -> tuple[int, int]:
    """How many other countries once stood near the EGDI of an area, and how many of them rose as much."""
    past = egdi.precedents(area, rise=rise, editions=editions, store=_tables(wh))
    others = past.spells[past.spells["ref_area"] != area]
    return int(others["ref_area"].nunique()), int(others.loc[others["achieved"], "ref_area"].nunique())


def can_forecast(wh: Warehouse) -> bool:
    """Whether there are editions enough for a forecast of the next one."""
    return len(load_panel(_tables(wh)).editions) >= fewest_editions(1)


def has_technology(wh: Warehouse) -> bool:
    """Whether the figures are held that the forecast of TII uses."""
    return load_panel(_tables(wh)).has_technology


@cached(128)
def moves(wh: Warehouse, packed: str) -> tuple[tuple[str, float], ...]:
    """The components that a plan moves, with their values; by its link without words."""
    return tuple(sorted(plan.moves(plan.load_link(packed).plan, _tables(wh)).items()))


@cached(128)
def still(wh: Warehouse, packed: str) -> tuple[str, ...]:
    """The targets of a plan that move no part of EGDI; by its link without words."""
    return plan.still(plan.load_link(packed).plan, _tables(wh))


@cached(64)
def mobile_first(wh: Warehouse, lang: str, area: str, further: Further) -> pd.DataFrame:
    """What a mobile-first plan begins with."""
    return plan.mobile_first(area, lang, _tables(wh), further=further)


@cached(64)
def lessons(wh: Warehouse, lang: str, area: str) -> list[str]:
    """Lessons for LDCs and SIDS that apply to a country."""
    return [str(lesson) for lesson in plan.lessons(area, lang, _tables(wh))["lesson"]]


@cached(64)
def markdown(wh: Warehouse, lang: str, saved: str, further: Further) -> str:
    """A plan written out, by its JSON."""
    return plan.markdown(plan.load(saved).plan, lang, _tables(wh), further=further)


@cached(64)
def rows(wh: Warehouse, lang: str, saved: str) -> pd.DataFrame:
    """A plan as a table, by its JSON."""
    return plan.rows(plan.load(saved).plan, lang, _tables(wh))


@cached(64)
def review(wh: Warehouse, saved: str) -> pd.DataFrame:
    """Planned beside actual, by the plan's JSON."""
    return plan.review(plan.load(saved).plan, _tables(wh))


def make(
    wh: Warehouse,
    outlook: plan.Outlook,
    words: Words,
    mobile_first: bool,
    levers: dict[str, float] | None = None,
) -> plan.Plan:
    """The plan of an outlook with the reader's words and levers; quick, so not cached."""
    written: dict[str, Any] = {kind: words.get(kind, {}) for kind in WORDS}
    return plan.make(outlook, **written, levers=levers, mobile_first=mobile_first, store=_tables(wh))


@cached(64)
def medians(wh: Warehouse, components: tuple[str, ...], group: str) -> dict[str, Row]:
    """Of each component with values the median of a group's latest ones, and their first and last year."""
    rows = latest(wh, components, members(wh, group)).groupby("kpi")
    found = rows.agg(
        obs_value=("obs_value", "median"), first=("time_period", "min"), last=("time_period", "max")
    )
    return {str(row["kpi"]): row for row in records(found.reset_index())}
