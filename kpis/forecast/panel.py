"""The figures behind a forecast of the UN indices: sub-indices by edition, and what moves with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.sql import statement
from kpis.warehouse.once import once_per_store

if TYPE_CHECKING:
    from kpis.tables import Tables

FloatArray = npt.NDArray[np.float64]

EGDI, INDICES = "EGDI", ("OSI", "TII", "HCI")  # their mean, and its parts
SKIPPED = (2004,)  # an edition one year after the last: with it, bands of 80 % cover 75 %
INTERNET, MOBILE = "SDG_17.8.1", "MOBILE_SUBS"
LONGEST_HOLE = 3  # years without a value that a straight line bridges
# Share of the areas of the edition before that may lack an edition, and always one. With more missing it is
# still coming in: nobody else would have a forecast from it, and its ranks would be among a few.
MAY_LACK = 0.1


@dataclass(frozen=True)
class Panel:
    """Published sub-indices of the UN Member States by edition, with features known at that time.

    levels: edition × area × index (OSI, TII, HCI), 0 to 1; NaN where missing or of low reliability.
    egdi: edition × area, as published: equal to the mean of the three since 2012, before with weights .34,
    .33 and .33; NaN where the UN printed none, as for three countries in 2012.
    osi_change: edition × area, change of OSI since the edition before.
    internet_change, mobile_change: edition × area, percentage points and subscriptions per 100 people, from
    three years to one year before the edition.
    series: what the last two are computed from, as of `two_year_change`; empty where they are given.
    """

    areas: tuple[str, ...]
    editions: tuple[int, ...]
    levels: FloatArray
    egdi: FloatArray
    osi_change: FloatArray
    internet_change: FloatArray
    mobile_change: FloatArray
    series: tuple[pd.DataFrame, ...] = field(default=(), repr=False, compare=False)

    @property
    def has_technology(self) -> bool:
        """Whether Internet use or mobile subscriptions are known; without them TII has no own part."""
        return not (np.isnan(self.internet_change).all() and np.isnan(self.mobile_change).all())

    def ahead(self, year: int) -> int:
        """How many editions a year lies beyond the last one; the UN prints one every two years."""
        return (year - self.editions[-1]) // 2

    def until(self, edition: int) -> Panel:
        """The panel as it was when an edition was the last; a later year fills no hole either."""
        n = self.editions.index(edition) + 1
        changes = (self.internet_change[:n], self.mobile_change[:n])
        if self.series:
            series = (rows[rows["time_period"] <= edition] for rows in self.series)
            changes = _changes(series, self.editions[:n], self.areas)
        return Panel(
            self.areas, self.editions[:n], self.levels[:n], self.egdi[:n], self.osi_change[:n], *changes
        )


@once_per_store
def load_panel(store: Tables) -> Panel:
    """The panel of a warehouse.

    The source of Internet use and mobile subscriptions allows non-commercial reuse only: a warehouse of open
    sources has neither, and the recipe does without (`Panel.has_technology`).
    """
    rows = store.query(statement("forecast/indices"), {"kpis": [*INDICES, EGDI]})
    rows = rows[~rows["time_period"].isin(SKIPPED)]
    areas = tuple(store.query(statement("forecast/members"))["ref_area"])
    editions = _editions(rows)
    egdi, *indices = (_grid(rows[rows["kpi"] == name], editions, areas) for name in (EGDI, *INDICES))
    levels = np.stack(indices, axis=2)
    series = tuple(_values(store, kpi) for kpi in (INTERNET, MOBILE))
    changes = _changes(series, editions, areas)
    return Panel(areas, editions, levels, egdi, _change(levels[:, :, 0]), *changes, series)


def _editions(rows: pd.DataFrame) -> tuple[int, ...]:
    """Editions with all three parts of some area, up to the last that is there (`is_there`)."""
    parts = rows[rows["kpi"].isin(INDICES)].groupby(["time_period", "ref_area"])["kpi"].nunique()
    complete = parts[parts == len(INDICES)].index.get_level_values("time_period")
    n_areas = Counter(int(year) for year in complete)
    years = sorted(n_areas)
    while len(years) > 1 and not is_there(n_areas[years[-1]], n_areas[years[-2]]):
        years.pop()
    return tuple(years)


def is_there(n: int, expected: int) -> bool:
    """Whether an edition with figures of n areas has come, where so many are expected."""
    return expected - n <= max(1, MAY_LACK * expected)


def _changes(
    series: Iterable[pd.DataFrame], editions: tuple[int, ...], areas: tuple[str, ...]
) -> tuple[FloatArray, FloatArray]:
    """Of Internet use and of mobile subscriptions."""
    internet, mobile = (two_year_change(rows, editions, areas) for rows in series)
    return internet, mobile


def _grid(rows: pd.DataFrame, years: tuple[int, ...], areas: tuple[str, ...]) -> FloatArray:
    wide = rows.pivot(index="time_period", columns="ref_area", values="obs_value")
    return wide.reindex(index=list(years), columns=list(areas)).to_numpy(dtype=float)


def _change(values: FloatArray) -> FloatArray:
    """Edition × area: change since the edition before; NaN in the first."""
    first = np.full((min(len(values), 1), values.shape[1]), np.nan)
    return np.vstack([first, values[1:] - values[:-1]])


def two_year_change(rows: pd.DataFrame, editions: tuple[int, ...], areas: tuple[str, ...]) -> FloatArray:
    """Edition × area: value one year before each edition minus that three years before it.

    rows: ref_area, time_period, obs_value; holes of up to three years are bridged.
    """
    wide = yearly(rows)
    before, earlier = (
        wide.reindex(index=[edition - lag for edition in editions], columns=list(areas)).to_numpy(dtype=float)
        for lag in (1, 3)
    )
    return np.asarray(before - earlier)


def _values(store: Tables, kpi: str) -> pd.DataFrame:
    return store.query(statement("forecast/values"), {"kpi": kpi})


def yearly(rows: pd.DataFrame) -> pd.DataFrame:
    """Years × areas, with holes of up to three years bridged. rows: ref_area, time_period, obs_value."""
    return bridge(by_year(rows))


def by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Years × areas, a row for every year between the first and the last. rows as of `yearly`."""
    wide = rows.pivot(index="time_period", columns="ref_area", values="obs_value").sort_index()
    return wide if wide.empty else wide.reindex(range(int(wide.index.min()), int(wide.index.max()) + 1))


def bridge(wide: pd.DataFrame, longest: int = LONGEST_HOLE) -> pd.DataFrame:
    """Years × areas with short holes between two values filled by a straight line; longer ones stay."""
    values = bridged(wide.to_numpy(dtype=float), longest)
    return pd.DataFrame(values, index=wide.index, columns=wide.columns)


def bridged(values: FloatArray, longest: int = LONGEST_HOLE) -> FloatArray:
    """The same of an array, year × area."""
    years = np.arange(len(values))[:, None]
    known = ~np.isnan(values)
    before = np.maximum.accumulate(np.where(known, years, -1), axis=0)
    after = np.minimum.accumulate(np.where(known, years, len(values))[::-1], axis=0)[::-1]
    short = ~known & (before >= 0) & (after < len(values)) & (after - before - 1 <= longest)
    areas = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    start, end = values[before, areas], values[np.minimum(after, len(values) - 1), areas]
    with np.errstate(invalid="ignore", divide="ignore"):
        line = start + (end - start) * (years - before) / (after - before)
    return np.where(short, line, values)
