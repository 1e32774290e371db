"""Reads of the page Progress: statuses, whether the methods agree, and the fan behind a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.app_pages.progress.outlook import Outlook
from dashboard.charts.scalars import Row, records
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from kpis import forecast, progress

if TYPE_CHECKING:
    from kpis.queries import Warehouse

TARGET_YEAR = 2030


def statuses(wh: Warehouse, area: str, horizon: int) -> pd.DataFrame:
    """Every KPI of a country with a target and a value, by every method; the trend to the year `horizon`."""
    return data.progress(wh, (area,), None if horizon == TARGET_YEAR else horizon)


def by_method(wh: Warehouse, areas: tuple[str, ...], method: str) -> pd.DataFrame:
    """Every KPI with a target of some countries, by one method."""
    rows = data.progress(wh, areas, None)
    return rows[rows["method"] == method]


@cached(data.MANY)
def disagreements(wh: Warehouse, areas: tuple[str, ...]) -> pd.DataFrame:
    """Whether the methods agree: one row per KPI and area that has a value."""
    return progress.disagreement(data.progress(wh, areas, None))


@cached(data.MANY)
def achieved(
    wh: Warehouse, kpi: str, area: str, base_year: int, base_value: float, to_year: int
) -> progress.Fan:
    """What other Member States achieved from a base value in the years to `to_year`."""
    return progress.fan(kpi, area, base_year, base_value, to_year, store=wh.tables)


@cached(data.FEW)
def gates(wh: Warehouse) -> dict[str, Row]:
    """What the past says of forecasts of each KPI with a target, by its id; rows of `kpis.forecast.gates`."""
    return {str(row["kpi"]): row for row in records(forecast.stored_gates(wh.tables))}


@cached(data.MANY)
def forecasts(wh: Warehouse, area: str) -> dict[str, Row]:
    """The forecasts of a country by KPI, in the year of its target; rows of `kpis.forecast.annual_rows`."""
    return {str(row["measure"]): row for row in records(forecast.stored_annual(wh.tables, [area]))}


def outlook(wh: Warehouse, area: str, kpi: str) -> Outlook:
    """What may be said of a KPI with a target in a country in the year of the target."""
    return Outlook(gates(wh)[kpi], forecasts(wh, area).get(kpi), promised(wh, area).get(kpi))


@cached(data.MANY)
def expected(wh: Warehouse, area_codes: tuple[str, ...] | None) -> pd.DataFrame:
    """How many of some countries, or of all, compound growth and the forecast bring to each KPI's level."""
    return forecast.expected(wh.tables, area_codes)


@cached(data.MANY)
def promised(wh: Warehouse, area: str) -> dict[str, Row]:
    """What compound growth, the UN's rule, says in the year of its target of each KPI that has a value."""
    rows = records(by_method(wh, (area,), "unsd"))
    return {str(row["kpi"]): row for row in reversed(rows)}  # the first row of a KPI stands
