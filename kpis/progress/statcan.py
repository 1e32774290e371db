"""Statistics Canada / Open SDG 2.4: the observed growth rate against the rate required since the base.

value = s * d * CAGR_obs / |CAGR_req|; without a target s * d * CAGR_obs, with thresholds scaled by C near a
natural limit. d is the direction, s is -1 where the base is negative.
Source: open-sdg/open-sdg docs/progress-methodology.md and open-sdg/sdg-build sdg/ProgressMeasure.py (2.4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kpis.progress._types import Cases, Codes, Floats, Mask, Outcome, ProgressCard
from kpis.progress.growth import cagr, classify, finite, first_of, project, reaches, touches

CLASSES = ("substantial", "moderate", "limited", "deterioration")
ACHIEVED = "target_achieved"
ABSENT = "not_available"
RATIO_CUTS = (0.95, 0.60, 0.0)
RATE_CUTS = (0.015, 0.005, 0.0)
ZERO_STAND_IN = 0.001  # takes the place of a base or target of 0
LIMIT_POWER = 4.44

CARD = ProgressCard(
    id="statcan",
    short="StatCan",
    name="Statistics Canada, as in Open SDG 2.4",
    formula="s * direction * CAGR_observed / |CAGR_required|; thresholds 0.95, 0.60, 0; "
    "a target met is achieved whatever the trend",
    without_target="s * direction * CAGR_observed; thresholds 1.5 %, 0.5 %, 0, times C near a natural limit",
    source="open-sdg/open-sdg docs/progress-methodology.md",
    status="verified",
    status_without_target="verified",
    tolerance="1e-9",
    statuses=(ACHIEVED, *CLASSES, ABSENT),
    on_track=(ACHIEVED, "substantial"),
    rate_unit="fraction a year",
)


@dataclass(frozen=True)
class _Growth:
    """The intermediate figures of the method, zeros already replaced in `cases`."""

    cases: Cases
    observed: Floats
    required: Floats
    measure: Floats
    coefficient: Floats
    achieved: Mask
    lost_from_equal: Mask


def assess(cases: Cases) -> Outcome:
    """Status, ratio (or rate) and score -5 to 5 of each case.

    A base or target of 0 counts as 0.001. Opposite signs or less than a year between the observations give
    not_available, unless the latest value meets the target: that is target_achieved with score 5 whatever the
    trend. Where the base equals the target no ratio exists: achieved with score 5 while held. A value that
    has left it again is not "on or past the target": deterioration with score -5, the limit of the ratio.
    `limit` is used without a target only, as in the source. No projection starts from a base of 0.
    """
    growth = _grow(cases)
    ahead = project(cases.latest_value, growth.observed, cases.horizon - cases.latest_year)
    return Outcome(
        status=_status(growth),
        value=finite(growth.measure),
        score=_score(growth),
        projected=np.where(cases.base_value == 0, np.nan, finite(ahead)),
        observed_rate=finite(growth.observed),
        required_rate=finite(growth.required),
        reason=_reason(cases, growth),
    )


def coefficient(base_value: Floats, limit: Floats) -> Floats:
    """C, 0 to 1: how far thresholds shrink for a base near a natural limit; 1 without one.

    C = 1 if |base| >= 2 |limit|; 1 - (|base| / |limit|) ** 4.44 if |base| <= |limit|;
    else 1 - ((2 |limit| - |base|) / |limit|) ** 4.44. C is 0 at the limit.
    """
    base, bound = np.abs(base_value), np.abs(limit)
    near = np.where(base <= bound, base, 2 * bound - base)
    with np.errstate(all="ignore"):
        scaled = 1 - (near / bound) ** LIMIT_POWER
    return np.where(np.isnan(limit) | (base >= 2 * bound), 1.0, scaled)


def _grow(raw: Cases) -> _Growth:
    cases = replace(
        raw,
        base_value=np.where(raw.base_value == 0, ZERO_STAND_IN, raw.base_value),
        target=np.where(raw.target == 0, ZERO_STAND_IN, raw.target),
    )
    comparable = cases.has_both_values & (cases.years >= 1)
    observed = np.where(comparable, cagr(cases.base_value, cases.latest_value, cases.years), np.nan)
    required = cagr(cases.base_value, cases.target, cases.span)
    steered = np.where(cases.base_value < 0, -1.0, 1.0) * cases.direction * observed
    equal = cases.base_value == cases.target
    with np.errstate(all="ignore"):
        ratio = np.where(equal | (required == 0), np.nan, steered / np.abs(required))
    achieved = cases.has_both_values & cases.met_now & (cases.years >= 0)
    return _Growth(
        cases=cases,
        observed=observed,
        required=required,
        measure=np.where(cases.has_target, ratio, steered),
        coefficient=coefficient(cases.base_value, cases.limit),
        achieved=achieved,
        lost_from_equal=equal & comparable & (cases.span > 0) & ~achieved & np.isfinite(observed),
    )


def _status(growth: _Growth) -> Codes:
    by_ratio = classify(growth.measure, RATIO_CUTS, CLASSES, ABSENT)
    by_rate = classify(growth.measure, _rate_cuts(growth), CLASSES, ABSENT)
    rules = [(ACHIEVED, growth.achieved), ("deterioration", growth.lost_from_equal)]
    return first_of(rules, np.where(growth.cases.has_target, by_ratio, by_rate))


def _rate_cuts(growth: _Growth) -> list[Floats]:
    return [cut * growth.coefficient for cut in RATE_CUTS]


def _score(growth: _Growth) -> Floats:
    by_rate = _score_rate(growth.measure, growth.coefficient)
    score = np.where(growth.cases.has_target, _score_ratio(growth.measure), by_rate)
    score = np.where(growth.lost_from_equal, -5.0, score)
    return np.where(growth.achieved, 5.0, score)


def _score_ratio(ratio: Floats) -> Floats:
    """-5 to 5; the rounded constants are the source's own, so the two lines meet within 0.00002 at 0.6."""
    forward = np.minimum(7.1429 * ratio - 4.2857, 5.0)
    return np.where(reaches(ratio, 0.6), forward, np.maximum(4.1667 * ratio - 2.5, -5.0))


