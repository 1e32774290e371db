"""What waits for somebody: the next step of each case that their role allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from kpis.workspace import Person, Role
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.desk import may_assess
from kpis.workspace.knowledge.rules import MAY_BE_PUBLISHED, Freshness, Outcome, State
from kpis.workspace.rights import NEEDS


class Task(StrEnum):
    """One thing to do with a case."""

    LOOK = "look"
    CAPTURE = "capture"
    SOURCE = "source"
    ASSESS = "assess"
    CLASSIFY = "classify"
    PUBLISH = "publish"
    DECIDE = "decide"
    REVIEW = "review"


_NEEDS = {
    Task.LOOK: NEEDS["case", "receive"],
    Task.CAPTURE: NEEDS["case", "capture"],
    Task.SOURCE: NEEDS["case", "edit"],
    Task.ASSESS: NEEDS["assessment", "assess"],
    Task.CLASSIFY: NEEDS["case", "classify"],
    Task.PUBLISH: NEEDS["case", "publish"],
    Task.DECIDE: NEEDS["case", "retire"],
    Task.REVIEW: NEEDS["case", "confirm"],
}


def next_task(case: Case, today: dt.date) -> Task | None:
    """What a case needs next, by whomever; None where it needs nothing."""
    if case.arrived is not None and case.state is not State.RETIRED:
        return Task.LOOK
    if case.state is State.CAPTURED:
        return Task.SOURCE if case.decision.outcome is Outcome.NO_SOURCE else Task.ASSESS
    if case.state in (State.ASSESSED, State.CLASSIFIED):
        return _after_assessment(case)
    if case.state is State.PUBLISHED:
        return None if case.freshness(today) is Freshness.CONFIRMED else Task.REVIEW
    return Task.CAPTURE if case.state is State.PROPOSED else None


def _after_assessment(case: Case) -> Task:
    if case.decision.outcome is Outcome.NO_SOURCE:
        return Task.SOURCE
    if case.decision.outcome not in MAY_BE_PUBLISHED:
        return Task.DECIDE
    return Task.CLASSIFY if case.state is State.ASSESSED else Task.PUBLISH


def waits_for(case: Case, person: Person, today: dt.date) -> Task | None:
    """The next step of a case if it waits for this person, by role and by the rules of the cycle."""
    task = next_task(case, today)
    if task is None or person.role is None or person.role < _NEEDS[task]:
        return None
    if task is Task.ASSESS and (may_assess(person, case) or case.mine is not None):
        return None
    return task


def waiting(cases: Sequence[Case], person: Person, today: dt.date) -> list[tuple[Case, Task]]:
    """All that waits for a person, oldest change first."""
    tasks = [(case, waits_for(case, person, today)) for case in cases]
    mine = [(case, task) for case, task in tasks if task is not None]
    return sorted(mine, key=lambda pair: pair[0].item.changed)


def role_of(task: Task) -> Role:
    """The least role that a task needs."""
    return _NEEDS[task]
