"""Latest values and percentiles of several areas, for the profile and for the table of all KPIs."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.compare.areas import Areas
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader


def standings(reader: Reader, areas: Areas) -> pd.DataFrame:
    """Latest value, its years and percentile of every KPI by area; of groups, medians over their countries.

    One row per area and KPI: id, name, kpi, dimension, obs_value, percentile, first_year, last_year, n, top.
    top: countries at the highest level of a coded answer, which has no median; missing for other KPIs. A
    percentile needs a fresh value.
    """
    dimensions = {kpi.id: kpi.dimension for kpi in reader.kpis.values()}
    parts = [_medians(_latest(reader, area_id)).assign(id=area_id, name=name) for area_id, name in areas]
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(dimension=rows["kpi"].map(dimensions))


def _latest(reader: Reader, area_id: str) -> pd.DataFrame:
    """Latest values of a country or of the members of a group, with `top`: whether at the highest level."""
    countries = data.members(reader.warehouse, area_id) if area_id in reader.groups.index else [area_id]
    rows = data.latest(reader.warehouse, reader.kpis, countries)
    tops = rows["kpi"].map({kpi.id: kpi.top for kpi in reader.kpis.values() if kpi.coded})
    return rows.assign(
        percentile=rows["percentile"].where(rows["fresh"]),
        top=(rows["obs_value"] == tops).where(tops.notna()).astype("boolean"),
    )


def _medians(rows: pd.DataFrame) -> pd.DataFrame:
    by_kpi = rows.groupby("kpi", sort=False)
    return by_kpi.agg(
        obs_value=("obs_value", "median"),
        percentile=("percentile", "median"),
        first_year=("time_period", "min"),
        last_year=("time_period", "max"),
        n=("obs_value", "size"),
        top=("top", _count),
    ).reset_index()


def _count(flags: pd.Series) -> float:
    """How many are true; NaN where all are missing."""
    return float(flags.sum()) if flags.notna().any() else float("nan")
