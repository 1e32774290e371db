"""Which annual KPIs may be forecast: those whose bands were true at every origin that can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpis.forecast.annual import (
    EDGE,
    Donors,
    Starts,
    complete_draws,
    donors,
    fan,
    paces,
    quantiles,
    sample,
)
from kpis.forecast.panel import FloatArray, bridged
from kpis.forecast.scores import crps
from kpis.progress.fan import BAND, PRINTED

OPEN_BELOW = 95.0  # per cent, where more is better; whoever is above has nothing left to forecast
OPEN_ABOVE = EDGE  # where less is better
FEWEST_CASES = 300
CALIBRATED = (0.75, 0.87)  # share of cases within the band of 80 %
WORST_AGAINST_FAN = 1.02
NOT_A_SHARE, TOO_FAR = "not_a_share", "too_far"  # why a KPI is not tried at all


@dataclass(frozen=True)
class Gate:
    """How the mix did at a horizon, over all origins with 20 donors or more.

    cases: of countries at the origin that had something left to reach. within_80: share that the band of
    80 per cent held. error: of the median, in points. crps, fan_crps: of the mix and of the fan of past
    achievements, in points, over the cases that have a fan.
    """

    horizon: int
    cases: int
    within_80: float
    error: float
    crps: float
    fan_crps: float

    @property
    def passed(self) -> bool:
        """Enough cases, true bands, and no worse than the fan by more than two per cent."""
        return not self.reason

    @property
    def reason(self) -> str:
        """The first rule that was not met, as a code; empty where all were."""
        if self.cases < FEWEST_CASES:
            return "few_cases"
        if self.within_80 < CALIBRATED[0]:
            return "band_too_narrow"
        if self.within_80 > CALIBRATED[1]:
            return "band_too_wide"
        return "" if self.crps <= WORST_AGAINST_FAN * self.fan_crps else "worse_than_fan"


REASONS = (NOT_A_SHARE, TOO_FAR, "few_cases", "band_too_narrow", "band_too_wide", "worse_than_fan")


def gate(table: FloatArray, horizon: int, *, direction: int = 1, stretch: float = 1.0) -> Gate:
    """Tries a horizon on the past. table: year × area, per cent, as published, with its holes.

    At each origin holes are bridged by what was known then, so no case starts in one.
    direction: 1 if more is better, -1 if less is. Figures without a case are NaN.
    """
    scored = list(_origins(table, horizon, direction, stretch))
    cases = np.concatenate(scored, axis=1) if scored else np.zeros((4, 0))
    cases = cases[:, ~np.isnan(cases[0])]
    within, error, *_both = _means(cases)
    mix, of_fan = _means(cases[2:, ~np.isnan(cases[3])])
    return Gate(horizon, cases.shape[1], within, error, mix, of_fan)


def _means(cases: FloatArray) -> list[float]:
    return [float(row.mean()) if row.size else float("nan") for row in cases]


def is_open(level: FloatArray, direction: int) -> npt.NDArray[np.bool_]:
    """Whether a level leaves something to reach; False where it is missing."""
    return np.asarray(level < OPEN_BELOW if direction > 0 else level > OPEN_ABOVE)


def _origins(table: FloatArray, horizon: int, direction: int, stretch: float) -> Iterator[FloatArray]:
    """Of each origin, 4 × case: within the band, error of the median, CRPS of the mix and of the fan."""
    outcomes = bridged(table)
    for origin in range(horizon + 1, len(table) - horizon):
        known = bridged(table[: origin + 1])
        pace, actual = paces(known), outcomes[origin + horizon]
        area = np.flatnonzero(is_open(known[origin], direction) & ~np.isnan(actual))
        starts = Starts(area, known[origin, area], pace[origin, area])
        yield _scored(starts, donors(known, pace, horizon), _nearby(known), actual[area], stretch)


def _nearby(known: FloatArray) -> float:
    """How far the start of a spell of the fan may lie, in points."""
    values = known[~np.isnan(known)]
    low, high = np.quantile(values, (0.05, 0.95)) if values.size else (0.0, 0.0)
    return float(BAND * (high - low) + PRINTED)


def _scored(starts: Starts, pool: Donors, nearby: float, actual: FloatArray, stretch: float) -> FloatArray:
    drawn = sample(starts, pool, stretch=stretch)
    low, median, high = quantiles(drawn, (0.1, 0.5, 0.9))
    within = np.where(np.isnan(median), np.nan, (low <= actual) & (actual <= high))
    of_fan = score(fan(starts, pool, nearby), actual)
    return np.stack([within, np.abs(median - actual), score(drawn, actual), of_fan])


def score(draws: FloatArray, actual: FloatArray) -> FloatArray:
    """CRPS of each case. draws: case × draw, any of them missing; NaN where all are."""
    result = np.full(len(draws), np.nan)
    for cases, complete in complete_draws(draws):
        result[cases] = crps(complete.T, actual[cases])
    return result
