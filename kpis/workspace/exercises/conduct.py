"""How an exercise is held: begun, answered in one or two rounds, agreed, closed; and who is invited to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from kpis.errors import RequestError
from kpis.messages import TranslatedError
from kpis.texts import mark
from kpis.workspace import Body, Item, Person, Workspace, rights
from kpis.workspace.exercises import invitations, reading
from kpis.workspace.exercises.differences import Tally, tally
from kpis.workspace.exercises.invitations import Ticket
from kpis.workspace.exercises.profile import Result, assess
from kpis.workspace.exercises.questionnaire import Questionnaire, written
from kpis.workspace.faults import MissingItemError

OPEN, OVER, SECOND, AGREED, CLOSED = STATES = ("open", "round-over", "second-round", "agreed", "closed")
"""A round that is over is talked about: its answers are seen, and a second one may follow the first."""
REVOKED = "revoked"
GIVEN = "given"  # the state of an answer that was handed in
LONGEST_NAME, LONGEST_NOTE = 120, 2000  # characters
MOST_DAYS = 90  # that an invitation may be open
PROBLEMS = {
    "name": mark("Write the name of the institution, with at most {most} characters."),
    "label": mark("Write for whom the invitation is, with at most {most} characters."),
    "days": mark("An invitation is open for 1 to {most} days; {n} is not allowed."),
    "state": mark("The exercise of {institution} is past this step. Open it again to see where it stands."),
    "statement": mark("The questionnaire of this exercise has no statement “{code}”."),
    "level": mark("“{value}” is no answer. Allowed: {allowed}."),
    "note": mark("A text of {n} characters was not saved; at most {most} are allowed. Shorten it."),
}


class ExerciseError(TranslatedError, RequestError):
    """What cannot be done in an exercise; `code` is one of `PROBLEMS`. Nothing was changed."""

    def __init__(self, code: str, /, **details: object) -> None:
        self.code = code
        super().__init__(PROBLEMS[code], **details)


@dataclass(frozen=True)
class FirstRound:
    """What every participant sees of the first round once it has ended: counts, no answer and no name.

    n: answers handed in; counts: how many gave which answer, by statement.
    """

    n: int
    counts: Tally


@dataclass(frozen=True)
class Exercise:
    """An exercise as it is kept. Its questionnaire is the one it began with, whatever its file says today."""

    item: Item

    @property
    def id(self) -> str:
        """Its id in the workspace."""
        return self.item.id

    @property
    def institution(self) -> str:
        """Who assesses itself."""
        return self.item.title

    @property
    def state(self) -> str:
        """One of `STATES`."""
        return self.item.state

    @property
    def country(self) -> str:
        """ISO 3166-1 code of the country it is compared with; "" for none."""
        return str(self.item.body["country"])

    @property
    def begun(self) -> date:
        """When it began."""
        return self.item.created.date()

    @property
    def round(self) -> int:
        """The round that takes answers, or the last one that did."""
        return int(self.item.body["round"])

    @property
    def takes_answers(self) -> bool:
        """Whether a round is open."""
        return self.state in rights.ROUNDS

    @property
    def first_round(self) -> FirstRound | None:
        """The first round as it ended; None while it is open, and where it ended before counts were kept."""
        held = self.item.body.get("first_round")
        return FirstRound(**held) if held else None

    @property
    def agreed(self) -> dict[str, str]:
        """What was agreed: answer by statement; empty before."""
        return dict(self.item.body["agreed"])

    @property
    def agreed_on(self) -> date | None:
        """When it was agreed; None before."""
        day = self.item.body["agreed_on"]
        return date.fromisoformat(day) if day else None

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire, frozen."""
        return reading.of_values(self.item.body["questionnaire"], self.institution)

    @cached_property
    def result(self) -> Result | None:
        """The profile that follows from what was agreed; None before."""
        return assess(self.questionnaire, self.agreed) if self.agreed_on else None


@dataclass(frozen=True)
class Invitation:
    """An invitation: for whom, until when, and the token of its link."""

    item: Item
    token: str

    @property
    def label(self) -> str:
        """For whom, in the words of who invited."""
        return self.item.title

    @property
    def expires(self) -> datetime:
        """Until when (UTC)."""
        return datetime.fromisoformat(self.item.body["expires"])

    @property
    def revoked(self) -> bool:
        """Whether it opens nothing any more."""
        return self.item.state == REVOKED


def begin(
    workspace: Workspace,
    person: Person,
    institution: str,
    *,
    country: str = "",
    questionnaire: Questionnaire | None = None,
) -> Exercise:
    """A new exercise. country: code to compare with; questionnaire: the shipped one unless given.

    Raises ExerciseError for a name that is empty or too long, RightsError.
    """
    name = _named(institution, "name")
    body: Body = {
        "country": country,
        "questionnaire": written(questionnaire or reading.standard()),
        "round": 1,
        "agreed": {},
        "agreed_on": "",
    }
    with workspace.work(person) as work:
        return Exercise(work.add("exercise", "hold", title=name, body=body, state=OPEN))


def exercises(workspace: Workspace, person: Person) -> list[Exercise]:
    """All exercises, the newest change first."""
    return [Exercise(item) for item in workspace.items(person, "exercise")]


