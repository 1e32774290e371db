"""The cross-section: the latest value of every KPI and area as matrices, and medians of countries over them.

A page that groups a table anew for each of its areas spends most of its time there; a median over some
columns of a matrix costs a fiftieth of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.reads import shared
from dashboard.reads.cached import cached

if TYPE_CHECKING:
    from kpis.queries import Warehouse

NO_YEAR, LATE = 0, 9999  # in `year`, where there is no value; later than any year


class Counted(Enum):
    """Which latest values a median rests on; old ones are older than the limit of their KPI."""

    ALL = "all"
    FRESH = "fresh"
    FRESH_IF_ANY = "fresh, or all of a KPI where none is"


@dataclass(frozen=True, eq=False)
class CrossSection:
    """Latest values, KPIs by row and areas by column; not to be changed.

    obs_value: in the KPI's unit, NaN where there is none. percentile: 0-100 among UN Member States, 100 best;
    NaN also where the value is old. year: NO_YEAR where there is no value. fresh: whether not old. top: the
    highest level of a coded answer, NaN of other KPIs.
    """

    kpis: NDArray[np.object_]
    columns: dict[str, int]
    obs_value: NDArray[np.float64]
    percentile: NDArray[np.float64]
    year: NDArray[np.int32]
    fresh: NDArray[np.bool_]
    top: NDArray[np.float64]

    def medians(self, areas: Iterable[str], counted: Counted = Counted.ALL) -> pd.DataFrame:
        """One row for each KPI of which any of the areas has a counted value.

        Columns: kpi, obs_value and percentile (medians; the percentile of fresh values), first_year and
        last_year of the values, n of them, top: how many are at the highest level, NaN unless coded.
        """
        at = [self.columns[area] for area in areas if area in self.columns]
        values, years = self.obs_value[:, at], self.year[:, at]
        counts = _counted(~np.isnan(values), self.fresh[:, at], counted)
        n = counts.sum(axis=1)
        top = np.where(np.isnan(self.top), np.nan, ((values == self.top[:, None]) & counts).sum(axis=1))
        rows = pd.DataFrame(
            {
                "kpi": self.kpis,
                "obs_value": _median(values, counts),
                "percentile": _median(self.percentile[:, at], counts),
                "first_year": np.where(counts, years, LATE).min(axis=1, initial=LATE),
                "last_year": np.where(counts, years, NO_YEAR).max(axis=1, initial=NO_YEAR),
                "n": n,
                "top": top,
            }
        )
        held: pd.DataFrame = rows[n > 0].reset_index(drop=True)
        return held

    def percentiles(self, areas: Iterable[str], kpi_ids: Iterable[str]) -> pd.DataFrame:
        """The fresh percentiles of areas: one row for each and KPI, with kpi and percentile."""
        at = [self.columns[area] for area in areas if area in self.columns]
        rows = np.flatnonzero(np.isin(self.kpis, list(kpi_ids)))
        values = self.percentile[rows][:, at]
        row, column = np.nonzero(~np.isnan(values))
        return pd.DataFrame({"kpi": self.kpis[rows][row], "percentile": values[row, column]})


def _counted(has_value: NDArray[np.bool_], fresh: NDArray[np.bool_], counted: Counted) -> NDArray[np.bool_]:
    if counted is Counted.ALL:
        return has_value
    if counted is Counted.FRESH:
        return fresh
    is_any_fresh = fresh.any(axis=1, keepdims=True)
    return (fresh & is_any_fresh) | (has_value & ~is_any_fresh)


def _median(values: NDArray[np.float64], counts: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The median of each row over what counts; NaN where nothing does."""
    counts = counts & ~np.isnan(values)
    n = counts.sum(axis=1)
    ascending = np.sort(np.where(counts, values, np.inf), axis=1)
    ascending = np.pad(ascending, ((0, 0), (0, 1)), constant_values=np.inf)  # rows of no area at all
    row = np.arange(len(values))
    low, high = ascending[row, np.maximum(n - 1, 0) // 2], ascending[row, n // 2]
    return np.where(n > 0, (low + high) / 2, np.nan)


@cached(2)
def cross_section(wh: Warehouse) -> CrossSection:
    """The cross-section of a warehouse."""
    rows = shared.all_latest(wh)
    kpis, areas = rows["kpi"].unique(), rows["ref_area"].unique()
    at = pd.Index(kpis).get_indexer(rows["kpi"]), pd.Index(areas).get_indexer(rows["ref_area"])
    tops = {kpi.id: kpi.top for kpi in shared.kpis(wh, "en").values() if kpi.coded}

    def matrix(values: pd.Series, empty: float, kind: type) -> np.ndarray:
        filled: np.ndarray = np.full((len(kpis), len(areas)), empty, dtype=kind)
        filled[at] = values
        filled.setflags(write=False)
        return filled

    return CrossSection(
        kpis=np.asarray(kpis, dtype=object),
        columns={str(area): column for column, area in enumerate(areas)},
        obs_value=matrix(rows["obs_value"], np.nan, np.float64),
        percentile=matrix(rows["percentile"].where(rows["fresh"]), np.nan, np.float64),
        year=matrix(rows["time_period"], NO_YEAR, np.int32),
        fresh=matrix(rows["fresh"], False, np.bool_),
        top=np.array([tops.get(kpi, np.nan) for kpi in kpis], dtype=float),
    )
