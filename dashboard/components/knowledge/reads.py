"""Cached reads of the pages of cases and of lessons; see `dashboard.reads.shared`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.shared import FEW, MANY
from kpis import cases, stages

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(FEW)
def every(lang: str) -> pd.DataFrame:
    """All cases by case_id."""
    return cases.load(lang)


@cached(MANY)
def search(wh: Warehouse, lang: str, query: str, **filters: str) -> pd.DataFrame:
    """Cases of a search; a filter is one code, verified "yes" or "no"."""
    verified = {"yes": True, "no": False}.get(filters.pop("verified", ""))
    chosen = {name: [code] for name, code in filters.items()}
    store = wh.tables
    return cases.search(query, verified=verified, lang=lang, store=store, **chosen)  # type: ignore[arg-type]


@cached(MANY)
def similar(lang: str, case: str) -> pd.DataFrame:
    """The cases most like one."""
    return cases.similar(case, lang=lang)


@cached(MANY)
def for_gate(
    wh: Warehouse, lang: str, kpi: str | None, dimension: str, stage: str | None, area: str | None, limit: int
) -> pd.DataFrame:
    """Cases for passing a gate."""
    store = wh.tables
    return cases.for_gate(
        kpi, dimension=dimension, stage=stage, area=area, limit=limit, lang=lang, store=store
    )


@cached(MANY)
def actions_for_gate(lang: str, kpi: str, dimension: str, stage: str | None) -> pd.DataFrame:
    """The actions that move one gate, then the general ones of the step."""
    return cases.actions_for_gate(kpi, dimension=dimension, stage=stage, lang=lang)


@cached(FEW)
def actions(lang: str) -> pd.DataFrame:
    """Actions by action_id."""
    return cases.actions(lang=lang)


@cached(FEW)
def lessons(lang: str) -> pd.DataFrame:
    """Lessons by lesson_id."""
    return cases.lessons(lang=lang)


@cached(FEW)
def linkage(lang: str) -> pd.DataFrame:
    """How KPIs and themes serve SDG targets."""
    return cases.linkage(lang=lang)


@cached(FEW)
def themes(lang: str, kind: str = "case") -> pd.DataFrame:
    """Themes of a kind by id, with `name` in the language."""
    return cases.themes(kind, lang)


@cached(2)
def gates() -> pd.DataFrame:
    """The bars of every gate: dimension, kpi, enhanced, transactional, connected."""
    return stages.load_gates()


@cached(2)
def kpi_groups(wh: Warehouse) -> pd.DataFrame:
    """Named KPI groups and the KPIs in them, in order."""
    return wh.kpi_groups()


@cached(FEW)
def medians(wh: Warehouse, group: str) -> pd.DataFrame:
    """Median of the members' latest values by KPI: median, n, first_year and last_year of the values."""
    table = wh.group_latest(group)
    return table.set_index("kpi")[["median", "n", "first_year", "last_year"]]
