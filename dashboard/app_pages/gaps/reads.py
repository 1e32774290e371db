"""Cached reads of the page: what a country has of each KPI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.shared import MANY

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(MANY)
def coverage(wh: Warehouse, area: str) -> pd.DataFrame:
    """One row per KPI of an area, by KPI: n_years, first_year, latest_year, gaps."""
    return wh.coverage(area).set_index("kpi")
