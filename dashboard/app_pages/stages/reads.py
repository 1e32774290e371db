"""Reads of the page of stages that are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from kpis import stages

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(64)
def overall_moves(wh: Warehouse, start: int, end: int) -> pd.DataFrame:
    """Every country with an overall stage in both years, and the change on the same KPIs."""
    return stages.overall_movers(start, end, store=wh.tables)
