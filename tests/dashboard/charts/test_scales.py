"""Scales of lines: offered where they make sense, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.charts import scales
from dashboard.charts.context import KpiView

PERCENT = KpiView("X", "Coverage", "percent", "%", "higher", 1, unit_kind="percent")


def points(**lines: dict[int, float]) -> dict[str, list[tuple[int, float, object]]]:
    return {name: [(year, value, "A") for year, value in line.items()] for name, line in lines.items()}


def test_the_base_is_the_first_year_that_all_lines_have():
    rows = points(A={2010: 10, 2012: 20, 2014: 30}, B={2011: 5, 2012: 10, 2014: 40})
    assert scales.offered(rows, PERCENT) == {"log": False, "base": 2012}


@pytest.mark.parametrize(
    "rows",
    [
        points(A={2010: 10, 2014: 30}, B={2014: 40}),  # nothing to see since
        points(A={2010: 10, 2014: 30}, B={2012: 5, 2016: 40}),  # no year in common
        points(A={2010: 1, 2014: 30}, B={2010: 5, 2014: 40}),  # thirty times
    ],
)
def test_no_year_is_a_hundred_where_it_would_show_nothing(rows):
    assert scales.offered(rows, PERCENT)["base"] is None


def test_a_logarithm_is_offered_for_values_that_a_plain_scale_would_hide():
    assert scales.offered(points(A={2010: 1, 2014: 20}), PERCENT)["log"] is False
    assert scales.offered(points(A={2010: 1, 2014: 20.5}), PERCENT)["log"] is True


@pytest.mark.parametrize(
    ("kpi", "rows"),
    [
        (replace(PERCENT, unit_kind="answer"), points(A={2010: 1, 2014: 2})),
        (replace(PERCENT, unit_kind="estimate"), points(A={2010: 1, 2014: 2})),  # its zero is an average
        (PERCENT, points(A={2010: 0, 2014: 50})),
        (PERCENT, points(A={2010: -1, 2014: 50})),
        (PERCENT, {}),
    ],
)
def test_codes_and_values_without_a_zero_have_the_plain_scale_only(kpi, rows):
    assert scales.offered(rows, kpi) == {"log": False, "base": None}
