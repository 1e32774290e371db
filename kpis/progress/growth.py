"""Compound growth, thresholds and rule order: the arithmetic that the methods share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpis.progress._types import Codes, Floats, Mask

ROUNDING = 1e-12
"""A measure this close below a threshold is on it: 100 to 100.5 in a year is 0.5 %, though not in binary."""


def cagr(earlier: Floats, later: Floats, years: Floats) -> Floats:
    """Compound growth rate a year, a fraction: (later / earlier) ** (1 / years) - 1.

    NaN where it is not defined: no time between, an earlier value of 0, opposite signs, a missing input.
    """
    with np.errstate(all="ignore"):
        ratio = later / earlier
        is_defined = (years > 0) & (earlier != 0) & (ratio >= 0)
        return np.where(is_defined, ratio ** (1 / years) - 1, np.nan)


def project(value: Floats, rate: Floats, years: Floats) -> Floats:
    """The value after `years` more of the same growth: value * (1 + rate) ** years. A value of 0 stays 0."""
    with np.errstate(all="ignore"):
        ahead = np.where(value == 0, 0.0, value * (1 + rate) ** years)
        return np.where(np.isfinite(rate), ahead, np.nan)


def classify(measure: Floats, cuts: Sequence[Floats | float], names: Sequence[str], absent: str) -> Codes:
    """The name of the first cut reached (>=), cuts in falling order; the name after the last if none is.

    `names` has one more entry than `cuts`. A missing measure gets `absent`.
    """
    below = sum((measure < np.asarray(cut) - ROUNDING).astype(np.intp) for cut in cuts)
    step = np.where(np.isnan(measure), len(cuts) + 1, below)
    return np.array([*names, absent], dtype=object)[step]


def reaches(measure: Floats, cut: Floats | float) -> Mask:
    """Measure >= cut, up to rounding; False where either is missing."""
    return np.asarray(measure >= np.asarray(cut) - ROUNDING, dtype=np.bool_)


def touches(measure: Floats, cuts: Sequence[Floats | float]) -> Mask:
    """The measure lies on one of the cuts, up to rounding."""
    distances = np.stack([np.abs(measure - np.asarray(cut)) for cut in cuts])
    return np.asarray((distances <= ROUNDING).any(axis=0), dtype=np.bool_)


def first_of(rules: Sequence[tuple[str, Mask]], otherwise: Codes) -> Codes:
    """For each case the code of the first rule that holds, else `otherwise`."""
    codes = otherwise.copy()
    for code, holds in reversed(rules):
        codes[holds] = code
    return codes


def finite(column: Floats) -> Floats:
    """Overflow has no figure to show: infinities become NaN."""
    return np.where(np.isfinite(column), column, np.nan)
