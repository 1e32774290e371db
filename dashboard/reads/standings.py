"""Latest values and percentiles of several areas side by side, and what a country is measured against."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dashboard.charts.scalars import Row, records
from dashboard.reads import shared as data
from dashboard.reads.cross_section import Counted, cross_section
from dashboard.reads.reader import Reader

Areas = tuple[tuple[str, str], ...]  # (ref_area or group_id, name in the reader's language)


def standings(reader: Reader, areas: Areas) -> pd.DataFrame:
    """Latest value, its years and percentile of every KPI by area; of groups, medians over their countries.

    One row per area and KPI: id, name, kpi, dimension, obs_value, percentile, first_year, last_year, n, top.
    top: countries at the highest level of a coded answer, which has no median; missing for other KPIs. A
    percentile needs a fresh value.
    """
    dimensions = {kpi.id: kpi.dimension for kpi in reader.kpis.values()}
    parts = [_standing(reader, area_id).assign(id=area_id, name=name) for area_id, name in areas]
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(dimension=rows["kpi"].map(dimensions))


def _standing(reader: Reader, area_id: str) -> pd.DataFrame:
    """The rows of a country, or the medians over the members of a group."""
    countries = data.members(reader.warehouse, area_id) if reader.is_group(area_id) else [area_id]
    return cross_section(reader.warehouse).medians(countries)


def ranked(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Fresh values with a percentile, of KPIs that belong to a dimension; `overall` is none."""
    kpis = reader.kpis
    dimensions = np.array([kpis[kpi_id].dimension for kpi_id in rows["kpi"]], dtype=object)
    is_fresh = rows["fresh"].to_numpy(bool, na_value=False)
    is_usable = is_fresh & rows["percentile"].notna().to_numpy() & (dimensions != "overall")
    usable: pd.DataFrame = rows[is_usable].assign(dimension=dimensions[is_usable])
    return usable


def others(reader: Reader, area: str, peers: str) -> list[str]:
    """The members of a group without the area itself."""
    return [member for member in data.members(reader.warehouse, peers) if member != area]


def middles(reader: Reader, area: str, peers: str, kpi_ids: Iterable[str]) -> dict[str, Row]:
    """Of each KPI the medians of the peers' fresh values and percentiles, and the years of these values."""
    rows = cross_section(reader.warehouse).medians(others(reader, area, peers), Counted.FRESH)
    rows = rows[rows["kpi"].isin(list(kpi_ids))].rename(columns={"first_year": "first", "last_year": "last"})
    return {str(row["kpi"]): row for row in records(rows)}
