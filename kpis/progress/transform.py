"""Figures made ready for a progress method: years of ranges, 'just right' values, base and latest values."""

from __future__ import annotations

import math
import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.errors import DataError, RequestError
from kpis.progress._types import Floats

_LEADING_YEAR = re.compile(r"\s*(\d{4})(?!\d)")
KEY = ["kpi", "ref_area"]


def first_year(period: float | str, *, name: str = "period") -> float:
    """The year of a period; the first one of a range ("2015-16" is 2015). NaN stays NaN.

    Raises RequestError, naming the argument, if no year of four digits leads or a number is not whole.
    Source: the Statistics Canada note (reference periods that span several years).
    """
    if isinstance(period, str):
        match = _LEADING_YEAR.match(period)
        if match is None:
            raise RequestError(f"{name} must start with a year such as 2015 or 2015-16, not {period!r}.")
        return float(match.group(1))
    try:
        year = float(period)
    except (TypeError, ValueError):
        raise RequestError(f"{name} must be a year, not {period!r}.") from None
    if math.isfinite(year) and not year.is_integer():
        raise RequestError(f"{name} must be a whole year, not {period!r}.")
    return year if math.isfinite(year) else math.nan


def just_right(values: npt.ArrayLike, target: float = 1.0, band: float = 0.0) -> Floats:
    """Distance from a target that is best met exactly, as the ratio max(v / target, target / v), 1 at best.

    For parity indices and the like: assess the result with direction -1 and target 1. Ratios v / target
    within `band` of 1 count as 1 (for parity indices the note takes 0.97 to 1.03, so band=0.03).
    values: any shape, positive; 0, negative and missing values give NaN. No unit.
    Raises RequestError if the target is not positive or the band negative.
    Source: Statistics Canada note, "Goldilocks indicators".

    >>> just_right([0.5, 1.0, 2.0]).tolist()
    [2.0, 1.0, 2.0]
    """
    if not target > 0 or not band >= 0:
        raise RequestError(f"just_right needs target > 0 and band >= 0, not {target} and {band}.")
    ratio = np.asarray(values, dtype=np.float64) / target
    with np.errstate(all="ignore"):
        away = np.where(ratio > 0, np.maximum(ratio, 1 / ratio), np.nan)
    return np.where(np.abs(ratio - 1) <= band * (1 + 1e-12), 1.0, away)


def endpoints(observations: pd.DataFrame, base_year: int = 2015) -> pd.DataFrame:
    """Base and latest observation of each series; the base is `base_year` or the first later year with data.

    observations: kpi, ref_area, time_period (years or ranges), obs_value. Missing values are left out; a
        series without any value since the base keeps a row with missing figures.
    Returns one row per (kpi, ref_area): base_year, base_value, latest_year, latest_value, in the KPI's unit.
    Raises RequestError if a column is missing, DataError if a series has two values for one year.
    Source: UNSD and Statistics Canada notes (base year rule).
    """
    absent = [name for name in (*KEY, "time_period", "obs_value") if name not in observations.columns]
    if absent:
        raise RequestError(f"endpoints needs kpi, ref_area, time_period and obs_value; missing: {absent}.")
    keys = observations[KEY].drop_duplicates()
    points = observations.assign(time_period=years_of(observations["time_period"]))
    points = points[points["obs_value"].notna() & (points["time_period"] >= base_year)]
    _refuse_duplicates(points)
    series = points.sort_values("time_period", kind="stable").groupby(KEY, sort=False)
    first = series[["time_period", "obs_value"]].first().set_axis(["base_year", "base_value"], axis=1)
    last = series[["time_period", "obs_value"]].last().set_axis(["latest_year", "latest_value"], axis=1)
    return keys.merge(first.join(last).reset_index(), on=KEY, how="left").reset_index(drop=True)


def years_of(column: pd.Series) -> pd.Series:
    """`first_year` of a whole column, as floats. Raises RequestError naming the first bad value."""
    if pd.api.types.is_numeric_dtype(column):
        years = column.astype("float64")
        broken = years.notna() & (years % 1 != 0)
    else:
        text = column.astype("string").str.replace(r"\.0+$", "", regex=True)
        years = text.str.extract(r"^\s*(\d{4})(?!\d)", expand=False).astype("Float64").astype("float64")
        broken = years.isna() & column.notna()
    if broken.any():
        raise RequestError(f"Column {column.name!r} must hold whole years, not {column[broken].iloc[0]!r}.")
    return years


def _refuse_duplicates(points: pd.DataFrame) -> None:
    twice = points[points.duplicated([*KEY, "time_period"], keep=False)]
    if not twice.empty:
        rows = twice[[*KEY, "time_period", "obs_value"]].head(4).to_dict("records")
        raise DataError(f"{len(twice)} observations share a KPI, area and year; keep one each. First: {rows}")
