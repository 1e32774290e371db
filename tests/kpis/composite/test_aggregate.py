"""Aggregation: formulas by hand, COINr's documented behaviour, laws, policy, bad requests."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from scipy.optimize import linprog

from kpis.composite import CompositeWarning, aggregate, coverage, findings
from kpis.errors import DataError, RequestError

from .examples import NAN, STRUCTURE, TABLE, flat, law, one_column, tables

MEANS = ["arithmetic", "geometric", "harmonic", "power", "median"]
WEIGHTS = (1.0, 2.0, 0.5, 4.0, 1.5)


def index_of(scores, method="arithmetic", weights=None, **arguments):
    structure = flat(*scores.columns, weights=weights or (1.0,) * scores.shape[1])
    return aggregate(scores, structure, method, **arguments)["I"]


def test_every_mean_on_three_rows():
    two = TABLE[["A", "B"]]
    w = (1.0, 3.0)
    assert index_of(two, "arithmetic", w).tolist() == pytest.approx([31 / 4, 92 / 4, 64 / 4])
    assert index_of(two, "geometric", w).tolist() == pytest.approx(
        [1000**0.25, (2 * 27000) ** 0.25, (4 * 8000) ** 0.25]
    )
    assert index_of(two, "harmonic", w).tolist() == pytest.approx([4 / 1.3, 4 / 0.6, 4 / 0.4])
    assert index_of(two, "power", w).iloc[0] == pytest.approx(math.sqrt((1 + 300) / 4))
    assert index_of(two, "power", w, power=3).iloc[0] == pytest.approx((3001 / 4) ** (1 / 3))
    assert index_of(two, "power", w, power=-1).tolist() == pytest.approx(
        index_of(two, "harmonic", w).tolist()
    )
    assert index_of(two, "power", w, power=0).tolist() == index_of(two, "geometric", w).tolist()
    assert index_of(two, "power", w, power=1).tolist() == index_of(two, "arithmetic", w).tolist()
    assert index_of(two, "median", w).tolist() == [10, 30, 20]
    assert index_of(two, "median").tolist() == [5.5, 16, 12]


def test_mazziotta_pareto_on_three_rows():
    two = TABLE[["A", "B"]]
    # mean 5.5, population sd 4.5
    assert index_of(two, "mpi").iloc[0] == pytest.approx(5.5 * (1 - (4.5 / 5.5) ** 2))
    assert index_of(two, "ampi").iloc[0] == pytest.approx(5.5 - 4.5**2 / 5.5)
    assert index_of(two, "ampi", penalty="up").iloc[0] == pytest.approx(5.5 + 4.5**2 / 5.5)


def test_mazziotta_pareto_divides_by_n_or_by_one_less():
    # COL: 1, 10, 5: mean 16/3, squares 122/3; Compind's ci_mpi divides by 2, its ci_ampi by 3
    mean, squares = 16 / 3, 122 / 3
    for method in ("mpi", "ampi"):
        assert index_of(TABLE, method).iloc[0] == pytest.approx(mean - squares / 3 / mean)
        assert index_of(TABLE, method, ddof=1).iloc[0] == pytest.approx(mean - squares / 2 / mean)
    # weights 1 and 3: M = 31/4, Σw(x - M)²/Σw = 3·81/16, times n/(n - 1) = 2
    weighed = index_of(TABLE[["A", "B"]], "mpi", (1.0, 3.0), ddof=1).iloc[0]
    assert weighed == pytest.approx(31 / 4 - 2 * 3 * 81 / 16 / (31 / 4))


def test_one_child_alone_has_no_variance_with_one_less():
    scores = pd.DataFrame({"A": [2.0, 2.0], "B": [NAN, 4.0]}, index=["COL", "URY"])
    assert index_of(scores, "mpi").tolist() == pytest.approx([2, 3 - 1 / 3])
    with pytest.warns(CompositeWarning, match="one child alone"):
        result = index_of(scores, "mpi", ddof=1)
    assert np.isnan(result.iloc[0])
    assert result.iloc[1] == pytest.approx(3 - 2 / 3)
    # a child without weight is no second one
    with pytest.warns(CompositeWarning, match="one child alone"):
        assert np.isnan(index_of(scores, "mpi", (1.0, 0.0), ddof=1).iloc[1])


def test_copeland_on_three_rows():
    # A: JAM > URY > COL; B: URY > JAM > COL; C: JAM > URY = COL
    assert index_of(TABLE, "copeland").tolist() == [-2, 0, 2]
    assert index_of(TABLE[["A", "B"]], "copeland").tolist() == [-2, 1, 1]
    assert index_of(TABLE[["A", "B"]], "copeland", (1.0, 3.0)).tolist() == [-2, 2, 0]


def test_benefit_of_the_doubt_on_three_rows():
    # URY leads on B, JAM on A; COL's best mix is B alone, 10/30, or the edge between the two leaders
    result = index_of(TABLE[["A", "B"]], "bod")
    assert result.tolist()[1:] == pytest.approx([1, 1])
    edge = np.linalg.solve([[2, 30], [4, 20]], [1, 1])
    assert result.iloc[0] == pytest.approx(max(edge @ [1, 10], 10 / 30, 1 / 4))


def test_three_levels_and_one_method_per_level_or_code():
    plain = aggregate(TABLE, STRUCTURE)
    assert plain.columns.tolist() == ["P", "Q", "I"]
    assert plain.loc["COL"].tolist() == pytest.approx([31 / 4, 5, (31 / 4 + 5) / 2])
    mixed = aggregate(TABLE, STRUCTURE, {2: "harmonic", "I": "geometric"})
    assert mixed.loc["COL"].tolist() == pytest.approx([4 / 1.3, 5, math.sqrt(4 / 1.3 * 5)])
    code_wins = aggregate(TABLE, STRUCTURE, {2: "harmonic", "P": "arithmetic"})
    assert code_wins.loc["COL", "P"] == pytest.approx(31 / 4)


def test_a_ragged_and_deep_tree():
    structure = pd.DataFrame(
        [("A", "D1"), ("B", "D2"), ("C", "D4"), *[(f"D{i}", f"D{i + 1}") for i in range(1, 5)], ("D5", None)],
        columns=["code", "parent"],
    )
    result = aggregate(TABLE, structure)
    assert result.columns.tolist() == ["D1", "D2", "D3", "D4", "D5"]
    # D1 = A, D2 = mean(B, D1), D4 = mean(C, D3)
    assert result.loc["COL"].tolist() == [1, 5.5, 5.5, 5.25, 5.25]


def test_weights_on_any_scale_and_replaced():
    scaled = STRUCTURE.assign(weight=STRUCTURE["weight"] * 1000)
    pd.testing.assert_frame_equal(aggregate(TABLE, scaled), aggregate(TABLE, STRUCTURE))
    assert aggregate(TABLE, STRUCTURE, weights={"A": 0.0}).loc["COL", "P"] == 10


def test_several_tops_and_unused_columns():
    structure = pd.DataFrame({"code": ["A", "B", "X", "Y"], "parent": ["X", "Y", None, np.nan]})
    assert aggregate(TABLE, structure).loc["COL"].to_dict() == {"X": 1, "Y": 10}


# COINr 1.1: a_amean, a_gmean, a_hmean, a_genmean; weights of missing values dropped, dat_thresh on counts
def coinr(row, weights, method, threshold):
    have = [(x, w) for x, w in zip(row, weights, strict=True) if not math.isnan(x)]
    if not have or len(have) / len(row) < threshold:
        return NAN
    total = sum(w for _, w in have)
    if method == "arithmetic":
        return sum(w * x for x, w in have) / total
    if method == "geometric":
        return math.exp(sum(w * math.log(x) for x, w in have) / total)
    if method == "harmonic":
        return total / sum(w / x for x, w in have)
    return (sum(w * x**2 for x, w in have) / total) ** 0.5


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "power"])
@law(scores=tables(), threshold=st.sampled_from([0.0, 0.5, 2 / 3, 1.0]))
def test_agrees_with_coinr(method, scores, threshold):
    weights = WEIGHTS[: scores.shape[1]]
    ours = index_of(scores, method, weights, min_coverage=threshold)
    theirs = [coinr(row, weights, method, threshold) for row in scores.to_numpy()]
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_copeland_counts_wins_where_coinr_adds_up_shares():
    """Weights 1 and 3 on A and B. COINr's a_copeland: rows of its outranking matrix, added up."""
    share = {("COL", "URY"): 0, ("COL", "JAM"): 0, ("URY", "JAM"): 3 / 4}  # the other way round: 1 less it
    rows = {
        area: sum(v if a == area else 1 - v for (a, b), v in share.items() if area in (a, b))
        for area in TABLE.index
    }
    assert rows == {"COL": 0, "URY": 7 / 4, "JAM": 5 / 4}
    assert index_of(TABLE[["A", "B"]], "copeland", (1.0, 3.0)).tolist() == [-2, 2, 0]


