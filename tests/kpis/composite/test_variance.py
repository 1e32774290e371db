"""Variance by choice: adds up, finds the choice that matters, refuses draws that are not crossed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpis.composite import Choices, crossed, draw, uncertainty, variance_parts
from kpis.errors import RequestError

TREE = pd.DataFrame({"code": ["I", "A", "B"], "parent": [None, "I", "I"], "weight": [1, 1, 1]})
BOTH = Choices(normalisation=("min-max", "rank"), aggregation=("arithmetic", "median"), weight_spread=0.25)
AREAS = pd.Index(["x", "y"], name="ref_area")
EXACT = 1e-12  # sums of squares of small whole numbers: rounding of doubles only


def test_every_set_of_weights_meets_every_combination() -> None:
    draws = crossed(TREE, 43, seed=1, choices=BOTH)
    assert len(draws) == 40  # ten sets under four combinations
    pairs = list(zip(draws.picks["normalisation"], draws.picks["aggregation"], strict=True))
    assert pairs[:4] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert (draws.millionths[0] == draws.millionths[3]).all()
    assert (draws.millionths[0] != draws.millionths[4]).any()
    assert (draws.millionths[::4] == draw(TREE, 10, seed=1, choices=BOTH).millionths).all()


def test_weights_that_do_not_vary_are_drawn_once() -> None:
    draws = crossed(TREE, 1000, seed=1, choices=Choices(normalisation=("min-max", "rank"), weight_spread=0.0))
    assert len(draws) == 2
    assert (draws.millionths == 1_000_000).all()


def test_parts_by_hand() -> None:
    draws = crossed(TREE, 8, seed=1, choices=BOTH)  # two sets of weights
    # x: third with the other normalisation. y: third only if both choices are the other.
    ranks = np.array([[1, 1], [1, 1], [3, 1], [3, 3]] * 2, dtype=np.int32)
    parts = variance_parts(draws, ranks, AREAS)
    assert parts.loc["x"].to_dict() == pytest.approx(
        {"normalisation": 1, "aggregation": 0, "weights": 0, "joint": 0}, abs=EXACT
    )
    # y has mean 1.5 and variance 0.75; each choice alone moves the mean by 1 from 1 to 2: 0.25, twice.
    assert parts.loc["y"].to_dict() == pytest.approx(
        {"normalisation": 0.25, "aggregation": 0.25, "weights": 0, "joint": 0.25}, abs=EXACT
    )


def test_parts_of_a_real_run_add_up() -> None:
    rng = np.random.default_rng(3)
    values = pd.DataFrame(rng.lognormal(size=(30, 2)), columns=["A", "B"])
    draws = crossed(TREE, 400, seed=2, choices=BOTH)
    ranks = uncertainty(values, TREE, draws).ranks
    parts = variance_parts(draws, ranks, values.index)
    assert parts.sum(axis=1).to_numpy() == pytest.approx(ranks.var(axis=0), abs=1e-9)  # of places squared
    assert (parts >= 0).all(axis=None)
    assert parts["weights"].sum() > 0


def test_area_without_a_rank_has_no_parts() -> None:
    draws = crossed(TREE, 8, seed=1, choices=BOTH)
    ranks = np.ones((8, 2), dtype=np.int32)
    ranks[5, 1] = 0
    parts = variance_parts(draws, ranks, AREAS)
    assert parts.loc["x"].sum() == 0
    assert parts.loc["y"].isna().all()


def test_draws_that_are_not_crossed_are_refused() -> None:
    loose = draw(TREE, 8, seed=1, choices=BOTH)
    with pytest.raises(RequestError, match="composite.crossed"):
        variance_parts(loose, np.ones((8, 2), dtype=np.int32), AREAS)
