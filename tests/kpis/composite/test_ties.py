"""Equal up to the last bits is equal: in every aggregation, every rank, every draw."""

from __future__ import annotations

import typing
import warnings
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis import composite
from kpis.composite import CompositeWarning
from kpis.composite.aggregate import AggregateMethod
from kpis.composite.cards import METHODS
from kpis.composite.draws import Choices
from kpis.composite.means import MEANS
from kpis.composite.rank import rank_rows
from kpis.composite.ties import SHARE
from kpis.egdi.rules import competition_rank

from .examples import NAN, flat, law

THIRDS = (1 / 3,) * 3
SAME = pd.DataFrame(  # the same three values in every order, the worst on everything and the best
    [*permutations((0.1, 0.2, 0.7)), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)],
    columns=list("ABC"),
    index=[f"P{i}" for i in range(1, 7)] + ["LO", "HI"],
)
EXPECTED = [2.0] * 6 + [8.0, 1.0]
BITS = 64 * np.finfo(float).eps  # what a chain of a few dozen operations can leave


def scored(values: pd.DataFrame, method: str, scale: tuple[float, float] = (0, 100)) -> pd.DataFrame:
    return composite.normalise(values, method, scale=scale)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", typing.get_args(AggregateMethod))
def test_the_same_values_in_another_order_share_a_rank(method: str) -> None:
    scores = scored(SAME, "min-max", (1, 100))
    top = composite.aggregate(scores, flat(*"ABC", weights=THIRDS), method)["I"]
    assert composite.rank(top).tolist() == EXPECTED
    assert composite.rank(top.to_frame())["I"].tolist() == EXPECTED


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "power", "median", "mpi", "ampi"])
@pytest.mark.parametrize(
    "weights", [THIRDS, (0.1, 0.2, 0.7), (0.7, 0.2, 0.1), (1 / 7, 2 / 7, 4 / 7), (3, 3, 3)]
)
@pytest.mark.parametrize("best", [100.0, 1.0, 130.0, 99.9])
def test_the_best_on_everything_has_exactly_the_best_score(
    method: str, weights: tuple[float, ...], best: float
) -> None:
    scores = pd.DataFrame({"A": [best, 1.0], "B": [best, 2.0], "C": [best, 0.5]}, index=["HI", "LO"])
    assert composite.aggregate(scores, flat(*"ABC", weights=weights), method).at["HI", "I"] == best


def test_the_best_on_everything_is_exactly_on_the_frontier() -> None:
    values = pd.DataFrame({"A": [0.7, 0.1], "B": [0.1, 0.3], "C": [0.9, 0.2]}, index=["HI", "LO"])
    values.loc["HI"] = 0.9
    assert composite.aggregate(values, flat(*"ABC"), "bod").at["HI", "I"] == 1


@pytest.mark.parametrize("left_out", ["A", "B", "C"])
def test_without_an_element_the_best_on_the_others_is_exactly_the_best(left_out: str) -> None:
    found = composite.leave_one_out(scored(SAME, "min-max"), flat(*"ABC", weights=(0.1, 0.2, 0.7)))
    assert found.scores.at["HI", left_out] == 100
    assert found.ranks["nominal"].tolist()[-1] == 1


@pytest.mark.parametrize("scale", [(0.1, 0.7), (1, 100), (-0.3, 0.9), (70, 130)])
def test_the_whole_way_up_the_scale_is_its_end(scale: tuple[float, float]) -> None:
    for method in ("min-max", "distance-to-max"):
        assert scored(SAME, method, scale).loc["HI"].tolist() == [scale[1]] * 3


def test_each_draw_ranks_them_alike() -> None:
    """Every weight a third in every draw: six of the eight share rank 2 in all of them."""
    structure = flat(*"ABC", weights=THIRDS)
    choices = Choices(
        normalisation=("min-max", "z-score"),
        aggregation=("arithmetic", "geometric", "harmonic", "median", "copeland"),
        weight_spread=0.0,
    )
    drawn = composite.draw(structure, 60, seed=1, choices=choices)
    scales = {"min-max": (1.0, 100.0), "z-score": (100.0, 10.0)}
    run = composite.uncertainty(SAME, structure, drawn, scales=scales)
    assert (run.ranks == np.array(EXPECTED, dtype=int)).all()
    assert run.summary["nominal_rank"].tolist() == EXPECTED


def test_leaving_out_what_all_have_alike_moves_nobody() -> None:
    with_constant = SAME.assign(D=0.5)
    found = composite.leave_one_out(with_constant, flat(*"ABCD", weights=(*THIRDS, 1 / 3)), codes=["D"])
    assert (found.shifts["D"] == 0).all()


