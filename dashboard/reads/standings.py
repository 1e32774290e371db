"""Latest values and percentiles of several areas side by side, and what a country is measured against."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.charts.scalars import Row, records
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

Areas = tuple[tuple[str, str], ...]  # (ref_area or group_id, name in the reader's language)


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


def ranked(rows: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Fresh values with a percentile, of KPIs that belong to a dimension; `overall` is none."""
    dimensions = {kpi.id: kpi.dimension for kpi in reader.kpis.values()}
    is_usable = rows["fresh"].fillna(False).astype(bool) & rows["percentile"].notna()
    usable = rows[is_usable]
    usable = usable.assign(dimension=usable["kpi"].map(dimensions))
    return usable[usable["dimension"] != "overall"]


def others(reader: Reader, area: str, peers: str) -> list[str]:
    """The members of a group without the area itself."""
    return [member for member in data.members(reader.warehouse, peers) if member != area]


def middles(reader: Reader, area: str, peers: str, kpi_ids: Iterable[str]) -> dict[str, Row]:
    """Of each KPI the medians of the peers' fresh values and percentiles, and the years of these values."""
    rows = data.latest(reader.warehouse, kpi_ids, others(reader, area, peers))
    rows = rows[rows["fresh"].fillna(False).astype(bool)]
    medians = rows.groupby("kpi").agg(
        obs_value=("obs_value", "median"),
        percentile=("percentile", "median"),
        first=("time_period", "min"),
        last=("time_period", "max"),
        n=("obs_value", "size"),
    )
    return {str(row["kpi"]): row for row in records(medians.reset_index())}
