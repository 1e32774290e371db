"""A person's entries, deleted on their request.

What is theirs alone goes, with its history: drafts, data sets, groups, plans, answers and assessments. What
others have built on or what is published stays, without a trace of whose it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, exists, select, update

from kpis.workspace import engine as engines
from kpis.workspace import rights
from kpis.workspace.faults import MissingPersonError
from kpis.workspace.people import ERASED, Person, Role
from kpis.workspace.schema import CHANGE, ITEM, PERSON
from kpis.workspace.store import Workspace, delete_below

KEPT_STATES = ("published", "retired")  # what others may have cited


@dataclass(frozen=True)
class Erased:
    """How many entries went, how many stayed without a name, how many lines of history lost theirs."""

    removed: int
    unnamed: int
    changes: int


@dataclass(frozen=True)
class Known:
    """Somebody who has changed something: id, name as last seen, number of own entries."""

    id: str
    name: str
    entries: int


def people(workspace: Workspace, person: Person) -> list[Known]:
    """Everybody who has changed something, by name. Needs the role of an administrator."""
    rights.require_role(person, Role.ADMINISTRATOR)
    with engines.reading(workspace.engine) as connection:
        owners = connection.execute(select(ITEM.c.owner)).scalars().all()
        rows = connection.execute(select(PERSON.c.id, PERSON.c.name).order_by(PERSON.c.name)).all()
    return [Known(row.id, row.name, owners.count(row.id)) for row in rows]


def erase(workspace: Workspace, person: Person, whom: str) -> Erased:
    """Deletes what is a person's alone and takes their name from the rest, in one transaction.

    whom: id of the person. Everybody may ask it for themselves, an administrator for all. Raises RightsError,
    MissingPersonError where nobody of that id has changed anything.
    """
    if person.id != whom or person.is_guest:
        rights.require_role(person, Role.ADMINISTRATOR)
    with engines.writing(workspace.engine) as connection:
        if connection.execute(select(PERSON.c.id).where(PERSON.c.id == whom)).first() is None:
            raise MissingPersonError(whom)
        others = exists().where(CHANGE.c.item == ITEM.c.id, CHANGE.c.person != whom)
        alone = select(ITEM.c.id).where(ITEM.c.owner == whom, ITEM.c.state.not_in(KEPT_STATES), ~others)
        gone = connection.execute(alone).scalars().all()
        for item_id in gone:
            delete_below(connection, item_id)
            connection.execute(delete(CHANGE).where(CHANGE.c.item == item_id))
            connection.execute(delete(ITEM).where(ITEM.c.id == item_id))
        kept = connection.execute(update(ITEM).where(ITEM.c.owner == whom).values(owner=ERASED)).rowcount
        lines = connection.execute(
            update(CHANGE).where(CHANGE.c.person == whom).values(person=ERASED)
        ).rowcount
        connection.execute(delete(PERSON).where(PERSON.c.id == whom))
    return Erased(len(gone), kept, lines)
