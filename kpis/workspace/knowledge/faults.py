"""What the rules of the cycle refuse; every message in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from kpis.texts import Text, mark
from kpis.workspace.faults import WorkspaceRequestError
from kpis.workspace.knowledge.record import Problem, together
from kpis.workspace.knowledge.rules import STEPS, Outcome, State

STATE_NAMES = {
    State.PROPOSED: Text("proposed"),
    State.CAPTURED: Text("captured"),
    State.ASSESSED: Text("assessed"),
    State.CLASSIFIED: Text("classified"),
    State.PUBLISHED: Text("published"),
    State.RETIRED: Text("retired"),
}
WHY_NOT = {
    Outcome.NO_SOURCE: Text("it names no page of the web as its source"),
    Outcome.WAITING: Text("two reviewers have to assess it first"),
    Outcome.THIRD: Text("the two assessments lie too far apart, so a third is needed"),
    Outcome.NOT_IMPLEMENTED: Text("reviewers found that it is not implemented"),
    Outcome.BELOW: Text("its score is below the bar for publication"),
}
OWN_PROPOSAL = mark("You proposed this case yourself. Two others assess it.")
NO_NAME = mark("Write the name of the reviewer whose assessment this is.")
NOT_OPEN = mark("This case takes no assessment now: it is {state}.")
ENOUGH = mark("Two assessments of this case are in and lie near each other. No more are needed.")
BOTH_IN = mark(
    "Both assessments are in, so none is changed any more: each was to be given without the other."
)
NO_ARGUMENT = mark("Write in a sentence or two what your points rest on.")
NO_POINTS = mark("Give 0 to 3 points on every criterion. Missing: {criteria}.")
NO_TEXT = mark("Say who uses it and what must change: {fields} is empty.")
NO_REASON = mark("Write why: it stays in the history.")


class StepError(WorkspaceRequestError):
    """A step of the cycle that does not fit what the case is now."""

    def __init__(self, action: str, state: State) -> None:
        start = ", ".join(STATE_NAMES[each] for each in STEPS[action][0])
        super().__init__(
            mark("That is not possible now: this case is {state}. It can be done while it is: {start}."),
            state=STATE_NAMES[state],
            start=start,
        )


class IncompleteError(WorkspaceRequestError):
    """A record that does not hold what its state asks for. problems: all of them, by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            mark("The record is not complete or not right. {problems}"), problems=together(list(problems))
        )


class NotPublishableError(WorkspaceRequestError):
    """A case whose gates or score do not allow publication."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(mark("This case cannot be published: {why}."), why=WHY_NOT[outcome])


class RefusedError(WorkspaceRequestError):
    """An assessment, note or decision that a rule of the cycle refuses."""


def refused(text: str, **details: object) -> RefusedError:
    """The refusal of a text of this module."""
    return RefusedError(text, **details)
