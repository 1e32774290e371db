"""Cached reads of the pages of cases and of lessons; `version` as in `dashboard.reads.shared`."""

from __future__ import annotations

import pandas as pd

from dashboard.reads import shared as data
from dashboard.reads.keep import kept
from dashboard.reads.shared import FEW, MANY
from kpis import cases, stages


@kept(FEW)
def every(version: str, lang: str) -> pd.DataFrame:
    """All cases by case_id."""
    return cases.load(lang)


@kept(MANY)
def search(version: str, lang: str, query: str, **filters: str) -> pd.DataFrame:
    """Cases of a search; a filter is one code, verified "yes" or "no"."""
    verified = {"yes": True, "no": False}.get(filters.pop("verified", ""))
    chosen = {name: [code] for name, code in filters.items()}
    store = data.warehouse(version).tables
    return cases.search(query, verified=verified, lang=lang, store=store, **chosen)  # type: ignore[arg-type]


@kept(MANY)
def similar(version: str, lang: str, case: str) -> pd.DataFrame:
    """The cases most like one."""
    return cases.similar(case, lang=lang)


@kept(MANY)
def for_gate(
    version: str, lang: str, kpi: str | None, dimension: str, stage: str | None, area: str | None, limit: int
) -> pd.DataFrame:
    """Cases for passing a gate."""
    store = data.warehouse(version).tables
    return cases.for_gate(
        kpi, dimension=dimension, stage=stage, area=area, limit=limit, lang=lang, store=store
    )


@kept(MANY)
def actions_for_gate(version: str, lang: str, kpi: str, dimension: str, stage: str | None) -> pd.DataFrame:
    """The actions that move one gate, then the general ones of the step."""
    return cases.actions_for_gate(kpi, dimension=dimension, stage=stage, lang=lang)


@kept(FEW)
def actions(version: str, lang: str) -> pd.DataFrame:
    """Actions by action_id."""
    return cases.actions(lang=lang)


@kept(FEW)
def lessons(version: str, lang: str) -> pd.DataFrame:
    """Lessons by lesson_id."""
    return cases.lessons(lang=lang)


@kept(FEW)
def linkage(version: str, lang: str) -> pd.DataFrame:
    """How KPIs and themes serve SDG targets."""
    return cases.linkage(lang=lang)


@kept(FEW)
def themes(version: str, lang: str, kind: str = "case") -> pd.DataFrame:
    """Themes of a kind by id, with `name` in the language."""
    return cases.themes(kind, lang)


@kept(2)
def gates(version: str) -> pd.DataFrame:
    """The bars of every gate: dimension, kpi, enhanced, transactional, connected."""
    return stages.load_gates()


@kept(2)
def kpi_groups(version: str) -> pd.DataFrame:
    """Named KPI groups and the KPIs in them, in order."""
    return data.warehouse(version).kpi_groups()


@kept(FEW)
def medians(version: str, group: str) -> pd.DataFrame:
    """Median of the members' latest values by KPI: median, n, first_year and last_year of the values."""
    table = data.warehouse(version).group_latest(group)
    return table.set_index("kpi")[["median", "n", "first_year", "last_year"]]
