"""Cached reads of the fan behind a path."""

from __future__ import annotations

from dashboard.reads.keep import kept
from dashboard.reads.shared import MANY, warehouse
from kpis import progress


@kept(MANY)
def achieved(
    version: str, kpi: str, area: str, base_year: int, base_value: float, to_year: int
) -> progress.Fan:
    """What other Member States achieved from a base value in the years to `to_year`."""
    return progress.fan(kpi, area, base_year, base_value, to_year, store=warehouse(version).tables)
