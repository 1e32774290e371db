"""Eurostat: the observed growth rate as a share of the required one; without a target the rate itself.

value = direction * CAGR_obs / |CAGR_req|: that is CAGR_obs / CAGR_req unless the base has met the target.
Source: the cuts with a target as read in early open-sdg/sdg-build; those without a target are unconfirmed.
"""

from __future__ import annotations

import numpy as np

from kpis.progress._types import Cases, Codes, Floats, Mask, Outcome, ProgressCard
from kpis.progress.growth import cagr, classify, finite, first_of, project, touches

CLASSES = ("significant", "moderate", "insufficient", "away")
ABSENT = "not_available"
RATIO_CUTS = (0.95, 0.60, 0.0)
RATE_CUTS = (0.01, 0.0, -0.01)

CARD = ProgressCard(
    id="eurostat",
    short="Eurostat",
    name="Eurostat, EU SDG indicators",
    formula="CAGR_observed / CAGR_required; thresholds 0.95, 0.60, 0",
    without_target="direction * CAGR_observed; thresholds 1 %, 0, -1 %",
    source="early open-sdg/sdg-build, tests/ProgressMeasure_test.py @44027ae; Eurostat for the rest",
    status="read",
    status_without_target="unconfirmed",
    tolerance="1e-9",
    statuses=(*CLASSES, ABSENT),
    on_track=("significant",),
    rate_unit="fraction a year",
)


def assess(cases: Cases) -> Outcome:
    """Status and ratio (or rate) of each case; the method has no score.

    With two years of data, a latest value that meets the target is significant whatever the trend, and one
    that has left a target met at the base is away. A base <= 0, a negative value or one year only otherwise
    gives not_available. These edge rules are this library's own decisions: the source is silent on them.
    """
    moved = cases.has_both_values & (cases.years > 0)
    rate = np.where(_grows(cases), cagr(cases.base_value, cases.latest_value, cases.years), np.nan)
    required = np.where(cases.base_value > 0, cagr(cases.base_value, cases.target, cases.span), np.nan)
    measure = _measure(cases, rate, required)
    still_met, lost = moved & cases.met_now, moved & cases.met_at_base & ~cases.met_now
    return Outcome(
        status=_status(cases, measure, still_met, lost),
        value=finite(measure),
        score=np.full_like(rate, np.nan),
        projected=finite(project(cases.latest_value, rate, cases.horizon - cases.latest_year)),
        observed_rate=finite(rate),
        required_rate=finite(required),
        reason=_reason(cases, measure, still_met, lost),
    )


def _grows(cases: Cases) -> Mask:
    return (cases.base_value > 0) & (cases.latest_value >= 0)


def _measure(cases: Cases, rate: Floats, required: Floats) -> Floats:
    with np.errstate(all="ignore"):
        ratio = np.where(required == 0, np.nan, cases.direction * rate / np.abs(required))
    return np.where(cases.has_target, ratio, cases.direction * rate)


def _status(cases: Cases, measure: Floats, still_met: Mask, lost: Mask) -> Codes:
    by_ratio = classify(measure, RATIO_CUTS, CLASSES, ABSENT)
    by_rate = classify(measure, RATE_CUTS, CLASSES, ABSENT)
    return first_of(
        [("significant", still_met), ("away", lost)], np.where(cases.has_target, by_ratio, by_rate)
    )


def _reason(cases: Cases, measure: Floats, still_met: Mask, lost: Mask) -> Codes:
    base, latest = cases.base_value, cases.latest_value
    equal = base == cases.target
    on_ratio, on_rate = touches(measure, RATIO_CUTS), touches(measure, RATE_CUTS)
    rules: list[tuple[str, Mask]] = [
        ("missing_value", ~cases.has_both_values),
        ("latest_before_base", cases.years < 0),
        ("one_observation", cases.years <= 0),
        ("base_equals_target", still_met & equal),
        ("met_at_base", still_met & cases.met_at_base),
        ("target_met", still_met),
        ("base_equals_target_lost", lost & equal),
        ("met_and_lost", lost),
        ("sign_change", cases.changes_sign | (cases.base_value * cases.target < 0)),
        ("negative_value", (base < 0) | (latest < 0)),
        ("zero_base", base == 0),
        ("target_year_not_after_base", cases.has_target & (cases.span <= 0)),
        ("target_year_past", cases.has_target & (cases.target_year < cases.latest_year)),
        ("zero_target", cases.target == 0),
        ("no_change", base == latest),
        ("on_threshold", np.where(cases.has_target, on_ratio, on_rate)),
    ]
    return first_of(rules, np.where(cases.has_target, "trend_to_target", "trend_only").astype(object))
