"""What an import would change, and the import: proposals, updates of the same origin, no publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from kpis import cases as repository
from kpis.messages import message
from kpis.texts import Text
from kpis.workspace import Person, Workspace
from kpis.workspace.knowledge.case import Case, all_cases
from kpis.workspace.knowledge.centre import own_centre
from kpis.workspace.knowledge.desk import body_of
from kpis.workspace.knowledge.reading import CaseFile, Incoming
from kpis.workspace.knowledge.record import FIELDS, Problem
from kpis.workspace.knowledge.rules import State


class Kind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    WRONG = "wrong"


KIND_NAMES = {
    Kind.NEW: Text("new proposal"),
    Kind.UPDATE: Text("newer version, kept beside the case until somebody takes it over"),
    Kind.SAME: Text("nothing new"),
    Kind.WRONG: Text("left out"),
}
HELD = Text("is the id of another case of this workspace. Give it another id in the file.")
CATALOGUE = Text("is the id of a case of the catalogue. Give it another id in the file.")
OURS = Text("comes from this centre itself, so there is nothing to import. Change it here.")


@dataclass(frozen=True)
class Step:
    """A row of a file with what becomes of it. case: the one that it updates."""

    row: Incoming
    kind: Kind
    problems: tuple[Problem, ...] = ()
    case: Case | None = None


def planned(workspace: Workspace, person: Person, file: CaseFile) -> list[Step]:
    """What an import would do, row by row; nothing is changed. Raises RightsError."""
    held = {case.record["case_id"]: case for case in all_cases(workspace, person)}
    centre = own_centre(workspace, person)
    in_catalogue = set(repository.load().index)
    return [_step(row, held, in_catalogue, centre.id if centre else "") for row in file.rows]


def _step(row: Incoming, held: Mapping[str, Case], in_catalogue: set[str], own_id: str) -> Step:
    if row.problems:
        return Step(row, Kind.WRONG, row.problems)
    case_id = row.record["case_id"]
    if case_id in in_catalogue:
        return _wrong(row, CATALOGUE)
    if row.origin is not None and row.origin.id == own_id:
        return _wrong(row, OURS)
    case = held.get(case_id)
    if case is None:
        return Step(row, Kind.NEW)
    if row.origin is None or case.origin is None or case.origin.id != row.origin.id:
        return _wrong(row, HELD)
    last = {field: case.item.body["arrived"].get(field, "") for field in FIELDS}
    return Step(row, Kind.SAME if last == row.record else Kind.UPDATE, case=case)


def _wrong(row: Incoming, text: Text) -> Step:
    return Step(row, Kind.WRONG, (Problem("case_id", message(text)),))


def take_in(workspace: Workspace, person: Person, steps: Sequence[Step]) -> int:
    """Does what `planned` said, all or nothing; returns how many cases were added or updated.

    An update waits beside the case: no text of a case is changed by a file, and none is published by one.
    Raises RightsError, and ConflictError or TakenError where somebody was faster: plan again.
    """
    done = 0
    with workspace.work(person) as work:
        for step in steps:
            record = dict(step.row.record)
            if step.kind is Kind.NEW:
                work.add(
                    "case",
                    "propose",
                    title=record["name"],
                    body=body_of(record, step.row.origin),
                    state=State.PROPOSED,
                    key=record["case_id"],
                )
            elif step.kind is Kind.UPDATE and step.case is not None:
                item = step.case.item
                waits = record != step.case.record
                body = {**item.body, "arrived": record, "waits": waits}
                work.change(item.id, item.version, "receive", body=body)
            done += step.kind in (Kind.NEW, Kind.UPDATE)
    return done


def report(steps: Sequence[Step], lang: str) -> pd.DataFrame:
    """What becomes of each row: row, case_id, name, result, field, problem; a row for each problem."""
    lines = []
    for step in steps:
        head = [step.row.number, step.row.record["case_id"], step.row.record["name"]]
        result = message(KIND_NAMES[step.kind]).say(lang)
        said = [(each.field, each.message.say(lang)) for each in step.problems] or [("", "")]
        lines += [[*head, result, field, problem] for field, problem in said]
    return pd.DataFrame(lines, columns=["row", "case_id", "name", "result", "field", "problem"])
