"""Cached reads of the page World: a KPI in every year, and the region of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads import shared as data
from dashboard.reads.cached import cached

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(data.MANY)
def history(wh: Warehouse, kpi_id: str) -> pd.DataFrame:
    """ref_area, time_period, obs_value of a KPI, without the editions of a coded answer on another scale."""
    rows = wh.sql(
        "select ref_area, time_period, obs_value from kpi_value where kpi = $kpi and obs_value is not null",
        {"kpi": kpi_id},
    )
    other = data.shorter_scales(wh).get(kpi_id, [])
    return rows[~rows["time_period"].isin(other)].reset_index(drop=True)


def region_of(wh: Warehouse, area: str | None) -> str:
    """The group id of a country's region, such as AFRICA; empty without a country."""
    return "" if area is None else str(data.areas(wh, "en").loc[area, "region"]).upper()
