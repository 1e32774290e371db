"""Medians over the cross-section are those of the long table, group by group."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reads import shared as data
from dashboard.reads.cross_section import NO_YEAR, Counted, CrossSection, cross_section
from kpis.queries import Warehouse

VALUES = st.lists(st.sampled_from([np.nan, 0.0, 1.0, 2.5, 7.0]), min_size=4, max_size=4)


def small(values: list[list[float]], fresh: list[list[bool]], top: float = np.nan) -> CrossSection:
    """A cross-section of the areas A to D; every value is of the year 2020 plus its column."""
    matrix = np.array(values)
    held = ~np.isnan(matrix)
    is_fresh = np.array(fresh) & held
    return CrossSection(
        kpis=np.array([f"K{row}" for row in range(len(values))], dtype=object),
        columns={area: at for at, area in enumerate("ABCD")},
        obs_value=matrix,
        percentile=np.where(is_fresh, matrix * 10, np.nan),
        year=np.where(held, 2020 + np.arange(4), NO_YEAR).astype(np.int32),
        fresh=is_fresh,
        top=np.full(len(values), top),
    )


def test_a_small_table_by_hand() -> None:
    section = small([[1, 3, np.nan, 8], [np.nan] * 4], [[True, False, True, True], [True] * 4])
    (all_of_them,) = section.medians("ABCD").to_dict("records")
    assert (all_of_them["kpi"], all_of_them["obs_value"], all_of_them["n"]) == ("K0", 3, 3)
    assert all_of_them["percentile"] == (10 + 80) / 2  # an old value has none
    assert (all_of_them["first_year"], all_of_them["last_year"]) == (2020, 2023)
    assert np.isnan(all_of_them["top"])
    (fresh,) = section.medians("ABCD", Counted.FRESH).to_dict("records")
    assert (fresh["obs_value"], fresh["n"]) == (4.5, 2)
    (old,) = section.medians("B", Counted.FRESH_IF_ANY).to_dict("records")
    assert (old["obs_value"], old["n"]) == (3, 1)
    assert section.medians("B", Counted.FRESH).empty


def test_of_coded_answers_those_at_the_top_are_counted() -> None:
    (row,) = small([[2, 1, 2, np.nan]], [[True] * 4], top=2).medians("ABCD").to_dict("records")
    assert (row["top"], row["n"]) == (2, 3)


@pytest.mark.parametrize("areas", [[], ["unknown"]])
def test_of_nobody_there_is_no_row(areas: list[str]) -> None:
    assert small([[1, 2, 3, 4]], [[True] * 4]).medians(areas).empty


@given(VALUES, st.sets(st.sampled_from("ABCD"), min_size=1))
def test_a_median_is_that_of_the_values_counted(values: list[float], areas: set[str]) -> None:
    rows = small([values], [[True] * 4]).medians(areas)
    counted = [value for area, value in zip("ABCD", values, strict=True) if area in areas and value == value]
    assert rows["obs_value"].tolist() == ([float(np.median(counted))] if counted else [])


@pytest.mark.parametrize("group", ["CARIBBEAN_SIDS", "LDC", "WORLD"])
def test_medians_of_groups_are_those_of_the_long_table(wh: Warehouse, group: str) -> None:
    members = data.members(wh, group)
    rows = data.latest(wh, data.kpis(wh, "en"), members)
    rows = rows.assign(percentile=rows["percentile"].where(rows["fresh"]))
    long = rows.groupby("kpi").agg(
        obs_value=("obs_value", "median"),
        percentile=("percentile", "median"),
        first_year=("time_period", "min"),
        last_year=("time_period", "max"),
        n=("obs_value", "size"),
    )
    wide = cross_section(wh).medians(members).set_index("kpi").drop(columns="top").sort_index()
    assert len(wide) > 100
    # Exact: both take the middle value or half the sum of the two in the middle.
    pd.testing.assert_frame_equal(wide, long, check_dtype=False, check_index_type=False, rtol=0, atol=0)


def test_percentiles_are_those_of_fresh_values() -> None:
    section = small([[1, 3, np.nan, 8], [2] * 4], [[True, False, True, True], [True] * 4])
    rows = section.percentiles(["A", "B", "D"], ["K0"])
    assert rows.to_dict("list") == {"kpi": ["K0", "K0"], "percentile": [10, 80]}
    assert section.percentiles([], ["K0"]).empty
