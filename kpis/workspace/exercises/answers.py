"""What participants answer: each on their own, as a draft until it is handed in, once in each round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kpis.workspace import Body, Item, Person, Workspace
from kpis.workspace.exercises.conduct import GIVEN, LONGEST_NOTE, Exercise, ExerciseError, checked
from kpis.workspace.exercises.invitations import InvitationError

DRAFT = "draft"


@dataclass(frozen=True)
class Answer:
    """One participant's answer in one round. levels: answer by statement; evidence: their words by statement.

    item: None before anything was saved; it may then hold what the participant answered in the first round.
    first: levels of the answer that they handed in in the first round; empty in that round, and without one.
    is_sealed: another's answer that may not be read yet; levels and evidence are empty.
    """

    participant: str
    round: int
    name: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    item: Item | None = None
    first: Mapping[str, str] = field(default_factory=dict)
    is_sealed: bool = False

    @property
    def is_given(self) -> bool:
        """Whether it was handed in."""
        return self.item is not None and self.item.state == GIVEN


def own_answer(workspace: Workspace, person: Person, held: Exercise) -> Answer:
    """The person's answer in the round of an exercise; in the second it starts from that of the first."""
    mine = {
        answer.round: answer
        for answer in _answers(workspace, person, held)
        if answer.participant == person.id
    }
    first = mine.get(1)
    if held.round == 1 or first is None:
        return mine.get(held.round) or Answer(person.id, held.round, person.name)
    begun = Answer(person.id, held.round, first.name, first.levels, first.evidence)
    return replace(mine.get(held.round, begun), first=first.levels if first.is_given else {})


def save(
    workspace: Workspace,
    person: Person,
    held: Exercise,
    answer: Answer,
    levels: Mapping[str, str],
    evidence: Mapping[str, str],
    *,
    name: str = "",
    hand_in: bool = False,
) -> Answer:
    """Keeps an answer as a draft, or hands it in; after that it is changed no more in this round.

    answer: as it was seen. levels: answer by statement; a statement left out is unanswered. evidence: at most
    `LONGEST_NOTE` characters each. Raises InvitationError `closed`, `used` or `done`, ExerciseError,
    ConflictError.
    """
    if not held.takes_answers or held.round != answer.round:
        raise InvitationError("closed")
    if answer.is_given:
        raise already_given(answer.round)
    body: Body = {
        "round": answer.round,
        "levels": checked(held.questionnaire, levels),
        "evidence": _texts(held, evidence),
    }
    state, title = GIVEN if hand_in else DRAFT, name or answer.name
    with workspace.work(person) as work:
        if answer.item is None:
            item = work.add(
                "answer", "answer", title=title, body=body, state=state, parent=held.id,
                key=f"{person.id}/{answer.round}",
            )  # fmt: skip
        else:
            item = work.change(
                answer.item.id, answer.item.version, "answer", title=title, body=body, state=state
            )
    return _of_item(item)


def already_given(number: int) -> InvitationError:
    """What is said to whoever has handed in the answer of a round."""
    return InvitationError("used" if number == 1 else "done")


def given_answers(workspace: Workspace, person: Person, held: Exercise) -> list[Answer]:
    """The newest answer of each participant that was handed in and may be read: what results rest on.

    By participant. Who did not answer in the second round is counted with the first.
    """
    return _newest(one for one in _answers(workspace, person, held) if one.is_given and not one.is_sealed)


def handed_in(workspace: Workspace, person: Person, held: Exercise) -> list[Answer]:
    """The newest answer that each participant handed in, also those that are still sealed; by participant."""
    return _newest(one for one in _answers(workspace, person, held) if one.is_given)


def _newest(given: Iterable[Answer]) -> list[Answer]:
    newest = {one.participant: one for one in sorted(given, key=lambda one: (one.participant, one.round))}
    return list(newest.values())


def evidence_of(given: Iterable[Answer]) -> dict[str, list[str]]:
    """What participants saw, by statement, in the order of the answers and without names; each text once."""
    seen: dict[str, list[str]] = {}
    for answer in given:
        for code, text in answer.evidence.items():
            if text not in seen.setdefault(code, []):
                seen[code].append(text)
    return seen


def all_answers(workspace: Workspace, person: Person, held: Exercise) -> list[Answer]:
    """Every answer of an exercise, drafts too; whoever asks sees what their rights allow."""
    return _answers(workspace, person, held)


def _answers(workspace: Workspace, person: Person, held: Exercise) -> list[Answer]:
    return [_of_item(item) for item in workspace.items(person, "answer", parent=held.id)]


def _of_item(item: Item) -> Answer:
    body = item.body
    levels, evidence = body.get("levels", {}), body.get("evidence", {})
    return Answer(
        item.owner,
        int(body["round"]),
        item.title,
        levels,
        evidence,
        item,
        is_sealed="levels" not in body,
    )


def _texts(held: Exercise, evidence: Mapping[str, str]) -> dict[str, str]:
    """Texts of people: printable, on lines of their own, none of them empty."""
    texts = {}
    for code, text in evidence.items():
        if code not in held.questionnaire.statements:
            raise ExerciseError("statement", code=code)
        if len(text) > LONGEST_NOTE:
            raise ExerciseError("note", n=len(text), most=LONGEST_NOTE)
        clean = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text).strip()
        if clean:
            texts[code] = clean
    return texts
