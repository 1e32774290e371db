"""The steps of the cycle in the workspace: each holds the rules, and is kept as a whole or not at all.

Who may do what is looked up by the store; these functions add what the method asks for. Each takes the case
as the person saw it, so that nobody writes over the work of another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kpis.workspace import Item, Person, Work, Workspace
from kpis.workspace.knowledge import faults, rules
from kpis.workspace.knowledge.case import Case, Origin
from kpis.workspace.knowledge.faults import IncompleteError, NotPublishableError, StepError, refused
from kpis.workspace.knowledge.record import Record, problems, tidied
from kpis.workspace.knowledge.rubric import load_rubric
from kpis.workspace.knowledge.rules import Assessment, Outcome, State
from kpis.workspace.people import LOCAL

MOST_TEXT = 2000  # characters of an argument or a note


def propose(
    workspace: Workspace,
    person: Person,
    cells: Mapping[str, object],
    today: dt.date,
    origin: Origin | None = None,
) -> Item:
    """A new case. cells: the record as typed. Raises IncompleteError, RightsError, TakenError for its id."""
    record = checked(cells, State.PROPOSED, today)
    with workspace.work(person) as work:
        return work.add(
            "case",
            "propose",
            title=record["name"],
            body=body_of(record, origin),
            state=State.PROPOSED,
            key=record["case_id"],
        )


def body_of(record: Record, origin: Origin | None) -> dict[str, object]:
    """What a new case holds. arrived: the record as another centre sent it."""
    body: dict[str, object] = {"record": dict(record), "round": 1}
    if origin is not None:
        body |= {"origin": {"id": origin.id, "name": origin.name}, "arrived": dict(record), "waits": False}
    return body


def checked(cells: Mapping[str, object], state: State, today: dt.date) -> dict[str, str]:
    """The record, tidied. Raises IncompleteError with all that is wrong in it for this state."""
    record = tidied(cells)
    if wrong := problems(record, state, today.year):
        raise IncompleteError(wrong)
    return record


def write(
    workspace: Workspace,
    person: Person,
    case: Case,
    action: str,
    cells: Mapping[str, object],
    today: dt.date,
    note: str = "",
) -> Item:
    """The record changed by one step: capture, edit, classify, or correct, which confirms it too.

    The id and the country stay: the one begins with the other, and links lead to it.
    Raises StepError, IncompleteError, RightsError, ConflictError.
    """
    state = _next(case, action)
    fixed = {name: case.record[name] for name in ("case_id", "country_iso3")}
    record = checked({**cells, **fixed}, state, today)
    body = {**case.item.body, "record": record, "waits": False}
    kept = rules.kept_state(state)
    with workspace.work(person) as work:
        item = work.change(
            case.item.id, case.item.version, action, body=body, state=kept, title=record["name"]
        )
        if action == "correct":
            _confirm(work, person, item, today, "corrected", note)
    return item


def _next(case: Case, action: str) -> State:
    state = rules.next_state(action, case.state)
    if state is None:
        raise StepError(action, case.state)
    return state


def leave(workspace: Workspace, person: Person, case: Case) -> Item:
    """What another centre sent is looked at and not taken over. Raises RightsError, ConflictError."""
    with workspace.work(person) as work:
        return work.change(
            case.item.id, case.item.version, "receive", body={**case.item.body, "waits": False}
        )


def assess(workspace: Workspace, person: Person, case: Case, given: Assessment) -> Item:
    """One reviewer's assessment, or the person's own changed while the other is not in.

    Raises RefusedError for one's own proposal, a case that takes none now, missing points or argument;
    RightsError; TakenError where another window has just given it.
    """
    refuse_assessment(person, case, given)
    key = f"{case.round}:{person.id if person != LOCAL else f'local:{given.name.strip().casefold()}'}"
    body = {
        "round": case.round,
        "implemented": given.implemented,
        "points": {name: given.points[name] for name in load_rubric().ids} if given.implemented else {},
        "argument": given.argument.strip()[:MOST_TEXT],
        "of_version": case.item.version,
        "name": given.name.strip()[:100] if person == LOCAL else person.name or person.id,
    }
    with workspace.work(person) as work:
        if case.mine is None:
            return work.add(
                "assessment",
                "assess",
                title=case.item.title,
                body=body,
                state="given",
                parent=case.item.id,
                key=key,
            )
        held = workspace.items(person, "assessment", parent=case.item.id, key=key)[0]
        return work.change(held.id, held.version, "revise", body=body)


def may_assess(person: Person, case: Case) -> str:
    """Why the person gives no assessment of a case now, as a text to translate; "" where they may."""
    if case.decision.outcome is Outcome.NO_SOURCE:
        return str(faults.WHY_NOT[Outcome.NO_SOURCE])
    if person != LOCAL and case.item.owner == person.id:
        return faults.OWN_PROPOSAL
    if case.mine is not None and case.n_assessments >= load_rubric().reviewers:
        return faults.BOTH_IN
    if case.state is State.ASSESSED:
        return faults.ENOUGH
    return ""


def refuse_assessment(person: Person, case: Case, given: Assessment) -> None:
    """Raises RefusedError for an assessment that a rule of the cycle does not take."""
    if case.state not in (State.CAPTURED, State.ASSESSED):
        raise refused(faults.NOT_OPEN, state=faults.STATE_NAMES[case.state])
    if case.decision.outcome is Outcome.NO_SOURCE:
        raise NotPublishableError(Outcome.NO_SOURCE)
    if why := may_assess(person, case):
        raise refused(why)
    if person == LOCAL and not given.name.strip():
        raise refused(faults.NO_NAME)
    if missing := rules.missing_points(given, load_rubric()):
        raise refused(faults.NO_POINTS, criteria=", ".join(missing))
    if not given.argument.strip():
        raise refused(faults.NO_ARGUMENT)


def publish(workspace: Workspace, person: Person, case: Case, today: dt.date) -> Item:
    """A classified case that passes gates and bar becomes public.

    Raises StepError, NotPublishableError, IncompleteError, RightsError, ConflictError.
    """
    state = _next(case, "publish")
    if case.decision.outcome not in rules.MAY_BE_PUBLISHED:
        raise NotPublishableError(case.decision.outcome)
    record = checked(case.record, state, today)
    with workspace.work(person) as work:
        item = work.change(
            case.item.id,
            case.item.version,
            "publish",
            state=state,
            body={**case.item.body, "record": record, "published_on": today.isoformat()},
        )
        _confirm(work, person, item, today, "published", "")
    return item


def confirm(workspace: Workspace, person: Person, case: Case, today: dt.date, note: str) -> Item:
    """The yearly review finds that the record still holds. Raises StepError, RightsError, ConflictError."""
    state = _next(case, "confirm")
    checked(case.record, state, today)
    with workspace.work(person) as work:
        item = work.change(case.item.id, case.item.version, "confirm")
        _confirm(work, person, item, today, "confirmed", note)
    return item


def _confirm(work: Work, person: Person, item: Item, today: dt.date, outcome: str, note: str) -> None:
    body = {
        "on": today.isoformat(),
        "outcome": outcome,
        "note": note.strip()[:MOST_TEXT],
        "name": person.name or person.id,
    }
    work.add("confirmation", "confirm", title=item.title, body=body, state=outcome, parent=item.id)


def retire(workspace: Workspace, person: Person, case: Case, reason: str) -> Item:
    """A case is taken out: declined, no longer true, or held twice. Raises as `reopen` does."""
    return _end(workspace, person, case, "retire", reason, {})


def reopen(workspace: Workspace, person: Person, case: Case, reason: str) -> Item:
    """A new round of assessments begins. Raises StepError, RefusedError, RightsError, ConflictError."""
    return _end(workspace, person, case, "reopen", reason, {"round": case.round + 1})


def _end(
    workspace: Workspace, person: Person, case: Case, action: str, reason: str, more: Mapping[str, object]
) -> Item:
    state = _next(case, action)
    if not reason.strip():
        raise refused(faults.NO_REASON)
    body = {**case.item.body, **more, "reason": reason.strip()[:MOST_TEXT]}
    with workspace.work(person) as work:
        return work.change(case.item.id, case.item.version, action, state=state, body=body)


def note_transfer(workspace: Workspace, person: Person, case: Case, fields: Mapping[str, str]) -> Item:
    """Who uses a published case and what must change there: institution, country, change, note.

    Raises StepError for a case that is not published, RefusedError without institution or change,
    RightsError.
    """
    if case.state is not State.PUBLISHED:
        raise StepError("confirm", case.state)
    body = {
        name: fields.get(name, "").strip()[:MOST_TEXT]
        for name in ("institution", "country", "change", "note")
    }
    if missing := [name for name in ("institution", "change") if not body[name]]:
        raise refused(faults.NO_TEXT, fields=", ".join(missing))
    with workspace.work(person) as work:
        return work.add(
            "transfer", "note", title=case.item.title, body=dict(body), state="noted", parent=case.item.id
        )
