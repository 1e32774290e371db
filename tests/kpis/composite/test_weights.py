"""Weights and the structure that carries them."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis.composite import (
    CompositeWarning,
    aggregate,
    custom_weights,
    effective_weights,
    equal_weights,
    optimise_weights,
    pca_weights,
    read_structure,
)
from kpis.errors import DataError, RequestError

from .examples import NAN, STRUCTURE, TABLE, flat, law, tables


def independent(n=200, spread=(1.0, 1.0, 1.0)):
    rng = np.random.default_rng(5)
    return pd.DataFrame(rng.normal(size=(n, 3)) * spread, columns=list("ABC"))


def test_effective_weights_by_hand():
    assert effective_weights(STRUCTURE).to_dict() == {
        "A": 1 / 8,
        "B": 3 / 8,
        "C": 1 / 2,
        "P": 0.5,
        "Q": 0.5,
        "I": 1.0,
    }


@law(weights=st.lists(st.integers(1, 1000), min_size=5, max_size=5))
def test_effective_weights_sum_to_one_and_reproduce_the_index(weights):
    structure = STRUCTURE.assign(weight=[*weights, 1])
    effective = effective_weights(structure)[["A", "B", "C"]]
    assert effective.sum() == pytest.approx(1)
    np.testing.assert_allclose(aggregate(TABLE, structure)["I"], TABLE @ effective)


def test_given_and_equal_weights_return_a_structure():
    table = custom_weights(STRUCTURE, {"A": 9})
    assert table.set_index("code").loc["A", "weight"] == 9
    assert read_structure(table) == read_structure(custom_weights(read_structure(STRUCTURE), {"A": 9}))
    assert set(equal_weights(STRUCTURE)["weight"]) == {1.0}
    zeros = STRUCTURE.assign(weight=0.0)
    np.testing.assert_allclose(aggregate(TABLE, equal_weights(zeros))["P"], TABLE[["A", "B"]].mean(axis=1))


def test_levels_are_counted_from_the_indicators():
    tree = read_structure(STRUCTURE)
    assert {node.code: node.level for node in tree.nodes} == {"P": 2, "Q": 2, "I": 3}
    assert tree.indicators == ("A", "B", "C")
    assert tree.top() == "I"
    with pytest.raises(RequestError, match="Did you mean 'P'"):
        tree.node("p")


def test_bad_weights():
    with pytest.raises(RequestError, match="Did you mean 'A'"):
        custom_weights(STRUCTURE, {"a": 1})
    with pytest.raises(RequestError, match="never negative"):
        custom_weights(STRUCTURE, {"A": -0.1})
    with pytest.raises(RequestError, match="are zero"):
        custom_weights(STRUCTURE, {"A": 0, "B": 0})


def test_pca_weights_of_two_alike_and_one_apart():
    rng = np.random.default_rng(1)
    base = rng.normal(size=300)
    noisy = [base + rng.normal(size=300) / 4 for _ in range(2)]
    values = pd.DataFrame({"A": noisy[0], "B": noisy[1], "C": rng.normal(size=300)})
    weights = pca_weights(values)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    assert weights["C"] < 0.05 < weights["A"]


def test_pca_weights_by_hand_for_two_indicators():
    # the first component of two correlated indicators is their sum: equal weights
    assert pca_weights(TABLE[["A", "B"]]).tolist() == pytest.approx([0.5, 0.5])


def test_a_negative_loading_is_kept_on_request_and_named():
    values = TABLE.assign(B=[3.0, 2.0, 0.0])
    with pytest.warns(CompositeWarning, match="loading is negative"):
        weights = pca_weights(values, kind="loading")
    assert weights.min() < 0
    assert (pca_weights(values) >= 0).all()


def test_pca_weights_where_there_is_nothing_to_decompose():
    with pytest.warns(CompositeWarning, match="fewer than 3"):
        assert pca_weights(TABLE.head(2)).isna().all()
    assert pca_weights(TABLE.assign(K=1.0))["K"] == 0
    with pytest.raises(RequestError, match="Did you mean 'squared'"):
        pca_weights(TABLE, kind="square")


def test_optimised_weights_balance_unequal_spreads():
    result = optimise_weights(independent(spread=(1.0, 3.0, 10.0)))
    assert result.is_reached
    np.testing.assert_allclose(result.table["obtained"], 1 / 3, atol=1e-3)
    assert result.weights["A"] > result.weights["B"] > result.weights["C"] > 0
    assert result.weights.sum() == pytest.approx(1)


def test_optimised_weights_reach_a_wanted_importance():
    scores = independent()
    result = optimise_weights(scores, {"A": 2, "B": 1, "C": 1})
    index = aggregate(scores, flat("A", "B", "C", weights=tuple(result.weights)))["I"]
    correlation = scores.corrwith(index)
    np.testing.assert_allclose(correlation / correlation.sum(), [0.5, 0.25, 0.25], atol=1e-3)


def test_optimised_weights_are_never_negative_and_say_when_they_fail():
    scores = independent()
    # B follows A so closely that it cannot matter little without a negative weight
    scores["B"] = scores["A"] + scores["B"] / 10
    with pytest.warns(CompositeWarning, match="reach the wanted importance"):
        result = optimise_weights(scores, {"A": 10, "B": 1, "C": 1})
    assert (result.weights >= 0).all()
    assert not result.is_reached


@law(scores=tables(gaps=False), examples=15)
def test_optimised_weights_are_weights(scores):
    varying = scores.loc[:, scores.nunique() > 1]
    rng = np.random.default_rng(0)
    jittered = varying + rng.normal(size=varying.shape)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CompositeWarning)
        weights = optimise_weights(jittered).weights
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)


def test_what_cannot_be_optimised_is_refused():
    with pytest.raises(RequestError, match="above 0"):
        optimise_weights(TABLE, {"A": 0})
    with pytest.raises(RequestError, match="Did you mean 'A'"):
        optimise_weights(TABLE, {"a": 1})
    with pytest.raises(DataError, match="'K' does not vary"):
        optimise_weights(TABLE.assign(K=1.0))
    with pytest.raises(DataError, match="2 complete areas"):
        optimise_weights(TABLE.replace(4.0, NAN))
