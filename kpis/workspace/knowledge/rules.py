"""The rules of the cycle on plain data: states, scores, whose assessments count, when a review is due.

Nothing here reads the workspace: `kpis/workspace/knowledge/desk.py` holds these rules where data change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from kpis.workspace.knowledge.rubric import MOST_POINTS, Rubric


class State(StrEnum):
    """Where a case stands. "Status unknown" is none of them: it follows from the last confirmation.

    Nor is "assessed" kept: a captured case is assessed as soon as its assessments settle it.
    """

    PROPOSED = "proposed"
    CAPTURED = "captured"
    ASSESSED = "assessed"
    CLASSIFIED = "classified"
    PUBLISHED = "published"
    RETIRED = "retired"


_OPEN = (State.PROPOSED, State.CAPTURED, State.ASSESSED, State.CLASSIFIED)
STEPS: Mapping[str, tuple[tuple[State, ...], State | None]] = {
    "capture": ((State.PROPOSED,), State.CAPTURED),
    "edit": (_OPEN, None),
    "classify": ((State.ASSESSED,), State.CLASSIFIED),
    "publish": ((State.CLASSIFIED,), State.PUBLISHED),
    "confirm": ((State.PUBLISHED,), None),
    "correct": ((State.PUBLISHED,), None),
    "retire": ((*_OPEN, State.PUBLISHED), State.RETIRED),
    "reopen": ((State.ASSESSED, State.CLASSIFIED, State.RETIRED), State.CAPTURED),
}
"""By action: the states it may start from, and the state it leads to (None: the same).

