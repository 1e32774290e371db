"""The workspace: entries read, added, changed, removed; each change in its history, each right asked for.

Whatever one `work` does is kept as a whole or not at all. An entry is changed only by who saw its newest
version, so nobody writes over what somebody else has just written.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from kpis import paths
from kpis.workspace import engine as engines
from kpis.workspace import figure_rows, rights
from kpis.workspace.faults import ConflictError, MissingItemError, RightsError, TakenError, TooLargeError
from kpis.workspace.items import Body, Change, Item
from kpis.workspace.people import Person, Role
from kpis.workspace.schema import CHANGE, FIGURE, ITEM, PERSON, SETTING

MOST_KILOBYTES = 4096  # of one entry: ten thousand areas of a data set fit
SECRET_BYTES = 32
UNTOLD = {code: None for code in (*range(32), *range(0xD800, 0xE000))}  # no text of a title or key


# Put together once: every page asks it.
_STAMP = select(func.count(), func.coalesce(func.sum(ITEM.c.version), 0), func.max(ITEM.c.changed)).where(
    ITEM.c.kind.in_(bindparam("kinds", expanding=True))
)


def open_workspace(place: str | None = None) -> Workspace:
    """The workspace of a place, its tables made or brought up to date. Raises WorkspaceError.

    place: file or URL; without one what `paths.workspace_place` names.
    """
    engine = engines.engine_of(place if place is not None else paths.workspace_place())
    engines.update_tables(engine)
    return Workspace(engine)


class Workspace:
    """What people added. Safe for many threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def items(
        self,
        person: Person,
        kind: str,
        *,
        parent: str | None = None,
        state: str | None = None,
        key: str | None = None,
    ) -> list[Item]:
        """Entries of a kind that the person may see, newest change first; the others narrow them down."""
        wanted = {"parent": parent, "state": state, "key": key}
        where = [
            ITEM.c.kind == kind,
            *(ITEM.c[name] == value for name, value in wanted.items() if value is not None),
        ]
        with engines.reading(self.engine) as connection:
            look = _Look(connection, person)
            return [seen for item in _items(connection, *where) if (seen := look.at(item)) is not None]

    def item(self, person: Person, item_id: str) -> Item:
        """One entry. Raises MissingItemError where there is none that the person may see."""
        with engines.reading(self.engine) as connection:
            item = _item(connection, item_id)
            seen = None if item is None else _Look(connection, person).at(item)
            if seen is None:
                raise MissingItemError(item_id)
            return seen

    def history(self, person: Person, *item_ids: str) -> list[Change]:
        """What became of entries, one after the other, each from its first change, also of removed ones.

        Each line says what the person may read of the entry as it was then. Needs the role of a viewer.
        """
        rights.require_role(person, Role.VIEWER)
        query = (
            select(CHANGE, func.coalesce(PERSON.c.name, "").label("name"))
            .join(PERSON, PERSON.c.id == CHANGE.c.person, isouter=True)
            .where(CHANGE.c.item.in_(item_ids))
            .order_by(CHANGE.c.item, CHANGE.c.version)
        )
        with engines.reading(self.engine) as connection:
            rows = connection.execute(query).mappings().all()
            held = {item.id: item for item in _items(connection, ITEM.c.id.in_(item_ids))}
            look = _Look(connection, person)
            changes = [Change(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]
            return [seen for one in changes if (seen := look.back(one, held.get(one.item))) is not None]

    def figures(self, person: Person, item_id: str, vintage: int) -> pd.DataFrame:
        """Figures of one vintage of a data set, as `figure_rows.get`. Needs the role of a viewer."""
        rights.require_role(person, Role.VIEWER)
        with engines.reading(self.engine) as connection:
            return figure_rows.get(connection, item_id, vintage)

    def stamp(self, *kinds: str) -> str:
        """A text that changes whenever an entry of these kinds does: part of the key of kept answers."""
        with engines.reading(self.engine) as connection:
            return "/".join(str(part) for part in connection.execute(_STAMP, {"kinds": kinds}).one())

    def secret(self) -> bytes:
        """32 bytes that only this workspace knows, made at first use: they sign its invitations."""
        with engines.writing(self.engine) as connection:
            asked = select(SETTING.c.value).where(SETTING.c.name == "secret")
            held = connection.execute(asked).scalar()
            if held is None:
                held = secrets.token_bytes(SECRET_BYTES)
                made = _insert(connection, SETTING).values(name="secret", value=held)
                connection.execute(made.on_conflict_do_nothing())
                held = connection.execute(asked).scalar_one()
        return bytes(held)

    @contextmanager
    def work(self, person: Person) -> Iterator[Work]:
        """One transaction of a person: all of it is kept when the block ends, nothing if it raises."""
        with engines.writing(self.engine) as connection:
            yield Work(connection, person)


class Work:
    """What a person does in one transaction; every step asks for the right to it."""

    def __init__(self, connection: Connection, person: Person) -> None:
        self._connection = connection
        self.person = person
        self._known = False  # whether the person's name has been written down

    def add(
        self,
        kind: str,
        action: str,
        *,
        title: str,
        body: Body,
        state: str,
        parent: str | None = None,
        key: str | None = None,
    ) -> Item:
        """A new entry of the person's. Raises RightsError, TakenError (its key is there), TooLargeError."""
        self._require(kind, action, parent)
        if parent is not None and _item(self._connection, parent) is None:
            raise MissingItemError(parent)
        now = _now()
        row = {
            "id": uuid.uuid4().hex,
            "kind": kind,
            "parent": parent or "",
            "key": None if key is None else _line(key),
            "owner": self.person.id,
            "state": state,
            "title": _line(title),
            "version": 1,
            "created": now,
            "changed": now,
            "body": _fitting(title, body),
        }
        try:
            self._connection.execute(insert(ITEM), row)
        except IntegrityError as error:
            raise TakenError(_line(title)) from error
        self._note(row, kind, action)
        return _as_item(row)

    def change(
        self,
        item_id: str,
        version: int,
        action: str,
        *,
        body: Body | None = None,
        state: str | None = None,
        title: str | None = None,
    ) -> Item:
        """The entry changed; what is not given stays.

        version: the one that the person saw. Raises RightsError, ConflictError if it is no longer the newest,
        MissingItemError, TooLargeError.
        """
        item = self._seen(item_id, version, action)
        row = {
            "state": state if state is not None else item.state,
            "title": _line(title) if title is not None else item.title,
            "version": version + 1,
            "changed": _now(),
            "body": _fitting(item.title, body if body is not None else item.body),
        }
        done = self._connection.execute(
            update(ITEM).where(ITEM.c.id == item_id, ITEM.c.version == version).values(row)
        )
        if done.rowcount != 1:  # another process was between the look and the change
            raise self._conflict(item)
        self._note({"id": item_id, **row}, item.kind, action)
        changed = _item(self._connection, item_id)
        assert changed is not None
        return changed

    def remove(self, item_id: str, version: int, action: str) -> None:
        """Takes the entry, its figures and all that belongs to it away; its history stays.

        Raises as `change` does.
        """
        item = self._seen(item_id, version, action)
        done = self._connection.execute(delete(ITEM).where(ITEM.c.id == item_id, ITEM.c.version == version))
        if done.rowcount != 1:
            raise self._conflict(item)
        gone = {"id": item_id, "state": "removed", "title": item.title, "version": version + 1}
        self._note({**gone, "changed": _now(), "body": {}}, item.kind, action)
        delete_below(self._connection, item_id)

    def put_figures(self, item_id: str, vintage: int, figures: pd.DataFrame) -> None:
        """Writes a vintage of figures of a data set that this same work added or changed."""
        self._require("dataset", "import", None)
        figure_rows.put(self._connection, item_id, vintage, figures)

    def drop_figures(self, item_id: str, before: int) -> None:
        """Takes away vintages of a data set that are older than `before`."""
        self._require("dataset", "import", None)
        self._connection.execute(delete(FIGURE).where(FIGURE.c.item == item_id, FIGURE.c.vintage < before))

    def _seen(self, item_id: str, version: int, action: str) -> Item:
        item = _item(self._connection, item_id)
        if item is None:
            raise MissingItemError(item_id)
        self._require(item.kind, action, item.parent)
        alone = self.person.is_guest or (item.kind, action) in rights.OF_THEIR_OWN
        if alone and item.owner != self.person.id:
            raise RightsError(self.person.role, None)
        if item.version != version:
            raise self._conflict(item)
        return item

    def _require(self, kind: str, action: str, parent: str | None) -> None:
        if not self.person.is_guest:
            rights.require(self.person, kind, action)
            return
        invitation = _item(self._connection, self.person.ticket or "")
        if not rights.invitation_allows(invitation, kind, action, parent):
            raise RightsError(None, None)

    def _conflict(self, item: Item) -> ConflictError:
        query = (
            select(CHANGE.c.at, func.coalesce(PERSON.c.name, "").label("name"))
            .join(PERSON, PERSON.c.id == CHANGE.c.person, isouter=True)
            .where(CHANGE.c.item == item.id)
            .order_by(CHANGE.c.version.desc())
            .limit(1)
        )
        last = self._connection.execute(query).first()
        if last is None:  # of a private kind, which has no history: another window of the same person
            return ConflictError(item.title, self.person.name, item.changed)
        return ConflictError(item.title, last.name, datetime.fromisoformat(last.at))

    def _note(self, row: dict[str, Any], kind: str, action: str) -> None:
        """Writes what was done into the history, and by whom; of what is private only by whom."""
        if not self._known:
            known = {"name": _line(self.person.name), "seen": row["changed"]}
            made = _insert(self._connection, PERSON).values(id=self.person.id, **known)
            self._connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=known))
            self._known = True
        if kind in rights.PRIVATE:
            return
        line = {name: row[name] for name in ("version", "state", "title", "body")}
        self._connection.execute(
            insert(CHANGE),
            {**line, "item": row["id"], "at": row["changed"], "person": self.person.id, "action": action},
        )


