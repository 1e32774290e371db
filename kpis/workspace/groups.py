"""Groups of one's own that are kept in the workspace: kind `group`, one for each name."""

from __future__ import annotations

from kpis.groups import OwnGroup, own_group
from kpis.workspace.items import Item
from kpis.workspace.people import Person
from kpis.workspace.store import Workspace

KIND, STATE = "group", "kept"


def kept(workspace: Workspace, person: Person) -> list[tuple[Item, OwnGroup]]:
    """The groups that are kept, newest change first, each with its entry. Raises RightsError, WorkspaceError.

    What is kept was checked when it was; a country that has left the UN since raises OwnGroupError.
    """
    return [(item, read(item)) for item in workspace.items(person, KIND)]


def read(item: Item) -> OwnGroup:
    """The group of an entry."""
    return own_group(item.title, item.body["areas"])


def keep(workspace: Workspace, person: Person, group: OwnGroup) -> Item:
    """Keeps a group; one of the same name gets the new countries. Raises RightsError, ConflictError."""
    key, body = group.name.casefold(), {"areas": list(group.areas)}
    same = workspace.items(person, KIND, key=key)
    with workspace.work(person) as work:
        if same:
            return work.change(same[0].id, same[0].version, "revise", title=group.name, body=body)
        return work.add(KIND, "keep", title=group.name, body=body, state=STATE, key=key)


def remove(workspace: Workspace, person: Person, item: Item) -> None:
    """Takes a group out of the workspace; its history stays. Raises RightsError, ConflictError."""
    with workspace.work(person) as work:
        work.remove(item.id, item.version, "remove")
