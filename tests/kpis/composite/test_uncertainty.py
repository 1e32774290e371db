"""Monte Carlo: draws as data, replay, agreement with one run per draw, statistics."""

from __future__ import annotations

import io
import sys
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from kpis.composite import (
    Choices,
    CompositeWarning,
    Draws,
    aggregate,
    custom_weights,
    draw,
    impute,
    normalise,
    rank,
    treat,
    uncertainty,
)
from kpis.composite.draws import FACTORS, MILLION
from kpis.errors import DataError, RequestError

from .examples import NAN, STRUCTURE, TABLE, flat, law, tables

WIDE = Choices(
    imputation=("none", "column mean", "row median"),
    treatment=("none", "winsorise 2"),
    normalisation=("min-max", "z-score", "rank"),
    aggregation=("arithmetic", "geometric", "harmonic", "power", "median", "mpi", "copeland"),
)
# some draws leave an area without a score, and say so; that is tested on its own
quiet = pytest.mark.filterwarnings("ignore::kpis.composite.CompositeWarning")
SCALES = {"min-max": (1.0, 100.0), "z-score": (100.0, 10.0)}


def areas(n=25, gaps=True):
    rng = np.random.default_rng(7)
    matrix = np.round(rng.lognormal(size=(n, 3)), 3)
    if gaps:
        matrix[rng.uniform(size=matrix.shape) < 0.1] = NAN
    return pd.DataFrame(matrix, columns=list("ABC"), index=[f"a{i}" for i in range(n)])


def one_by_one(values, row, directions=None):
    """A draw by the public functions, one step after the other."""
    if row["imputation"] != "none":
        by, method = row["imputation"].split()
        values = impute(values, method, by=by, directions=directions).values
    if row["treatment"] != "none":
        values = treat(values, max_points=int(row["treatment"].split()[1]))
    scores = normalise(
        values, row["normalisation"], directions=directions, scale=SCALES.get(row["normalisation"])
    )
    base = {"A": 1.0, "B": 3.0, "C": 2.0, "P": 1.0, "Q": 1.0}
    weights = {code: weight * (row[f"weight:{code}"] / MILLION) for code, weight in base.items()}
    return aggregate(scores, custom_weights(STRUCTURE, weights), row["aggregation"])["I"]


def pairwise(options):
    """Places of rows in which any two options stand together that do so in some row."""
    together = [set(combinations(row.items(), 2)) for row in options.to_dict("records")]
    left, places = set().union(*together), []
    while left:
        places.append(max(range(len(together)), key=lambda at: len(together[at] & left)))
        left -= together[places[-1]]
    return places


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.whole)])
def test_every_draw_equals_the_steps_one_by_one(every):
    draws = draw(STRUCTURE, 120, seed=11, choices=WIDE)
    result = uncertainty(areas(), STRUCTURE, draws, scales=SCALES, directions={"B": -1}, keep_scores=True)
    rows = draws.to_frame().iloc[1:]
    places = range(len(rows)) if every else pairwise(rows[list(FACTORS)])
    assert len(places) > 20
    for at in places:
        score = one_by_one(areas(), rows.iloc[at], {"B": -1})
        np.testing.assert_allclose(result.scores[at], score, rtol=1e-12)
        assert np.array_equal(result.ranks[at], rank(score).fillna(0))


def test_three_rows_by_hand():
    # equal weights as given: A as min-max is 0, 1/3, 1; B is 0, 1, 1/2
    still = Choices(weight_spread=0)
    result = uncertainty(TABLE, flat("A", "B"), draw(flat("A", "B"), 3, seed=1, choices=still))
    assert result.ranks.tolist() == [[3, 2, 1]] * 3
    assert result.summary.loc["JAM"].tolist() == [75, 1, 1, 1, 1, 1, 1]
    assert result.mean_shift.tolist() == [0, 0, 0]


