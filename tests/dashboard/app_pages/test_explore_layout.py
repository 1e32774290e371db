"""The cross table of the explorer: what stands where, and that no value is lost, doubled or averaged."""

from __future__ import annotations

import doctest

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.app_pages.explore import layout as module
from dashboard.app_pages.explore.layout import COLUMN, DIMENSIONS, KEYS, constant, crossed, layout

VALUES = pd.DataFrame(
    [
        ("COL", "EGDI", 2024, "un", 0.78, "A"),
        ("COL", "EGDI", 2022, "un", 0.73, "A"),
        ("PER", "EGDI", 2024, "un", 0.80, "U"),
        ("COL", "NET", 2024, "itu", 73.0, "E"),
    ],
    columns=["ref_area", "kpi", "time_period", "source", "obs_value", "obs_status"],
)
ORDER: dict[str, list[object]] = {
    "area": ["COL", "PER"],
    "kpi": ["EGDI", "NET"],
    "year": [2024, 2022],
    "source": ["itu", "un"],
}


def test_the_example_holds() -> None:
    assert doctest.testmod(module).failed == 0


def test_a_key_that_varies_and_is_no_column_stands_in_the_rows() -> None:
    assert layout(VALUES, "area", "year").rows == ("area", "kpi")
    assert layout(VALUES, "source", "kpi").rows == ("source", "area", "year")
    assert layout(VALUES[VALUES["kpi"] == "EGDI"], "year", "area").rows == ("year",)


def test_rows_and_columns_stand_in_their_order() -> None:
    table = crossed(VALUES, layout(VALUES, "area", "year"), ORDER)
    assert table.keys.to_numpy().tolist() == [["COL", "EGDI"], ["COL", "NET"], ["PER", "EGDI"]]
    assert list(table.values.columns) == [2024, 2022]
    assert table.values[2024].tolist() == [0.78, 73.0, 0.80]
    assert table.values[2022].isna().tolist() == [False, True, True]
    assert table.statuses.loc[2, 2024] == "U"


@settings(max_examples=10, deadline=None)
@given(
    st.sets(
        st.tuples(st.sampled_from(["COL", "PER"]), st.sampled_from(["EGDI", "NET"]), st.integers(2020, 2024)),
        min_size=1,
    ),
    st.permutations(DIMENSIONS),
)
def test_every_value_stands_once(keys: set[tuple[str, str, int]], dimensions: list[str]) -> None:
    rows = pd.DataFrame(sorted(keys), columns=[COLUMN[key] for key in KEYS])
    rows["source"] = rows["kpi"].map({"EGDI": "un", "NET": "itu"})
    rows["obs_value"], rows["obs_status"] = range(len(rows)), "A"
    order = {name: sorted(rows[COLUMN[name]].unique()) for name in DIMENSIONS}
    table = crossed(rows, layout(rows, dimensions[0], dimensions[1]), order)
    assert sorted(table.values.stack().dropna().tolist()) == list(range(len(rows)))
    assert not table.keys.duplicated().any()


@pytest.mark.parametrize(
    ("column", "cells", "same"),
    [("a", [1, 1], {"a": 1}), ("a", [1, 2], {}), ("a", [None, "x"], {}), ("a", [], {})],
)
def test_what_is_the_same_everywhere_is_found(
    column: str, cells: list[object], same: dict[str, object]
) -> None:
    assert constant(pd.DataFrame({column: cells}), [column]) == same
