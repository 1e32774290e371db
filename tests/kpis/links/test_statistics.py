"""Partial correlation and its interval, by hand and by their laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.links import statistics


def test_partial_correlation_by_hand() -> None:
    # First-order formula: (r_xy − r_xz r_yz) / √((1 − r_xz²)(1 − r_yz²)).
    x, y, z = np.array([1.0, 2, 4, 3]), np.array([2.0, 1, 3, 5]), np.array([1.0, 3, 2, 5])
    r = np.corrcoef([x, y, z])
    expected = (r[0, 1] - r[0, 2] * r[1, 2]) / math.sqrt((1 - r[0, 2] ** 2) * (1 - r[1, 2] ** 2))
    assert statistics.partial_correlation(x, y, z) == pytest.approx(expected, abs=1e-12)


def test_fisher_interval_by_hand() -> None:
    low, high = statistics.fisher_interval(0.5, 100, controls=1)
    half = 1.959963984540054 / math.sqrt(96)
    assert low == pytest.approx(math.tanh(math.atanh(0.5) - half), abs=1e-12)
    assert high == pytest.approx(math.tanh(math.atanh(0.5) + half), abs=1e-12)
    assert statistics.fisher_interval(1.0, 100) == (1.0, 1.0)


def test_what_income_explains_away_leaves_nothing() -> None:
    income = np.linspace(6, 11, 50)
    assert math.isnan(statistics.partial_correlation(2 * income + 1, np.cos(income), income))


@given(st.floats(0.1, 50), st.floats(-100, 100), st.integers(0, 10_000))
def test_units_do_not_matter(scale: float, shift: float, seed: int) -> None:
    x, y, z = np.random.default_rng(seed).normal(size=(3, 40))
    before = statistics.partial_correlation(x, y, z)
    assert statistics.partial_correlation(scale * x + shift, y, z) == pytest.approx(before, abs=1e-9)
    assert statistics.partial_correlation(-x, y, z) == pytest.approx(-before, abs=1e-9)
