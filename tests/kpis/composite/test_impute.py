"""Imputation within a year: values and their origin, by hand and by law."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis.composite import impute
from kpis.errors import RequestError

from .examples import NAN, law, panel, tables

VALUES = pd.DataFrame(
    {"A": [1.0, NAN, 4.0, 7.0], "B": [10.0, 20.0, NAN, 50.0], "C": [NAN, NAN, NAN, NAN]},
    index=["COL", "URY", "JAM", "TTO"],
)
GROUPS = {"COL": "SA", "URY": "SA", "JAM": "SIDS", "TTO": "SIDS"}


def test_column_mean_and_median():
    filled, origin = impute(VALUES)
    assert filled.loc["URY", "A"] == 4
    assert filled.loc["JAM", "B"] == pytest.approx(80 / 3)
    assert origin.loc["URY", "A"] == "column mean"
    assert origin.loc["COL", "A"] == "observed"
    assert impute(VALUES, "median").values.loc["JAM", "B"] == 20


def test_group_mean_says_which_group():
    result = impute(VALUES, by="group", groups=GROUPS)
    assert result.values.loc["URY", "A"] == 1
    assert result.values.loc["JAM", "B"] == 50
    assert result.origin.loc["JAM", "B"] == "group mean (SIDS)"
    assert result.is_imputed.to_numpy().sum() == 2


def test_an_area_without_group_or_a_group_without_data_stays_missing():
    result = impute(VALUES, by="group", groups={"URY": "alone", "JAM": None, "TTO": "SIDS"})
    assert np.isnan(result.values.loc["URY", "A"])
    assert result.origin.loc["JAM", "B"] == "missing"


def test_row_mean_goes_through_min_max_and_back():
    # JAM has A = (4 - 1)/6 = 0.5, so B becomes 10 + 0.5 · 40
    filled, origin = impute(VALUES, by="row")
    assert filled.loc["JAM", "B"] == pytest.approx(30)
    # URY has B = 0.25, so A becomes 1 + 0.25 · 6
    assert filled.loc["URY", "A"] == pytest.approx(2.5)
    assert origin.loc["URY", "A"] == "row mean"


def test_row_mean_respects_direction():
    # with A lower is better, JAM's A is 1 - 0.5 and URY's B of 0.25 suggests a poor, that is high, A
    filled = impute(VALUES, by="row", directions={"A": -1}).values
    assert filled.loc["JAM", "B"] == pytest.approx(30)
    assert filled.loc["URY", "A"] == pytest.approx(7 - 0.25 * 6)


def test_row_mean_within_blocks_only():
    values = VALUES.assign(C=[0.0, 1.0, 0.0, 0.0])
    filled = impute(values, by="row", blocks={"A": "P", "C": "P"}).values
    assert filled.loc["URY", "A"] == 7
    assert np.isnan(filled.loc["JAM", "B"])


def test_a_constant_column_lends_nothing_and_is_filled_with_its_constant():
    values = pd.DataFrame({"A": [1.0, 3.0, 2.0], "K": [5.0, 5.0, NAN], "B": [0.0, 1.0, NAN]})
    filled = impute(values, by="row").values
    assert filled["K"].tolist() == [5, 5, 5]
    assert filled["B"].iloc[2] == pytest.approx(0.5)


@pytest.mark.parametrize("by", ["column", "group", "row"])
def test_an_all_missing_column_stays_missing(by):
    result = impute(VALUES, by=by, groups=GROUPS)
    assert result.values["C"].isna().all()
    assert (result.origin["C"] == "missing").all()


def test_each_period_is_filled_on_its_own():
    filled = impute(panel()).values["A"]
    assert filled.tolist()[:5] == [1, 5, 4, 1, 5]
    assert filled.iloc[5] == 4


@law(values=tables(), method=st.sampled_from(["mean", "median"]), by=st.sampled_from(["column", "row"]))
def test_observed_values_never_change_and_fills_stay_within_the_column(values, method, by):
    result = impute(values, method, by=by)
    observed = values.notna()
    pd.testing.assert_frame_equal(result.values.where(observed), values)
    assert (result.origin.eq("observed") == observed).all(axis=None)
    assert (result.origin.eq("missing") == result.values.isna()).all(axis=None)
    tolerance = 1e-9 * values.abs().max()
    assert (result.values.isna() | (result.values >= values.min() - tolerance)).all(axis=None)
    assert (result.values.isna() | (result.values <= values.max() + tolerance)).all(axis=None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "mode"}, "imputation method"),
        ({"by": "rows"}, "Did you mean 'row'"),
        ({"by": "group"}, "needs groups"),
        ({"by": "row", "directions": {"a": 1}}, "Did you mean 'A'"),
        ({"by": "row", "blocks": {"a": "P"}}, "Did you mean 'A'"),
    ],
)
def test_bad_requests(arguments, message):
    with pytest.raises(RequestError, match=message):
        impute(VALUES, **arguments)
