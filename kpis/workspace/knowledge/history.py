"""What became of a case: who changed what and when, oldest first, with the differences of the record."""

from __future__ import annotations

from collections.abc import Iterator

from kpis.workspace import Change, Person, Workspace
from kpis.workspace.items import Event
from kpis.workspace.knowledge.case import Case, record_of
from kpis.workspace.knowledge.record import differences
from kpis.workspace.knowledge.rules import SETTLED


def history(workspace: Workspace, person: Person, case: Case) -> list[Event]:
    """All that was done with a case, oldest first; what assessments say is not told here.

    Kinds: case, assessment, transfer.
    """
    events = [*_of_record(workspace.history(person, case.item.id)), *_below(workspace, person, case)]
    return sorted(events, key=lambda event: event.at)


def _of_record(changes: list[Change]) -> Iterator[Event]:
    before = record_of({})
    for change in changes:
        after = record_of(change.body.get("record", {}))
        note = change.body.get("reason", "") if change.action in ("retire", "reopen") else ""
        yield Event(
            change.at, change.name or change.person, "case", change.action,
            tuple(differences(before, after)) if change.body else (), note,
        )  # fmt: skip
        before = after


def _below(workspace: Workspace, person: Person, case: Case) -> Iterator[Event]:
    """What was added to a case; who assessed it only once it is settled."""
    for kind in ("assessment", "transfer"):
        ids = [item.id for item in workspace.items(person, kind, parent=case.item.id)]
        hidden = kind == "assessment" and case.decision.outcome not in SETTLED
        for change in workspace.history(person, *ids):
            name = "" if hidden else change.body.get("name") or change.name or change.person
            yield Event(change.at, name, kind, change.action, note=change.body.get("institution", ""))