def _score_rate(rate: Floats, scale: Floats) -> Floats:
    """-5 to 5 for a rate without a target; `scale` is C. At the limit itself (C = 0) holding it scores 5."""
    high, medium, low = RATE_CUTS
    with np.errstate(all="ignore"):
        relative = rate / scale
    lines = [
        (~reaches(rate, low), np.maximum(125 * rate - 2.5, -5.0)),
        (scale == 0, np.full_like(rate, 5.0)),
        (reaches(rate, high * scale), np.minimum(500 * relative - 5, 5.0)),
        (reaches(rate, medium * scale), 250 * relative - 1.25),
    ]
    score = np.select([test for test, _ in lines], [line for _, line in lines], 500 * relative - 2.5)
    return np.where(np.isnan(rate), np.nan, score)


def _reason(raw: Cases, growth: _Growth) -> Codes:
    cases, achieved = growth.cases, growth.achieved
    free = ~raw.has_target  # the natural limit matters only without a target
    opposite = cases.changes_sign | (raw.has_target & (cases.base_value * cases.target < 0))
    on_rate, on_ratio = touches(growth.measure, _rate_cuts(growth)), touches(growth.measure, RATIO_CUTS)
    rules: list[tuple[str, Mask]] = [
        ("missing_value", ~raw.has_both_values),
        ("met_one_observation", achieved & (raw.years == 0)),
        ("latest_before_base", raw.years < 0),
        ("one_observation", raw.years < 1),
        ("base_equals_target", achieved & (cases.base_value == cases.target)),
        ("met_at_base", achieved & cases.met_at_base),
        ("target_met", achieved),
        ("sign_change", opposite),
        ("target_year_not_after_base", raw.has_target & (raw.span <= 0)),
        ("base_equals_target_lost", growth.lost_from_equal),
        ("met_and_lost", cases.met_at_base),
        ("target_year_past", raw.has_target & (raw.target_year < raw.latest_year)),
        ("zero_base_replaced", raw.base_value == 0),
        ("zero_target_replaced", raw.target == 0),
        ("base_beyond_limit", free & ((raw.base_value - raw.limit) * raw.direction > 0)),
        ("at_natural_limit", free & (growth.coefficient == 0)),
        ("natural_limit", free & (growth.coefficient < 1)),
        ("no_change", raw.base_value == raw.latest_value),
        ("on_threshold", np.where(raw.has_target, on_ratio, on_rate)),
    ]
    return first_of(rules, np.where(raw.has_target, "trend_to_target", "trend_only").astype(object))
