"""Own figures kept in a workspace: each table under its name, with a vintage for each import."""

from __future__ import annotations

from kpis.matching import fold
from kpis.workspace import Item, Person, Workspace
from kpis.workspace.figures.model import OwnFigures

KIND, STATE = "dataset", "kept"


def keep(workspace: Workspace, person: Person, own: OwnFigures) -> Item:
    """Keeps a table: new, or in place of the one with the same name. All of it or nothing.

    Raises RightsError, ConflictError, TooLargeError, WorkspaceError.
    """
    held = workspace.items(person, KIND, key=key_of(own.name))
    with workspace.work(person) as work:
        if not held:
            body = {**own.body(), "vintage": 1}
            item = work.add(KIND, "import", title=own.name, body=body, state=STATE, key=key_of(own.name))
        else:
            before = held[0]
            body = {**own.body(), "vintage": int(before.body["vintage"]) + 1}
            item = work.change(before.id, before.version, "revise", title=own.name, body=body)
        work.put_figures(item.id, body["vintage"], own.figures)
        work.drop_figures(item.id, body["vintage"])
    return item


def kept(workspace: Workspace, person: Person) -> list[Item]:
    """The tables kept, the one changed last first. Raises RightsError for who may not read."""
    return workspace.items(person, KIND)


def named(workspace: Workspace, person: Person, name: str) -> OwnFigures | None:
    """The table kept under a name; None where there is none."""
    held = workspace.items(person, KIND, key=key_of(name))
    return figures_of(workspace, person, held[0]) if held else None


def figures_of(workspace: Workspace, person: Person, item: Item) -> OwnFigures:
    """The table of an entry."""
    return OwnFigures.of_body(item.body, workspace.figures(person, item.id, int(item.body["vintage"])))


def remove(workspace: Workspace, person: Person, item: Item) -> None:
    """Takes a table away with all its figures. Raises RightsError, ConflictError, MissingItemError."""
    with workspace.work(person) as work:
        work.remove(item.id, item.version, "remove")


def key_of(name: str) -> str:
    """Under which a table is found: its name, whatever its accents and case."""
    return " ".join(fold(name).split())
