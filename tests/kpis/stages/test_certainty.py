"""The chances of a stage: by hand, and against seeded draws."""

from __future__ import annotations

import numpy as np
import pytest

from kpis.stages import certainty, rules

BARS = np.array([[0.25, 0.50, 0.75]] * 3)
LIMIT, SCALED = np.ones(3), np.ones(3, dtype=bool)


def test_moved_bars_by_hand() -> None:
    # A 0.52: 0.5·f ≤ 0.52 for f ≤ 1.04, seven tenths of 0.9–1.1. B 0.80 passes 0.5 always, C 0.30 never.
    value = np.array([[[0.52, 0.80, 0.30]]])
    passing = certainty.pass_under_moved_bars(value, BARS, LIMIT, SCALED)
    assert passing[0, 0, 0].tolist() == pytest.approx([1, 0.7, 0], abs=1e-12)
    chances = certainty.stage_chances(passing)[0, 0]
    assert chances.tolist() == pytest.approx([0, 0.3, 0.7, 0], abs=1e-12)


def test_a_bar_never_moves_past_the_natural_limit() -> None:
    value = np.array([[[100.0]]])
    bars = np.array([[50.0, 80.0, 95.0]])  # 95 · 1.1 would be more than everybody
    passing = certainty.pass_under_moved_bars(value, bars, np.array([100.0]), SCALED[:1])
    assert passing[0, 0, 0].tolist() == [1, 1, 1]
    unlimited = certainty.pass_under_moved_bars(value, bars, np.array([np.nan]), SCALED[:1])
    assert unlimited[0, 0, 0, 2] == pytest.approx((100 / 95 - 0.9) / 0.2, abs=1e-12)


def test_yes_no_answers_do_not_move() -> None:
    passing = certainty.pass_under_moved_bars(
        np.array([[[1.0]]]), np.ones((1, 3)), np.ones(1), np.zeros(1, dtype=bool)
    )
    assert passing[0, 0, 0].tolist() == [1, 1, 1]


def test_changes_by_hand() -> None:
    # Ten changes 0.00 … 0.09, median 0.045; centred −0.045 … 0.045. To fall below 0.5 from 0.51 takes −0.01:
    # six of ten keep the value at 0.5 or more (−0.005, 0.005, … 0.045).
    change = (np.arange(10) / 100)[None, :, None]
    value = np.full((1, 10, 1), 0.51)
    chance, moves = certainty.pass_under_changes(value, change, BARS[:1])
    assert chance[0, 0, 0].tolist() == pytest.approx([1, 0.6, 0], abs=1e-12)
    assert moves.all()


def test_too_few_changes_leave_a_kpi_where_it_is() -> None:
    change = np.full((1, 12, 1), np.nan)
    change[0, :9, 0] = np.arange(9)
    chance, moves = certainty.pass_under_changes(np.full((1, 12, 1), 0.51), change, BARS[:1])
    assert chance[0, 0, 0].tolist() == [1, 1, 0]
    assert not moves.any()


def test_exact_chances_are_what_seeded_draws_tend_to() -> None:
    rng = np.random.default_rng(20260101)
    value = rng.uniform(0, 1, (1, 40, 4))
    value[rng.uniform(size=value.shape) < 0.2] = np.nan
    bars = np.array([[0.25, 0.50, 0.75]] * 4)
    exact = certainty.stage_chances(
        certainty.pass_under_moved_bars(value, bars, np.ones(4), np.ones(4, dtype=bool))
    )[0]
    draws = 40_000
    factor = rng.uniform(0.9, 1.1, (draws, 1, 4, 1))
    moved = np.minimum(factor * bars, 1.0)
    level = np.where(np.isnan(value), -1, (value[0][None, ..., None] >= moved).sum(axis=-1))
    drawn = rules.stage_two_thirds(level)
    for stage in range(4):
        share = (drawn == stage).mean(axis=0)
        known = ~np.isnan(exact[:, stage])
        # four standard errors of a share at its widest, 0.5 / √draws
        assert np.abs(share - exact[:, stage])[known].max() < 4 * 0.5 / np.sqrt(draws)
