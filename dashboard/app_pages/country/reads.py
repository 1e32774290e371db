"""Cached reads of the page Country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts.scalars import Row, records
from dashboard.reads.cached import cached
from dashboard.reads.shared import kpi_records

if TYPE_CHECKING:
    from kpis.queries import Warehouse

Scale = tuple[float, float]
LIMITED = ("percent", "index", "score")  # kinds of unit whose limits are where values lie


@cached(2)
def scales(wh: Warehouse) -> dict[str, Scale]:
    """Lower and upper end of the scale of each KPI with values, the same for every country.

    The goalposts; without them the limits of a percentage, an index or a score; else the lowest and the
    highest value that any UN Member State ever had.
    """
    seen = wh.sql(
        "select v.kpi, min(v.obs_value) as low, max(v.obs_value) as high from kpi_value as v "
        "join area as a using (ref_area) where a.un_member group by v.kpi order by v.kpi"
    )
    entries = kpi_records(wh)
    return {row["kpi"]: _scale(entries[row["kpi"]], row) for row in records(seen)}


def _scale(entry: Row, seen: Row) -> Scale:
    """The scale of a KPI. entry: of the catalogue; seen: low and high of its values."""
    ends = [(entry["worst"], entry["best"])]
    if entry["unit_kind"] in LIMITED:
        ends.append((entry["limit_low"], entry["limit_high"]))
    for start, end in ends:
        if not (pd.isna(start) or pd.isna(end)):
            return min(float(start), float(end)), max(float(start), float(end))
    return float(seen["low"]), float(seen["high"])
