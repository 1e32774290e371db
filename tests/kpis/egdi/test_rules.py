"""The index rules on three countries, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis import egdi
from kpis.catalogue.model import Component, Index
from kpis.egdi.rules import competition_rank, score
from kpis.errors import DataError

ROUNDING = 1e-12  # a handful of double operations


def index(method: str, *weights: float, cap: float | None = None) -> Index:
    parts = tuple(Component(kpi=name, weight=w) for name, w in zip("ABC", weights, strict=False))
    if cap is not None:
        parts = (Component(kpi="A", weight=weights[0], cap=cap), *parts[1:])
    return Index(index="I", editions=(2024,), method=method, components=parts, tolerance=0.1, source="test")


def test_weighted_mean_by_hand() -> None:
    parts = pd.DataFrame({"A": [0.5], "B": [0.2], "C": [0.8]}, index=["COL"])
    result = egdi.composite(parts, index("weighted_mean", 0.34, 0.33, 0.33))
    assert result["COL"] == pytest.approx(0.5 * 0.34 + 0.2 * 0.33 + 0.8 * 0.33, abs=ROUNDING)


def test_a_missing_part_counts_as_zero_in_the_mean_as_the_un_did() -> None:
    parts = pd.DataFrame({"A": [0.6], "B": [None], "C": [0.3]}, index=["SMR"], dtype=float)
    assert egdi.composite(parts, index("weighted_mean", 1, 1, 1))["SMR"] == pytest.approx(0.3, abs=ROUNDING)


def test_z_scores_then_min_max_by_hand() -> None:
    # A: mean 2, population sd √(2/3); z = −√1.5, 0, √1.5.  B: mean 1, sd √2·… = √(8/9)·… worked below.
    parts = pd.DataFrame({"A": [1.0, 2.0, 3.0], "B": [0.0, 0.0, 3.0]}, index=["X", "Y", "Z"])
    z_a = [-math.sqrt(1.5), 0.0, math.sqrt(1.5)]
    sd_b = math.sqrt((1 + 1 + 4) / 3)
    z_b = [-1 / sd_b, -1 / sd_b, 2 / sd_b]
    raw = [0.5 * a + 0.5 * b for a, b in zip(z_a, z_b, strict=True)]
    expected = [(r - raw[0]) / (raw[2] - raw[0]) for r in raw]
    result = egdi.composite(parts, index("z_score_min_max", 0.5, 0.5))
    assert result.tolist() == pytest.approx(expected, abs=ROUNDING)


def test_a_cap_applies_before_standardising() -> None:
    parts = pd.DataFrame({"A": [80.0, 100.0, 121.0], "B": [1.0, 2.0, 3.0]}, index=["X", "Y", "Z"])
    capped = parts.assign(A=parts["A"].clip(upper=100))
    assert egdi.composite(parts, index("z_score_min_max", 1, 1, cap=100)).tolist() == pytest.approx(
        egdi.composite(capped, index("z_score_min_max", 1, 1)).tolist(), abs=ROUNDING
    )


def test_a_row_with_a_missing_part_is_missing_and_changes_nobody() -> None:
    parts = pd.DataFrame({"A": [1.0, 2.0, 3.0], "B": [0.0, 0.0, 3.0]}, index=["X", "Y", "Z"])
    more = pd.concat([parts, pd.DataFrame({"A": [900.0], "B": [None]}, index=["W"], dtype=float)])
    result = egdi.composite(more, index("z_score_min_max", 0.5, 0.5))
    assert math.isnan(result["W"])
    assert (
        result[["X", "Y", "Z"]].tolist() == egdi.composite(parts, index("z_score_min_max", 0.5, 0.5)).tolist()
    )


def test_a_missing_column_is_named() -> None:
    with pytest.raises(DataError, match="component B has no values"):
        egdi.composite(pd.DataFrame({"A": [1.0]}), index("weighted_mean", 1, 1))


def test_a_constant_column_is_refused() -> None:
    parts = pd.DataFrame({"A": [1.0, 1.0], "B": [1.0, 2.0]})
    with pytest.raises(DataError, match="cannot be standardised"):
        egdi.composite(parts, index("z_score_min_max", 1, 1))


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=3, max_size=20, unique=True),
    st.floats(0.1, 10),
    st.floats(-100, 100),
)
def test_the_result_runs_from_0_to_1_and_ignores_units(
    rows: list[tuple[int, int]], scale: float, shift: float
) -> None:
    parts = pd.DataFrame(rows, columns=["A", "B"], dtype=float)
    rule = index("z_score_min_max", 0.5, 0.5)
    if parts["A"].nunique() < 2 or parts["B"].nunique() < 2 or egdi_is_flat(parts):
        return
    result = egdi.composite(parts, rule)
    assert result.min() == 0
    assert result.max() == 1
    rescaled = egdi.composite(parts.assign(A=parts["A"] * scale + shift), rule)
    assert rescaled.tolist() == pytest.approx(
        result.tolist(), abs=1e-6
    )  # shifting loses digits before it cancels


def egdi_is_flat(parts: pd.DataFrame) -> bool:
    """Whether the two standardised columns cancel, so that all composites are equal."""
    z = (parts - parts.mean()) / parts.std(ddof=0)
    total = z.sum(axis=1)
    return bool(total.max() - total.min() < 1e-6)


def test_a_column_that_differs_only_by_rounding_noise_is_constant() -> None:
    parts = pd.DataFrame({"A": [0.1, 0.1, 0.1], "B": [1.0, 2.0, 3.0]})  # its deviation comes out as 1e-17
    with pytest.raises(DataError, match="cannot be standardised"):
        egdi.composite(parts, index("z_score_min_max", 1, 1))


def test_columns_that_cancel_leave_no_ends() -> None:
    parts = pd.DataFrame({"A": [1.0, 2.0], "B": [2.0, 1.0]})
    with pytest.raises(DataError, match="no ends to scale between"):
        egdi.composite(parts, index("z_score_min_max", 1, 1))


def test_no_complete_row_is_said() -> None:
    parts = pd.DataFrame({"A": [1.0, None], "B": [None, 2.0]}, dtype=float)
    with pytest.raises(DataError, match="no area has all components"):
        egdi.composite(parts, index("z_score_min_max", 1, 1))


def test_a_stack_of_tables_is_scored_to_the_last_bit_as_one_table() -> None:
    tables = np.random.default_rng(7).uniform(size=(11, 193, 2))
    rule = index("z_score_min_max", 0.3, -0.7)
    together = score(tables, rule)
    for table, scored in zip(tables, together, strict=True):
        assert (score(table, rule) == scored).all()


def test_ranks_share_the_better_place() -> None:
    assert competition_rank(np.array([0.5, 0.9, 0.5, 0.1])).tolist() == [2, 1, 2, 4]


@pytest.mark.parametrize(
    ("value", "group"),
    [
        (1.2, "Very High"),
        (0.75, "Very High"),
        (0.7499, "High"),
        (0.5, "High"),
        (0.25, "Middle"),
        (0.0, "Low"),
    ],
)
def test_groups_include_their_lower_bound(value: float, group: str) -> None:
    assert egdi.group_of(value) == group


def test_a_missing_value_has_no_group() -> None:
    assert egdi.group_of(math.nan) is None