def test_draws_are_whole_numbers_that_never_change():
    # pinned: a change here means stored analyses no longer reproduce from their seed
    table = draw(
        flat("A", "B"), 3, seed=2024, choices=Choices(aggregation=("arithmetic", "geometric"))
    ).to_frame()
    assert table["aggregation"].tolist() == ["arithmetic", "geometric", "arithmetic", "arithmetic"]
    factors = table[["weight:A", "weight:B"]].to_numpy().tolist()
    assert factors == [
        [1_000_000, 1_000_000],
        [1_247_902, 821_116],
        [1_044_380, 1_058_404],
        [1_237_812, 1_149_715],
    ]


def test_the_answer_is_pinned_too():
    rng = [[(17 * i * j + 5 * i) % 101 + 1 for j in range(3)] for i in range(20)]
    values = pd.DataFrame(rng, columns=list("ABC"), index=[f"a{i}" for i in range(20)], dtype=float)
    result = uncertainty(values, STRUCTURE, draw(STRUCTURE, 500, seed=1))
    assert result.fingerprint == "b4a30c114147eb737f5c663cce745ffa1a75d3438115d78c6ac79e7903684344"


def stored_and_read(draws):
    """Draws as they come back from a file."""
    text = draws.to_frame().to_csv()
    return Draws.from_frame(pd.read_csv(io.StringIO(text), keep_default_na=False, index_col="draw"))


@law(seed=st.integers(0, 2**32), n=st.integers(1, 30))
def test_stored_draws_are_the_same_draws(seed, n):
    draws = draw(STRUCTURE, n, seed=seed, choices=WIDE)
    again = stored_and_read(draws)
    assert again.to_frame().equals(draws.to_frame())
    assert np.array_equal(again.millionths, draws.millionths)


@quiet
@pytest.mark.parametrize(("seed", "n"), [(0, 1), (2**32, 30)])
def test_stored_draws_replay_to_the_same_ranks(seed, n):
    draws = draw(STRUCTURE, n, seed=seed, choices=WIDE)
    values = areas(8)
    first, second = (
        uncertainty(values, STRUCTURE, d, scales=SCALES) for d in (draws, stored_and_read(draws))
    )
    assert first.fingerprint == second.fingerprint
    pd.testing.assert_frame_equal(first.summary, second.summary)


@law(seed=st.integers(0, 2**32), spread=st.sampled_from([0.0, 0.1, 0.25, 0.99]))
def test_more_draws_only_add_rows_and_stay_within_the_spread(seed, spread):
    choices = Choices(weight_spread=spread)
    few, many = (draw(STRUCTURE, n, seed=seed, choices=choices) for n in (5, 50))
    assert np.array_equal(few.millionths, many.millionths[:5])
    reach = round(spread * MILLION)
    assert many.millionths.min() >= MILLION - reach
    assert many.millionths.max() <= MILLION + reach


def test_options_and_factors_are_drawn_evenly():
    draws = draw(STRUCTURE, 6000, seed=5, choices=WIDE)
    shares = draws.to_frame()["normalisation"].value_counts(normalize=True)
    assert shares.between(0.30, 0.37).all()
    assert abs(draws.factors("A").mean() - 1) < 0.01


@law(values=tables(gaps=False), examples=12)
def test_statistics_follow_from_the_ranks(values):
    structure = flat(*values.columns)
    varying = values.loc[:, values.nunique() > 1]
    if varying.shape[1] < values.shape[1]:
        return
    result = uncertainty(values, structure, draw(structure, 40, seed=1))
    ranks = result.ranks.astype(float)
    np.testing.assert_allclose(result.summary["mean"], ranks.mean(axis=0))
    np.testing.assert_allclose(result.summary["median"], np.median(ranks, axis=0))
    np.testing.assert_allclose(result.summary["p05"], np.quantile(ranks, 0.05, axis=0), atol=1e-9)
    np.testing.assert_allclose(result.summary["p95"], np.quantile(ranks, 0.95, axis=0), atol=1e-9)
    nominal = aggregate(normalise(values), structure)["I"]
    pd.testing.assert_series_equal(result.summary["nominal_rank"], rank(nominal), check_names=False)
    np.testing.assert_allclose(result.frequency().sum(axis=1), 1)
    shift = np.abs(ranks - result.summary["nominal_rank"].to_numpy()).mean(axis=1)
    np.testing.assert_allclose(result.mean_shift, shift)


