"""SDSN arrows and Eurostat: tables worked by hand and their edge cases."""

from __future__ import annotations

from typing import Any

import pytest

from kpis import progress


def sdsn(base: float | None, latest: float | None, **given: Any) -> progress.Result:
    posts = {"worst": 0, "best": 100, "green": 80}
    case = {"base_year": 2015, "latest_year": 2023, "direction": 1, **posts, **given}
    return progress.assess(base_value=base, latest_value=latest, method="sdsn", **case)


# Goalposts 0 and 100, green 80, 2015 to 2023. From 40 the need is 40 / 15 = 2.667 points a year, half 1.333.
ARROWS = [
    (40, 62, 22 / 8, 40 / 15, "on_track"),  # 2.75
    (40, 56, 2.0, 40 / 15, "moderately_improving"),
    (40, 48, 1.0, 40 / 15, "stagnating"),
    (40, 40, 0.0, 40 / 15, "stagnating"),
    (40, 39, -0.125, 40 / 15, "decreasing"),
    (85, 82, -0.375, -5 / 15, "on_track"),  # still green
    (85, 79, -0.75, -5 / 15, "decreasing"),  # green lost
    (35, 59, 3.0, 3.0, "on_track"),  # exactly the need
    (35, 47, 1.5, 3.0, "moderately_improving"),  # exactly half of it
]


@pytest.mark.parametrize(("base", "latest", "gain", "need", "status"), ARROWS)
def test_arrows(base, latest, gain, need, status):
    result = sdsn(base, latest)
    assert result.status == status
    assert result.observed_rate == pytest.approx(gain)
    assert result.required_rate == pytest.approx(need)
    assert result.value == (pytest.approx(gain / need) if need > 0 else None)
    assert result.score is None


def test_projection_is_a_straight_line():
    """40 to 56 in eight years is 2 a year: 56 + 7 * 2 = 70 in 2030, 60 in 2025."""
    assert sdsn(40, 56).projected == pytest.approx(70)
    assert sdsn(40, 56, horizon=2025).projected == pytest.approx(60)


def test_goalposts_carry_the_direction_and_values_are_not_clipped():
    """worst 20, best 0: 30 scores -50 and 22 scores -10: 5 points a year; need (80 + 50) / 15 = 8.667."""
    result = sdsn(30, 22, direction=-1, worst=20, best=0, green=4)
    assert (result.status, result.reason) == ("moderately_improving", "trend_to_target")
    assert (result.observed_rate, result.required_rate) == (pytest.approx(5), pytest.approx(130 / 15))
    assert sdsn(30, 22, worst=20, best=0, green=4).reason == "direction_conflict"


def test_green_defaults_to_the_target():
    assert sdsn(40, 56, green=None, target=80) == sdsn(40, 56)


SDSN_EDGES = [
    (80, 80, {}, "on_track", "base_equals_target"),
    (80, 79, {}, "decreasing", "base_equals_target_lost"),
    (85, 82, {}, "on_track", "met_at_base"),
    (85, 79, {}, "decreasing", "met_and_lost"),
    (60, 80, {}, "on_track", "target_met"),
    (60, 85, {"latest_year": 2015}, "on_track", "met_one_observation"),
    (60, 70, {"latest_year": 2015}, "not_available", "one_observation"),
    (60, 85, {"latest_year": 2014}, "not_available", "latest_before_base"),
    (0, 30, {}, "moderately_improving", "trend_to_target"),
    (-20, 10, {}, "moderately_improving", "trend_to_target"),
    (60, 70, {"target_year": 2020}, "stagnating", "target_year_past"),
    (60, 70, {"target_year": 2015}, "not_available", "target_year_not_after_base"),
    (60, 70, {"green": None}, "not_available", "goalposts_missing"),
    (60, 70, {"worst": None}, "not_available", "goalposts_missing"),
    (60, 70, {"worst": 100}, "not_available", "goalposts_equal"),
    (60, None, {}, "not_available", "missing_value"),
    (40, 40, {}, "stagnating", "no_change"),
    (35, 59, {}, "on_track", "on_threshold"),
    (35, 47, {}, "moderately_improving", "on_threshold"),
]