reopen begins a new round of assessments.
"""


def next_state(action: str, state: str) -> State | None:
    """The state that an action leads to; None where it is not possible from this state."""
    start, end = STEPS[action]
    if state not in start:
        return None
    return State(state) if end is None else end


def kept_state(state: State) -> State:
    """The state as it is kept: what follows from assessments is not."""
    return State.CAPTURED if state is State.ASSESSED else state


def standing(kept: str, outcome: Outcome) -> State:
    """The state of a case: as kept, and assessed where the assessments of its round settle it."""
    state = State(kept)
    return State.ASSESSED if state is State.CAPTURED and outcome in SETTLED else state


@dataclass(frozen=True)
class Assessment:
    """What one reviewer found. implemented: the case exists, it is not only announced (a gate).

    points: 0 to 3 by criterion. of_version: the version of the case that was read.
    """

    reviewer: str
    implemented: bool
    points: Mapping[str, int]
    argument: str = ""
    of_version: int = 0
    name: str = ""


def missing_points(assessment: Assessment, rubric: Rubric) -> list[str]:
    """The criteria without points of 0 to 3; none of what is not implemented, which has no score."""
    if not assessment.implemented:
        return []
    return [name for name in rubric.ids if assessment.points.get(name) not in range(MOST_POINTS + 1)]


def score(points: Mapping[str, int], rubric: Rubric) -> Fraction:
    """Σ weight × points / 3, from 0 to 100, exact: thirds would be rounded on a bar."""
    return sum(
        (Fraction(criterion.weight * points[criterion.id], MOST_POINTS) for criterion in rubric.criteria),
        start=Fraction(0),
    )


class Outcome(StrEnum):
    """What the assessments of a round say together."""

    NO_SOURCE = "no_source"
    WAITING = "waiting"
    THIRD = "third"
    NOT_IMPLEMENTED = "not_implemented"
    BELOW = "below"
    PUBLISH = "publish"
    RECOMMEND = "recommend"


SETTLED = (Outcome.NOT_IMPLEMENTED, Outcome.BELOW, Outcome.PUBLISH, Outcome.RECOMMEND)
MAY_BE_PUBLISHED = (Outcome.PUBLISH, Outcome.RECOMMEND)


@dataclass(frozen=True)
class Decision:
    """score: mean of the assessments that count, None without one. counted: their reviewers.

    gap: between the first two scores, None without two. points: mean by criterion of those that count.
    """

    outcome: Outcome
    score: Fraction | None = None
    counted: tuple[str, ...] = ()
    gap: Fraction | None = None
    points: Mapping[str, Fraction] = field(default_factory=dict)


def decide(assessments: Sequence[Assessment], *, has_source: bool, rubric: Rubric) -> Decision:
    """What the assessments of a round say together; they stand in the order in which they came in.

    Gates first: without a source no score, whatever reviewers gave. Two that lie at most `widest_gap` apart
    count both. Otherwise, and where one finds the case implemented and the other does not, a third is asked
    for. Of three the two nearest count, all three where the middle one is as far from both; on whether it is
    implemented the majority of three counts, and only its assessments.
    """
    if not has_source:
        return Decision(Outcome.NO_SOURCE)
    given = list(assessments)[: rubric.reviewers + 1]
    if len(given) < rubric.reviewers:
        return Decision(Outcome.WAITING)
    gap = _gap(given[: rubric.reviewers], rubric)
    agree = len({each.implemented for each in given[: rubric.reviewers]}) == 1
    if len(given) == rubric.reviewers and (not agree or (gap is not None and gap > rubric.widest_gap)):
        return Decision(Outcome.THIRD, gap=gap)
    if agree and (gap is None or gap <= rubric.widest_gap):
        given = given[: rubric.reviewers]
    return _of_those_that_count(given, gap, rubric)


def _gap(pair: Sequence[Assessment], rubric: Rubric) -> Fraction | None:
    if not all(each.implemented for each in pair):
        return None
    first, second = (score(each.points, rubric) for each in pair)
    return abs(first - second)


def _of_those_that_count(given: Sequence[Assessment], gap: Fraction | None, rubric: Rubric) -> Decision:
    implemented = [each for each in given if each.implemented]
    if 2 * len(implemented) <= len(given):
        names = tuple(each.reviewer for each in given if not each.implemented)
        return Decision(Outcome.NOT_IMPLEMENTED, counted=names, gap=gap)
    counted = _nearest(implemented, rubric)
    n = len(counted)
    mean = sum((score(each.points, rubric) for each in counted), start=Fraction(0)) / n
    points = {name: Fraction(sum(each.points[name] for each in counted), n) for name in rubric.ids}
    return Decision(
        outcome_of(mean, points, rubric), mean, tuple(each.reviewer for each in counted), gap, points
    )


def _nearest(given: Sequence[Assessment], rubric: Rubric) -> list[Assessment]:
    """The two whose scores are nearest; all where two pairs are equally near, or there are only two."""
    if len(given) <= 2:
        return list(given)
    pairs = {pair: abs(score(given[pair[0]].points, rubric) - score(given[pair[1]].points, rubric))
             for pair in combinations(range(len(given)), 2)}  # fmt: skip
    least = min(pairs.values())
    places = sorted({place for pair, gap in pairs.items() if gap == least for place in pair})
    return [given[place] for place in places]


def outcome_of(mean: Fraction, points: Mapping[str, Fraction], rubric: Rubric) -> Outcome:
    """What a score allows. points: by criterion, for those that a recommendation asks for."""
    if mean < rubric.publish_from:
        return Outcome.BELOW
    reaches = all(points[name] >= rubric.least_points for name in rubric.must_reach)
    return Outcome.RECOMMEND if mean >= rubric.recommend_from and reaches else Outcome.PUBLISH


REVIEW_EVERY, UNKNOWN_AFTER = 1, 3
"""Years since the last confirmation: a review is due; the status is shown as unknown."""


class Freshness(StrEnum):
    """How a published case stands towards its yearly review."""

    CONFIRMED = "confirmed"
    DUE = "due"
    UNKNOWN = "unknown"


def freshness(confirmed: dt.date, today: dt.date) -> Freshness:
    """Worked out from the last confirmation each time, never stored.

    >>> freshness(dt.date(2023, 5, 1), dt.date(2026, 5, 1))
    <Freshness.UNKNOWN: 'unknown'>
    """
    if today >= years_after(confirmed, UNKNOWN_AFTER):
        return Freshness.UNKNOWN
    return Freshness.DUE if today >= years_after(confirmed, REVIEW_EVERY) else Freshness.CONFIRMED


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; of 29 February, in a year without it, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
