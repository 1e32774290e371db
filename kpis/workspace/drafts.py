"""What somebody typed into a form and has not handed in: kept in the workspace, for this person alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpis.workspace.items import Item
from kpis.workspace.people import Person
from kpis.workspace.store import Workspace

KIND, STATE = "draft", "draft"
NEW = "new"
"""In place of the id of a case: the draft of a proposal."""
MOST_CHARACTERS = 6000  # of one field, three times what any form takes; a draft may be too long to hand in


@dataclass(frozen=True)
class Draft:
    """cells: what was typed, by field. version: of what it is about, as it was opened; 0 of something new."""

    cells: Mapping[str, str]
    version: int
    item: Item


def draft_of(workspace: Workspace, person: Person, about: str) -> Draft | None:
    """The person's draft. about: id of a case, `NEW`, or what `for_step` names."""
    held = workspace.items(person, KIND, key=_key(person, about))
    if not held:
        return None
    return Draft(held[0].body["cells"], int(held[0].body["version"]), held[0])


def for_step(step: str, item_id: str, number: int = 0) -> str:
    """What a draft of another form about an entry is about: its assessment in a round, its transfer."""
    return f"{step}:{item_id}:{number}"


def keep_draft(
    workspace: Workspace, person: Person, about: str, cells: Mapping[str, str], version: int
) -> None:
    """Keeps what was typed, in place of the draft that was there. Raises RightsError."""
    kept = {field: text[:MOST_CHARACTERS] for field, text in cells.items()}
    draft = draft_of(workspace, person, about)
    if draft is not None and draft.cells == kept and draft.version == version:
        return
    body, title = {"cells": kept, "version": version}, kept.get("name", "")
    with workspace.work(person) as work:
        if draft is None:
            work.add(KIND, "keep", title=title, body=body, state=STATE, key=_key(person, about))
        else:
            work.change(draft.item.id, draft.item.version, "revise", body=body, title=title)


def drop_draft(workspace: Workspace, person: Person, about: str) -> None:
    """Takes the draft away: it was handed in, or given up."""
    draft = draft_of(workspace, person, about)
    if draft is not None:
        with workspace.work(person) as work:
            work.remove(draft.item.id, draft.item.version, "drop")


def _key(person: Person, about: str) -> str:
    return f"{about}:{person.id}"
