"""Normalisation: formulas by hand, COINr's documented behaviour, laws, policy, bad requests."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis.composite import CompositeWarning, findings, normalise
from kpis.errors import DataError, RequestError

from .examples import NAN, TABLE, columns, law, one_column, panel

PLAIN = ["min-max", "z-score", "distance-to-max", "rank", "borda", "percentile-rank"]


def column_of(method, **arguments):
    return normalise(TABLE[["A"]], method, **arguments)["A"].tolist()


def test_every_formula_on_three_rows():
    assert column_of("min-max") == pytest.approx([0, 100 / 3, 100])
    assert column_of("min-max", scale=(1, 10)) == pytest.approx([1, 4, 10])
    sd = math.sqrt((16 + 1 + 25) / 9 / 2)
    assert column_of("z-score") == pytest.approx([-4 / 3 / sd, -1 / 3 / sd, 5 / 3 / sd])
    assert column_of("z-score", scale=(100, 10)) == pytest.approx(
        [100 - 40 / 3 / sd, 100 - 10 / 3 / sd, 100 + 50 / 3 / sd]
    )
    assert column_of("goalposts", goalposts={"A": (0, 3)}) == pytest.approx([100 / 3, 200 / 3, 100])
    assert column_of("goalposts", goalposts={"A": (3, 0)}, scale=(0, 1)) == pytest.approx([2 / 3, 1 / 3, 0])
    assert column_of("scaled", goalposts={"A": (0, 2)}) == pytest.approx([50, 100, 200])
    assert column_of("scaled") == pytest.approx([1, 2, 4])
    assert column_of("distance-to-max") == pytest.approx([0, 1 / 3, 1])
    assert column_of("distance-to-reference", reference="URY") == pytest.approx([0, 1, 3])
    assert column_of("distance-to-reference", reference="URY", cap=True) == pytest.approx([0, 1, 1])
    assert column_of("distance-to-target", targets={"A": 3}) == pytest.approx([0, 1 / 2, 3 / 2])
    assert column_of("distance-to-target", targets={"A": 3}, cap=True) == pytest.approx([0, 1 / 2, 1])
    assert column_of("fraction-of-max") == pytest.approx([1 / 4, 1 / 2, 1])
    assert column_of("rank") == [1, 2, 3]
    assert column_of("borda") == [0, 1, 2]
    assert column_of("percentile-rank") == [0, 1 / 2, 1]


def test_lower_is_better_on_three_rows():
    down = {"directions": {"A": -1}}
    assert column_of("min-max", **down) == pytest.approx([100, 200 / 3, 0])
    assert column_of("distance-to-target", targets={"A": 2}, **down) == pytest.approx([3 / 2, 1, 0])
    assert column_of("distance-to-reference", reference="URY", **down) == pytest.approx([3 / 2, 1, 0])
    assert column_of("fraction-of-max", **down) == pytest.approx([1, 1 / 2, 1 / 4])
    assert column_of("scaled", **down) == pytest.approx([99, 98, 96])
    assert column_of("rank", **down) == [3, 2, 1]


# x = 30, lower is better. COINr: n_scaled(-x, c(0, 100)) = (-30 - 0)/(100 - 0)*100; here 30 is 70 of the way
# from 100 to 0. With posts of its own the direction is theirs: COINr's n_scaled(-x, c(-100, 0)) is 70 too.
def test_scaled_where_lower_is_better_is_not_coinrs():
    values, down = one_column(30.0, 0.0, 100.0), {"directions": {"A": -1}}
    n_scaled = [(-x - 0) / (100 - 0) * 100 for x in (30, 0, 100)]
    assert n_scaled == [-30, 0, -100]
    ours = normalise(values, "scaled", **down)["A"].tolist()
    assert ours == [70, 100, 0]
    assert [(-x + 100) / (0 + 100) * 100 for x in (30, 0, 100)] == ours
    assert normalise(values, "scaled", goalposts={"A": (100, 0)})["A"].tolist() == ours


def test_z_score_divides_by_n_or_by_one_less():
    sd = math.sqrt((16 + 1 + 25) / 9 / 3)  # of 1, 2, 4 with n
    assert column_of("z-score", ddof=0) == pytest.approx([-4 / 3 / sd, -1 / 3 / sd, 5 / 3 / sd])
    assert column_of("z-score", ddof=1) == column_of("z-score")


def test_fraction_of_max_where_lower_is_better_has_two_forms():
    down = {"directions": {"A": -1}}
    assert column_of("fraction-of-max", complement=True, **down) == pytest.approx([3 / 4, 1 / 2, 0])
    assert column_of("fraction-of-max", complement=True, scale=(0, 100), **down) == pytest.approx([75, 50, 0])
    assert column_of("fraction-of-max", complement=True) == column_of("fraction-of-max")  # higher is better
    last = TABLE[["A"]] * 2  # the maximum of the edition that is held fast is 8
    assert column_of("fraction-of-max", complement=True, basis=last, **down) == pytest.approx(
        [7 / 8, 3 / 4, 1 / 2]
    )


def test_only_the_complement_has_a_score_for_zero():
    values, down = one_column(0.0, 2.0, NAN, 8.0), {"directions": {"A": -1}}
    result = normalise(values, "fraction-of-max", complement=True, **down)["A"]
    assert result.dropna().tolist() == [1, 3 / 4, 0]
    assert np.isnan(result.iloc[2])
    with pytest.warns(CompositeWarning, match="a value is not above 0"):
        assert normalise(values, "fraction-of-max", **down)["A"].isna().all()
    with pytest.warns(CompositeWarning, match="the maximum is not above 0"):
        nothing = normalise(one_column(0.0, -2.0), "fraction-of-max", complement=True, **down)
    assert nothing["A"].isna().all()


def test_distance_to_target_takes_the_target_in_its_own_unit():
    """COINr: n_dist2targ(-x, targ): 1 - (targ + x)/(targ + max), right for a target of -2, not for 2."""
    theirs = [1 - (-2 + x) / (-2 + 4) for x in (1, 2, 4)]
    assert column_of("distance-to-target", targets={"A": 2}, directions={"A": -1}) == pytest.approx(theirs)


def test_ties_share_the_lower_rank_and_missing_stays_out():
    values = one_column(5, 7, 7, NAN, 9)
    assert normalise(values, "rank")["A"].tolist()[:3] == [1, 2, 2]
    ranked = normalise(values, "percentile-rank")["A"]
    assert ranked.iloc[4] == 1
    assert np.isnan(ranked.iloc[3])


# COINr 1.1: x is multiplied by the direction, then n_minmax, n_zscore, n_dist2max, n_rank, n_borda, n_prank
def coinr(x, direction, method):
    x = [direction * v for v in x]
    have = [v for v in x if not math.isnan(v)]
    low, high, mean = min(have), max(have), sum(have) / len(have)
    sd = math.sqrt(sum((v - mean) ** 2 for v in have) / (len(have) - 1))
    rank = [1 + sum(other < v for other in have) if not math.isnan(v) else NAN for v in x]
    formulas = {
        "min-max": lambda v, _r: (v - low) / (high - low) * 100,
        "z-score": lambda v, _r: (v - mean) / sd,
        "distance-to-max": lambda v, _r: 1 - (high - v) / (high - low),
        "rank": lambda _v, r: r,
        "borda": lambda _v, r: r - 1,
        "percentile-rank": lambda _v, r: (r - 1) / (len(have) - 1),
    }
    return [formulas[method](v, r) for v, r in zip(x, rank, strict=True)]


@pytest.mark.parametrize("method", PLAIN)
@law(x=columns(), direction=st.sampled_from([1, -1]))
def test_agrees_with_coinr(method, x, direction):
    ours = normalise(one_column(*x), method, directions={"A": direction})["A"].to_numpy()
    np.testing.assert_allclose(ours, coinr(x.tolist(), direction, method), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", PLAIN)
@law(x=columns())
def test_missing_stays_missing_and_order_is_kept(method, x):
    result = normalise(one_column(*x), method)["A"].to_numpy()
    assert np.array_equal(np.isnan(result), np.isnan(x))
    have = ~np.isnan(x)
    order = np.argsort(x[have], kind="stable")
    assert (np.diff(result[have][order]) >= -1e-9).all()


@pytest.mark.parametrize("method", ["min-max", "z-score", "distance-to-max"])
@law(x=columns())
def test_reversing_the_direction_reverses_the_order(method, x):
    up = normalise(one_column(*x), method)["A"].to_numpy()
    down = normalise(one_column(*x), method, directions={"A": -1})["A"].to_numpy()
    total = np.nanmin(up) + np.nanmax(up) if method != "z-score" else 0.0
    np.testing.assert_allclose(up + down, np.where(np.isnan(x), NAN, total), atol=1e-9)


@law(x=columns(), low=st.integers(-50, 50), width=st.integers(1, 200))
def test_min_max_fills_its_scale(x, low, width):
    result = normalise(one_column(*x), scale=(low, low + width))["A"]
    assert result.min() == pytest.approx(low)
    assert result.max() == pytest.approx(low + width)


@law(x=columns(), worst=st.integers(-500, 500), best=st.integers(-500, 500))
def test_goalposts_are_clipped_and_reversible(x, worst, best):
    if worst == best:
        return
    result = normalise(one_column(*x), "goalposts", goalposts={"A": (worst, best)})["A"]
    swapped = normalise(one_column(*x), "goalposts", goalposts={"A": (best, worst)})["A"]
    assert result.dropna().between(0, 100).all()
    np.testing.assert_allclose(result + swapped, np.where(np.isnan(x), NAN, 100), atol=1e-9)


@law(x=columns(), factor=st.integers(1, 50), shift=st.integers(-500, 500))
def test_linear_methods_ignore_the_unit(x, factor, shift):
    for method in ("min-max", "z-score", "distance-to-max"):
        one = normalise(one_column(*x), method)["A"].to_numpy()
        other = normalise(one_column(*(x * factor + shift)), method)["A"].to_numpy()
        np.testing.assert_allclose(one, other, atol=1e-7)


# --- panels ---------------------------------------------------------------------------------------


def test_bounds_are_fixed_over_all_years_by_default():
    scores = normalise(panel())["B"]
    assert scores.loc[("COL", 2018)] == 0
    assert scores.loc[("COL", 2024)] == 100
    assert scores.loc[("URY", 2018)] == 40


def test_each_period_alone_on_request():
    scores = normalise(panel()[["B"]], each_period=True)["B"]
    assert scores.loc[("COL", 2018)] == 0
    assert scores.loc[("URY", 2018)] == 100


def test_periods_may_come_as_an_argument():
    rows = panel().reset_index(level="time_period")
    scores = normalise(rows[["B"]], time=rows["time_period"].tolist(), each_period=True)["B"]
    assert scores.tolist() == normalise(panel()[["B"]], each_period=True)["B"].tolist()


def test_the_basis_freezes_the_bounds():
    scores = normalise(TABLE[["A"]], basis=one_column(0, 2))["A"]
    assert scores.tolist() == [50, 100, 200]


def test_a_reference_in_a_panel_names_its_period():
    values = panel()[["B"]]
    scores = normalise(values, "distance-to-reference", reference=("COL", 2024))["B"]
    assert scores.tolist() == pytest.approx([0, 0.2, 1, 0.4, 0.6, 0.8])
    with pytest.raises(RequestError, match="3 rows"):
        normalise(values, "distance-to-reference", reference="COL")
    with pytest.warns(CompositeWarning):
        normalise(values, "distance-to-reference", reference="COL", each_period=True)


# --- what is undefined ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["min-max", "z-score", "distance-to-max"])
@pytest.mark.parametrize("cells", [(0.1, 0.1, 0.1), (7.0,), (7.0, NAN)])
def test_a_constant_column_or_one_area_is_missing_never_zero(method, cells):
    with pytest.warns(CompositeWarning, match="all values are equal"):
        result = normalise(one_column(*cells), method)
    assert result["A"].isna().all()
    assert findings(result)[0].code == "A"


@pytest.mark.parametrize("method", PLAIN)
def test_an_all_missing_column_is_missing_with_a_finding(method):
    with pytest.warns(CompositeWarning, match="every value is missing"):
        result = normalise(pd.DataFrame({"A": [NAN, NAN], "B": [1.0, 2.0]}), method)
    assert result["A"].isna().all()
    assert result["B"].notna().all()


def test_other_undefined_results():
    with pytest.warns(CompositeWarning, match="maximum is not above 0"):
        assert normalise(one_column(-2, -1, 0), "fraction-of-max")["A"].isna().all()
    with pytest.warns(CompositeWarning, match="not above 0"):
        assert normalise(one_column(0, 1, 2), "fraction-of-max", directions={"A": -1})["A"].isna().all()
    with pytest.warns(CompositeWarning, match="reference is missing"):
        normalise(one_column(NAN, 1, 2), "distance-to-reference", reference="a0")
    with pytest.warns(CompositeWarning, match="reference is not better"):
        normalise(one_column(0, 1, 2), "distance-to-reference", reference="a0")
    with pytest.warns(CompositeWarning, match="target is not better"):
        normalise(one_column(5, 6), "distance-to-target", targets={"A": 4})
    with pytest.warns(CompositeWarning, match="one area"):
        normalise(one_column(5, NAN), "percentile-rank")
    assert normalise(one_column(5, NAN), "rank")["A"].iloc[0] == 1


def test_what_is_cut_at_the_posts_is_noted_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = normalise(TABLE[["A"]], "goalposts", goalposts={"A": (2, 3)})
    assert findings(result)[0].areas == ("COL", "JAM")
    assert findings(result)[0].kind == "note"


# --- bad requests ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "minmax"}, "Did you mean 'min-max'"),
        ({"directions": {"a": 1}}, "Did you mean 'A'"),
        ({"directions": {"A": 0}}, "allowed: 1"),
        ({"scale": (100, 0)}, "low below high"),
        ({"scale": (1,)}, "two numbers"),
        ({"method": "z-score", "scale": (0, 0)}, "sd above 0"),
        ({"method": "z-score", "ddof": 2}, r"ddof: 0 \(divide by n\) or 1"),
        ({"method": "goalposts", "goalposts": {"A": (0, 1)}}, "none for B"),
        ({"method": "goalposts", "goalposts": {"A": (1, 1), "B": (0, 1)}}, "both 1"),
        ({"method": "goalposts", "goalposts": {"AA": (1, 1)}}, "Did you mean 'A'"),
        ({"method": "goalposts", "goalposts": {"A": (0, NAN), "B": (0, 1)}}, "finite"),
        (
            {"method": "goalposts", "goalposts": {"A": (0, 1), "B": (0, 1)}, "directions": {"A": -1}},
            "worst 0",
        ),
        ({"method": "distance-to-target", "targets": {"A": 1}}, "none for B"),
        ({"method": "distance-to-reference"}, "reference="),
        ({"method": "distance-to-reference", "reference": "COI"}, "Did you mean 'COL'"),
        ({"method": "rank", "basis": TABLE}, "no bounds"),
        ({"basis": TABLE[["A"]]}, "'B' is not known"),
        ({"time": "year"}, "index level"),
        ({"time": [1, 2], "each_period": True}, "2 periods for 3 rows"),
    ],
)
def test_bad_requests_name_the_cause(arguments, message):
    with pytest.raises(RequestError, match=message):
        normalise(TABLE[["A", "B"]], **arguments)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (pd.DataFrame({"A": ["1", "x"]}, index=["COL", "URY"]), "URY: 'x'"),
        (pd.DataFrame({"A": [1.0, math.inf]}, index=["COL", "URY"]), "URY"),
        (pd.DataFrame([[1, 2]], columns=["A", "A"]), "'A' appears more than once"),
        (pd.DataFrame({"A": [1, 2]}, index=["COL", "COL"]), "'COL' appears more than once"),
        ([1, 2], "list"),
    ],
)
def test_bad_data_names_the_rows(values, message):
    with pytest.raises(DataError, match=message):
        normalise(values)


def test_nullable_numbers_and_empty_tables_are_read():
    assert normalise(pd.DataFrame({"A": pd.array([1, None, 3], dtype="Int64")}))["A"].tolist()[::2] == [
        0,
        100,
    ]
    assert normalise(pd.DataFrame({"A": ["1", "3"]}))["A"].tolist() == [0, 100]
    with pytest.warns(CompositeWarning):
        assert normalise(pd.DataFrame({"A": pd.Series(dtype=float)})).shape == (0, 1)