@law(scores=tables(gaps=False))
def test_copeland_follows_the_outranking_matrix(scores):
    weights = WEIGHTS[: scores.shape[1]]
    share = np.array(weights) / sum(weights)
    expected = []
    for i, row in enumerate(scores.to_numpy()):
        won = [
            share @ ((row > other) + (row == other) / 2)
            for j, other in enumerate(scores.to_numpy())
            if j != i
        ]
        expected.append(sum((w > 0.5 + 1e-9) - (w < 0.5 - 1e-9) for w in map(float, won)))
    assert index_of(scores, "copeland", weights).tolist() == expected


@law(scores=tables())
def test_the_median_is_numpys_under_equal_weights(scores):
    expected = [np.nanmedian(row) if not np.isnan(row).all() else NAN for row in scores.to_numpy()]
    np.testing.assert_allclose(index_of(scores, "median", (0.1,) * scores.shape[1]), expected)


@law(scores=tables())
def test_the_weighted_median_balances_the_weight(scores):
    weights = np.array(WEIGHTS[: scores.shape[1]])
    for row, middle in zip(scores.to_numpy(), index_of(scores, "median", tuple(weights)), strict=True):
        have = ~np.isnan(row)
        if have.any():
            half = weights[have].sum() / 2
            assert weights[have & (row < middle)].sum() <= half
            assert weights[have & (row > middle)].sum() <= half


