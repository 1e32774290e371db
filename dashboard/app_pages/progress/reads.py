"""Reads of the page Progress: statuses of a country or by a method, and the fan behind a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from kpis import progress

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
def achieved(
    wh: Warehouse, kpi: str, area: str, base_year: int, base_value: float, to_year: int
) -> progress.Fan:
    """What other Member States achieved from a base value in the years to `to_year`."""
    return progress.fan(kpi, area, base_year, base_value, to_year, store=wh.tables)
