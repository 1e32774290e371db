"""Partial correlation, its interval, and least squares with a control: numbers in, numbers out."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CONFIDENCE = 0.95
NO_VARIATION = 1e-9  # of the largest value: below this what is left of a side is rounding


class Slope(NamedTuple):
    """Slope of y on x with the control held constant, and half the width of its 95 % t interval."""

    slope: float
    half_width: float


def remainder(values: Floats, control: Floats) -> Floats:
    """What a straight line on the control leaves of the values, in their unit."""
    design = np.column_stack([np.ones_like(control), control])
    return np.asarray(values - design @ np.linalg.lstsq(design, values, rcond=None)[0])


def partial_correlation(x: Floats, y: Floats, control: Floats) -> float:
    """Correlation of what is left of x and y once each is predicted from the control; NaN without variation.

    All of one length, without missing values.
    """
    left_x, left_y = remainder(x, control), remainder(y, control)
    spread_x, spread_y = _spread(left_x), _spread(left_y)
    if _is_flat(spread_x, x) or _is_flat(spread_y, y):
        return math.nan
    return float((left_x * left_y).mean() / (spread_x * spread_y))


def fisher_interval(r: float, n: int, *, controls: int = 0, level: float = CONFIDENCE) -> tuple[float, float]:
    """Interval of a (partial) correlation: tanh(atanh r ± z / √(n − 3 − controls)). r = ±1 gives itself."""
    if abs(r) >= 1:
        return r, r
    half_width = NormalDist().inv_cdf(0.5 + level / 2) / math.sqrt(n - 3 - controls)
    return math.tanh(math.atanh(r) - half_width), math.tanh(math.atanh(r) + half_width)


def partial_slope(x: Floats, y: Floats, control: Floats) -> Slope:
    """Least squares of y on x and the control; the interval has n − 3 degrees of freedom."""
    from scipy.special import stdtrit  # here, because it is slow to load and rarely needed

    design = np.column_stack([np.ones_like(x), x, control])
    coefficients = np.linalg.lstsq(design, y, rcond=None)[0]
    degrees = len(x) - design.shape[1]
    variance = float(((y - design @ coefficients) ** 2).sum()) / degrees
    error = math.sqrt(variance * float(np.linalg.inv(design.T @ design)[1, 1]))
    return Slope(float(coefficients[1]), float(stdtrit(degrees, 0.5 + CONFIDENCE / 2)) * error)


def _spread(values: Floats) -> float:
    return float(np.sqrt((values**2).mean()))


def _is_flat(spread: float, values: Floats) -> bool:
    return spread <= NO_VARIATION * max(1.0, float(np.abs(values).max()))