@pytest.mark.parametrize("method", ["min-max", "z-score", "rank", "borda", "percentile-rank"])
def test_figures_equal_up_to_the_last_bits_are_no_difference(method: str) -> None:
    """0.1 + 0.2 is not 0.3, yet no country is first for it."""
    values = pd.DataFrame({"A": [0.1 + 0.2, 0.3, 0.3]}, index=list("abc"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CompositeWarning)
        scores = (
            scored(values, method)
            if method in ("min-max", "z-score")
            else composite.normalise(values, method)
        )  # type: ignore[arg-type]
    assert scores["A"].nunique() <= 1


def test_a_contest_between_equals_is_a_draw() -> None:
    near = pd.DataFrame({"A": [0.1 + 0.2, 0.3, 0.0], "B": [1.0, 1.0, 0.0]}, index=["a", "b", "c"])
    assert composite.aggregate(near, flat("A", "B"), "copeland")["I"].tolist() == [1, 1, -2]


def test_the_limit_is_a_billionth_of_the_scale() -> None:
    below, above = 50 + 0.9 * SHARE * 100, 50 + 1.1 * SHARE * 100
    assert composite.rank(pd.Series([100.0, 50.0, below])).tolist() == [1, 2, 2]
    assert composite.rank(pd.Series([100.0, 50.0, above])).tolist() == [1, 3, 2]
    assert SHARE == 1e-9
    assert "1e-9 of the largest" in METHODS["rank.competition"].formula


def test_a_chain_of_steps_is_one_tie_from_both_ends() -> None:
    step = 0.6 * SHARE
    chain = pd.Series([1.0, 0.5, 0.5 + step, 0.5 + 2 * step, 0.1])
    assert composite.rank(chain).tolist() == [1, 2, 2, 2, 5]
    assert composite.rank(-chain).tolist() == [5, 2, 2, 2, 1]


def test_counts_are_exact_however_large_the_largest() -> None:
    assert composite.rank(pd.Series([1.4e9, 1.0, 2.0, 2.0, NAN])).fillna(0).tolist() == [1, 4, 2, 2, 0]
    assert composite.rank(pd.Series([1_400_000_001.0, 1.4e9])).tolist() == [1, 2]
    places = composite.normalise(pd.DataFrame({"GDP": [2.7e13, 6.23e7, 6.24e7, 0.5]}), "rank")
    assert places["GDP"].tolist() == [4, 2, 3, 1]


def test_missing_and_infinite_scores_tie_with_nobody() -> None:
    assert rank_rows(np.array([[NAN, 1.0, NAN, 1.0 + BITS]])).tolist() == [[0, 1, 0, 1]]
    assert rank_rows(np.array([[np.inf, 1.0, 2.0, np.inf, -np.inf]])).tolist() == [[1, 4, 3, 1, 5]]
    assert rank_rows(np.array([[0.0, -0.0, -1e-20]])).tolist() == [[1, 1, 3]]


def test_the_what_if_ranks_by_the_same_rule() -> None:
    assert competition_rank(np.array([0.1 + 0.2 + 0.7, 0.7 + 0.2 + 0.1, 0.5])).tolist() == [1, 1, 3]


# apart by at least 1/8 of up to 1000: far more than the limit; noise far below it
apart = st.lists(st.integers(-8_000, 8_000).map(lambda n: n / 8), min_size=1, max_size=20)


@law(x=apart, seed=st.integers(0, 2**32 - 1), by=st.integers(-8, 8), up=st.integers(-4_000, 4_000))
def test_laws_of_ties(x: list[float], seed: int, by: int, up: int) -> None:
    """Noise in the last bits, order, scale and shift change no rank; reversed, who ties still ties."""
    rng = np.random.default_rng(seed)
    scores = np.array(x)
    expected = rank_rows(scores[None])[0]
    assert expected.tolist() == [1 + sum(other > one for other in x) for one in x]
    noisy = scores + rng.uniform(-1, 1, len(x)) * BITS * np.abs(scores).max(initial=0)
    assert (rank_rows(noisy[None])[0] == expected).all()
    order = rng.permutation(len(x))
    assert (rank_rows(noisy[None, order])[0] == expected[order]).all()
    assert (rank_rows(noisy[None] * 2.0**by)[0] == expected).all()
    assert (rank_rows(noisy[None] + up / 8)[0] == expected).all()
    tied = expected[:, None] == expected[None, :]
    back = rank_rows(-noisy[None])[0]
    assert ((back[:, None] == back[None, :]) == tied).all()


shares = st.lists(st.integers(1, 99).map(lambda n: n / 100), min_size=3, max_size=3)


@law(examples=15, row=shares, weight=st.integers(1, 30), method=st.sampled_from(sorted(set(MEANS) - {"bod"})))
def test_any_three_values_in_any_order(row: list[float], weight: int, method: str) -> None:
    values = pd.DataFrame(list(permutations(row)), columns=list("ABC"))
    top = composite.aggregate(values, flat(*"ABC", weights=(1 / weight,) * 3), method)["I"]
    assert composite.rank(top.dropna()).eq(1).all()