def exercise(workspace: Workspace, person: Person, exercise_id: str) -> Exercise:
    """One exercise. Raises MissingItemError, also for the id of another kind of entry."""
    item = workspace.item(person, exercise_id)
    if item.kind != "exercise":
        raise MissingItemError(exercise_id)
    return Exercise(item)


def end_round(workspace: Workspace, person: Person, held: Exercise) -> Exercise:
    """No more answers in this round; from now on others read what was handed in."""
    _require(held, OPEN, SECOND)
    return _changed(workspace, person, held, "end", OVER, {})


def open_second_round(workspace: Workspace, person: Person, held: Exercise) -> Exercise:
    """Everybody answers once more, each from their own first answer, and sees how all of them are spread.

    A round that is open ends with it, so that nothing is sealed when the answers are counted. The counts are
    kept with the exercise, which guests may read, so that nobody needs a right to answers.
    """
    _require(held, *((OPEN, OVER) if held.round == 1 else ()))
    if held.state == OPEN:
        held = end_round(workspace, person, held)
    given = workspace.items(person, "answer", parent=held.id, state=GIVEN)
    counts = tally(held.questionnaire, [answer.body["levels"] for answer in given])
    first_round = {"n": len(given), "counts": counts}
    return _changed(workspace, person, held, "hold", SECOND, {"round": 2, "first_round": first_round})


def agree(workspace: Workspace, person: Person, held: Exercise, levels: Mapping[str, str]) -> Exercise:
    """Keeps what was agreed and ends the rounds; what is agreed already may be corrected until it is closed.

    levels: answer by statement; a statement left out is missing. Raises ExerciseError for one that the
    questionnaire lacks, ConflictError.
    """
    _require(held, OPEN, OVER, SECOND, AGREED)
    agreed = checked(held.questionnaire, levels)
    day = datetime.now(UTC).date().isoformat()
    return _changed(workspace, person, held, "agree", AGREED, {"agreed": agreed, "agreed_on": day})


def close(workspace: Workspace, person: Person, held: Exercise) -> Exercise:
    """Nothing is changed any more; a result stays."""
    _require(held, OPEN, OVER, SECOND, AGREED)
    return _changed(workspace, person, held, "close", CLOSED, {})


def remove(workspace: Workspace, person: Person, held: Exercise) -> None:
    """Takes the exercise away, with its invitations and answers."""
    with workspace.work(person) as work:
        work.remove(held.id, held.item.version, "remove")


def invite(
    workspace: Workspace,
    person: Person,
    held: Exercise,
    label: str,
    *,
    days: int,
    now: datetime | None = None,
) -> Invitation:
    """An invitation for one person. label: for whom; days: how long it is open, 1 to `MOST_DAYS`.

    Raises ExerciseError for another number, a name that is empty or too long, an exercise without open round.
    """
    _require(held, OPEN, SECOND)
    if not 1 <= days <= MOST_DAYS:
        raise ExerciseError("days", most=MOST_DAYS, n=days)
    expires = ((now or datetime.now(UTC)) + timedelta(days=days)).replace(microsecond=0)
    body: Body = {"expires": expires.isoformat()}
    name = _named(label, "label")
    with workspace.work(person) as work:
        item = work.add("invitation", "invite", title=name, body=body, state=rights.OPEN, parent=held.id)
    return _signed(workspace, item)


def invited(workspace: Workspace, person: Person, held: Exercise) -> list[Invitation]:
    """All invitations of an exercise, the first one first. Only who may invite gets their links."""
    rights.require(person, "invitation", "invite")
    items = workspace.items(person, "invitation", parent=held.id)
    return [_signed(workspace, item) for item in sorted(items, key=lambda item: item.created)]


def revoke(workspace: Workspace, person: Person, invitation: Invitation) -> None:
    """Ends an invitation at once; an answer that was handed in stays."""
    with workspace.work(person) as work:
        work.change(invitation.item.id, invitation.item.version, "revoke", state=REVOKED)


def checked(questionnaire: Questionnaire, levels: Mapping[str, str]) -> dict[str, str]:
    """Answers by statement that the questionnaire knows. Raises ExerciseError for others."""
    for code, answer in levels.items():
        if code not in questionnaire.statements:
            raise ExerciseError("statement", code=code)
        if answer not in questionnaire.answers:
            raise ExerciseError("level", value=answer, allowed=", ".join(questionnaire.answers))
    return dict(levels)


def _signed(workspace: Workspace, item: Item) -> Invitation:
    ticket = Ticket(item.id, datetime.fromisoformat(item.body["expires"]))
    return Invitation(item, invitations.sign(workspace.secret(), ticket))


def _named(name: str, problem: str) -> str:
    short = " ".join(name.split())
    if not 0 < len(short) <= LONGEST_NAME:
        raise ExerciseError(problem, most=LONGEST_NAME)
    return short


def _require(held: Exercise, *states: str) -> None:
    if held.state not in states:
        raise ExerciseError("state", institution=held.institution)


def _changed(
    workspace: Workspace, person: Person, held: Exercise, action: str, state: str, changes: Body
) -> Exercise:
    with workspace.work(person) as work:
        item = work.change(
            held.id, held.item.version, action, state=state, body={**held.item.body, **changes}
        )
    return Exercise(item)
