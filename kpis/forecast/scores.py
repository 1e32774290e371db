"""How good a distribution was, once the figure is known: error, coverage of its bands, CRPS."""

from __future__ import annotations

import numpy as np

from kpis.forecast.panel import FloatArray

BANDS = (50, 80, 95)


def crps(draws: FloatArray, actual: FloatArray) -> FloatArray:
    """Continuous ranked probability score of each column: draw × case against case; smaller is better.

    E|X − y| − E|X − X′|/2, both over the draws; in the unit of the value. Gneiting & Raftery (2007).
    """
    n = len(draws)
    ordered = np.sort(draws, axis=0)
    weight = 2 * np.arange(1, n + 1) - n - 1
    spread = weight @ ordered / n**2
    return np.asarray(np.abs(draws - actual).mean(axis=0) - spread)


def crps_of_quantiles(values: FloatArray, shares: tuple[float, ...], actual: FloatArray) -> FloatArray:
    """CRPS of each column from quantiles alone: share × case against case; in the unit of the value.

    Twice the mean quantile score over all shares from 0 to 1, each quantile standing for the shares that are
    nearer to its own than to another. Gneiting & Ranjan (2011).
    """
    levels = np.array(shares)[:, None]
    bounds = np.concatenate([[0.0], (levels[1:, 0] + levels[:-1, 0]) / 2, [1.0]])
    score = ((actual < values) - levels) * (values - actual)
    return np.asarray(2 * np.diff(bounds) @ score)


def quantiles(draws: FloatArray, shares: tuple[float, ...], *, whole: bool) -> FloatArray:
    """Share × case. whole: a number that was drawn, for ranks (the inverse of the distribution function)."""
    method = "inverted_cdf" if whole else "linear"
    return np.asarray(np.quantile(draws, shares, axis=0, method=method))  # type: ignore[call-overload]
