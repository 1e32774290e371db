"""What compound growth, the UN's rule, promised in the past and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.forecast.annual import LOOK_BACK
from kpis.forecast.panel import FloatArray, bridged
from kpis.sql import statement
from kpis.tables import Tables

AHEAD = (5, 6, 7)  # years after which a promise is looked at


@dataclass(frozen=True)
class Promises:
    """made: how often compound growth carried a country to a level it was short of; came_true of them."""

    made: int
    came_true: int


def promises(
    table: FloatArray, level: float, *, direction: int = 1, ahead: tuple[int, ...] = AHEAD
) -> Promises:
    """Promises to reach a level within some years, over all origins whose later value is known.

    table: year × area, per cent, as published, with its holes; no promise starts in one. The rate of growth
    is that since the first value within eight years before; none where that is 0. direction: 1 if more is
    better, -1 if less is.
    """
    filled = bridged(table)
    rates = np.where(np.isnan(table), np.nan, growth_rates(filled))
    tried = [years for years in ahead if 2 * years + 1 < len(table)]
    pairs = [_of(filled, rates, level, direction, years) for years in tried]
    return Promises(sum(made for made, _true in pairs), sum(true for _made, true in pairs))


def growth_rates(table: FloatArray) -> FloatArray:
    """Year × area: compound growth a year, a fraction, since the first value within eight years before."""
    rate = np.full(table.shape, np.nan)
    for lag in range(1, min(LOOK_BACK, len(table) - 1) + 1):  # the last one that is there is the first value
        with np.errstate(divide="ignore", invalid="ignore"):
            growth = np.where(table[:-lag] > 0, (table[lag:] / table[:-lag]) ** (1 / lag) - 1, np.nan)
        rate[lag:] = np.where(np.isnan(table[:-lag]), rate[lag:], growth)
    return rate


def _of(table: FloatArray, rate: FloatArray, level: float, direction: int, years: int) -> tuple[int, int]:
    """Promises made and kept, from the origins that `kpis.forecast.gate` tries."""
    origins = slice(years + 1, len(table) - years)
    start, later = direction * table[origins], direction * table[2 * years + 1 :]
    carried = start * (1 + rate[origins]) ** years
    goal = direction * level
    made = (start < goal) & (carried >= goal) & ~np.isnan(later)
    return int(made.sum()), int((made & (later >= goal)).sum())


def expected(store: Tables, areas: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per KPI that is forecast: how many areas compound growth and the forecast see at its level.

    areas: all UN Member States if None. kpi, target_year, nearly (the level), n: areas that have a forecast
    and are short of the level; growth: how many of them compound growth, as UNSD carries it on, brings there;
    calibrated: the sum of their chances, the number to expect. KPIs without such an area have no row.
    """
    return store.query(statement("forecast/expected"), {"areas": None if areas is None else list(areas)})
