"""Leave one out and Sobol' indices."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from kpis.composite import (
    Choices,
    CompositeWarning,
    Draws,
    aggregate,
    leave_one_out,
    rank,
    sobol,
    uncertainty,
)
from kpis.errors import RequestError

from .examples import STRUCTURE, TABLE, flat, law, panel, tables

pytest.importorskip("SALib")


def test_leaving_one_out_by_hand():
    result = leave_one_out(TABLE, flat("A", "B", "C"))
    # sums: COL 16, URY 37, JAM 32; without B: 6, 7, 12
    assert result.ranks["nominal"].tolist() == [3, 1, 2]
    assert result.ranks["B"].tolist() == [3, 2, 1]
    assert result.shifts["B"].tolist() == [0, -1, 1]
    assert result.mean_shift["B"] == pytest.approx(2 / 3)
    assert result.scores["B"].tolist() == [3, 3.5, 6]


def test_leaving_out_a_level_or_named_codes():
    assert leave_one_out(TABLE, STRUCTURE, level=2).mean_shift.index.tolist() == ["P", "Q"]
    assert leave_one_out(TABLE, STRUCTURE, codes=["C"]).scores["C"].tolist() == pytest.approx(
        aggregate(TABLE, STRUCTURE)["P"].tolist()
    )


@law(scores=tables())
def test_leaving_out_equals_a_structure_without_it(scores):
    result = leave_one_out(scores, flat(*scores.columns))
    for code in scores.columns:
        rest = [name for name in scores.columns if name != code]
        expected = aggregate(scores, flat(*rest))["I"]
        np.testing.assert_allclose(result.scores[code], expected)


def test_all_there_is_leaves_nothing():
    assert leave_one_out(TABLE, flat("A")).scores["A"].isna().all()
    assert np.isnan(leave_one_out(TABLE, flat("A")).mean_shift["A"])


def test_panels_are_ranked_by_period():
    result = leave_one_out(panel(), flat("A", "B"))
    assert result.ranks["nominal"].tolist() == rank(aggregate(panel(), flat("A", "B"))["I"]).tolist()


def test_bad_requests():
    with pytest.raises(RequestError, match="Allowed: 1, 2"):
        leave_one_out(TABLE, STRUCTURE, level=3)
    with pytest.raises(RequestError, match="Did you mean 'A'"):
        leave_one_out(TABLE, STRUCTURE, codes=["a"])
    two = pd.DataFrame({"code": ["A", "B", "X", "Y"], "parent": ["X", "Y", None, None]})
    with pytest.raises(RequestError, match="top="):
        leave_one_out(TABLE, two)
    assert leave_one_out(TABLE, two, top="X", codes=["B"]).mean_shift["B"] == 0


# --- Sobol' ---------------------------------------------------------------------------------------


def areas(n=30):
    rng = np.random.default_rng(2)
    return pd.DataFrame(
        rng.uniform(1, 9, size=(n, 3)), columns=list("ABC"), index=[f"a{i}" for i in range(n)]
    )


CHOICES = Choices(normalisation=("min-max", "z-score"), weight_spread=0.2)


def test_the_design_replays_and_the_indices_follow_the_formulas():
    result = sobol(areas(), STRUCTURE, n=64, seed=3, choices=CHOICES)
    names = result.indices.index.tolist()
    assert names == ["normalisation", *[f"weight:{code}" for code in ("A", "B", "C", "P", "Q")]]
    replay = uncertainty(areas(), STRUCTURE, Draws.from_frame(result.draws.to_frame()))
    assert replay.fingerprint == result.run.fingerprint
    # SALib's order: A, then one column of B in A for each assumption, then B
    y = ((result.output - result.output.mean()) / result.output.std()).reshape(64, len(names) + 2)
    first, last, mixed = y[:, 0], y[:, -1], y[:, 1:-1]
    variance = np.concatenate([first, last]).var()
    expected = (last[:, None] * (mixed - first[:, None])).mean(axis=0) / variance
    np.testing.assert_allclose(result.indices["first_order"], expected, rtol=1e-9, atol=1e-12)
    total = ((first[:, None] - mixed) ** 2).mean(axis=0) / (2 * variance)
    np.testing.assert_allclose(result.indices["total"], total, rtol=1e-9, atol=1e-12)


def test_an_only_child_explains_nothing():
    result = sobol(areas(), STRUCTURE, n=128, seed=1, choices=CHOICES)
    assert result.indices.loc["weight:C", "total"] == 0


def test_the_rank_of_one_area():
    result = sobol(areas(), STRUCTURE, n=32, seed=1, choices=CHOICES, area="a3")
    assert np.array_equal(result.output, result.run.ranks[:, 3])


def test_an_output_that_never_varies_has_no_indices():
    same = pd.DataFrame({"A": [1.0, 2, 3], "B": [1.0, 2, 3], "C": [1.0, 2, 3]})
    with pytest.warns(CompositeWarning, match="never varies"):
        assert sobol(same, STRUCTURE, n=8, seed=1, choices=CHOICES).indices.isna().all(axis=None)


def test_bad_sobol_requests():
    with pytest.raises(RequestError, match="power of 2"):
        sobol(areas(), STRUCTURE, n=100, seed=1)
    with pytest.raises(RequestError, match="fewer than two"):
        sobol(areas(), STRUCTURE, n=8, seed=1, choices=Choices(weight_spread=0))
    with pytest.raises(RequestError, match="area 'zz'"):
        sobol(areas(), STRUCTURE, n=8, seed=1, choices=CHOICES, area="zz")
    assert math.isfinite(sobol(areas(), STRUCTURE, n=8, seed=1).output.sum())
