"""One case, one method: the call that scripts make."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np

from kpis.errors import RequestError
from kpis.progress._types import Cases, Floats, Result
from kpis.progress.registry import run
from kpis.progress.transform import first_year

Year: TypeAlias = int | float | str
DEFAULT_TARGET_YEAR = 2030


def assess(
    *,
    base_year: Year | None,
    base_value: float | None,
    latest_year: Year | None,
    latest_value: float | None,
    direction: int,
    target: float | None = None,
    target_year: Year | None = DEFAULT_TARGET_YEAR,
    method: str = "unsd",
    limit: float | None = None,
    worst: float | None = None,
    best: float | None = None,
    green: float | None = None,
    horizon: Year | None = None,
) -> Result:
    """Is a KPI on its way to its target, by one method?

    base_*, latest_*: the first observation from 2015 on and the latest one, in the KPI's unit. A period such
        as "2015-16" counts as its first year.
    direction: +1 if more is better, -1 if less is.
    target, target_year: the value to reach and when; without a target, the method's variant for none.
    method: "unsd", "statcan", "eurostat" or "sdsn"; see `METHODS`.
    limit: natural limit of the scale (statcan, without a target).
    worst, best, green: goalposts and green threshold (sdsn); `green` defaults to the target.
    horizon: the year for `projected`, the target year if not given. It never changes the status.

    Missing values (None, NaN, infinite) give the method's "cannot be assessed" status with a reason, never an
    error. Raises RequestError for an unknown method, a direction other than 1 or -1, or an unreadable number.
    Source: the method's card.

    >>> result = assess(
    ...     base_year=2015, base_value=50, latest_year=2020, latest_value=60, direction=1, target=80
    ... )
    >>> result.status, round(result.projected, 6), round(result.value, 6)
    ('on_track', 86.4, 1.213333)
    """
    goal_year = DEFAULT_TARGET_YEAR if target_year is None else target_year
    cases = Cases(
        base_year=_year("base_year", base_year),
        base_value=_number("base_value", base_value),
        latest_year=_year("latest_year", latest_year),
        latest_value=_number("latest_value", latest_value),
        direction=_direction(direction),
        target=_number("target", target),
        target_year=_year("target_year", goal_year),
        horizon=_year("horizon", goal_year if horizon is None else horizon),
        limit=_number("limit", limit),
        worst=_number("worst", worst),
        best=_number("best", best),
        green=_number("green", green),
    )
    outcome = run(method, cases)
    return Result(
        method=method,
        status=str(outcome.status[0]),
        value=_number_or_none(outcome.value),
        score=_number_or_none(outcome.score),
        projected=_number_or_none(outcome.projected),
        observed_rate=_number_or_none(outcome.observed_rate),
        required_rate=_number_or_none(outcome.required_rate),
        reason=str(outcome.reason[0]),
    )


def _number(name: str, value: float | None) -> Floats:
    try:
        number = math.nan if value is None else float(value)
    except (TypeError, ValueError):
        raise RequestError(f"{name} must be a number or None, not {value!r}.") from None
    return np.array([number if math.isfinite(number) else math.nan])


def _year(name: str, value: Year | None) -> Floats:
    return np.array([math.nan]) if value is None else np.array([first_year(value, name=name)])


def _direction(value: int) -> Floats:
    if value not in (1, -1):
        raise RequestError(f"direction must be 1 (more is better) or -1 (less is better), not {value!r}.")
    return np.array([float(value)])


def _number_or_none(column: Floats) -> float | None:
    return None if math.isnan(column[0]) else float(column[0])