def delete_below(connection: Connection, item_id: str) -> None:
    """Takes away all entries that belong to one, and to these, and so on."""
    children = connection.execute(select(ITEM.c.id).where(ITEM.c.parent == item_id)).scalars().all()
    for child in children:
        connection.execute(delete(ITEM).where(ITEM.c.id == child))
        delete_below(connection, child)


def _items(connection: Connection, *where: ColumnElement[bool]) -> list[Item]:
    query = select(ITEM).where(*where).order_by(ITEM.c.changed.desc(), ITEM.c.id)
    return [_as_item(dict(row)) for row in connection.execute(query).mappings()]


def _item(connection: Connection, item_id: str) -> Item | None:
    return next(iter(_items(connection, ITEM.c.id == item_id)), None)


class _Look:
    """What a person may read, over one connection; what entries depend on is looked up once."""

    def __init__(self, connection: Connection, person: Person) -> None:
        self._connection = connection
        self._person = person
        self._known: dict[str, Item | None] = {}

    def at(self, item: Item) -> Item | None:
        """The entry as the person may read it; None for one that they may not know of. Raises RightsError."""
        if self._person.is_guest:
            invitation = self._other(self._person.ticket or "")
            return item if rights.guest_sees(self._person, invitation, item) else None
        rights.require_role(self._person, Role.VIEWER)
        parent = self._other(item.parent) if item.kind in rights.UNSAID and item.parent else None
        return rights.handed_out(self._person, item, parent)

    def back(self, change: Change, item: Item | None) -> Change | None:
        """A line of the history of an entry, which is None where it was removed: as `at` for that moment.

        Of a removed one its kind is no longer known: what others wrote in it is not told.
        """
        if item is None:
            return change if change.person == self._person.id else replace(change, body={})
        seen = self.at(replace(item, state=change.state, title=change.title, body=change.body))
        return None if seen is None else replace(change, body=seen.body)

    def _other(self, item_id: str) -> Item | None:
        if item_id not in self._known:
            self._known[item_id] = _item(self._connection, item_id)
        return self._known[item_id]


def _as_item(row: dict[str, Any]) -> Item:
    times = {name: datetime.fromisoformat(row[name]) for name in ("created", "changed")}
    return Item(**{**row, **times, "parent": row["parent"] or None})


def _insert(connection: Connection, table: Any) -> Any:
    """An INSERT that may say what happens where the row is there, which each database has in its dialect."""
    made = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return made(table)


def _fitting(title: str, body: Body) -> Body:
    size = len(json.dumps(body, allow_nan=False))
    if size > MOST_KILOBYTES * 1024:
        raise TooLargeError(_line(title), size // 1024, MOST_KILOBYTES)
    return body


def _line(text: str) -> str:
    """A text on one line, without what no database keeps."""
    return " ".join(text.translate(UNTOLD | {9: " ", 10: " ", 13: " "}).split())[:200]


def _now() -> str:
    return datetime.now(UTC).isoformat()
