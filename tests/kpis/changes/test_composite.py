"""A composite's change in parts: by hand, and laws."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis import changes, egdi
from kpis.catalogue.model import Component, Index
from kpis.errors import DataError, RequestError

EXACT = 1e-12


def rule(method: str, *weights: float, names: str = "ABC") -> Index:
    parts = tuple(Component(kpi=name, weight=w) for name, w in zip(names, weights, strict=False))
    return Index(index="I", editions=(2024,), method=method, components=parts, tolerance=0.1, source="test")


def parts_of(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns=["before", "after", "change"])


def one(**columns: list[float]) -> pd.DataFrame:
    rows = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=list("XYZW")[:rows], dtype=float)


MIN_MAX = rule("z_score_min_max", 1.0)


def test_another_countrys_rise_moves_the_ends() -> None:
    table = changes.explain_composite(one(A=[0, 5, 10]), one(A=[0, 5, 20]), MIN_MAX, MIN_MAX)
    assert table.loc["Y", ["before", "after", "others_ends"]].tolist() == pytest.approx([0.5, 0.25, -0.25])
    assert table.loc["Y", ["own", "others_spread", "weights", "coverage"]].abs().max() <= EXACT


def test_a_newcomer_is_coverage() -> None:
    table = changes.explain_composite(one(A=[0, 5, 10]), one(A=[0, 5, 10, 20]), MIN_MAX, MIN_MAX)
    assert table.loc["Y", "coverage"] == pytest.approx(-0.25, abs=EXACT)
    assert "W" not in table.index


def test_a_row_that_becomes_incomplete_leaves() -> None:
    both = rule("z_score_min_max", 1.0, 0.001)
    before = one(A=[0, 5, 10, 20], B=[1, 2, 3, 4])
    after = one(A=[0, 5, 10, 20], B=[1, 2, 3, np.nan])
    table = changes.explain_composite(before, after, both, both)
    assert list(table.index) == ["X", "Y", "Z"]
    assert table.loc["Y", "coverage"] == pytest.approx(0.25, abs=0.01)


def test_ones_own_rise_is_own() -> None:
    table = changes.explain_composite(one(A=[0, 5, 10]), one(A=[0, 7, 10]), MIN_MAX, MIN_MAX)
    assert table.loc["Y", "own"] == pytest.approx(0.2, abs=EXACT)


def test_weights_and_own_data_share_their_product() -> None:
    before, after = rule("weighted_mean", 0.5, 0.5), rule("weighted_mean", 0.25, 0.75)
    table = changes.explain_composite(
        one(A=[0.2], B=[0.4]), one(A=[0.6], B=[0.8]), before, after, by_component=True
    )
    (row,) = table.to_dict("records")
    assert row["own_A"] == pytest.approx(0.375 * 0.4, abs=EXACT)  # mean of the weights times the change
    assert row["own_B"] == pytest.approx(0.625 * 0.4, abs=EXACT)
    assert row["weights"] == pytest.approx(0.4 * -0.25 + 0.6 * 0.25, abs=EXACT)
    assert row["change"] == pytest.approx(0.75 - 0.3, abs=EXACT)


def test_a_stated_order_gives_the_steps_of_that_order() -> None:
    before, after = rule("weighted_mean", 0.5, 0.5), rule("weighted_mean", 0.25, 0.75)
    order = ["weights", "own", "others_spread", "others_ends", "coverage"]
    frames = one(A=[0.2], B=[0.4]), one(A=[0.6], B=[0.8])
    (row,) = changes.explain_composite(*frames, before, after, order=order).to_dict("records")
    assert row["weights"] == pytest.approx(0.35 - 0.3, abs=EXACT)
    assert row["own"] == pytest.approx(0.75 - 0.35, abs=EXACT)
    with pytest.raises(RequestError, match="name each part once"):
        changes.explain_composite(*frames, before, after, order=["own"])


frames = st.integers(0, 2**32 - 1).map(
    lambda seed: tuple(
        pd.DataFrame(values, index=[f"A{i}" for i in range(12)], columns=list("ABC"))
        for values in np.random.default_rng(seed).uniform(0, 1, (2, 12, 3))
    )
)


@given(frames, st.sampled_from(["weighted_mean", "z_score_min_max"]), st.booleans())
@settings(max_examples=25)
def test_parts_add_up_to_a_change_between_the_two_composites(
    pair: tuple[pd.DataFrame, pd.DataFrame], method: str, by_component: bool
) -> None:
    before, after = pair[0].drop(index="A3"), pair[1].drop(index="A7")
    rules = rule(method, 0.2, 0.3, 0.5), rule("z_score_min_max", 0.4, 0.3, -0.3)
    table = changes.explain_composite(before, after, *rules, by_component=by_component)
    assert (parts_of(table).sum(axis=1) - table["change"]).abs().max() <= EXACT
    for when, frame, entry in (("before", before, rules[0]), ("after", after, rules[1])):
        assert (table[when] - egdi.composite(frame, entry)[table.index]).abs().max() <= EXACT


@given(frames)
@settings(max_examples=10)
def test_a_function_gives_the_same_parts_as_the_entry(pair: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    entry = rule("z_score_min_max", 0.2, 0.3, 0.5)
    spread = entry.model_copy(update={"components": rule("z_score_min_max", 0.5, 0.4, 0.1).components})
    before, after = pair[0].drop(index="A3"), pair[1]

    def function(parts: pd.DataFrame) -> pd.Series:
        return egdi.composite(parts, entry)

    def other(parts: pd.DataFrame) -> pd.Series:
        return egdi.composite(parts, spread)

    table = changes.explain_composite(before, after, function, other, ["A1", "A5"])
    assert (parts_of(table).sum(axis=1) - table["change"]).abs().max() <= EXACT
    assert list(parts_of(table).columns) == ["own", "others", "weights", "coverage"]
    entries = changes.explain_composite(before, after, entry, spread, ["A1", "A5"])
    assert (entries["change"] - table["change"]).abs().max() <= EXACT


def test_nothing_changed_has_no_parts() -> None:
    frame = one(A=[0, 5, 10], B=[3, 1, 2])
    entry = rule("z_score_min_max", 0.5, 0.5)
    assert (parts_of(changes.explain_composite(frame, frame, entry, entry)) == 0).all(axis=None)


def test_shapley_values_are_the_mean_over_all_orders() -> None:
    worth = np.random.default_rng(3).normal(size=2**4)
    names = list("abcd")
    steps = [changes.attribute(worth, names, order) for order in permutations(names)]
    assert changes.attribute(worth, names) == pytest.approx(np.mean(steps, axis=0), abs=EXACT)


def test_what_cannot_be_compared_is_refused() -> None:
    two = rule("weighted_mean", 1, 1)
    other = rule("weighted_mean", 1, 1, names="AC")
    with pytest.raises(DataError, match="component C has no values before"):
        changes.explain_composite(one(A=[1], B=[1]), one(A=[1], B=[1], C=[1]), two, other)
    with pytest.raises(RequestError, match="'Q' is not known"):
        changes.explain_composite(one(A=[1], B=[1]), one(A=[1], B=[1]), two, two, ["Q"])
    many = [f"N{i}" for i in range(12)]
    wide = pd.DataFrame(1.0, index=["X"], columns=many)
    entry = Index(
        index="I",
        editions=(2024,),
        method="weighted_mean",
        components=tuple(Component(kpi=name, weight=1) for name in many),
        tolerance=0.1,
        source="test",
    )
    with pytest.raises(RequestError, match="too many to tell apart"):
        changes.explain_composite(wide, wide, entry, entry, by_component=True)
