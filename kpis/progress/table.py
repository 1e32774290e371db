"""Many cases, one method: `assess_table`, without a loop over rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.errors import RequestError
from kpis.progress._types import Cases, Floats
from kpis.progress.registry import run
from kpis.progress.single import DEFAULT_TARGET_YEAR
from kpis.progress.transform import years_of

REQUIRED = ("base_year", "base_value", "latest_year", "latest_value", "direction")
OPTIONAL = ("target", "target_year", "limit", "worst", "best", "green")
RESULTS = ("method", "status", "value", "score", "projected", "observed_rate", "required_rate", "reason")


def assess_table(frame: pd.DataFrame, method: str = "unsd", *, horizon: int | None = None) -> pd.DataFrame:
    """`assess` for every row of a table.

    frame: one row per case, usually per (kpi, ref_area), with base_year, base_value, latest_year,
        latest_value, direction and, where known, target, target_year (2030 where missing), limit, worst,
        best, green; other columns are kept. Units and meanings as in `assess`.
    Returns the same rows, order and index, with the columns method, status, value, score, projected,
        observed_rate, required_rate and reason added (or replaced). Figures that are not defined are NaN.
    Missing values give the method's "cannot be assessed" status. Raises RequestError for an unknown method, a
    missing column, text where a number belongs, or a direction other than 1 or -1.
    """
    outcome = run(method, cases_of(frame, horizon=horizon))
    return frame.assign(
        method=pd.Series(method, index=frame.index, dtype="str"),
        status=pd.Series(outcome.status, index=frame.index, dtype="str"),
        value=outcome.value,
        score=outcome.score,
        projected=outcome.projected,
        observed_rate=outcome.observed_rate,
        required_rate=outcome.required_rate,
        reason=pd.Series(outcome.reason, index=frame.index, dtype="str"),
    )


def cases_of(frame: pd.DataFrame, *, horizon: int | None = None) -> Cases:
    """The columns of a table as `Cases`; absent optional columns are missing. Errors as in `assess_table`."""
    absent = [name for name in REQUIRED if name not in frame.columns]
    if absent:
        needed = ", ".join(REQUIRED)
        raise RequestError(f"assess_table needs the columns {needed}; missing: {', '.join(absent)}.")
    goal_year = _years(frame, "target_year")
    goal_year = np.where(np.isnan(goal_year), float(DEFAULT_TARGET_YEAR), goal_year)
    return Cases(
        base_year=_years(frame, "base_year"),
        base_value=_numbers(frame, "base_value"),
        latest_year=_years(frame, "latest_year"),
        latest_value=_numbers(frame, "latest_value"),
        direction=_directions(frame),
        target=_numbers(frame, "target"),
        target_year=goal_year,
        horizon=goal_year if horizon is None else np.full(len(frame), float(horizon)),
        limit=_numbers(frame, "limit"),
        worst=_numbers(frame, "worst"),
        best=_numbers(frame, "best"),
        green=_numbers(frame, "green"),
    )


def _years(frame: pd.DataFrame, name: str) -> Floats:
    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    return years_of(frame[name]).to_numpy(dtype=np.float64, na_value=np.nan)


def _numbers(frame: pd.DataFrame, name: str) -> Floats:
    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    try:
        column = pd.to_numeric(frame[name]).to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as fault:
        raise RequestError(f"Column '{name}' must hold numbers: {fault}.") from None
    return np.where(np.isfinite(column), column, np.nan)


def _directions(frame: pd.DataFrame) -> Floats:
    direction = _numbers(frame, "direction")
    wrong = np.flatnonzero(np.abs(direction) != 1)
    if wrong.size:
        first = frame.index[wrong[:3]].tolist()
        raise RequestError(f"Column 'direction' must be 1 or -1; {wrong.size} rows are not, first {first}.")
    return direction
