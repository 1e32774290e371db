"""The centre that a workspace belongs to: its name as other centres read it, and an id that never changes."""

from __future__ import annotations

from kpis.workspace import Person, Workspace
from kpis.workspace.knowledge.case import Origin

_KEY = "own"


def own_centre(workspace: Workspace, person: Person) -> Origin | None:
    """The own centre; None while nobody has named it."""
    held = workspace.items(person, "centre", key=_KEY)
    return Origin(held[0].id, held[0].title) if held else None


def name_centre(workspace: Workspace, person: Person, name: str) -> None:
    """Names the own centre. Raises RightsError."""
    held = workspace.items(person, "centre", key=_KEY)
    with workspace.work(person) as work:
        if not held:
            work.add("centre", "name", title=name, body={}, state="own", key=_KEY)
        elif held[0].title != name:
            work.change(held[0].id, held[0].version, "rename", title=name)