@law(scores=tables())
def test_means_are_ordered_and_lie_between_the_children(scores):
    results = {method: index_of(scores, method, WEIGHTS[: scores.shape[1]]) for method in MEANS}
    low, high = scores.min(axis=1), scores.max(axis=1)
    for result in results.values():
        assert ((result >= low - 1e-9) & (result <= high + 1e-9) | low.isna()).all()
    chain = [results[method].dropna() for method in ("harmonic", "geometric", "arithmetic", "power")]
    for lower, upper in pairwise(chain):
        assert (lower <= upper * (1 + 1e-9)).all()


@law(scores=tables(), factor=st.integers(1, 100))
def test_means_scale_with_the_unit_and_ignore_the_scale_of_weights(scores, factor):
    for method in [*MEANS, "mpi"]:
        weights = WEIGHTS[: scores.shape[1]]
        one = index_of(scores, method, weights)
        np.testing.assert_allclose(
            index_of(scores * factor, method, weights), one * factor, rtol=1e-9, atol=1e-9
        )
        many = tuple(w * factor for w in weights)
        np.testing.assert_allclose(index_of(scores, method, many), one, rtol=1e-9, atol=1e-9)


@law(scores=tables(gaps=False))
def test_equal_weights_give_the_plain_mean_and_equal_children_their_value(scores):
    np.testing.assert_allclose(index_of(scores), scores.mean(axis=1))
    same = scores.assign(**{name: scores["A"] for name in scores.columns})
    for method in [*MEANS, "mpi", "ampi"]:
        np.testing.assert_allclose(index_of(same, method), scores["A"], rtol=1e-9)


@law(scores=tables())
def test_the_penalty_is_never_a_reward(scores):
    assert (index_of(scores, "mpi").dropna() <= index_of(scores).dropna() + 1e-9).all()


@law(scores=tables())
def test_copeland_is_a_zero_sum_contest(scores):
    assert index_of(scores, "copeland").sum() == 0


