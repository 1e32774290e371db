"""The latest usable value of every gate's KPI, for every year and area at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.errors import DataError, RequestError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEEDED = ("kpi", "ref_area", "time_period", "obs_value")


@dataclass(frozen=True)
class Panel:
    """Arrays of shape (year, area, gate row).

    value: latest value no older than the gate's window, in the KPI's unit; NaN where there is none.
    age: years between the value and the year; NaN where there is none.
    change: value minus the same area's observation before it, however old; NaN where there is none.
    """

    years: tuple[int, ...]
    areas: tuple[str, ...]
    value: Floats
    age: Floats
    change: Floats


def build_panel(
    values: pd.DataFrame, gates: pd.DataFrame, areas: Sequence[str] | None, years: Sequence[int] | None
) -> Panel:
    """Place observations on the grid and carry each forward as far as its gate allows.

    values: see `stages.compute`. Raises DataError for missing columns or a repeated key, RequestError if
    years are not ascending.
    """
    rows = _usable(values, gates)
    where = tuple(areas) if areas is not None else tuple(sorted(rows["ref_area"].unique()))
    when = tuple(int(year) for year in (years if years is not None else _span(rows)))
    if list(when) != sorted(set(when)):
        raise RequestError("years must be ascending, each once.")
    first = min([*rows["time_period"], *when], default=0)
    last = max(when, default=first)
    grid = _grid(rows, gates["kpi"], where, first, last)
    position = np.where(np.isnan(grid), -1, np.arange(len(grid))[:, None, None])
    latest = np.maximum.accumulate(position, axis=0)
    earlier = np.take_along_axis(latest, np.maximum(latest - 1, 0), axis=0)  # before the latest one
    at = np.array([year - first for year in when], dtype=np.int64)
    index = latest[at]
    age = np.where(index >= 0, at[:, None, None] - index, np.nan)
    usable = age <= gates["window"].to_numpy(dtype=float)  # NaN compares false
    value = np.where(usable, _take(grid, index), np.nan)
    previous = np.where(earlier[at] < index, _take(grid, earlier[at]), np.nan)
    return Panel(when, where, value, np.where(usable, age, np.nan), value - previous)


def _usable(values: pd.DataFrame, gates: pd.DataFrame) -> pd.DataFrame:
    absent = [name for name in NEEDED if name not in values]
    if absent:
        raise DataError(f"values lack the column {', '.join(absent)}. Needed: {', '.join(NEEDED)}.")
    keep = values["kpi"].isin(gates["kpi"]) & values["obs_value"].notna()
    if "obs_status" in values:
        keep &= values["obs_status"].ne("U")  # the source itself says not to compare it
    rows = values.loc[keep, list(NEEDED)]
    twice = rows.duplicated(["kpi", "ref_area", "time_period"])
    if twice.any():
        first_rows = rows[twice].head(3).to_dict("records")
        raise DataError(f"values hold a key (kpi, ref_area, time_period) more than once: {first_rows}.")
    return rows


def _span(rows: pd.DataFrame) -> range:
    if rows.empty:
        return range(0)
    return range(int(rows["time_period"].min()), int(rows["time_period"].max()) + 1)


def _grid(rows: pd.DataFrame, kpis: pd.Series, areas: tuple[str, ...], first: int, last: int) -> Floats:
    """Observations on (year, area, gate row); a KPI that serves two dimensions fills both of its rows."""
    unique = pd.Index(kpis.unique())
    area = pd.Index(areas).get_indexer(pd.Index(rows["ref_area"]))
    column = unique.get_indexer(pd.Index(rows["kpi"]))
    year = rows["time_period"].to_numpy(dtype=np.int64) - first
    inside = (area >= 0) & (year <= last - first)
    grid = np.full((last - first + 1, len(areas), len(unique)), np.nan)
    grid[year[inside], area[inside], column[inside]] = rows["obs_value"].to_numpy(dtype=float)[inside]
    return grid[:, :, unique.get_indexer(pd.Index(kpis))]


def _take(grid: Floats, index: Ints) -> Floats:
    return np.take_along_axis(grid, np.maximum(index, 0), axis=0)
