"""Cached reads of the SDG lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts.scalars import strings
from dashboard.reads.cached import cached
from dashboard.reads.shared import FEW, MANY, areas, sdg_links
from kpis.errors import RequestError
from kpis.income import MIN_AREAS
from kpis.links import association
from kpis.links import sdg as linkage
from kpis.warehouse import parts

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(2)
def by_goal(wh: Warehouse) -> pd.DataFrame:
    """KPIs and targets by goal and kind of evidence."""
    return linkage.by_goal(sdg_links(wh))


@cached(FEW)
def mechanisms(lang: str) -> pd.DataFrame:
    """How components serve targets, one row each."""
    return linkage.mechanisms(lang)


@cached(2)
def eligible(wh: Warehouse) -> list[str]:
    """KPIs that may stand on the e-government side."""
    return association.eligible(wh.tables)


@cached(MANY)
def outcomes(wh: Warehouse, kpi: str) -> list[str]:
    """SDG outcomes, those that may stand against the KPI first."""
    table = association.outcomes(kpi, wh.tables)
    return strings(table.sort_values("allowed", ascending=False, kind="stable")["outcome"])


@cached(MANY)
def shared(wh: Warehouse, kpi: str, outcome: str) -> tuple[str, ...]:
    """Figures that stand on both sides; a pair with any is not compared."""
    return parts.shared(wh.tables, kpi, outcome)


@cached(MANY)
def pair(
    wh: Warehouse, lang: str, kpi: str, outcome: str
) -> tuple[pd.DataFrame, association.Association | None]:
    """Countries of a pair that may be compared, with names; the association, None where there is none.

    None with MIN_AREAS rows or more means that a side does not vary.
    """
    store = wh.tables
    rows = association.points(kpi, outcome, store=store)
    rows = rows.assign(name=rows["ref_area"].map(areas(wh, lang)["name"]))
    if len(rows) < MIN_AREAS:
        return rows, None
    try:
        return rows, association.associate(kpi, outcome, store=store)
    except RequestError:  # the pair and the number of rows are fine, so a side does not vary
        return rows, None


@cached(MANY)
def residuals(wh: Warehouse, lang: str, kpi: str) -> pd.DataFrame:
    """Members against what their income suggests, best first, with names."""
    rows = association.residuals(kpi, store=wh.tables)
    return rows.assign(name=rows["ref_area"].map(areas(wh, lang)["name"]))
