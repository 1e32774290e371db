"""In which year a trend reaches the target, and whether that may be said: never of a year that is past.

A trend that should have arrived by now has either been confirmed by a later figure or it has not; a year of
arrival before the year of reading says nothing that a reader can check.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.progress._types import Floats, Mask
from kpis.progress.registry import METHODS

ROUNDING = 1e-9  # years: a level met up to rounding in a year is met in that year
LAST_YEAR = 2100  # a trend carried on for longer than that says nothing

YEARS = ("arrival", "unconfirmed_year", "limit_year")  # columns that `arrivals` adds
STRAIGHT = tuple(name for name, card in METHODS.items() if card.rate_unit == "points a year")


def arrivals(assessed: pd.DataFrame) -> pd.DataFrame:
    """With the years in which the trend of each row reaches its target and the natural limit of its scale.

    assessed: rows of `assess_table`, any methods, with `latest_age` (years to the year of reading),
        `latest_old`, `limit_low` and `limit_high`.
    Adds, as whole years or missing:
        arrival: first year in which the trend is on the target or past it. After the year of reading, and
            from a recent last value only.
        unconfirmed_year: the same where no later figure confirms it: the year is not after the year of
            reading, or the last value is old. Never one and the other.
        limit_year: first year in which the trend is at the natural limit it runs towards; as `arrival`.
    Missing where the last value is there already, or where the trend never gets there (before 2101).
    """
    as_of = assessed["latest_year"] + assessed["latest_age"]
    recent = ~assessed["latest_old"].astype(bool)
    target = _year_at(_numbers(assessed, "target"), assessed).mask(_is_met(assessed))
    limit = _year_at(_limit_ahead(assessed), assessed)
    ahead = recent & target.gt(as_of)
    return assessed.assign(
        arrival=target.where(ahead).astype("Int64"),
        unconfirmed_year=target.mask(ahead).astype("Int64"),
        limit_year=limit.where(recent & limit.gt(as_of)).astype("Int64"),
    )


def _numbers(frame: pd.DataFrame, name: str) -> Floats:
    return frame[name].to_numpy(dtype=np.float64, na_value=np.nan)


def _is_met(frame: pd.DataFrame) -> Mask:
    """The last value is on the target or past it."""
    beyond = _numbers(frame, "direction") * (_numbers(frame, "latest_value") - _numbers(frame, "target"))
    return np.asarray(beyond >= 0, dtype=np.bool_)


def _limit_ahead(frame: pd.DataFrame) -> Floats:
    """The natural limit that the trend runs towards."""
    up = _numbers(frame, "projected") > _numbers(frame, "latest_value")
    return np.where(up, _numbers(frame, "limit_high"), _numbers(frame, "limit_low"))


def _year_at(level: Floats, frame: pd.DataFrame) -> pd.Series:
    """First year after the last value in which the trend of each row is at a level or past it."""
    latest, rate = _numbers(frame, "latest_value"), _numbers(frame, "observed_rate")
    last, base = _numbers(frame, "latest_year"), _numbers(frame, "base_year")
    straight = frame["method"].isin(STRAIGHT).to_numpy(dtype=bool)
    with np.errstate(all="ignore"):
        slope = (latest - _numbers(frame, "base_value")) / (last - base)
        years = np.where(straight, (level - latest) / slope, np.log(level / latest) / np.log1p(rate))
        whole = last + np.maximum(np.ceil(years - ROUNDING), 1)
    moves = np.isfinite(_numbers(frame, "projected")) & np.isfinite(years) & (years >= 0)
    return pd.Series(whole, index=frame.index).where(moves & (whole <= LAST_YEAR))
