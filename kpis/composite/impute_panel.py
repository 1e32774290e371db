"""Imputation over time: from other years of the same area. OECD/JRC Handbook (2008), Step 3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.impute import Imputation, empty_origin
from kpis.composite.tables import Bools, Floats, Ints, Panel, Time, read_panel, wide_table
from kpis.errors import DataError, RequestError, unknown

PanelMethod = Literal["last", "linear", "constant", "linear-constant"]
Words = npt.NDArray[np.object_]


@dataclass(frozen=True)
class _Series:
    """One indicator as areas × periods, periods ascending. before, after: position of the nearest
    observation."""

    cells: Floats
    periods: Words
    before: Ints
    after: Ints

    @property
    def gaps(self) -> Bools:
        return np.isnan(self.cells)

    @property
    def inside(self) -> Bools:
        has_later: Bools = self.after < self.cells.shape[1]
        return self.gaps & (self.before >= 0) & has_later


Filler = Callable[[_Series, int | None], tuple[Floats, Words]]


@card(
    "impute.last",
    name="Last earlier value",
    step="3 imputation",
    formula="x(t) = x(s), s the last period before t with a value, at most max_steps periods back",
    undefined="no earlier value within max_steps",
    source=f"{COINR}, R/impute.R (impute_panel)",
    tolerance=0.0,
)
def _last(series: _Series, max_steps: int | None) -> tuple[Floats, Words]:
    steps = np.arange(series.cells.shape[1]) - series.before
    reach = series.gaps & (series.before >= 0)
    if max_steps is not None:
        reach &= steps <= max_steps
    return _copied(series, reach, series.before, "last")


@card(
    "impute.linear",
    name="Linear interpolation",
    step="3 imputation",
    formula="x(a) + (x(b) - x(a))·(t - a)/(b - a), a and b the nearest periods with a value on either side",
    undefined="before the first or after the last value",
    source=f"{COINR}, R/impute.R (impute_panel), whose linear goes on with the nearest value at the ends, as "
    "linear-constant does here",
)
def _linear(series: _Series, _max_steps: int | None) -> tuple[Floats, Words]:
    time = _years(series.periods)
    filled = series.cells.copy()
    origin = np.full(filled.shape, None, dtype=object)
    for row, at in np.argwhere(series.inside):
        left, right = series.before[row, at], series.after[row, at]
        x0, x1 = series.cells[row, left], series.cells[row, right]
        filled[row, at] = x0 + (x1 - x0) * (time[at] - time[left]) / (time[right] - time[left])
        origin[row, at] = f"linear {series.periods[left]}–{series.periods[right]}"
    return filled, origin


@card(
    "impute.constant",
    name="Constant",
    step="3 imputation",
    formula="the last earlier value; before the first value, the first",
    undefined="the area has no value in any period",
    source=f"{COINR}, R/impute.R (impute_panel)",
    tolerance=0.0,
)
def _constant(series: _Series, _max_steps: int | None) -> tuple[Floats, Words]:
    source = np.where(series.before >= 0, series.before, series.after)
    return _copied(series, series.gaps & (source < series.cells.shape[1]), source, "constant")


@card(
    "impute.linear-constant",
    name="Linear inside, constant at the ends",
    step="3 imputation",
    formula="linear between two values; the nearest value before the first and after the last",
    undefined="the area has no value in any period",
    source=f"{COINR}, R/impute.R (impute_panel, linear), which needs two values where here one is enough",
)
def _linear_constant(series: _Series, max_steps: int | None) -> tuple[Floats, Words]:
    filled, origin = _linear(series, max_steps)
    ends, words = _constant(series, max_steps)
    outside = series.gaps & ~series.inside
    return np.where(outside, ends, filled), np.where(outside, words, origin)


_FILLERS: dict[str, Filler] = {
    "last": _last,
    "linear": _linear,
    "constant": _constant,
    "linear-constant": _linear_constant,
}


def impute_panel(
    values: pd.DataFrame, method: PanelMethod = "last", *, max_steps: int | None = None, time: Time = None
) -> Imputation:
    """Fill gaps from other periods of the same area and indicator.

    values: rows area × period (a MultiIndex, or `time` with one period per row), columns indicators.
    method: "last", "linear" (between two values only), "constant" or "linear-constant" (what COINr calls
    linear). max_steps: for "last", how many periods of
    the panel (not calendar years) to look back.
    Returns the filled table in the same unit, rows in the given order, and the origin with the source
    period.
    Missing: what no period can fill stays missing, origin "missing".
    Raises RequestError for no panel, an unknown method, a bad max_steps or periods that are no numbers
    under "linear"; DataError for a repeated area and period.
    Source: OECD/JRC Handbook (2008), Step 3; COINr `impute_panel`.
    """
    if method not in _FILLERS:
        raise RequestError(unknown("imputation method", method, _FILLERS, place="impute_panel"))
    if max_steps is not None and (method != "last" or max_steps < 0):
        raise RequestError("impute_panel: max_steps is 0 or more, and belongs to method 'last' only.")
    table = wide_table(values)
    panel = read_panel(table.index, time)
    if panel is None:
        raise RequestError(
            "impute_panel: rows need a period. Use a MultiIndex (ref_area, time_period) or time=."
        )
    filled, origin = table.copy(), empty_origin(table)
    area, period, periods = _grid(panel)
    for name in table.columns:
        cells = np.full((area.max(initial=-1) + 1, len(periods)), np.nan)
        cells[area, period] = table[name].to_numpy()
        new, words = _FILLERS[method](_series(cells, periods), max_steps)
        filled[name] = new[area, period]
        reason = words[area, period]
        origin[name] = np.where(pd.isna(reason), origin[name].to_numpy(), reason)
    return Imputation(filled, origin)


def _grid(panel: Panel) -> tuple[Ints, Ints, Words]:
    """Row of each area, column of each period, and the periods in order."""
    periods = np.asarray(sorted(set(panel.periods)), dtype=object)
    place = {name: at for at, name in enumerate(periods)}
    area = pd.factorize(pd.Series(panel.areas, dtype=object))[0].astype(np.intp)
    period = np.asarray([place[name] for name in panel.periods], dtype=np.intp)
    seen = pd.Series(list(zip(area.tolist(), period.tolist(), strict=True)))
    if seen.duplicated().any():
        at = int(np.flatnonzero(seen.duplicated())[0])
        raise DataError(f"values: {panel.areas[at]} in {panel.periods[at]} appears more than once.")
    return area, period, periods


def _series(cells: Floats, periods: Words) -> _Series:
    present, positions = ~np.isnan(cells), np.arange(cells.shape[1])
    before = np.maximum.accumulate(np.where(present, positions, -1), axis=1)
    late = np.where(present, positions, cells.shape[1])[:, ::-1]
    return _Series(cells, periods, before, np.minimum.accumulate(late, axis=1)[:, ::-1])


def _copied(series: _Series, reach: Bools, source: Ints, word: str) -> tuple[Floats, Words]:
    safe = np.clip(source, 0, max(series.cells.shape[1] - 1, 0))
    filled = np.where(reach, np.take_along_axis(series.cells, safe, axis=1), series.cells)
    origin = np.full(filled.shape, None, dtype=object)
    for row, at in np.argwhere(reach):
        origin[row, at] = f"{word} {series.periods[safe[row, at]]}"
    return filled, origin


def _years(periods: Words) -> Floats:
    try:
        return np.asarray([float(period) for period in periods], dtype=np.float64)
    except (TypeError, ValueError):
        first_periods: list[Any] = list(periods[:3])
        raise RequestError(f"impute_panel: linear needs numeric periods, not {first_periods}.") from None
