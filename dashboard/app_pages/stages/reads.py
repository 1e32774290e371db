"""Reads of the page of stages that are its own."""

from __future__ import annotations

import pandas as pd

from dashboard.reads.keep import kept
from dashboard.reads.shared import warehouse
from kpis import stages


@kept(64)
def overall_moves(version: str, start: int, end: int) -> pd.DataFrame:
    """Every country with an overall stage in both years, and the change on the same KPIs."""
    return stages.overall_movers(start, end, store=warehouse(version).tables)
