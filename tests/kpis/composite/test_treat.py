"""Outliers: G1 and G2, the rule, winsorisation, transformations, the record."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy import stats

from kpis.composite import findings, kurtosis, skewness, treat, treatment, winsorise
from kpis.errors import RequestError

from .examples import NAN, columns, law, one_column


def test_skewness_and_kurtosis_by_hand():
    x = np.array([1.0, 2.0, 6.0])
    g1 = math.sqrt(3) * (-8 - 1 + 27) / (4 + 1 + 9) ** 1.5
    assert skewness(x) == pytest.approx(math.sqrt(6) / 1 * g1)
    y = np.array([0.0, 0.0, 0.0, 4.0])
    r = 4 * (3 * 1 + 81) / (3 + 9) ** 2
    assert kurtosis(y) == pytest.approx((5 * (r - 3) + 6) * 3 / 2)


@law(x=columns(min_size=4))
def test_skewness_and_kurtosis_agree_with_scipy_unbiased(x):
    have = x[~np.isnan(x)]
    if len(have) > 2:
        assert skewness(x) == pytest.approx(stats.skew(have, bias=False), abs=1e-9)
    if len(have) > 3:
        assert kurtosis(x) == pytest.approx(stats.kurtosis(have, bias=False), abs=1e-8)


@pytest.mark.parametrize("cells", [(1.0, 2.0), (3.0, 3.0, 3.0, 3.0), (NAN, NAN)])
def test_too_few_or_equal_values_have_no_shape(cells):
    assert math.isnan(skewness(np.array(cells)))
    assert math.isnan(kurtosis(np.array(cells)))


# COINr 1.1: check_SkewKurt, winsorise, log_CT; only the limit differs where a tie would overstep it
def coinr(x, k=5):
    def shape(v):
        n, m = len(v), sum(v) / len(v)
        s2 = sum((a - m) ** 2 for a in v)
        g1 = math.sqrt(n) * sum((a - m) ** 3 for a in v) / s2**1.5
        r = n * sum((a - m) ** 4 for a in v) / s2**2
        return g1 * math.sqrt(n * (n - 1)) / (n - 2), ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))

    def passes(v):
        skew, kurt = shape(v)
        return abs(skew) < 2 or kurt < 3.5

    now, high, low = list(x), [], []
    while not passes(now) and len(high) + len(low) < k:
        if shape(now)[0] >= 0:
            high = [i for i, v in enumerate(now) if v == max(now)]
            new = max(v for v in now if v != max(now))
            now = [new if i in high else v for i, v in enumerate(now)]
        else:
            low = [i for i, v in enumerate(now) if v == min(now)]
            new = min(v for v in now if v != min(now))
            now = [new if i in low else v for i, v in enumerate(now)]
    if passes(now):
        return now
    a = 0.01 * (max(x) - min(x))
    return [math.log(v - min(x) + a) for v in x]


@law(
    body=st.lists(st.integers(0, 10**6), min_size=8, max_size=60, unique=True),
    outliers=st.lists(st.integers(2 * 10**6, 10**9), max_size=9, unique=True),
    sign=st.sampled_from([1, -1]),
)
def test_agrees_with_coinr_where_values_are_distinct(body, outliers, sign):
    x = [float(sign * v) for v in body + outliers]
    np.testing.assert_allclose(treat(one_column(*x))["A"], coinr(x), rtol=1e-9, atol=1e-12)


def test_one_high_outlier_takes_the_next_value():
    # COINr's own test: 1..10 and 100
    values = one_column(*range(1, 11), 100)
    record = treatment(values)
    assert record.values["A"].tolist() == [*range(1, 11), 10]
    assert record.points.to_dict("records") == [
        {"indicator": "A", "row": "a10", "action": "winsorised high", "before": 100.0, "after": 10.0}
    ]
    row = record.columns.iloc[0]
    assert (row["action"], row["points"], row["passes"], row["n"]) == ("winsorised", 1, True, 11)


def test_a_low_outlier_is_moved_up():
    record = treatment(one_column(*range(1, 11), -100, NAN))
    assert record.values["A"].iloc[10] == 1
    assert np.isnan(record.values["A"].iloc[11])
    assert record.points["action"].tolist() == ["winsorised low"]


def test_beyond_the_limit_the_original_is_logged():
    # COINr's own test: 1..20, 100 and 200 with one point allowed
    x = [*range(1, 21), 100, 200]
    record = treatment(one_column(*x), max_points=1)
    expected = [math.log(v - 1 + 0.01 * 199) for v in x]
    np.testing.assert_allclose(record.values["A"], expected, rtol=1e-12)
    assert record.columns.iloc[0]["action"] == "transformed"
    assert len(record.points) == len(x)
    assert findings(record.values)[0].kind == "note"


def test_a_tie_past_the_limit_is_left_to_the_log():
    x = [*np.linspace(0, 1, 60), *[50.0] * 4]
    assert treatment(one_column(*x), max_points=3).columns.iloc[0]["action"] == "transformed"
    record = treatment(one_column(*x), max_points=4)
    assert record.columns.iloc[0]["points"] == 4
    assert (record.values["A"].tail(5) == 1).all()


def test_winsorising_never_makes_a_constant():
    x = np.array([0.0] * 40 + [9.0])
    assert np.array_equal(winsorise(x), x)
    assert treatment(one_column(*x)).columns.iloc[0]["action"] == "transformed"


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("log-one", lambda v, low, _high: math.log(v - low + 1)),
        ("log-gii", lambda v, low, high: math.log((high - 1) * (v - low) / (high - low) + 1)),
        ("log-signed", lambda v, low, high: math.log(v - low + 0.01 * (high - low))),
        ("box-cox", lambda v, low, _high: ((v - low + 1) ** 0.5 - 1) / 0.5),
    ],
)
def test_variants_by_hand(transform, expected):
    x = [*range(1, 21), 1000]
    result = treat(one_column(*x), max_points=0, transform=transform, box_cox_lambda=0.5)["A"]
    np.testing.assert_allclose(result, [expected(v, 1, 1000) for v in x], rtol=1e-12)


def test_the_other_side_of_the_signed_log_and_lambda_zero():
    x = [-v for v in (*range(1, 21), 1000)]
    result = treat(one_column(*x), max_points=0, transform="log-signed")["A"]
    np.testing.assert_allclose(result, [-math.log(-1 + 9.99 - v) for v in x], rtol=1e-12)
    y = [*range(1, 21), 1000]
    one = treat(one_column(*y), max_points=0, transform="box-cox")["A"]
    np.testing.assert_allclose(one, treat(one_column(*y), max_points=0, transform="log-one")["A"])


def test_log_gii_would_reverse_small_values_and_is_left_out():
    values = one_column(*[0.001 * v for v in range(20)], 1.0)
    record = treatment(values, max_points=0, transform="log-gii")
    assert record.values.equals(values)
    assert "still fails" in findings(record.values)[0].problem


def test_none_keeps_what_winsorising_achieved_and_combine_logs_it():
    x = [*range(1, 21), 100, 200]
    kept = treat(one_column(*x), max_points=1, transform="none")["A"]
    assert kept.tolist() == [*range(1, 21), 100, 100]
    both = treat(one_column(*x), max_points=1, combine=True)["A"]
    np.testing.assert_allclose(both, [math.log(v - 1 + 0.99) for v in kept])


@law(x=columns(min_size=4), k=st.integers(0, 6))
def test_at_most_k_points_move_and_missing_stays(x, k):
    record = treatment(one_column(*x), max_points=k)
    after = record.values["A"].to_numpy()
    assert np.array_equal(np.isnan(after), np.isnan(x))
    row = record.columns.iloc[0]
    if row["action"] == "winsorised":
        assert 0 < row["points"] <= k
        assert row["passes"]
    if row["action"] in ("none", "not judged"):
        assert np.array_equal(after, x, equal_nan=True)
    have = ~np.isnan(x)
    order = np.argsort(x[have], kind="stable")
    assert (np.diff(after[have][order]) >= 0).all()


def test_nothing_to_judge_is_left_alone():
    values = pd.DataFrame({"A": [NAN] * 5, "B": [3.0] * 5, "C": [1, 2, 3, NAN, NAN]})
    record = treatment(values)
    assert record.columns["action"].tolist() == ["not judged"] * 3
    assert record.values.equals(values.astype(float))
    assert record.points.empty


def test_skipped_indicators_are_not_touched():
    values = one_column(*range(1, 11), 100)
    record = treatment(values, skip=["A"])
    assert record.columns.iloc[0]["action"] == "skipped"
    assert record.values.equals(values.astype(float))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"transform": "logs"}, "Did you mean 'log'"),
        ({"skip": ["AA"]}, "Did you mean 'A'"),
        ({"max_points": -1}, "max_points"),
        ({"skew_limit": 0}, "skew_limit"),
    ],
)
def test_bad_requests(arguments, message):
    with pytest.raises(RequestError, match=message):
        treat(one_column(1, 2, 3, 4), **arguments)
