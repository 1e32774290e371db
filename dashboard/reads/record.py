"""Cached reads of the page: forecasts of the past with what came, and which of them can be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from kpis.forecast import load_panel, record
from kpis.forecast.annual_table import stored_gates
from kpis.forecast.arrived import Score, score
from kpis.forecast.backtest import origins
from kpis.forecast.model import MOST_AHEAD
from kpis.sql import statement

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(2)
def horizons(wh: Warehouse) -> tuple[int, ...]:
    """For how many editions ahead forecasts can be compared with what came; empty with too few editions."""
    panel = load_panel(wh.tables)
    return tuple(ahead for ahead in range(1, MOST_AHEAD + 1) if origins(panel, ahead))


@cached(MOST_AHEAD)
def cases(wh: Warehouse, ahead: int) -> pd.DataFrame:
    """Every forecast of the past, `record.cases`; takes a second and a half."""
    return record.cases(wh.tables, ahead)


@cached(MOST_AHEAD)
def means(wh: Warehouse, ahead: int) -> pd.Series[float]:
    """Errors, coverage and widths over all editions, `record.overall`."""
    return record.overall(cases(wh, ahead))


@cached(2)
def annual_gate(wh: Warehouse) -> pd.DataFrame:
    """Which annual KPIs may be forecast, one row per KPI of the table `forecast_gate`, those that may first.

    kpi, horizon (years), cases, within_80 (0 to 1), error, crps, fan_crps (in points), passed, reason (a
    code), promised, came_true (by compound growth, times). Empty where no KPI with a target is held.
    """
    return stored_gates(wh.tables).sort_values(["passed", "kpi"], ascending=[False, True], ignore_index=True)


@cached(2)
def frozen(wh: Warehouse) -> pd.DataFrame:
    """Forecasts that were frozen before their edition was held: one row per measure, area and edition.

    Quantiles p01 to p99 and rank_p01 to rank_p99, chances, and from when and what they were made. Empty where
    none is held, or where the warehouse is of open sources only.
    """
    return wh.tables.query(statement("forecast/frozen"))


@cached(2)
def frozen_scores(wh: Warehouse) -> list[Score]:
    """How each frozen edition did, in order; without cases while it is awaited."""
    return score(wh.tables)
