"""Cached reads of the fan behind a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reads.cached import cached
from dashboard.reads.shared import MANY
from kpis import progress

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(MANY)
def achieved(
    wh: Warehouse, kpi: str, area: str, base_year: int, base_value: float, to_year: int
) -> progress.Fan:
    """What other Member States achieved from a base value in the years to `to_year`."""
    return progress.fan(kpi, area, base_year, base_value, to_year, store=wh.tables)
