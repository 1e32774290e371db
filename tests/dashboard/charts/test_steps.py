"""Steps of time: every year of a KPI in whole numbers, in the classes of the values themselves."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import steps
from dashboard.charts.classes import classify
from dashboard.charts.context import Context, KpiView

BOUNDED = KpiView("I", "Index", "index", "", "higher", 2, bounds=(0.25, 0.5, 0.75))


@pytest.fixture
def history() -> pd.DataFrame:
    """Two editions; Tuvalu is in the first only, Tonga in none that is shown."""
    return pd.DataFrame(
        {
            "ref_area": ["DNK", "KOR", "TUV", "DNK", "KOR", "NAM", "TON"],
            "time_period": [2022, 2022, 2022, 2024, 2024, 2024, 2024],
            "obs_value": [88.0, 91.5, 12.0, 90.0, 90.0, 40.25, 1.0],
        }
    )


def test_a_step_per_year_and_a_place_per_country(four, history, share, ctx):
    told = steps.steps(four, history, share, ctx, year=2024, mine="NAM", peers=["TUV", "TON"])
    assert told["years"] == ["2022", "2024"]
    assert told["at"] == 1
    assert told["digits"] == 2  # as many as 40.25 needs
    assert told["frames"] == [[8800, 9150, None, 1200], [9000, 9000, 4025, None]]
    assert (told["mine"], told["peers"]) == ("NAM", ["TUV"])
    assert told["words"]["value"] == "{value}%"


def test_the_latest_of_each_country_is_the_last_step_and_says_its_years(four, history, share, ctx):
    told = steps.steps(four, history, share, ctx, year=None)
    assert told["years"] == ["2022", "2024", steps.LATEST]
    assert told["at"] == 2
    assert told["of_year"] == [2024, 2024, 2023, None]


def test_a_year_of_another_scale_stands_alone(four, history, share, ctx):
    told = steps.steps(four, history, share, ctx, year=2016)
    assert told["years"] == ["2016"]
    assert len(told["frames"]) == 1


def test_a_country_that_is_not_shown_is_not_mine(four, history, share, ctx):
    assert steps.steps(four, history, share, ctx, year=2024, mine="COL")["mine"] is None


def test_a_code_is_a_level_of_so_many(four, history, ctx: Context):
    answer = KpiView("A", "Law", "code", "", "higher", 0, unit_kind="answer", bounds=(1, 2), top=2)
    named = replace(answer, class_names=("no", "planned", "in force"))
    words = steps.steps(four, history, named, ctx, year=2024)["words"]
    assert words["value"] == "{value}\u00a0of\u00a02"
    assert "at the highest level" in words["first"]


@settings(max_examples=30)
@given(st.lists(st.floats(-1, 2, allow_nan=False) | st.none(), min_size=1, max_size=30))
def test_a_whole_number_is_in_the_class_of_its_value(values):
    column = pd.Series(values, dtype=float)
    digits = BOUNDED.precision + steps.FINER
    classes = [
        None if number is None else sum(bound * 10**digits <= number for bound in BOUNDED.bounds)
        for number in steps.whole(column.to_numpy(), digits, BOUNDED)
    ]
    assert classes == [None if pd.isna(step) else int(step) for step in classify(column, BOUNDED).of]