@pytest.mark.parametrize(("base", "latest", "more", "status", "reason"), SDSN_EDGES)
def test_sdsn_edges(base, latest, more, status, reason):
    result = sdsn(base, latest, **more)
    assert (result.status, result.reason) == (status, reason)


def eurostat(base: float, latest: float, target: float | None = None, **given: Any) -> progress.Result:
    case = {"base_year": 2015, "latest_year": 2017, "direction": 1, "target_year": 2020, **given}
    return progress.assess(base_value=base, latest_value=latest, target=target, method="eurostat", **case)


# Base 100 in 2015, target 161.051 = 100 * 1.1^5 in 2020: 10 % a year is required. Latest in 2017.
RATIOS = [
    (121.0, 1.0, "significant"),  # 1.10^2
    (114.49, 0.7, "moderate"),  # 1.07^2
    (110.25, 0.5, "insufficient"),  # 1.05^2
    (90.25, -0.5, "away"),  # 0.95^2
    (119.9025, 0.95, "significant"),  # 1.095^2, on the threshold
    (112.36, 0.6, "moderate"),  # 1.06^2, on the threshold
]


@pytest.mark.parametrize(("latest", "value", "status"), RATIOS)
def test_eurostat_with_a_target(latest, value, status):
    result = eurostat(100, latest, 161.051)
    assert (result.status, result.value, result.score) == (status, pytest.approx(value, abs=1e-9), None)


# Base 100, one year apart.
RATES = [
    (102, 1, 0.02, "significant"),
    (101, 1, 0.01, "significant"),
    (100.5, 1, 0.005, "moderate"),
    (100, 1, 0.0, "moderate"),
    (99.5, 1, -0.005, "insufficient"),
    (99, 1, -0.01, "insufficient"),
    (98, 1, -0.02, "away"),
    (98, -1, 0.02, "significant"),
]


@pytest.mark.parametrize(("latest", "direction", "value", "status"), RATES)
def test_eurostat_without_a_target(latest, direction, value, status):
    result = eurostat(100, latest, latest_year=2016, direction=direction)
    assert (result.status, result.value) == (status, pytest.approx(value, abs=1e-9))


EUROSTAT_EDGES = [
    (80, 80, 80, {}, "significant", "base_equals_target"),
    (80, 75, 80, {}, "away", "base_equals_target_lost"),
    (90, 85, 80, {}, "significant", "met_at_base"),
    (90, 75, 80, {}, "away", "met_and_lost"),
    (60, 80, 80, {}, "significant", "target_met"),
    (0, 5, 80, {}, "not_available", "zero_base"),
    (-5, 4, 80, {}, "not_available", "sign_change"),
    (-5, -4, -2, {}, "not_available", "negative_value"),
    (60, 70, 80, {"latest_year": 2015}, "not_available", "one_observation"),
    (60, 70, 80, {"latest_year": 2013}, "not_available", "latest_before_base"),
    (60, 70, 80, {"target_year": 2015}, "not_available", "target_year_not_after_base"),
    (60, 70, 80, {"latest_year": 2022}, "insufficient", "target_year_past"),
    (100, 50, 0, {"direction": -1}, "insufficient", "zero_target"),
    (60, None, 80, {}, "not_available", "missing_value"),
    (60, 60, 80, {}, "insufficient", "no_change"),
]


@pytest.mark.parametrize(("base", "latest", "target", "more", "status", "reason"), EUROSTAT_EDGES)
def test_eurostat_edges(base, latest, target, more, status, reason):
    result = eurostat(base, latest, target, **more)
    assert (result.status, result.reason) == (status, reason)