@law(scores=tables())
def test_benefit_of_the_doubt_solves_the_plain_programme(scores):
    result = index_of(scores, "bod")
    filled = scores.fillna(0).to_numpy()
    usable = scores.notna().any(axis=1).to_numpy()
    for row in np.flatnonzero(usable)[:3]:
        solved = linprog(-filled[row], A_ub=filled[usable], b_ub=np.ones(usable.sum()), bounds=(0, None))
        assert result.iloc[row] == pytest.approx(-solved.fun, rel=1e-7)
    assert result.max() == pytest.approx(1)
    assert result[~usable].isna().all()


# --- missing and undefined ------------------------------------------------------------------------


def test_weights_are_renormalised_and_coverage_is_kept():
    scores = TABLE.astype(float).copy()
    scores.loc["COL", "B"] = NAN
    assert aggregate(scores, STRUCTURE).loc["COL", "P"] == 1
    assert np.isnan(aggregate(scores, STRUCTURE, min_coverage=0.6).loc["COL", "P"])
    by_level = aggregate(scores, STRUCTURE, min_coverage={2: 0.6})
    assert np.isnan(by_level.loc["COL", "P"])
    assert by_level.loc["COL", "I"] == 5
    shares = coverage(scores, STRUCTURE)
    assert shares.loc["COL"].tolist() == [0.25, 1, 0.625]
    assert shares.loc["URY"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("method", [*MEANS, "copeland", "mpi", "ampi", "bod"])
def test_nothing_present_is_missing(method):
    scores = pd.DataFrame({"A": [NAN, 1, 2], "B": [NAN, 2, NAN]}, index=["COL", "URY", "JAM"])
    result = index_of(scores, method)
    assert np.isnan(result["COL"])
    assert result[["URY", "JAM"]].notna().all()


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
@pytest.mark.parametrize("bad", [0.0, -1.0])
def test_zero_and_negative_are_missing_with_a_reason(method, bad):
    scores = pd.DataFrame({"A": [bad, 1.0], "B": [4.0, 4.0]}, index=["COL", "URY"])
    with pytest.warns(CompositeWarning, match="0 or negative"):
        result = aggregate(scores, flat("A", "B"), method)
    assert np.isnan(result.loc["COL", "I"])
    assert result.loc["URY", "I"] > 0
    assert findings(result)[0].areas == ("COL",)


def test_a_zero_without_weight_does_no_harm():
    scores = pd.DataFrame({"A": [0.0], "B": [4.0]})
    assert index_of(scores, "geometric", (0.0, 1.0)).iloc[0] == pytest.approx(4)


def test_other_undefined_results_are_missing_with_a_reason():
    negative = pd.DataFrame({"A": [-1.0, 2.0], "B": [-1.0, 3.0]})
    for method in ("power", "mpi", "bod"):
        with pytest.warns(CompositeWarning):
            assert np.isnan(index_of(negative, method).iloc[0])
    assert index_of(negative, "power", power=1).iloc[0] == -1
    with pytest.warns(CompositeWarning, match="0 with a power"):
        assert np.isnan(index_of(pd.DataFrame({"A": [0.0], "B": [1.0]}), "power", power=-2).iloc[0])
    with pytest.warns(CompositeWarning, match="no other area"):
        assert np.isnan(index_of(one_column(5.0), "copeland").iloc[0])
    with pytest.warns(CompositeWarning, match="every child is 0"):
        assert index_of(pd.DataFrame({"A": [0.0, 0.0], "B": [0.0, 0.0]}), "bod").isna().all()


def test_one_area_alone_has_its_means():
    single = TABLE.iloc[[0]]
    for method in [*MEANS, "mpi"]:
        assert index_of(single, method).notna().all()
    assert index_of(single, "bod").iloc[0] == pytest.approx(1)


# --- bad requests ---------------------------------------------------------------------------------


def rows(*edges):
    return pd.DataFrame(edges, columns=["code", "parent", "weight"])


@pytest.mark.parametrize(
    ("structure", "message"),
    [
        (rows(("A", "Pilar", 1), ("Pillar", None, 1)), "Did you mean 'Pillar'"),
        (rows(("AA", "I", 1), ("I", None, 1)), "Did you mean 'A'"),
        (rows(("A", "P", 1), ("P", "Q", 1), ("Q", "P", 1)), "P → Q → P"),
        (rows(("A", "P", 1), ("P", "P", 1)), "P → P"),
        (rows(("A", "P", 0), ("B", "P", 0), ("P", None, 1)), "all weights under 'P' are zero"),
        (rows(("A", "P", -1), ("P", None, 1)), "never negative"),
        (rows(("A", "P", NAN), ("P", None, 1)), "'A' has no weight"),
        (rows(("A", "P", "x"), ("P", None, 1)), "not a number"),
        (rows(("A", "P", math.inf), ("P", None, 1)), "finite"),
        (rows(("A", "P", 1), ("A", "Q", 1), ("P", None, 1), ("Q", None, 1)), "'A' appears more than once"),
        (rows((None, "P", 1), ("P", None, 1)), "no code"),
        (pd.DataFrame({"code": ["A"]}), "'parent' is missing"),
        ("A", "a table"),
    ],
)
def test_a_wrong_structure_names_the_cause(structure, message):
    with pytest.raises(RequestError, match=message):
        aggregate(TABLE, structure)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "geometrc"}, "Did you mean 'geometric'"),
        ({"method": {7: "geometric"}}, "level or index node '7'"),
        ({"method": {"p": "geometric"}}, "Did you mean 'P'"),
        ({"min_coverage": 2}, "between 0 and 1"),
        ({"weights": {"a": 1}}, "Did you mean 'A'"),
        ({"weights": {"C": 0}}, "under 'Q' are zero"),
        ({"penalty": "sideways"}, "Allowed: down, up"),
        ({"power": NAN}, "finite"),
    ],
)
def test_bad_requests_name_the_cause(arguments, message):
    with pytest.raises(RequestError, match=message):
        aggregate(TABLE, STRUCTURE, **arguments)


