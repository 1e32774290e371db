"""UNSD 2026: a table worked by hand, its edge cases, and the technical note's formula written out plainly."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis import progress


def unsd(base: float, latest: float, target: float | None = None, **given: Any) -> progress.Result:
    case = {"base_year": 2015, "latest_year": 2020, "direction": 1, "target_year": 2030, **given}
    return progress.assess(base_value=base, latest_value=latest, target=target, method="unsd", **case)


# Base 2015, latest 2020, target 2030: one more decade is two more five-year steps,
# so projected = latest * (latest / base) ** 2.
WITH_TARGET = [
    # base, latest, target, direction, projected, ratio, status, score
    # 60 * 1.2^2 = 86.4; (86.4 - 50) / 30; 4 + (ratio - 0.95) / 0.55
    (50, 60, 80, 1, 86.4, 36.4 / 30, "on_track", 4 + (36.4 / 30 - 0.95) / 0.55),
    # 55 * 1.1^2 = 66.55; 16.55 / 25 = 0.662; 3 + 0.162 / 0.45 = 3.36
    (50, 55, 75, 1, 66.55, 0.662, "moderate", 3.36),
    # 44 * 1.1^2 = 53.24; 13.24 / 40 = 0.331; 2 + 0.231 / 0.40 = 2.5775
    (40, 44, 80, 1, 53.24, 0.331, "marginal", 2.5775),
    # 101 * 1.01^2 = 103.0301; 3.0301 / 100; 1 + 0.030301 / 0.10
    (100, 101, 200, 1, 103.0301, 0.030301, "stagnation", 1.30301),
    # 95 * 0.95^2 = 85.7375; -14.2625 / 100; (0.5 - 0.142625) / 0.5
    (100, 95, 200, 1, 85.7375, -0.142625, "regression", 0.71475),
    # 40 * 0.5^2 = 10; (10 - 80) / (8 - 80) = 70 / 72; less is better
    (80, 40, 8, -1, 10.0, 70 / 72, "on_track", 4 + (70 / 72 - 0.95) / 0.55),
    # 90 * 1.5^2 = 202.5 for a target of 62: ratio 142.5 / 2 is beyond 1.5, capped at 5
    (60, 90, 62, 1, 202.5, 71.25, "on_track", 5.0),
    # 90 * 1.5^2 = 202.5 away from 30: ratio 142.5 / -30 is beyond -0.5, capped at 0
    (60, 90, 30, -1, 202.5, -4.75, "regression", 0.0),
]


@pytest.mark.parametrize(
    ("base", "latest", "target", "direction", "projected", "ratio", "status", "score"), WITH_TARGET
)
def test_with_a_target(base, latest, target, direction, projected, ratio, status, score):
    result = unsd(base, latest, target, direction=direction)
    assert result.status == status
    assert result.value == pytest.approx(ratio, abs=1e-9)
    assert result.score == pytest.approx(score, abs=1e-9)
    assert result.projected == pytest.approx(projected, abs=1e-9)


# Base 100, one year apart: the rate is the change in percent.
WITHOUT_TARGET = [
    (103, 1, 0.03, "on_track", 4 + 0.01 / 0.03),
    (102, 1, 0.02, "on_track", 4.0),
    (101.4, 1, 0.014, "moderate", 3 + 0.0015 / 0.0075),
    (101, 1, 0.01, "marginal", 2 + 0.005 / 0.0075),
    (100.2, 1, 0.002, "stagnation", 1 + 0.002 / 0.005),
    (99, 1, -0.01, "regression", 1 - 0.01 / 0.05),
    (97, -1, 0.03, "on_track", 4 + 0.01 / 0.03),
    (101, -1, -0.01, "regression", 0.8),
    (90, 1, -0.10, "regression", 0.0),
]


@pytest.mark.parametrize(("latest", "direction", "value", "status", "score"), WITHOUT_TARGET)
def test_without_a_target(latest, direction, value, status, score):
    result = unsd(100, latest, latest_year=2016, direction=direction)
    assert result.status == status
    assert result.value == pytest.approx(value, abs=1e-9)
    assert result.score == pytest.approx(score, abs=1e-9)
    assert result.observed_rate == pytest.approx(direction * value, abs=1e-9)
    assert result.required_rate is None


@pytest.mark.parametrize(
    ("latest", "status", "score"),
    [(102, "on_track", 4), (101.25, "moderate", 3), (100.5, "marginal", 2), (100, "stagnation", 1)],
)
def test_a_rate_exactly_on_a_threshold_has_reached_it(latest, status, score):
    """100 to 100.5 is 0.5 %, although the binary quotient falls a hair short of it."""
    result = unsd(100, latest, latest_year=2016)
    assert (result.status, result.score) == (status, pytest.approx(score, abs=1e-9))
    assert result.reason == ("no_change" if latest == 100 else "on_threshold")


EDGES = [
    # base, latest, target, direction, more, status, score, reason
    (80, 85, 80, 1, {}, "on_track", 5.0, "base_equals_target"),
    (80, 75, 80, 1, {}, "regression", 0.0, "base_equals_target_lost"),
    (90, 85, 80, 1, {}, "on_track", 5.0, "met_at_base"),
    (90, 75, 80, 1, {}, "regression", 0.0, "met_and_lost"),
    (0, 0, 0, -1, {}, "on_track", 5.0, "base_equals_target"),
    (0, 5, 0, -1, {}, "regression", 0.0, "base_equals_target_lost"),
    (60, 85, 80, 1, {}, "on_track", None, "target_met"),
    (0, 5, 80, 1, {}, "insufficient_data", None, "zero_base"),
    (-5, -4, 80, 1, {}, "insufficient_data", None, "negative_value"),
    (-5, 4, 80, 1, {}, "insufficient_data", None, "sign_change"),
    (50, 60, 80, 1, {"latest_year": 2015}, "insufficient_data", None, "one_observation"),
    (90, 90, 80, 1, {"latest_year": 2015}, "insufficient_data", None, "one_observation"),
    (50, 60, 80, 1, {"latest_year": 2014}, "insufficient_data", None, "latest_before_base"),
    (50, 60, 80, 1, {"target_year": 2015}, "insufficient_data", None, "target_year_not_after_base"),
    (50, None, 80, 1, {}, "insufficient_data", None, "missing_value"),
    (float("nan"), 60, 80, 1, {}, "insufficient_data", None, "missing_value"),
    (50, 50, 80, 1, {}, "stagnation", 1.0, "no_change"),
]


@pytest.mark.parametrize(
    ("base", "latest", "target", "direction", "more", "status", "score", "reason"), EDGES
)
def test_edges(base, latest, target, direction, more, status, score, reason):
    result = unsd(base, latest, target, direction=direction, **more)
    assert (result.status, result.reason) == (status, reason)
    assert result.note == progress.REASONS[reason]
    if score is not None or status == "insufficient_data":
        assert result.score == score


ZEROS = [
    # base, latest, target, direction, status, value, score, reason; five years, then ten more to the target
    # to 0 where more is better: projected 0, ratio -5 / (80 - 5), score 1 + ratio / 0.5
    (5, 0, 80, 1, "regression", -5 / 75, 1 - (5 / 75) / 0.5, "fell_to_zero"),
    (5, 0, 4, 1, "regression", None, 0.0, "met_and_lost"),
    (5, 0, None, 1, "regression", -1.0, 0.0, "fell_to_zero"),
    (5, 0, 0, 1, "on_track", None, 5.0, "met_at_base"),
    # to 0 where less is better: ratio -5 / (2 - 5) is beyond 1.5
    (5, 0, 2, -1, "on_track", 5 / 3, 5.0, "latest_zero_meets_target"),
    (5, 0, 8, -1, "on_track", None, 5.0, "met_at_base"),
    (5, 0, None, -1, "on_track", 1.0, 5.0, "reached_zero"),
    (5, 0, -3, -1, "insufficient_data", None, None, "latest_zero"),
    # from 0 where more is better: no rate, so only a target that is met can be called
    (0, 5, 80, 1, "insufficient_data", None, None, "zero_base"),
    (0, 5, 4, 1, "on_track", None, 5.0, "target_met"),
    (0, 5, None, 1, "insufficient_data", None, None, "zero_base"),
    # from 0 where less is better: the wrong way, unless it stays within the target
    (0, 5, 2, -1, "regression", None, 0.0, "met_and_lost"),
    (0, 5, 0, -1, "regression", None, 0.0, "base_equals_target_lost"),
    (0, 5, 8, -1, "on_track", None, 5.0, "met_at_base"),
    (0, 5, None, -1, "regression", None, 0.0, "rose_from_zero"),
    (0, 5, -3, -1, "regression", None, 0.0, "rose_from_zero"),
    # 0 at both ends
    (0, 0, 80, 1, "insufficient_data", None, None, "zero_base"),
    (0, 0, None, 1, "insufficient_data", None, None, "zero_base"),
    (0, 0, 0, 1, "on_track", None, 5.0, "base_equals_target"),
    (0, 0, 8, -1, "on_track", None, 5.0, "met_at_base"),
    (0, 0, None, -1, "insufficient_data", None, None, "zero_base"),
    (0, 0, -3, -1, "insufficient_data", None, None, "zero_base"),
]


@pytest.mark.parametrize(
    ("base", "latest", "target", "direction", "status", "value", "score", "reason"), ZEROS
)
def test_zero_is_judged_where_its_side_alone_decides(
    base, latest, target, direction, status, value, score, reason
):
    result = unsd(base, latest, target, direction=direction)
    assert (result.status, result.reason) == (status, reason)
    assert result.value == pytest.approx(value, abs=1e-12)
    assert result.score == pytest.approx(score, abs=1e-12)


def test_zero_is_judged_alike_in_a_table():
    columns = ["base_value", "latest_value", "target", "direction", "status", "value", "score", "reason"]
    expected = pd.DataFrame(ZEROS, columns=columns)
    cases = expected[columns[:4]].assign(base_year=2015, latest_year=2020, target_year=2030)
    table = progress.assess_table(cases, "unsd")
    assert table["status"].tolist() == expected["status"].tolist()
    assert table["reason"].tolist() == expected["reason"].tolist()
    for name in ("value", "score"):
        assert table[name].to_numpy() == pytest.approx(
            expected[name].to_numpy(dtype=float), abs=1e-12, nan_ok=True
        )


@pytest.mark.parametrize("more", [{"target_year": 2015}, {"latest_year": 2015}, {"latest_year": 2014}])
def test_zero_is_not_judged_where_the_years_do_not_allow_it(more):
    for base, latest, target, direction in ((5, 0, 80, 1), (0, 5, 4, 1), (0, 5, -3, -1)):
        assert unsd(base, latest, target, direction=direction, **more).status == "insufficient_data"


@pytest.mark.parametrize(("target", "direction"), [(80, 1), (None, 1), (None, -1), (2, -1)])
def test_zero_is_the_end_of_the_way_there(target, direction):
    """The nearer the latest value is to 0, the nearer its score to that of 0."""
    at_zero, near = (unsd(5, latest, target, direction=direction) for latest in (0, 1e-12))
    assert near.status == at_zero.status
    assert near.score == pytest.approx(at_zero.score, abs=1e-9)


def test_a_latest_value_of_0_that_meets_the_target_is_called_met_and_says_so():
    """Growth from 10 to 0 is -100 %: projected 0, ratio (0 - 10) / (0 - 10) = 1, score 4 + 0.05 / 0.55."""
    result = unsd(10, 0, 0, direction=-1)
    assert (result.status, result.reason) == ("on_track", "latest_zero_meets_target")
    assert (result.value, result.projected) == (1.0, 0.0)
    assert result.score == pytest.approx(4 + 0.05 / 0.55)


def test_a_target_year_that_is_past_is_judged_at_its_own_year():
    """60 to 86.4 in ten years; after five it stood at 60 * sqrt(1.44) = 72: (72 - 60) / (80 - 60) = 0.6."""
    result = unsd(60, 86.4, 80, latest_year=2025, target_year=2020)
    assert (result.status, result.reason) == ("moderate", "target_year_past")
    assert result.value == pytest.approx(0.6, abs=1e-9)


def test_projection_to_the_readers_own_year_leaves_the_status_alone():
    """50 to 60 in five years: in 2025, another five years on, 60 * 1.2 = 72."""
    result, usual = unsd(50, 60, 80, horizon=2025), unsd(50, 60, 80)
    assert result.projected == pytest.approx(72.0)
    assert (result.status, result.value, result.score) == (usual.status, usual.value, usual.score)


def test_rates():
    """100 to 121 in two years is 10 % a year; 100 to 161.051 in five needs 10 % a year."""
    result = unsd(100, 121, 161.051, latest_year=2017, target_year=2020)
    assert (result.observed_rate, result.required_rate) == (pytest.approx(0.1), pytest.approx(0.1))


def note_formula(base, latest, years, direction, target, left):
    """The note, step by step, for positive values and a target not met at the base."""
    rate = (latest / base) ** (1 / years) - 1
    value, bands, ends = direction * rate, [0.02, 0.0125, 0.005, 0], (0.05, -0.05)
    if target is not None:
        value = (latest * (1 + rate) ** left - base) / (target - base)
        bands, ends = [0.95, 0.5, 0.1, 0], (1.5, -0.5)
    edges = [ends[0], *bands, ends[1]]
    capped = min(max(value, ends[1]), ends[0])
    for step, name in enumerate(["on_track", "moderate", "marginal", "stagnation", "regression"]):
        if capped >= edges[step + 1]:
            return name, value, 4 - step + (capped - edges[step + 1]) / (edges[step] - edges[step + 1])
    raise AssertionError


@settings(deadline=None)
@given(
    base=st.floats(1, 1e4),
    growth=st.floats(0.5, 2),
    years=st.integers(1, 14),
    direction=st.sampled_from([1, -1]),
    reach=st.none() | st.floats(0.01, 0.9),
    target_year=st.integers(2029, 2040),
)
def test_follows_the_note(base, growth, years, direction, reach, target_year):
    target = None if reach is None else base * (1 + direction * reach)
    latest = base * growth
    status, value, score = note_formula(base, latest, years, direction, target, target_year - 2015 - years)
    result = unsd(
        base, latest, target, latest_year=2015 + years, direction=direction, target_year=target_year
    )
    cuts = (0.95, 0.5, 0.1, 0) if target else (0.02, 0.0125, 0.005, 0)
    if min(abs(value - cut) for cut in cuts) > 1e-9:
        assert result.status == status
    assert result.value == pytest.approx(value, rel=1e-9, abs=1e-9)
    assert result.score == pytest.approx(score, abs=1e-9)
