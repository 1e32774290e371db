"""Annual KPIs in the tables `forecast_gate` (which may be forecast, and why not) and `forecast`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kpis.forecast.annual import donors, paces, quantiles, sample
from kpis.forecast.gate import NOT_A_SHARE, TOO_FAR, Gate, gate
from kpis.forecast.panel import FloatArray
from kpis.forecast.promises import promises
from kpis.forecast.series import Series, load_series
from kpis.forecast.summary import MEASURED, SHARES
from kpis.progress.fan import PRINTED
from kpis.sql import statement
from kpis.tables import Tables

TRIED = (
    "kpi", "horizon", "cases", "within_80", "error", "crps", "fan_crps", "passed", "reason", "nearly",
    "promised", "came_true",
)  # fmt: skip
CHANCES = ("p_target", "p_nearly")


def gates(store: Tables) -> pd.DataFrame:
    """One row per KPI with a target: how a forecast to its target year did in the past, and the verdict.

    horizon: years ahead that were tried, the commonest between last value and target; missing where none was.
    Columns of `Gate`; reason: a code of `gate.REASONS`, empty where passed. nearly: the level that counts as
    reached (95 for a target of 100, 3 for one of 0). promised: how often compound growth promised that level
    within five to seven years; came_true of them.
    """
    rows = [_tried(series) for series in load_series(store)]
    table = pd.DataFrame(rows, columns=list(TRIED))
    return table.astype({"horizon": "Int64"})


def _tried(series: Series) -> dict[str, object]:
    row: dict[str, object] = {"kpi": series.kpi, "cases": 0, "passed": False, "nearly": series.nearly,
                              "promised": 0, "came_true": 0}  # fmt: skip
    if not series.is_share:
        return row | {"reason": NOT_A_SHARE}
    kept = promises(series.recorded, series.nearly, direction=series.direction)
    row |= {"promised": kept.made, "came_true": kept.came_true}
    if series.horizon is None:
        return row | {"reason": TOO_FAR}
    tried = gate(series.recorded, series.horizon, direction=series.direction, stretch=series.stretch)
    return row | _figures(tried)


def _figures(tried: Gate) -> dict[str, object]:
    return vars(tried) | {"passed": tried.passed, "reason": tried.reason}


def stored_gates(store: Tables) -> pd.DataFrame:
    """The table as the build made it: columns of `gates`."""
    return store.query("select * from forecast_gate order by kpi")


def stored_annual(store: Tables, areas: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows of annual KPIs as the build made them, of some areas or all: columns of `annual_rows`."""
    return store.query(statement("forecast/stored_annual"), {"areas": None if areas is None else list(areas)})


def annual_rows(store: Tables, passed: list[str]) -> pd.DataFrame:
    """Rows of the table `forecast` for KPIs that passed: one per KPI and area whose last value lies at most
    eight years before the target.

    measure: the KPI; time_period: the year of its target; origin: the year of the last value, obs_value.
    p025 … p975 in the unit of the KPI; p_target, p_nearly: chance to reach the target, and what is nearly as
    good, 0 to 1. Ranks and their chances are missing: areas are not drawn together.
    """
    parts = [of_series(series) for series in load_series(store) if series.kpi in passed]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["measure", "ref_area"])
    return table.reindex(columns=[*MEASURED, "origin", *CHANCES])


def of_series(series: Series) -> pd.DataFrame:
    """The rows of one KPI; areas with equally old values are drawn at once."""
    pace = paces(series.past)
    parts = []
    for years in np.unique(series.ahead[series.ahead > 0]).tolist():
        area = np.flatnonzero(series.ahead == years)
        starts = series.starts(area)
        drawn = sample(starts, donors(series.past, pace, years), stretch=series.stretch)
        table = _summed_up(drawn, series).assign(obs_value=starts.level, origin=series.target_year - years)
        parts.append(table.assign(ref_area=np.array(series.areas)[area]))
    table = pd.concat(parts, ignore_index=True).dropna(subset=["p50"])
    table = table.assign(measure=series.kpi, time_period=series.target_year)
    return table.sort_values("ref_area", ignore_index=True)


def _summed_up(drawn: FloatArray, series: Series) -> pd.DataFrame:
    table = pd.DataFrame(dict(zip(SHARES, quantiles(drawn, tuple(SHARES.values())), strict=True)))
    levels = dict(zip(CHANCES, (series.target, series.nearly), strict=True))
    return table.assign(**{name: reached(drawn, level, series.direction) for name, level in levels.items()})


def reached(drawn: FloatArray, level: float, direction: int) -> FloatArray:
    """Share of each case's draws at a level or past it; NaN without draws. drawn: case × draw."""
    n_draws = (~np.isnan(drawn)).sum(axis=1)
    n_there = (direction * (drawn - level) >= -PRINTED).sum(axis=1)
    nothing = np.full(len(drawn), np.nan)
    return np.asarray(np.divide(n_there, n_draws, out=nothing, where=n_draws > 0))
