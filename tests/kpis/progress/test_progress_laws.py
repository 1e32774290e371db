"""Laws that hold for every case: mirrors, monotony, units, and one answer whichever way it is asked."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpis import progress

METHODS = list(progress.METHODS)
relaxed = settings(deadline=None)  # the first example pays for loading pandas
methods = st.sampled_from(METHODS)
directions = st.sampled_from([1, -1])
positive = st.floats(0.01, 1e4)
anything = st.none() | st.sampled_from([0.0, 1.0, 50.0, 80.0, 100.0, -5.0]) | st.floats(-1e6, 1e6)
years = st.integers(2013, 2035)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Any case at all, well formed or not, but with a direction."""
    columns = ["base_value", "latest_value", "target", "limit", "worst", "best", "green"]
    case = {name: draw(anything) for name in columns}
    case |= {name: draw(years) for name in ("base_year", "latest_year", "target_year")}
    return case | {"direction": draw(directions)}


def rank(result: progress.Result) -> int:
    """0 for the best status of the method."""
    return progress.METHODS[result.method].statuses.index(result.status)


def ordinary(**more: Any) -> dict[str, Any]:
    return {"base_year": 2015, "latest_year": 2022, "target_year": 2030, **more}


def on_scale(direction: int, target: float) -> dict[str, float]:
    """Goalposts that point the given way, with the target as the green threshold."""
    return {"worst": 0.0 if direction > 0 else 2e4, "best": 2e4 if direction > 0 else 0.0, "green": target}


NEXT_TO_NOTHING = {  # growth from here to the target is beyond what a number can hold
    "base_year": 2013, "base_value": -2.2e-309, "latest_year": 2013, "latest_value": None, "direction": 1,
    "target": -5.0, "target_year": 2014, "limit": None, "worst": None, "best": None, "green": None,
}  # fmt: skip


@relaxed
@given(cases(), methods)
@example(NEXT_TO_NOTHING, "statcan")
def test_every_case_gets_a_status_a_reason_and_finite_figures(case, method):
    result = progress.assess(**case, method=method)
    assert result.status in progress.METHODS[method].statuses
    assert result.note
    for name in ("value", "score", "projected", "observed_rate", "required_rate"):
        figure = getattr(result, name)
        assert figure is None or math.isfinite(figure)
    if result.score is not None:
        low, high = (0, 5) if method == "unsd" else (-5, 5)
        assert low <= result.score <= high


@settings(relaxed)
@given(st.lists(cases(), min_size=1, max_size=40), methods, st.none() | years)
def test_a_table_says_what_each_of_its_rows_would_say_alone(rows, method, horizon):
    frame = pd.DataFrame(rows, index=[f"row {number}" for number in range(len(rows))])
    table = progress.assess_table(frame, method, horizon=horizon)
    assert list(table.index) == list(frame.index)
    for case, row in zip(rows, table.to_dict("records"), strict=True):
        alone = progress.assess(**case, method=method, horizon=horizon)
        assert (row["status"], row["reason"], row["method"]) == (alone.status, alone.reason, method)
        for name in ("value", "score", "projected", "observed_rate", "required_rate"):
            figure = getattr(alone, name)
            expected = math.nan if figure is None else figure
            assert row[name] == pytest.approx(expected, rel=1e-12, nan_ok=True)


@relaxed
@given(positive, positive, positive, directions, methods)
def test_a_target_met_gives_the_best_class(base, latest, distance, direction, method):
    target = latest - direction * distance
    if target <= 0:
        return
    posts = on_scale(direction, target)
    case = ordinary(base_value=base, latest_value=latest, direction=direction, target=target, **posts)
    assert rank(progress.assess(**case, method=method)) == 0


@relaxed
@given(positive, positive, positive, st.none() | positive, directions, methods)
def test_a_better_latest_value_never_gives_a_worse_status_or_score(
    base, one, other, target, direction, method
):
    better, worse = (max(one, other), min(one, other))[::direction]
    posts = on_scale(direction, target or base)
    case = ordinary(base_value=base, direction=direction, target=target, **posts)
    good = progress.assess(**case, latest_value=better, method=method)
    bad = progress.assess(**case, latest_value=worse, method=method)
    assert rank(good) <= rank(bad)
    if good.score is not None and bad.score is not None:
        assert good.score >= bad.score - 1e-9


@relaxed
@given(positive, positive, st.none() | positive, directions, methods, st.integers(-20, 20))
def test_the_unit_does_not_matter(base, latest, target, direction, method, power):
    """A power of two scales without rounding, so that even figures on a threshold stay where they are."""
    unit = 2.0**power
    values = {"base_value": base, "latest_value": latest, "target": target, "limit": 100.0}
    values |= on_scale(direction, target or base)
    scaled = {name: None if value is None else value * unit for name, value in values.items()}
    one = progress.assess(**ordinary(direction=direction, **values), method=method)
    other = progress.assess(**ordinary(direction=direction, **scaled), method=method)
    assert (one.status, one.score, one.reason, one.value) == (
        other.status,
        other.score,
        other.reason,
        other.value,
    )
    assert one.projected is None or other.projected == pytest.approx(one.projected * unit, rel=1e-12)


@relaxed
@given(cases(), st.sampled_from(["statcan", "sdsn"]))
def test_values_turned_round_with_their_direction_give_the_same_answer(case, method):
    """Holds where the method knows negative values; a value of 0 has no mirror under Statistics Canada."""
    mirrored = ["base_value", "latest_value", "target", "limit", "worst", "best", "green"]
    if method == "statcan" and 0 in (case["base_value"], case["target"]):
        return
    turned = case | {name: None if case[name] is None else -case[name] for name in mirrored}
    turned["direction"] = -case["direction"]
    one, other = progress.assess(**case, method=method), progress.assess(**turned, method=method)
    beyond = {one.reason, other.reason} & {"base_beyond_limit", "natural_limit", "at_natural_limit"}
    assert (one.status, one.value, one.score) == (other.status, other.value, other.score)
    assert one.reason == other.reason or beyond
    assert one.projected is None or other.projected == pytest.approx(-one.projected)


@relaxed
@given(positive, positive, st.sampled_from(["unsd", "statcan", "eurostat"]))
def test_without_a_target_the_other_direction_turns_the_value_round(base, latest, method):
    case = ordinary(base_value=base, latest_value=latest)
    up, down = (progress.assess(**case, direction=d, method=method) for d in (1, -1))
    assert up.value == -down.value
    assert up.observed_rate == down.observed_rate


@relaxed
@given(positive, positive, positive, methods, st.integers(2016, 2060))
def test_the_horizon_moves_the_projection_only(base, latest, target, method, horizon):
    posts = on_scale(1, target)
    case = ordinary(base_value=base, latest_value=latest, direction=1, target=target, **posts)
    usual, asked = (
        progress.assess(**case, method=method),
        progress.assess(**case, method=method, horizon=horizon),
    )
    assert (usual.status, usual.value, usual.score, usual.reason) == (
        asked.status,
        asked.value,
        asked.score,
        asked.reason,
    )
    in_latest_year = progress.assess(**case, method=method, horizon=2022)
    assert in_latest_year.projected == pytest.approx(latest)
