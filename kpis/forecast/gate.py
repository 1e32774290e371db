"""Which annual KPIs may be forecast: those whose bands were true at every origin that can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kpis.forecast.annual import Spells, _analogues, paces, sample, spells
from kpis.forecast.panel import FloatArray
from kpis.forecast.scores import crps

OPEN_BELOW = 95.0  # per cent; whoever is above has nothing left to forecast
FEWEST_CASES = 300
CALIBRATED = (0.75, 0.87)  # share of cases within the band of 80 %
WORST_AGAINST_FAN = 1.02


@dataclass(frozen=True)
class Gate:
    """How the mix did at a horizon, over all origins with 20 donors or more.

    cases: of countries below 95 per cent at the origin. within_80: share that the band of 80 per cent held.
    error: of the median, in points. crps, fan_crps: of the mix and of the analogues alone, in points.
    """

    horizon: int
    cases: int
    within_80: float
    error: float
    crps: float
    fan_crps: float

    @property
    def passed(self) -> bool:
        """Enough cases, true bands, and no worse than the analogues by more than two per cent."""
        calibrated = CALIBRATED[0] <= self.within_80 <= CALIBRATED[1]
        return self.cases >= FEWEST_CASES and calibrated and self.crps <= WORST_AGAINST_FAN * self.fan_crps


def gate(table: FloatArray, horizon: int, *, stretch: float = 1.0) -> Gate:
    """Tries a horizon on the past. table: year × area, per cent, holes bridged (`annual.yearly`)."""
    results = np.array(list(_cases(table, horizon, stretch))).reshape(-1, 4)
    held, error, score, fan_score = results.T if len(results) else np.full((4, 1), np.nan)
    return Gate(
        horizon,
        len(results),
        float(held.mean()),
        float(error.mean()),
        float(score.mean()),
        float(fan_score.mean()),
    )


def _cases(table: FloatArray, horizon: int, stretch: float) -> Iterator[tuple[float, float, float, float]]:
    """Within the band, error of the median, CRPS of the mix and of the analogues, of every case."""
    pace = paces(table)
    for origin in range(horizon + 1, len(table) - horizon):
        donors = spells(table[: origin + 1], horizon)
        open_cases = np.flatnonzero((table[origin] < OPEN_BELOW) & ~np.isnan(table[origin + horizon]))
        for area in open_cases.tolist():
            level, rate, actual = table[origin, area], pace[origin, area], table[origin + horizon, area]
            drawn = sample(level, rate, horizon, donors, area, stretch=stretch)
            if not len(drawn):
                continue
            low, median, high = np.quantile(drawn, (0.1, 0.5, 0.9))
            others = donors.area != area
            pool = Spells(*(part[others] for part in vars(donors).values()))
            fan = np.clip(_analogues(level, rate, pool), 0, 100)
            case = np.array([actual])
            yield (
                float(low <= actual <= high),
                abs(median - actual),
                float(crps(drawn[:, None], case)[0]),
                float(crps(fan[:, None], case)[0]),
            )
