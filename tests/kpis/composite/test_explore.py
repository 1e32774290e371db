"""Correlations, Cronbach's alpha, principal components."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from kpis.composite import CompositeWarning, alpha_reading, correlations, cronbach_alpha, principal_components
from kpis.errors import DataError, RequestError

from .examples import NAN, TABLE, law, tables


def test_correlations_by_hand():
    table = correlations(TABLE).set_index(["first", "second"])
    # A: -4/3 -1/3 5/3; B: -10 10 0
    assert table.loc[("A", "B"), "correlation"] == pytest.approx(10 / math.sqrt(42 / 9 * 200))
    assert len(table) == 3
    assert correlations(TABLE, method="spearman")["correlation"].iloc[0] == pytest.approx(0.5)
    assert correlations(TABLE, method="kendall")["correlation"].iloc[0] == pytest.approx(1 / 3)


def test_flags():
    values = pd.DataFrame(
        {"A": [1.0, 2, 3, 4], "B": [2.0, 4, 6, 9], "C": [9.0, 7, 5, 1], "K": [1.0, 1, 1, 1]}
    )
    flags = correlations(values).set_index(["first", "second"])["flag"]
    assert flags[("A", "B")] == "redundant"
    assert flags[("A", "C")] == "conflicting"
    assert flags[("A", "K")] == "undefined"


def test_against_another_table_matches_rows_by_label():
    denominator = pd.DataFrame({"people": [4.0, 2.0, 1.0]}, index=["JAM", "URY", "COL"])
    table = correlations(TABLE, denominator)
    assert table["correlation"].iloc[0] == pytest.approx(1)
    assert table["second"].tolist() == ["people"] * 3


@law(values=tables())
def test_correlations_use_the_areas_that_have_both(values):
    for _, row in correlations(values).iterrows():
        both = values[[row["first"], row["second"]]].dropna()
        assert row["n"] == len(both)
        if len(both) >= 3 and (both.nunique() > 1).all():
            assert row["correlation"] == pytest.approx(np.corrcoef(both.T)[0, 1], abs=1e-9)
        else:
            assert np.isnan(row["correlation"])


def test_alpha_by_hand():
    values = pd.DataFrame({"A": [1.0, 2.0, 3.0], "B": [2.0, 2.0, 5.0]})
    # variances 1 and 3, covariance 1.5
    assert cronbach_alpha(values) == pytest.approx(4 * 1.5 / 7)


def test_alpha_of_identical_indicators_is_one():
    assert cronbach_alpha(
        pd.DataFrame({"A": [1.0, 2, 4], "B": [1.0, 2, 4], "C": [1.0, 2, 4]})
    ) == pytest.approx(1)


@law(values=tables(gaps=False))
def test_alpha_agrees_with_the_textbook_form(values):
    k = values.shape[1]
    total = values.sum(axis=1).var()
    if total > 1e-6:
        assert cronbach_alpha(values) == pytest.approx(
            k / (k - 1) * (1 - values.var().sum() / total), rel=1e-6, abs=1e-6
        )


# COINr 1.1: get_cronbach, covariances over the pairs that are complete
@law(values=tables())
def test_alpha_agrees_with_coinr_on_gaps(values):
    k = values.shape[1]
    covariance = np.full((k, k), NAN)
    for i, first in enumerate(values):
        for j, second in enumerate(values):
            both = values[[first]].assign(other=values[second]).dropna().to_numpy()
            if len(both) > 1:
                covariance[i, j] = np.cov(both.T)[0, 1]
    total, diagonal = np.nansum(covariance), np.nansum(np.diag(covariance))
    if abs(total) > 1e-6:
        assert cronbach_alpha(values) == pytest.approx(
            k**2 * ((total - diagonal) / (k * (k - 1))) / total, rel=1e-9
        )


@pytest.mark.parametrize(
    "values", [TABLE[["A"]], TABLE.assign(A=1.0, B=1.0, C=1.0), TABLE.head(1), TABLE * NAN]
)
def test_alpha_is_missing_where_undefined(values):
    with pytest.warns(CompositeWarning, match="alpha is missing"):
        assert math.isnan(cronbach_alpha(values))


def test_alpha_in_words():
    readings = {
        0.95: "excellent",
        0.9: "excellent",
        0.85: "good",
        0.7: "acceptable",
        0.6: "questionable",
        0.5: "poor",
    }
    assert {alpha: alpha_reading(alpha) for alpha in readings} == readings
    assert alpha_reading(-1) == "unacceptable"
    assert alpha_reading(NAN) == "undefined"


def test_components_of_two_indicators_by_hand():
    result = principal_components(TABLE[["A", "B"]])
    r = 10 / math.sqrt(42 / 9 * 200)
    assert result.eigenvalues.tolist() == pytest.approx([1 + r, 1 - r])
    assert result.loadings["PC1"].tolist() == pytest.approx([math.sqrt(0.5)] * 2)
    assert result.n == 3


@law(values=tables(gaps=False))
def test_components_rebuild_the_correlations(values):
    varying = values.loc[:, values.nunique() > 1]
    result = principal_components(varying)
    loadings = result.loadings.to_numpy()
    rebuilt = loadings @ np.diag(result.eigenvalues) @ loadings.T
    np.testing.assert_allclose(rebuilt, np.atleast_2d(np.corrcoef(varying.T)), atol=1e-9)
    assert result.explained.sum() == pytest.approx(1)
    assert (result.loadings.sum() >= -1e-9).all()


def test_gaps_constants_and_too_few_areas():
    values = TABLE.assign(K=1.0, N=NAN)
    result = principal_components(values)
    assert result.loadings.loc[["K", "N"]].isna().all(axis=None)
    assert result.loadings.loc[["A", "B", "C"]].notna().all(axis=None)
    with pytest.warns(CompositeWarning, match="fewer than 3"):
        assert principal_components(TABLE.head(2)).n == 2


def test_bad_requests():
    with pytest.raises(RequestError, match="Did you mean 'pearson'"):
        correlations(TABLE, method="person")
    with pytest.raises(DataError, match="list"):
        cronbach_alpha([1, 2])
