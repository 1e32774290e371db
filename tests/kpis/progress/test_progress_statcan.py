"""Statistics Canada: a table worked by hand, natural limits, edge cases, and the formula written plainly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis import progress


def statcan(base: float, latest: float, target: float | None = None, **given: Any) -> progress.Result:
    case = {"base_year": 2015, "latest_year": 2017, "direction": 1, "target_year": 2020, **given}
    return progress.assess(base_value=base, latest_value=latest, target=target, method="statcan", **case)


# Base 100 in 2015, target 161.051 = 100 * 1.1^5 in 2020: 10 % a year is required. Latest in 2017.
WITH_TARGET = [
    (121.0, 1.0, "substantial", 2.8572),  # 1.10^2: 10 %; 7.1429 - 4.2857
    (114.49, 0.7, "moderate", 0.71433),  # 1.07^2: 7 %; 7.1429 * 0.7 - 4.2857
    (110.25, 0.5, "limited", -0.41665),  # 1.05^2: 5 %; 4.1667 * 0.5 - 2.5
    (90.25, -0.5, "deterioration", -4.58335),  # 0.95^2: -5 %; 4.1667 * -0.5 - 2.5
    (129.96, 1.4, "substantial", 5.0),  # 1.14^2: 14 %; 5.71436 is capped
    (81.0, -1.0, "deterioration", -5.0),  # 0.90^2: -10 %; -6.6667 is capped
    (100.0, 0.0, "limited", -2.5),  # unchanged
]


@pytest.mark.parametrize(("latest", "value", "status", "score"), WITH_TARGET)
def test_with_a_target(latest, value, status, score):
    result = statcan(100, latest, 161.051)
    assert result.status == status
    assert result.value == pytest.approx(value, abs=1e-9)
    assert result.score == pytest.approx(score, abs=1e-9)
    assert result.required_rate == pytest.approx(0.1)


# Base 100 in 2015, latest in 2017, no target.
WITHOUT_TARGET = [
    (104.04, 0.02, "substantial", 5.0),  # 1.02^2; 500 * 0.02 - 5
    (103.2256, 0.016, "substantial", 3.0),  # 1.016^2; 500 * 0.016 - 5
    (102.01, 0.01, "moderate", 1.25),  # 1.01^2; 250 * 0.01 - 1.25
    (100.4004, 0.002, "limited", -1.5),  # 1.002^2; 500 * 0.002 - 2.5
    (98.01, -0.01, "deterioration", -3.75),  # 0.99^2; 125 * -0.01 - 2.5
    (94.09, -0.03, "deterioration", -5.0),  # 0.97^2; -6.25 is capped
]


@pytest.mark.parametrize(("latest", "value", "status", "score"), WITHOUT_TARGET)
def test_without_a_target(latest, value, status, score):
    result = statcan(100, latest)
    assert result.status == status
    assert result.value == pytest.approx(value, abs=1e-9)
    assert result.score == pytest.approx(score, abs=1e-9)


def test_less_is_better():
    """0.9^2: -10 %; required 100 to 59.049 = 0.9^5: -10 %; -1 * -0.1 / 0.1 = 1."""
    result = statcan(100, 81, 59.049, direction=-1)
    assert (result.status, result.value) == ("substantial", pytest.approx(1.0))


def test_negative_values_turn_the_growth_round():
    """-100 to -81 is better when more is better, though its growth rate is -10 %; s = -1 turns it."""
    result = statcan(-100, -81, -59.049)
    assert (result.status, result.value) == ("substantial", pytest.approx(1.0))


# Base 100, one year, target 110: 10 % is required; 9.5 % and 6 % are 0.95 and 0.6 of it.
@pytest.mark.parametrize(
    ("rate", "status", "score"), [(0.095, "substantial", 2.500055), (0.06, "moderate", 0.00004)]
)
def test_a_ratio_exactly_on_a_threshold_has_reached_it(rate, status, score):
    result = statcan(100, 100 * (1 + rate), 110, latest_year=2016, target_year=2016)
    assert (result.status, result.reason) == (status, "on_threshold")
    assert result.score == pytest.approx(score, abs=1e-9)


@pytest.mark.parametrize(
    ("latest", "status", "score"),
    [(101.5, "substantial", 2.5), (100.5, "moderate", 0.0), (100, "limited", -2.5)],
)
def test_a_rate_exactly_on_a_threshold_has_reached_it(latest, status, score):
    result = statcan(100, latest, latest_year=2016)
    assert (result.status, result.score) == (status, pytest.approx(score, abs=1e-9))


# 0.5^4.44 = exp(-4.44 * ln 2) = 0.046071...; C is the same at equal distance on either side of the limit.
HALF = 0.5**4.44
LIMITS = [
    # base, C: |y0| / |lim| is 0.5; (2 * 100 - 150) / 100 is 0.5; at the limit; at twice the limit
    (50, 1 - HALF),
    (150, 1 - HALF),
    (100, 0.0),
    (200, 1.0),
    (300, 1.0),
]


@pytest.mark.parametrize(("base", "scale"), LIMITS)
def test_a_natural_limit_scales_thresholds(base, scale):
    """At 1.49 % a year the plain threshold of 1.5 % is missed, 1.5 % * 0.9539 = 1.431 % is reached."""
    result = statcan(base, base * 1.0149, latest_year=2016, limit=100)
    expected = "moderate" if scale == 1 else "substantial"
    score = 250 * 0.0149 - 1.25 if scale == 1 else 5.0
    if 0 < scale < 1:
        score = 500 * 0.0149 / scale - 5
    assert result.status == expected
    assert result.score == pytest.approx(score, abs=1e-9)


def test_at_the_natural_limit_holding_it_is_enough_and_falling_is_judged_as_usual():
    held, fallen = statcan(100, 100, limit=100), statcan(100, 98.01, limit=100)
    assert (held.status, held.score, held.reason) == ("substantial", 5.0, "at_natural_limit")
    assert (fallen.status, fallen.score) == ("deterioration", pytest.approx(-3.75))


def test_a_limit_is_ignored_with_a_target_and_a_limit_of_0_changes_nothing():
    assert statcan(80, 90, 95, limit=100) == statcan(80, 90, 95)
    assert statcan(80, 79, direction=-1, limit=0) == statcan(80, 79, direction=-1)


EDGES = [
    # base, latest, target, more, status, score, reason
    (80, 80, 80, {}, "target_achieved", 5.0, "base_equals_target"),
    (80, 85, 80, {}, "target_achieved", 5.0, "base_equals_target"),
    (80, 75, 80, {}, "deterioration", -5.0, "base_equals_target_lost"),
    (90, 85, 80, {}, "target_achieved", 5.0, "met_at_base"),
    (90, 75, 80, {}, "deterioration", -5.0, "met_and_lost"),
    (60, 80, 80, {}, "target_achieved", 5.0, "target_met"),
    (60, 90, 80, {"latest_year": 2015}, "target_achieved", 5.0, "met_one_observation"),
    (60, 70, 80, {"latest_year": 2015}, "not_available", None, "one_observation"),
    (60, 90, 80, {"latest_year": 2014}, "not_available", None, "latest_before_base"),
    (-5, 3, 2, {}, "target_achieved", 5.0, "target_met"),
    (-5, 3, 4, {}, "not_available", None, "sign_change"),
    (5, -3, None, {}, "not_available", None, "sign_change"),
    (-5, -3, 4, {}, "not_available", None, "sign_change"),
    (60, 70, 80, {"target_year": 2015}, "not_available", None, "target_year_not_after_base"),
    (60, 70, 80, {"latest_year": 2022}, "limited", None, "target_year_past"),
    (0, 5, 80, {}, "substantial", 5.0, "zero_base_replaced"),
    (100, 50, 0, {"direction": -1}, "limited", None, "zero_target_replaced"),
    (100, 0, 0, {"direction": -1}, "target_achieved", 5.0, "target_met"),
    (100, 90, None, {"direction": 1, "limit": 50}, "deterioration", -5.0, "base_beyond_limit"),
    (90, 91, None, {"limit": 100}, "moderate", None, "natural_limit"),
    (60, None, 80, {}, "not_available", None, "missing_value"),
    (60, float("inf"), 80, {}, "not_available", None, "missing_value"),
    (60, 60, 80, {}, "limited", -2.5, "no_change"),
]


@pytest.mark.parametrize(("base", "latest", "target", "more", "status", "score", "reason"), EDGES)
def test_edges(base, latest, target, more, status, score, reason):
    result = statcan(base, latest, target, **more)
    assert (result.status, result.reason) == (status, reason)
    if score is not None or status == "not_available":
        assert result.score == score


def test_base_equal_to_target_has_no_value():
    assert statcan(80, 85, 80).value is None
    assert statcan(80, 85, 80).required_rate == 0


def test_a_base_of_0_counts_as_a_thousandth_and_starts_no_projection():
    """(5 / 0.001)^(1/2) - 1 over (80 / 0.001)^(1/5) - 1."""
    result = statcan(0, 5, 80)
    assert result.value == pytest.approx((5000**0.5 - 1) / (80000**0.2 - 1), rel=1e-12)
    assert result.projected is None


def test_a_target_of_0_counts_as_a_thousandth():
    """(50 / 100)^(1/2) - 1 over |(0.001 / 100)^(1/5) - 1|, less is better; 0.0005 is then on the target."""
    result = statcan(100, 50, 0, direction=-1)
    assert result.value == pytest.approx((1 - 0.5**0.5) / (1 - 0.00001**0.2), rel=1e-12)
    assert statcan(100, 0.0005, 0, direction=-1).status == "target_achieved"


def published_formula(base, latest, years, direction, target, span, limit):
    """The published rules, step by step, where growth is defined and the target is not met."""
    observed = (latest / base) ** (1 / years) - 1
    steer = direction * (-1 if base < 0 else 1)
    if target is not None:
        value = steer * observed / abs((target / base) ** (1 / span) - 1)
        high, medium, low = 0.95, 0.6, 0
        score = min(7.1429 * value - 4.2857, 5) if value >= 0.6 else max(4.1667 * value - 2.5, -5)
    else:
        scale = 1
        if limit is not None and abs(base) < 2 * abs(limit):
            near = abs(base) if abs(base) <= abs(limit) else 2 * abs(limit) - abs(base)
            scale = 1 - (near / abs(limit)) ** 4.44
        value = steer * observed
        high, medium, low = 0.015 * scale, 0.005 * scale, 0
        if value < low:
            score = max(125 * value - 2.5, -5)
        elif scale == 0:
            score = 5
        elif value >= high:
            score = min(500 * value / scale - 5, 5)
        else:
            score = 250 * value / scale - 1.25 if value >= medium else 500 * value / scale - 2.5
    names = ["substantial", "moderate", "limited", "deterioration"]
    status = names[sum(value < cut for cut in (high, medium, low))]
    return status, value, score, (high, medium, low)


@settings(deadline=None)
@given(
    sign=st.sampled_from([1, -1]),
    base=st.floats(1, 1e4),
    growth=st.floats(0.5, 2),
    years=st.integers(1, 14),
    direction=st.sampled_from([1, -1]),
    reach=st.none() | st.floats(0.01, 0.9),
    limit=st.none() | st.floats(1, 1e4),
)
def test_follows_the_published_formula(sign, base, growth, years, direction, reach, limit):
    base = sign * base
    target = None if reach is None else base * (1 + sign * direction * reach)
    latest = base * growth
    more = {"latest_year": 2015 + years, "direction": direction, "target_year": 2030, "limit": limit}
    result = statcan(base, latest, target, **more)
    status, value, score, cuts = published_formula(base, latest, years, direction, target, 15, limit)
    assert result.value == pytest.approx(value, rel=1e-9, abs=1e-9)
    if target is not None and direction * (latest - target) >= 0:
        assert (result.status, result.score) == ("target_achieved", 5.0)
    elif min(abs(value - cut) for cut in cuts) > 1e-9:
        assert result.status == status
        assert result.score == pytest.approx(score, abs=1e-9)
