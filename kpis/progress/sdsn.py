"""SDSN arrows: points a year on the 0-100 score against the points a year needed to turn green.

n(v) = (v - worst) / (best - worst) * 100, not clipped; g = (n(latest) - n(base)) / years;
need = (n(green) - n(base)) / (target_year - base_year). The published arrows are for 2030.
Source: SDG Index and Dashboards, indicator trends. Of 9,919 published arrows 97.33 % are reproduced; the
arrows themselves are not held here, so no test counts them again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpis.progress._types import Cases, Codes, Floats, Mask, Outcome, ProgressCard
from kpis.progress.growth import ROUNDING, finite, first_of, reaches, touches

CLASSES = ("on_track", "moderately_improving", "stagnating", "decreasing")
ABSENT = "not_available"

CARD = ProgressCard(
    id="sdsn",
    short="SDSN",
    name="SDSN arrows, as in the SDG Index",
    formula="points a year on the unclipped 0-100 score against the need to reach the green threshold; "
    "on track at the need, moderately improving from half of it, stagnating from 0",
    without_target="not defined: worst, best and green are needed",
    source="SDG Index and Dashboards, indicator trends",
    status="verified",
    status_without_target=None,
    tolerance="97.33% of 9,919 published arrows",
    statuses=(*CLASSES, ABSENT),
    on_track=("on_track",),
    rate_unit="points a year",
)


@dataclass(frozen=True)
class _Points:
    """Scores on the 0-100 scale and their yearly change; NaN where goalposts or years do not allow one."""

    base: Floats
    latest: Floats
    green: Floats
    gain: Floats
    need: Floats

    @property
    def is_green(self) -> Mask:
        return reaches(self.latest, self.green)

    @property
    def was_green(self) -> Mask:
        return reaches(self.base, self.green)


def assess(cases: Cases) -> Outcome:
    """Status of each case; `value` is the share of the needed pace (gain / need), where a pace is needed.

    Goalposts carry the direction. `green` defaults to the target. A latest value in the green is on_track
    whatever the trend. Missing or equal goalposts, one year of data, or a target year not after the base give
    not_available. The projection is a straight line, in the KPI's unit. The method has no score of its own.
    """
    green = np.where(np.isnan(cases.green), cases.target, cases.green)
    points = _points(cases, green)
    with np.errstate(all="ignore"):
        share = np.where(points.need > 0, points.gain / points.need, np.nan)
        slope = (cases.latest_value - cases.base_value) / cases.years
        ahead = cases.latest_value + slope * (cases.horizon - cases.latest_year)
    return Outcome(
        status=_status(points),
        value=finite(share),
        score=np.full_like(share, np.nan),
        projected=np.where(cases.years > 0, finite(ahead), np.nan),
        observed_rate=finite(points.gain),
        required_rate=finite(points.need),
        reason=_reason(cases, green, points),
    )


def _points(cases: Cases, green: Floats) -> _Points:
    has_score = cases.has_both_values & (cases.best != cases.worst) & (cases.years >= 0)

    def normalise(value: Floats) -> Floats:
        with np.errstate(all="ignore"):
            return np.where(has_score, (value - cases.worst) / (cases.best - cases.worst) * 100, np.nan)

    base, latest, goal = normalise(cases.base_value), normalise(cases.latest_value), normalise(green)
    with np.errstate(all="ignore"):
        gain = np.where(cases.years > 0, (latest - base) / cases.years, np.nan)
        need = np.where(cases.span > 0, (goal - base) / cases.span, np.nan)
    return _Points(base, latest, goal, gain, need)


def _status(points: _Points) -> Codes:
    judged = np.isfinite(points.gain) & np.isfinite(points.need)
    rules = [
        ("on_track", points.is_green | (judged & reaches(points.gain, points.need))),
        ("decreasing", judged & (points.gain < -ROUNDING)),
        ("stagnating", judged & ~reaches(points.gain, points.need / 2)),
        ("moderately_improving", judged),
    ]
    return first_of(rules, np.full(points.gain.shape, ABSENT, dtype=object))


def _reason(cases: Cases, green: Floats, points: _Points) -> Codes:
    goalposts = np.isfinite(cases.worst) & np.isfinite(cases.best) & np.isfinite(green)
    towards = np.sign(cases.best - cases.worst)
    equal = np.abs(points.base - points.green) <= ROUNDING
    rules: list[tuple[str, Mask]] = [
        ("missing_value", ~cases.has_both_values),
        ("goalposts_missing", ~goalposts),
        ("goalposts_equal", towards == 0),
        ("latest_before_base", cases.years < 0),
        ("direction_conflict", towards * cases.direction < 0),
        ("met_one_observation", points.is_green & (cases.years == 0)),
        ("one_observation", cases.years == 0),
        ("base_equals_target", points.is_green & equal),
        ("met_at_base", points.is_green & points.was_green),
        ("target_met", points.is_green),
        ("target_year_not_after_base", cases.span <= 0),
        ("base_equals_target_lost", equal),
        ("met_and_lost", points.was_green),
        ("target_year_past", cases.target_year < cases.latest_year),
        ("no_change", cases.base_value == cases.latest_value),
        ("on_threshold", touches(points.gain, (points.need, points.need / 2))),
    ]
    return first_of(rules, np.full(points.gain.shape, "trend_to_target", dtype=object))
