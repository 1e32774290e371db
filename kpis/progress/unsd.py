"""UNSD 2026: the trend since the base carried to the target year, as a share of the way to the target.

r = CAGR(base, latest); projected = latest * (1 + r) ** (target_year - latest_year);
ratio = (projected - base) / (target - base). Without a target the rate itself, mirrored if lower is better.
Source: UNSD, Technical Note for Progress Assessment, The Sustainable Development Goals Report 2026.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpis.progress._types import Cases, Codes, Floats, Mask, Outcome, ProgressCard
from kpis.progress.growth import cagr, classify, finite, first_of, project, touches

CLASSES = ("on_track", "moderate", "marginal", "stagnation", "regression")
ABSENT = "insufficient_data"
RATIO_CUTS = (0.95, 0.50, 0.10, 0.0)
RATE_CUTS = (0.02, 0.0125, 0.005, 0.0)
RATIO_ENDS = (1.5, -0.5)  # outer limits of the score
RATE_ENDS = (0.05, -0.05)

CARD = ProgressCard(
    id="unsd",
    short="UNSD",
    name="UN Statistics Division, progress assessment 2026",
    formula="(projected - base) / (target - base), "
    "projected = latest * (1 + CAGR) ** (target_year - latest_year); thresholds 0.95, 0.50, 0.10, 0; "
    "a target met at the base is on track while it is met, a regression once it is not; a fall to 0 "
    "where more is better is a regression",
    without_target="direction * CAGR; thresholds 2 %, 1.25 %, 0.5 %, 0",
    source="UNSD, Technical Note for Progress Assessment, SDG Report 2026; as in undata 0.4.3; what is said "
    "of values of 0 is this project's rule",
    status="verified",
    status_without_target="verified",
    tolerance="1e-9",
    statuses=(*CLASSES, ABSENT),
    on_track=("on_track",),
    rate_unit="fraction a year",
)


def assess(cases: Cases) -> Outcome:
    """Status, ratio (or rate) and score 0-5 of each case.

    A target met at the base scores 5 while it is still met and 0 once lost; no ratio is formed. `value` is
    mirrored (direction * rate) without a target.

    Growth has no rate from 0, and none that goes on to 0; the note calls both insufficient data. Where the
    direction alone decides, this library does say it: a fall to 0 is -100 %, a regression where more is
    better and the best there is where less is (unless the target lies below 0); a rise from 0 is a regression
    where less is better, and where more is better it is judged once the target is met. Other values <= 0 give
    insufficient_data.
    """
    rate = _rate(cases)
    measure = _measure(cases, rate)
    verdicts = _verdicts(cases)
    measure = np.where(verdicts.is_settled, np.nan, measure)
    return Outcome(
        status=_status(cases, measure, verdicts),
        value=finite(measure),
        score=_score(cases, measure, verdicts),
        projected=finite(project(cases.latest_value, rate, cases.horizon - cases.latest_year)),
        observed_rate=finite(rate),
        required_rate=finite(_required(cases)),
        reason=_reason(cases, rate, measure, verdicts),
    )


@dataclass(frozen=True)
class _Verdicts:
    """Cases that are decided without a ratio: by the target at the base, or by a change from 0."""

    still_met: Mask  # met at the base and still
    lost: Mask
    reached: Mask  # from 0 to the target or past it
    rose: Mask  # from 0, where less is better

    @property
    def is_settled(self) -> Mask:
        return self.still_met | self.lost


def _verdicts(cases: Cases) -> _Verdicts:
    moved = cases.has_both_values & (cases.years > 0)
    settled = moved & cases.met_at_base
    from_zero = moved & ~settled & (cases.base_value == 0) & (cases.latest_value > 0)
    from_zero &= ~cases.has_target | (cases.span > 0)
    return _Verdicts(
        still_met=settled & cases.met_now,
        lost=settled & ~cases.met_now,
        reached=from_zero & cases.met_now,
        rose=from_zero & (cases.direction < 0),
    )


def _rate(cases: Cases) -> Floats:
    has_rate = (cases.base_value > 0) & ((cases.latest_value > 0) | _ends_at_zero(cases))
    return np.where(has_rate, cagr(cases.base_value, cases.latest_value, cases.years), np.nan)


def _ends_at_zero(cases: Cases) -> Mask:
    """A latest value of 0 that is the worst or the best there is; not one above a target below 0."""
    below = cases.has_target & (cases.direction < 0) & ~cases.met_now
    return np.equal(cases.latest_value, 0) & ~below


def _required(cases: Cases) -> Floats:
    return np.where(cases.base_value > 0, cagr(cases.base_value, cases.target, cases.span), np.nan)


def _measure(cases: Cases, rate: Floats) -> Floats:
    """The ratio where there is a target in a later year, else the mirrored rate."""
    projected = project(cases.latest_value, rate, cases.target_year - cases.latest_year)
    with np.errstate(all="ignore"):
        ratio = (projected - cases.base_value) / (cases.target - cases.base_value)
    ratio = np.where(cases.span > 0, ratio, np.nan)
    return np.where(cases.has_target, ratio, cases.direction * rate)


def _status(cases: Cases, measure: Floats, verdicts: _Verdicts) -> Codes:
    by_ratio = classify(measure, RATIO_CUTS, CLASSES, ABSENT)
    by_rate = classify(measure, RATE_CUTS, CLASSES, ABSENT)
    rules = [
        ("on_track", verdicts.still_met | verdicts.reached),
        ("regression", verdicts.lost | verdicts.rose),
    ]
    return first_of(rules, np.where(cases.has_target, by_ratio, by_rate))


def _score(cases: Cases, measure: Floats, verdicts: _Verdicts) -> Floats:
    """0 to 5, linear inside each band: 4 to 5 is on track, 0 to 1 regression; capped at the outer limits."""
    by_ratio = _rescale(measure, RATIO_CUTS, RATIO_ENDS)
    by_rate = _rescale(measure, RATE_CUTS, RATE_ENDS)
    score = np.where(cases.has_target, by_ratio, by_rate)
    score = np.where(verdicts.lost | verdicts.rose, 0.0, score)
    return np.where(verdicts.still_met | verdicts.reached, 5.0, score)


def _rescale(measure: Floats, cuts: tuple[float, ...], ends: tuple[float, float]) -> Floats:
    knots = (ends[1], *reversed(cuts), ends[0])
    return np.asarray(np.interp(measure, knots, np.arange(6.0)), dtype=np.float64)


def _reason(cases: Cases, rate: Floats, measure: Floats, verdicts: _Verdicts) -> Codes:
    base, latest = cases.base_value, cases.latest_value
    equal = base == cases.target
    on_ratio, on_rate = touches(measure, RATIO_CUTS), touches(measure, RATE_CUTS)
    rules: list[tuple[str, Mask]] = [
        ("missing_value", ~cases.has_both_values),
        ("latest_before_base", cases.years < 0),
        ("one_observation", cases.years <= 0),
        ("base_equals_target", verdicts.still_met & equal),
        ("base_equals_target_lost", verdicts.lost & equal),
        ("met_at_base", verdicts.still_met),
        ("met_and_lost", verdicts.lost),
        ("target_met", verdicts.reached),
        ("rose_from_zero", verdicts.rose),
        ("sign_change", cases.changes_sign),
        ("negative_value", (base < 0) | (latest < 0)),
        ("zero_base", base == 0),
        ("latest_zero", (latest == 0) & np.isnan(rate)),
        ("target_year_not_after_base", cases.has_target & (cases.span <= 0)),
        ("latest_zero_meets_target", (latest == 0) & cases.met_now),
        ("fell_to_zero", (latest == 0) & (cases.direction > 0)),
        ("reached_zero", latest == 0),
        ("target_year_past", cases.has_target & (cases.target_year < cases.latest_year)),
        ("target_met", cases.met_now),
        ("no_change", base == latest),
        ("on_threshold", np.where(cases.has_target, on_ratio, on_rate)),
    ]
    ordinary = np.where(cases.has_target, "trend_to_target", "trend_only").astype(object)
    return first_of(rules, ordinary)
