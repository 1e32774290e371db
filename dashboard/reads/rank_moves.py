"""Who changed rank between the last two full years of a KPI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.shared import members

if TYPE_CHECKING:
    from dashboard.reads.reader import Reader
    from kpis.queries import Warehouse


@cached(64)
def moved(wh: Warehouse, kpi: str) -> pd.DataFrame:
    """Who changed rank between the last two full years of a KPI."""
    return wh.moved(kpi)


def of_group(reader: Reader, kpi_id: str, group: str) -> pd.DataFrame:
    """Ranks in both years of a group's members, with names; none of a KPI whose values are levels."""
    rows = moved(reader.warehouse, kpi_id)
    if reader.kpi(kpi_id).coded:
        rows = rows.head(0)
    rows = rows[rows["ref_area"].isin(members(reader.warehouse, group))]
    return rows.assign(name=rows["ref_area"].map(reader.area_names))
