"""Cached reads of the SDG lens."""

from __future__ import annotations

import pandas as pd

from dashboard.reads.keep import kept
from dashboard.reads.shared import FEW, MANY, areas, sdg_links, warehouse
from kpis.errors import RequestError
from kpis.links import association
from kpis.links import sdg as linkage
from kpis.warehouse import parts


@kept(2)
def by_goal(version: str) -> pd.DataFrame:
    """KPIs and targets by goal and kind of evidence."""
    return linkage.by_goal(sdg_links(version))


@kept(FEW)
def mechanisms(version: str, lang: str) -> pd.DataFrame:
    """How components serve targets, one row each."""
    return linkage.mechanisms(lang)


@kept(2)
def eligible(version: str) -> list[str]:
    """KPIs that may stand on the e-government side."""
    return association.eligible(warehouse(version).tables)


@kept(MANY)
def outcomes(version: str, kpi: str) -> list[str]:
    """SDG outcomes, those that may stand against the KPI first."""
    table = association.outcomes(kpi, warehouse(version).tables)
    return table.sort_values("allowed", ascending=False, kind="stable")["outcome"].tolist()


@kept(MANY)
def shared(version: str, kpi: str, outcome: str) -> tuple[str, ...]:
    """Figures that stand on both sides; a pair with any is not compared."""
    return parts.shared(warehouse(version).tables, kpi, outcome)


@kept(MANY)
def pair(
    version: str, lang: str, kpi: str, outcome: str
) -> tuple[pd.DataFrame, association.Association | None]:
    """Countries of a pair that may be compared, with names; the association, None where there is none.

    None with MIN_AREAS rows or more means that a side does not vary.
    """
    store = warehouse(version).tables
    rows = association.points(kpi, outcome, store=store)
    rows = rows.assign(name=rows["ref_area"].map(areas(version, lang)["name"]))
    if len(rows) < association.MIN_AREAS:
        return rows, None
    try:
        return rows, association.associate(kpi, outcome, store=store)
    except RequestError:  # the pair and the number of rows are fine, so a side does not vary
        return rows, None


@kept(MANY)
def residuals(version: str, lang: str, kpi: str) -> pd.DataFrame:
    """Members against what their income suggests, best first, with names."""
    rows = association.residuals(kpi, store=warehouse(version).tables)
    return rows.assign(name=rows["ref_area"].map(areas(version, lang)["name"]))
