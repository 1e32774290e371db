"""The KPIs that might be forecast to the year of their target: shares with a target, years × countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.forecast.annual import FURTHEST, SHORT_SERIES, STRETCH, Starts, paces
from kpis.forecast.panel import FloatArray, bridged, by_year
from kpis.sql import statement
from kpis.tables import Tables

LIMITS = (0, 100)
# The past of a KPI in a longer series of the same quantity. It lends spells of other countries and origins to
# be tried; no value of one series is ever joined to the other. Women in parliament: seats at the end of the
# year since 2020, at its beginning from 2000 to 2020.
HISTORY = {"SDG_5.5.1": "SDG_5.5.1_START"}
# What is as good as a target at the end of the scale: 95 % is universal for ITU, 3 % the World Bank's end of
# extreme poverty.
NEARLY = {100.0: 95.0, 0.0: 3.0}


@dataclass(frozen=True)
class Series:
    """A KPI with a target. is_share: it runs from 0 to 100, so that it can be forecast; the rest is empty
    where it does not.

    direction: 1 if more is better, -1 if less is. areas: UN Member States, alphabetical. values: year × area,
    per cent, short holes bridged, from first_year on.
    past: the same of the series that lends its spells, most often `values` itself; recorded: that series as
    published, with its holes.
    """

    kpi: str
    target: float
    target_year: int
    direction: int
    is_share: bool
    areas: tuple[str, ...]
    first_year: int
    values: FloatArray
    past: FloatArray
    recorded: FloatArray

    @property
    def nearly(self) -> float:
        """The level that counts as reached in practice: the target, but for ends of the scale."""
        return NEARLY.get(self.target, self.target)

    @cached_property
    def last_year(self) -> npt.NDArray[np.int64]:
        """Year of each area's last value; 0 where it has none."""
        known = ~np.isnan(self.values)
        if not known.size:
            return np.zeros(len(self.areas), dtype=np.int64)
        last = self.first_year + len(known) - 1 - known[::-1].argmax(axis=0)
        return np.where(known.any(axis=0), last, 0)

    @property
    def ahead(self) -> npt.NDArray[np.int64]:
        """Years from each area's last value to the target; 0 where that is past or further than was tried."""
        years = self.target_year - self.last_year
        return np.where((years >= 1) & (years <= FURTHEST), years, 0)

    @property
    def horizon(self) -> int | None:
        """The commonest number of years ahead, of equals the longer; None where every value is too old."""
        counts = Counter(self.ahead[self.ahead > 0].tolist())
        return max(counts, key=lambda years: (counts[years], years)) if counts else None

    @property
    def stretch(self) -> float:
        """Factor about the median: wider where the past of the median country is short."""
        known = ~np.isnan(self.past)
        held = known.any(axis=0)
        if not held.any():
            return 1.0
        last = len(known) - known[::-1].argmax(axis=0)
        return STRETCH if np.median((last - known.argmax(axis=0))[held]) < SHORT_SERIES else 1.0

    def starts(self, area: npt.NDArray[np.int64]) -> Starts:
        """The last values of some areas and their pace."""
        row = self.last_year[area] - self.first_year
        return Starts(area, self.values[row, area], paces(self.values)[row, area])


def load_series(store: Tables) -> list[Series]:
    """All KPIs of a warehouse with a target, by id."""
    targets = store.query(statement("forecast/targets"))
    areas = tuple(store.query(statement("forecast/members"))["ref_area"])
    is_share = (targets["limit_low"] == LIMITS[0]) & (targets["limit_high"] == LIMITS[1])
    names = [*targets.loc[is_share, "kpi"], *HISTORY.values()]
    rows = store.query(statement("forecast/of_kpis"), {"kpis": names})
    tables = {str(kpi): by_year(part) for kpi, part in rows.groupby("kpi", sort=False)}
    return [
        _series(row, share, areas, tables)
        for row, share in zip(targets.to_dict("records"), is_share.tolist(), strict=True)
    ]


def _series(
    row: Mapping[Hashable, Any], is_share: bool, areas: tuple[str, ...], tables: Mapping[str, pd.DataFrame]
) -> Series:
    kpi = str(row["kpi"])
    table = tables.get(kpi)
    recorded = _of_areas(tables.get(HISTORY.get(kpi, kpi)), areas)
    return Series(
        kpi,
        float(row["target"]),
        int(row["target_year"]),
        int(row["direction"]),
        is_share,
        areas,
        0 if table is None else int(table.index.min()),
        bridged(_of_areas(table, areas)),
        bridged(recorded),
        recorded,
    )


def _of_areas(table: pd.DataFrame | None, areas: tuple[str, ...]) -> FloatArray:
    """Year × area; no rows without values."""
    if table is None:
        return np.zeros((0, len(areas)))
    return table.reindex(columns=list(areas)).to_numpy(dtype=float)
