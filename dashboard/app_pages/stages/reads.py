"""Cached reads of the page of stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.shared import MANY
from kpis import stages

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(MANY)
def overall_moves(wh: Warehouse, start: int, end: int) -> pd.DataFrame:
    """Every country with an overall stage in both years, and the change on the same KPIs."""
    return stages.overall_movers(start, end, store=wh.tables)


@cached(MANY)
def history(wh: Warehouse, area: str) -> pd.DataFrame:
    """Stages of a country: one row per dimension and year."""
    return stages.history(area, store=wh.tables)


@cached(MANY)
def moves(wh: Warehouse, start: int, end: int) -> pd.DataFrame:
    """Every dimension and country with stages in both years, and the change on the same KPIs."""
    return stages.movers(start, end, store=wh.tables)
