"""What somebody typed into a form and has not handed in: kept in the workspace, for this person alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpis.workspace import Item, Person, Workspace
from kpis.workspace.knowledge.record import FIELDS, LONGEST

NEW = "new"
"""In place of the id of a case: the draft of a proposal."""
MOST_CHARACTERS = 3 * max(LONGEST.values())  # of one field; a draft may be too long to hand in


@dataclass(frozen=True)
class Draft:
    """cells: what was typed, by field. version: of the case when it was opened; 0 of a new one."""

    cells: Mapping[str, str]
    version: int
    item: Item


def draft_of(workspace: Workspace, person: Person, case_id: str) -> Draft | None:
    """The person's draft for a case, or for a proposal (`NEW`)."""
    held = workspace.items(person, "draft", key=_key(person, case_id))
    if not held:
        return None
    return Draft(held[0].body["cells"], int(held[0].body["version"]), held[0])


def keep_draft(
    workspace: Workspace, person: Person, case_id: str, cells: Mapping[str, str], version: int
) -> None:
    """Keeps what was typed, in place of the draft that was there. Raises RightsError."""
    kept = {field: cells.get(field, "")[:MOST_CHARACTERS] for field in FIELDS}
    draft = draft_of(workspace, person, case_id)
    if draft is not None and draft.cells == kept and draft.version == version:
        return
    body = {"cells": kept, "version": version}
    with workspace.work(person) as work:
        if draft is None:
            key = _key(person, case_id)
            work.add("draft", "keep", title=kept["name"], body=body, state="draft", key=key)
        else:
            work.change(draft.item.id, draft.item.version, "revise", body=body, title=kept["name"])


def drop_draft(workspace: Workspace, person: Person, case_id: str) -> None:
    """Takes the draft away: it was handed in, or given up."""
    draft = draft_of(workspace, person, case_id)
    if draft is not None:
        with workspace.work(person) as work:
            work.remove(draft.item.id, draft.item.version, "drop")


def _key(person: Person, case_id: str) -> str:
    return f"{case_id}:{person.id}"
