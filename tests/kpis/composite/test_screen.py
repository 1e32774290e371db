"""Screening of areas: shares by hand, rules, forced rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis.composite import availability, screen
from kpis.errors import RequestError

from .examples import NAN, law, tables

VALUES = pd.DataFrame(
    {"A": [1.0, NAN, 0.0, NAN], "B": [2.0, NAN, 0.0, NAN], "C": [0.0, 5.0, 0.0, NAN]},
    index=["COL", "URY", "JAM", "TTO"],
)


def test_shares_by_hand():
    table = availability(VALUES)
    assert table["n_missing"].tolist() == [0, 2, 0, 3]
    assert table["n_zero"].tolist() == [1, 0, 3, 0]
    assert table["share_available"].tolist() == pytest.approx([1, 1 / 3, 1, 0])
    assert table["share_nonzero"].tolist()[:3] == pytest.approx([2 / 3, 1, 0])
    assert np.isnan(table["share_nonzero"].iloc[3])


@pytest.mark.parametrize(
    ("rule", "kept"), [("available", ["COL", "JAM"]), ("nonzero", ["COL", "URY"]), ("both", ["COL"])]
)
def test_rules(rule, kept):
    result = screen(VALUES, rule=rule)
    assert result.values.index.tolist() == kept
    assert set(result.removed) == set(VALUES.index) - set(kept)
    assert result.table["is_included"].sum() == len(kept)


def test_two_of_three_is_two_thirds():
    assert len(screen(VALUES.assign(C=NAN).head(1)).values) == 1


def test_forced_rows_and_exclusion_wins():
    result = screen(VALUES, include=["URY", "TTO"], exclude=["COL", "TTO"])
    assert result.values.index.tolist() == ["URY", "JAM"]


@law(values=tables(), threshold=st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_nothing_is_changed_and_the_threshold_holds(values, threshold):
    result = screen(values, min_available=threshold)
    pd.testing.assert_frame_equal(result.values, values.loc[result.values.index])
    assert (result.values.notna().mean(axis=1) >= threshold).all()
    assert (values.loc[list(result.removed)].notna().mean(axis=1) < threshold).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rule": "avail"}, "Did you mean 'available'"),
        ({"min_available": 66}, "between 0 and 1"),
        ({"include": ["COI"]}, "Did you mean 'COL'"),
        ({"exclude": ["URX"]}, "Did you mean 'URY'"),
    ],
)
def test_bad_requests(arguments, message):
    with pytest.raises(RequestError, match=message):
        screen(VALUES, **arguments)
