"""Where a country will be with a KPI that is measured every year: a mix of three ways to look at the past.

What others did from a like place (analogues), a regression on pace and level, and the country's own straight
line give a third of the draws each. Compound growth, the UN's rule, promises far more than came true.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.forecast.panel import FloatArray

LOOK_BACK = 8  # years before the last value within which the pace begins
FURTHEST = 8  # years between the last value and the target; beyond, nothing was tested
N_DONORS = 80
MOST_OF_ONE = 3  # spells of one country among the donors
EDGE = 0.5  # points from 0 and 100 at which the logistic scale ends
REGRESSED = (0.5, 97.0)  # levels of donors that the regression is fitted on
SHORT_SERIES, STRETCH = 12, 1.4  # years in the median country; factor about the median below that
FEWEST_DONORS = 20


@dataclass(frozen=True)
class Spells:
    """Donor spells of a horizon, one row each: area (column of the table), level, pace (points a year;
    NaN where there is no earlier value), outcome `horizon` years later; in per cent."""

    area: npt.NDArray[np.int64]
    level: FloatArray
    pace: FloatArray
    outcome: FloatArray


def paces(table: FloatArray) -> FloatArray:
    """Year × area: change a year since the first value within eight years before; NaN where there is none."""
    n_years = len(table)
    pace = np.full(table.shape, np.nan)
    for year in range(1, n_years):
        for base in range(
            year - 1, max(year - LOOK_BACK, 0) - 1, -1
        ):  # the last one that is kept is the first
            change = (table[year] - table[base]) / (year - base)
            pace[year] = np.where(np.isnan(change), pace[year], change)
    return pace


def spells(table: FloatArray, horizon: int) -> Spells:
    """All starts with a value `horizon` years later."""
    pace = paces(table)
    start, area = np.nonzero(~np.isnan(table[:-horizon]) & ~np.isnan(table[horizon:]))
    return Spells(area, table[start, area], pace[start, area], table[start + horizon, area])


def sample(
    level: float, pace: float, horizon: int, donors: Spells, own: int, *, stretch: float = 1.0
) -> FloatArray:
    """Draws of a value `horizon` years on, in per cent; empty with too few donors.

    own: the country's column, whose spells do not count. stretch: factor about the median.
    """
    others = donors.area != own
    if others.sum() < FEWEST_DONORS:
        return np.zeros(0)
    pool = Spells(donors.area[others], donors.level[others], donors.pace[others], donors.outcome[others])
    draws = np.concatenate(
        [
            _analogues(level, pace, pool),
            _regression(level, pace, horizon, pool),
            _line(level, pace, horizon, pool),
        ]
    )
    median = np.median(draws)
    return np.asarray(np.clip(median + stretch * (draws - median), 0, 100))


def _logit(values: FloatArray | float) -> FloatArray:
    share = np.clip(values, EDGE, 100 - EDGE) / 100
    return np.asarray(np.log(share / (1 - share)))


def _percent(logit: FloatArray) -> FloatArray:
    return np.asarray(100 / (1 + np.exp(-logit)))


def _nearest(distance: FloatArray, area: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Places of the nearest donors, at most three spells of a country."""
    order = np.argsort(distance, kind="stable")
    of_area = pd.Series(area[order])
    order = order[(of_area.groupby(of_area).cumcount() < MOST_OF_ONE).to_numpy()]
    return np.asarray(order[:N_DONORS])


def _analogues(level: float, pace: float, pool: Spells) -> FloatArray:
    """The change on the logistic scale of those who were nearest in level and pace."""
    logit = _logit(pool.level)
    distance = ((_logit(level) - logit) / logit.std()) ** 2
    if not np.isnan(pace):
        spread = np.nanstd(pool.pace)
        distance = distance + ((pace - pool.pace) / spread) ** 2
        distance = np.where(np.isnan(distance), np.inf, distance)
    chosen = _nearest(distance, pool.area)
    return _percent(_logit(level) + _logit(pool.outcome[chosen]) - logit[chosen])


def _regression(level: float, pace: float, horizon: int, pool: Spells) -> FloatArray:
    """The change on the logistic scale that pace and level explain, plus what donors near in level missed."""
    logit, rate = _logit(pool.level), np.nan_to_num(pool.pace)
    fitted = (pool.level > REGRESSED[0]) & (pool.level < REGRESSED[1])
    terms = np.column_stack([np.ones(len(logit)), rate * horizon, logit])
    slopes = np.linalg.lstsq(terms[fitted], (_logit(pool.outcome) - logit)[fitted], rcond=None)[0]
    missed = pool.outcome - _percent(logit + terms @ slopes)
    chosen = _nearest(np.abs(_logit(level) - logit), pool.area)
    change = slopes @ np.array([1.0, np.nan_to_num(pace) * horizon, float(_logit(level))])
    return np.asarray(_percent(_logit(level) + change) + missed[chosen])


def _line(level: float, pace: float, horizon: int, pool: Spells) -> FloatArray:
    """The own straight line, plus what the lines of donors near in level missed."""
    missed = pool.outcome - _straight(pool.level, pool.pace, horizon)
    chosen = _nearest(np.abs(_logit(level) - _logit(pool.level)), pool.area)
    return np.asarray(_straight(level, pace, horizon) + missed[chosen])


def _straight(level: FloatArray | float, pace: FloatArray | float, horizon: int) -> FloatArray:
    """A line with the pace so far, cut to 0 to 100; level with no pace."""
    return np.asarray(np.clip(level + np.nan_to_num(pace) * horizon, 0, 100))
