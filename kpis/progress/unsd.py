"""UNSD 2026: the trend since the base carried to the target year, as a share of the way to the target.

r = CAGR(base, latest); projected = latest * (1 + r) ** (target_year - latest_year);
ratio = (projected - base) / (target - base). Without a target the rate itself, mirrored if lower is better.
Source: UNSD, Technical Note for Progress Assessment, The Sustainable Development Goals Report 2026.
"""

from __future__ import annotations

import numpy as np

from kpis.progress._types import Card, Cases, Codes, Floats, Mask, Outcome
from kpis.progress.growth import cagr, classify, finite, first_of, project, touches

CLASSES = ("on_track", "moderate", "marginal", "stagnation", "regression")
ABSENT = "insufficient_data"
RATIO_CUTS = (0.95, 0.50, 0.10, 0.0)
RATE_CUTS = (0.02, 0.0125, 0.005, 0.0)
RATIO_ENDS = (1.5, -0.5)  # outer limits of the score
RATE_ENDS = (0.05, -0.05)

CARD = Card(
    id="unsd",
    name="UN Statistics Division, progress assessment 2026",
    formula="(projected - base) / (target - base), "
    "projected = latest * (1 + CAGR) ** (target_year - latest_year); thresholds 0.95, 0.50, 0.10, 0",
    without_target="direction * CAGR; thresholds 2 %, 1.25 %, 0.5 %, 0",
    source="UNSD, Technical Note for Progress Assessment, SDG Report 2026; as in undata 0.4.3",
    mark="verified",
    mark_without_target="verified",
    tolerance="1e-9",
    statuses=(*CLASSES, ABSENT),
    on_track=("on_track",),
    rate_unit="fraction a year",
)


def assess(cases: Cases) -> Outcome:
    """Status, ratio (or rate) and score 0-5 of each case.

    A target met at the base scores 5 while it is still met and 0 once lost; no ratio is formed. A base or
    latest value <= 0 gives insufficient_data, except a latest value of 0 that meets the target: the reason
    then says latest_zero_meets_target. `value` is mirrored (direction * rate) without a target.
    """
    rate = _rate(cases)
    measure = _measure(cases, rate)
    settled = cases.met_at_base & cases.is_known & (cases.years > 0)
    measure = np.where(settled, np.nan, measure)
    return Outcome(
        status=_status(cases, measure, settled),
        value=finite(measure),
        score=_score(cases, measure, settled),
        projected=finite(project(cases.latest_value, rate, cases.horizon - cases.latest_year)),
        observed_rate=finite(rate),
        required_rate=finite(_required(cases)),
        reason=_reason(cases, measure, settled),
    )


def _zero_is_met(cases: Cases) -> Mask:
    return cases.met_now & np.equal(cases.latest_value, 0)


def _rate(cases: Cases) -> Floats:
    has_rate = (cases.base_value > 0) & ((cases.latest_value > 0) | _zero_is_met(cases))
    return np.where(has_rate, cagr(cases.base_value, cases.latest_value, cases.years), np.nan)


def _required(cases: Cases) -> Floats:
    return np.where(cases.base_value > 0, cagr(cases.base_value, cases.target, cases.span), np.nan)


def _measure(cases: Cases, rate: Floats) -> Floats:
    """The ratio where there is a target in a later year, else the mirrored rate."""
    projected = project(cases.latest_value, rate, cases.target_year - cases.latest_year)
    with np.errstate(all="ignore"):
        ratio = (projected - cases.base_value) / (cases.target - cases.base_value)
    ratio = np.where(cases.span > 0, ratio, np.nan)
    return np.where(cases.has_target, ratio, cases.direction * rate)


def _status(cases: Cases, measure: Floats, settled: Mask) -> Codes:
    by_ratio = classify(measure, RATIO_CUTS, CLASSES, ABSENT)
    by_rate = classify(measure, RATE_CUTS, CLASSES, ABSENT)
    rules = [("on_track", settled & cases.met_now), ("regression", settled & ~cases.met_now)]
    return first_of(rules, np.where(cases.has_target, by_ratio, by_rate))


def _score(cases: Cases, measure: Floats, settled: Mask) -> Floats:
    """0 to 5, linear inside each band: 4 to 5 is on track, 0 to 1 regression; capped at the outer limits."""
    by_ratio = _rescale(measure, RATIO_CUTS, RATIO_ENDS)
    by_rate = _rescale(measure, RATE_CUTS, RATE_ENDS)
    score = np.where(cases.has_target, by_ratio, by_rate)
    return np.where(settled, np.where(cases.met_now, 5.0, 0.0), score)


def _rescale(measure: Floats, cuts: tuple[float, ...], ends: tuple[float, float]) -> Floats:
    knots = (ends[1], *reversed(cuts), ends[0])
    return np.asarray(np.interp(measure, knots, np.arange(6.0)), dtype=np.float64)


def _reason(cases: Cases, measure: Floats, settled: Mask) -> Codes:
    base, latest = cases.base_value, cases.latest_value
    equal = settled & (base == cases.target)
    on_ratio, on_rate = touches(measure, RATIO_CUTS), touches(measure, RATE_CUTS)
    rules: list[tuple[str, Mask]] = [
        ("missing_value", ~cases.is_known),
        ("latest_before_base", cases.years < 0),
        ("one_observation", cases.years <= 0),
        ("base_equals_target", equal & cases.met_now),
        ("base_equals_target_lost", equal),
        ("met_at_base", settled & cases.met_now),
        ("met_and_lost", settled),
        ("sign_change", cases.changes_sign),
        ("negative_value", (base < 0) | (latest < 0)),
        ("zero_base", base == 0),
        ("latest_zero", (latest == 0) & ~cases.met_now),
        ("target_year_not_after_base", cases.has_target & (cases.span <= 0)),
        ("latest_zero_meets_target", _zero_is_met(cases)),
        ("target_year_past", cases.has_target & (cases.target_year < cases.latest_year)),
        ("target_met", cases.met_now),
        ("no_change", base == latest),
        ("on_threshold", np.where(cases.has_target, on_ratio, on_rate)),
    ]
    ordinary = np.where(cases.has_target, "trend_to_target", "trend_only").astype(object)
    return first_of(rules, ordinary)