def test_repeated_rows_are_refused():
    with pytest.raises(DataError, match="COL"):
        aggregate(pd.concat([TABLE, TABLE]), STRUCTURE)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("power", [50.0, 200.0, 1e6, 1e9, 1e300, -1e300, -1e9, -200.0])
def test_a_power_of_any_size_stays_within_what_a_number_can_hold(power: float) -> None:
    scores = pd.DataFrame({"A": [100.0, 90.0, 1.0], "B": [100.0, 20.0, 50.0], "C": [100.0, 30.0, 50.0]})
    found = index_of(scores, "power", power=power).tolist()
    share = 1 / 3 if abs(power) < 1e4 else 1.0  # weight of the child that it tends to
    ends = [100.0, 90.0, 50.0] if power > 0 else [100.0, 20.0, 1.0]
    expected = [
        100.0,
        ends[1] * share ** (1 / power),
        ends[2] * (2 * share if power > 0 else share) ** (1 / power),
    ]
    assert found == pytest.approx(expected if abs(power) < 1e4 else ends, rel=1e-4)
    assert found[0] == 100


@pytest.mark.parametrize("power", [1e-3, 1e-4, -1e-4, 1e-9, -1e-9, 1e-300])
def test_a_power_near_0_is_near_the_geometric_mean(power: float) -> None:
    scores = pd.DataFrame({"A": [100.0, 90.0, 1.0], "B": [100.0, 20.0, 50.0]})
    logs = np.log(scores)
    # M_p = M_0 · (1 + p · variance of the logarithms / 2) up to squares of p
    expected = np.exp(logs.mean(axis=1)) * (1 + power * logs.var(axis=1, ddof=0) / 2)
    assert index_of(scores, "power", power=power).tolist() == pytest.approx(expected.tolist(), rel=1e-5)
    assert index_of(scores, "power", power=power).rank().tolist() == [3, 2, 1]


def test_a_zero_counts_in_a_power_near_0_as_in_any_other_above() -> None:
    scores = pd.DataFrame({"A": [0.0, 0.0], "B": [0.0, 100.0]})
    assert index_of(scores, "power", power=2e-3).tolist() == pytest.approx([0, 100 * 0.5 ** (1 / 2e-3)])
    assert index_of(scores, "power", power=5e-4).tolist() == pytest.approx([0, 100 * 0.5 ** (1 / 5e-4)])
