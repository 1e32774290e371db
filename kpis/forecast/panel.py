"""The figures behind a forecast of the UN indices: sub-indices by edition, and what moves with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.warehouse.once import once_per_store

if TYPE_CHECKING:
    from kpis.tables import Tables

FloatArray = npt.NDArray[np.float64]

INDICES = ("OSI", "TII", "HCI")
SKIPPED = (2004,)  # an edition one year after the last: with it, bands of 80 % cover 75 %
INTERNET, MOBILE = "SDG_17.8.1", "MOBILE_SUBS"
LONGEST_HOLE = 3  # years without a value that a straight line bridges


@dataclass(frozen=True)
class Panel:
    """Published sub-indices of the UN Member States by edition, with features known at that time.

    levels: edition × area × index (OSI, TII, HCI), 0 to 1; NaN where missing or of low reliability.
    osi_change: edition × area, change of OSI since the edition before.
    internet_change, mobile_change: edition × area, percentage points and subscriptions per 100 people, from
    three years to one year before the edition.
    """

    areas: tuple[str, ...]
    editions: tuple[int, ...]
    levels: FloatArray
    osi_change: FloatArray
    internet_change: FloatArray
    mobile_change: FloatArray

    def until(self, edition: int) -> Panel:
        """The panel as it was when an edition was the last."""
        n = self.editions.index(edition) + 1
        return Panel(
            self.areas,
            self.editions[:n],
            self.levels[:n],
            self.osi_change[:n],
            self.internet_change[:n],
            self.mobile_change[:n],
        )


@once_per_store
def load_panel(store: Tables, with_technology: bool = True) -> Panel:
    """The panel of a warehouse. with_technology False: without Internet use and mobile subscriptions.

    Their source allows non-commercial reuse only, so a warehouse of open sources has neither.
    """
    rows = store.query(
        "select v.kpi, v.ref_area, v.time_period, v.obs_value, v.obs_status from kpi_value as v "
        "join area as a using (ref_area) where a.un_member and v.kpi in ('OSI', 'TII', 'HCI')"
    )
    rows = rows[~rows["time_period"].isin(SKIPPED) & (rows["obs_status"] != "U")]
    areas = tuple(store.query("select ref_area from area where un_member order by 1")["ref_area"])
    editions = tuple(int(year) for year in sorted(rows["time_period"].unique()))
    levels = np.stack([_grid(rows[rows["kpi"] == name], editions, areas) for name in INDICES], axis=2)
    osi = levels[:, :, 0]
    osi_change = np.vstack([np.full((1, len(areas)), np.nan), osi[1:] - osi[:-1]])
    internet, mobile = (
        _two_year_change(store, kpi, editions, areas) if with_technology else np.full(osi.shape, np.nan)
        for kpi in (INTERNET, MOBILE)
    )
    return Panel(areas, editions, levels, osi_change, internet, mobile)


def _grid(rows: pd.DataFrame, years: tuple[int, ...], areas: tuple[str, ...]) -> FloatArray:
    wide = rows.pivot(index="time_period", columns="ref_area", values="obs_value")
    return wide.reindex(index=list(years), columns=list(areas)).to_numpy(dtype=float)


def _two_year_change(
    store: Tables, kpi: str, editions: tuple[int, ...], areas: tuple[str, ...]
) -> FloatArray:
    """Value one year before each edition minus the value three years before it."""
    rows = store.query(
        "select ref_area, time_period, obs_value from kpi_value where kpi = $kpi", {"kpi": kpi}
    )
    years = tuple(range(min(editions) - 3, max(editions)))
    wide = rows.pivot(index="time_period", columns="ref_area", values="obs_value")
    span = range(int(min(wide.index.min(), years[0])), int(max(wide.index.max(), years[-1])) + 1)
    bridged = bridge(wide.reindex(index=list(span)))
    bridged = bridged.reindex(columns=list(areas))
    before = bridged.reindex([year - 1 for year in editions]).to_numpy(dtype=float)
    earlier = bridged.reindex([year - 3 for year in editions]).to_numpy(dtype=float)
    return np.asarray(before - earlier)


def bridge(wide: pd.DataFrame, longest: int = LONGEST_HOLE) -> pd.DataFrame:
    """Years × areas with short holes between two values filled by a straight line; longer ones stay."""
    filled = wide.interpolate(method="linear", limit_area="inside")
    for area in wide.columns:
        missing = wide[area].isna()
        hole = (missing != missing.shift()).cumsum()
        size = missing.groupby(hole).transform("sum")
        filled.loc[missing & (size > longest), area] = np.nan
    return filled
