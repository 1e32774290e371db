"""Ranks: 1 is best, ties share the better rank, missing stays missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpis.composite import rank
from kpis.composite.rank import rank_rows
from kpis.errors import DataError, RequestError

from .examples import NAN, TABLE, columns, law, panel, tables


def test_three_rows_by_hand():
    assert rank(TABLE).to_dict("list") == {"A": [3, 2, 1], "B": [3, 1, 2], "C": [2, 2, 1]}


def test_a_series_keeps_its_name_and_index():
    ranks = rank(pd.Series([5.0, NAN, 7.0, 7.0], index=list("abcd"), name="EGDI"))
    assert ranks.name == "EGDI"
    assert ranks.drop("b").to_dict() == {"a": 3, "c": 1, "d": 1}
    assert np.isnan(ranks["b"])


@law(x=columns())
def test_a_rank_is_one_more_than_those_above(x):
    ranks = rank(pd.Series(x)).to_numpy()
    for score, place in zip(x, ranks, strict=True):
        assert np.isnan(place) if np.isnan(score) else place == 1 + np.nansum(x > score)


@law(scores=tables())
def test_agrees_with_pandas(scores):
    pd.testing.assert_frame_equal(rank(scores), scores.rank(ascending=False, method="min"))


def test_periods_are_ranked_on_their_own():
    scores = panel()["B"]
    assert rank(scores).tolist() == [2, 2, 1, 1, 1, 2]
    assert rank(scores.droplevel("time_period"), time=[2018, 2020, 2024] * 2).tolist() == [2, 2, 1, 1, 1, 2]
    unnamed = scores.copy()
    unnamed.index = unnamed.index.set_names([None, None])
    assert rank(unnamed).tolist() == [2, 2, 1, 1, 1, 2]


def test_edges_of_the_matrix_form():
    assert rank_rows(np.empty((0, 3))).shape == (0, 3)
    assert rank_rows(np.empty((2, 0))).shape == (2, 0)
    assert rank_rows(np.array([[NAN, NAN]])).tolist() == [[0, 0]]
    assert rank_rows(np.array([[0.0, -0.0, 1.0]])).tolist() == [[2, 2, 1]]


def test_bad_input():
    with pytest.raises(DataError, match="list"):
        rank([1, 2])
    with pytest.raises(RequestError, match="index level"):
        rank(panel(), time="ref_aera")