@quiet
def test_chunks_do_not_change_the_answer(monkeypatch):
    draws = draw(STRUCTURE, 100, seed=4, choices=WIDE)
    whole = uncertainty(areas(), STRUCTURE, draws, scales=SCALES)
    monkeypatch.setattr(sys.modules[uncertainty.__module__], "_CELLS", 70)
    assert uncertainty(areas(), STRUCTURE, draws, scales=SCALES).fingerprint == whole.fingerprint


def test_an_area_without_a_score_has_no_rank():
    values = areas(5, gaps=False)
    values.loc["a2"] = NAN
    with pytest.warns(CompositeWarning, match="a2"):
        result = uncertainty(values, STRUCTURE, draw(STRUCTURE, 20, seed=1))
    assert (result.ranks[:, 2] == 0).all()
    assert result.ranks.max() == 4
    assert result.summary.loc["a2", "ranked"] == 0
    assert result.summary.loc["a2", ["mean", "median", "p05", "p95", "nominal_rank"]].isna().all()


def test_zeros_under_a_geometric_mean_are_said():
    draws = draw(STRUCTURE, 50, seed=1, choices=Choices(aggregation=("arithmetic", "geometric")))
    with pytest.warns(CompositeWarning, match="geometric"):
        result = uncertainty(TABLE, STRUCTURE, draws)
    assert result.summary.loc["COL", "ranked"] < 1


def test_groups_goalposts_and_coverage_reach_their_steps():
    draws = draw(
        STRUCTURE, 10, seed=1, choices=Choices(imputation=("group mean",), normalisation=("goalposts",))
    )
    posts = {code: (0.0, 10.0) for code in "ABC"}
    groups = {f"a{i}": i % 2 for i in range(25)}
    result = uncertainty(
        areas(), STRUCTURE, draws, goalposts=posts | {}, groups=groups, min_coverage=1.0, top="P"
    )
    filled = impute(areas(), by="group", groups=groups).values
    scores = normalise(filled[["A", "B", "C"]], "goalposts", goalposts=posts)
    np.testing.assert_allclose(result.summary["nominal_score"], aggregate(scores, STRUCTURE)["P"])


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"normalisation": ("minmax",)}, "Did you mean 'min-max'"),
        ({"aggregation": ("mean",)}, "aggregation option"),
        ({"imputation": ("mean",)}, "imputation option"),
        ({"treatment": ("winsorize 5",)}, "winsorise 5"),
        ({"aggregation": ()}, "at least one"),
        ({"weight_spread": 1.5}, "weight_spread"),
    ],
)
def test_bad_choices(choices, message):
    with pytest.raises(RequestError, match=message):
        Choices(**choices)


def test_bad_draws():
    with pytest.raises(RequestError, match="n is 1 or more"):
        draw(STRUCTURE, 0, seed=1)
    with pytest.raises(RequestError, match="seed"):
        draw(STRUCTURE, 1, seed=-1)
    good = draw(STRUCTURE, 2, seed=1).to_frame()
    with pytest.raises(DataError, match="'aggregation' is missing"):
        Draws.from_frame(good.drop(columns="aggregation"))
    with pytest.raises(DataError, match="whole millionths"):
        Draws.from_frame(good.assign(**{"weight:A": 0.5}))
    with pytest.raises(DataError, match="first row is the nominal"):
        Draws.from_frame(good.iloc[1:])
    with pytest.raises(RequestError, match="Did you mean 'min-max'"):
        Draws.from_frame(good.assign(normalisation="min_max"))
    with pytest.raises(RequestError, match="weight 'C'"):
        uncertainty(TABLE, STRUCTURE, draw(flat("A", "B"), 2, seed=1))
    with pytest.raises(RequestError, match="weight 'C'"):
        uncertainty(TABLE, flat("A", "B"), draw(flat("A", "B", "C"), 2, seed=1))
    with pytest.raises(RequestError, match="bod"):
        uncertainty(TABLE, STRUCTURE, draw(STRUCTURE, 2, seed=1, choices=Choices(aggregation=("bod",))))
