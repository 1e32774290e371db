"""Cached reads of the pages of cases and of lessons; see `dashboard.reads.shared`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.shared import FEW, MANY, stage_profile
from kpis import cases, stages
from kpis.cases import Further

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(FEW)
def all_cases(lang: str, further: Further) -> pd.DataFrame:
    """All cases by case_id, those beside the catalogue too."""
    return cases.load(lang, further)


def case(lang: str, case_id: str, further: Further) -> pd.Series:
    """A case: its columns in `all_cases`. Raises KeyError for an unknown id."""
    return all_cases(lang, further).loc[[case_id]].iloc[0]


Codes = str | tuple[str, ...]  # one code or several; empty: any


@cached(MANY)
def search(
    wh: Warehouse,
    lang: str,
    query: str,
    further: Further,
    *,
    theme: Codes = (),
    dimension: Codes = (),
    stage: Codes = (),
    channel: Codes = (),
    target: Codes = (),
    group: Codes = (),
    level: Codes = (),
    verified: Codes = (),
) -> pd.DataFrame:
    """Cases of a search. verified: "yes" or "no"; an empty filter does not filter."""
    return cases.search(
        query,
        theme=theme or (),
        dimension=dimension or (),
        stage=stage or (),
        channel=channel or (),
        target=target or (),
        group=group or (),
        level=level or (),
        verified={"yes": True, "no": False}.get(str(verified)),
        lang=lang,
        store=wh.tables,
        further=further,
    )


def nearest(wh: Warehouse, rows: pd.DataFrame, area: str) -> pd.DataFrame:
    """Cases from the countries nearest to an area first, at its next stage before others."""
    overall = stage_profile(wh, area).overall
    aim = None if overall is None else stages.STAGES[min(overall + 1, len(stages.STAGES) - 1)]
    return cases.by_closeness(rows, area, aim=aim, store=wh.tables)


@cached(MANY)
def similar(lang: str, case: str, further: Further) -> pd.DataFrame:
    """The cases most similar to a case."""
    return cases.similar(case, lang=lang, further=further)


@cached(MANY)
def for_gate(
    wh: Warehouse,
    lang: str,
    kpi: str | None,
    dimension: str,
    stage: str | None,
    area: str | None,
    limit: int,
    further: Further,
) -> pd.DataFrame:
    """Cases for passing a gate."""
    return cases.for_gate(
        kpi,
        dimension=dimension,
        stage=stage,
        area=area,
        limit=limit,
        lang=lang,
        store=wh.tables,
        further=further,
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


def theme(lang: str, theme_id: str, kind: str = "case") -> pd.Series:
    """A theme: its columns in `themes`. Raises KeyError for an unknown id."""
    return themes(lang, kind).loc[[theme_id]].iloc[0]


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
