"""Cells of tables with their types."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pandas as pd
import pytest

from dashboard.charts import scalars

MISSING = [None, float("nan"), pd.NA, pd.NaT, np.float64("nan")]


def test_the_examples_hold() -> None:
    assert doctest.testmod(scalars).failed == 0


@pytest.mark.parametrize("cell", MISSING)
def test_what_is_missing_is_no_number(cell: object) -> None:
    assert scalars.is_missing(cell)
    assert math.isnan(scalars.number(cell))
    assert scalars.optional(cell) is None
    with pytest.raises((TypeError, ValueError)):
        scalars.whole(cell)


def test_rows_and_cells_of_a_table() -> None:
    table = pd.DataFrame(
        {"kpi": ["EGDI", "OSI"], "obs_value": [0.5, np.nan], "year": pd.array([2024, 2022], "Int64")}
    )
    rows = scalars.records(table)
    assert [row["kpi"] for row in rows] == ["EGDI", "OSI"]
    assert scalars.number(table.at[0, "obs_value"]) == 0.5
    assert scalars.optional(rows[1]["obs_value"]) is None
    assert scalars.whole(table["year"].max()) == 2024
    assert scalars.strings(table.set_index("kpi").index) == ["EGDI", "OSI"]


def test_rows_have_the_cells_that_pandas_gives() -> None:
    table = pd.DataFrame(
        {
            "whole": pd.array([1, None, 3], dtype="Int32"),
            "flag": pd.array([True, None, False], dtype="boolean"),
            "float": [1.5, float("nan"), -0.0],
            "masked": pd.array([0.5, None, 2.0], dtype="Float64"),
            "plain": [1, 2, 3],
            "text": pd.array(["NA", None, "Ñ"], dtype="str"),
            "strings": pd.array(["NA", None, "Ñ"], dtype="string"),
            "kind": pd.Categorical(["a", None, "b"]),
            "object": [np.float64(2), pd.NA, None],
            "day": pd.to_datetime(["2024-02-29", None, "2026-01-01"]),
        }
    )
    ours, theirs = scalars.records(table), table.to_dict("records")
    assert repr(ours) == repr(theirs)
    assert [[type(cell) for cell in row.values()] for row in ours] == [
        [type(cell) for cell in row.values()] for row in theirs
    ]
    assert scalars.records(table.iloc[:0]) == []
