"""What a workspace keeps: entries, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Body = dict[str, Any]
"""What an entry holds, as JSON: its room says which keys, the store does not look into it."""


@dataclass(frozen=True)
class Item:
    """One entry. kind: as in `rights.NEEDS`; parent: id of the entry it belongs to.

    key: unique among entries of one kind and parent, where it is given. owner: id of who made it. version: 1
    at first, one more at each change. Times are UTC.
    """

    id: str
    kind: str
    parent: str | None
    key: str | None
    owner: str
    state: str
    title: str
    version: int
    created: datetime
    changed: datetime
    body: Body


@dataclass(frozen=True)
class Change:
    """One line of an entry's history; state, title and body as they were after it.

    person: id of who did it; name: what this person is called, empty where nobody said.
    """

    item: str
    version: int
    at: datetime
    person: str
    name: str
    action: str
    state: str
    title: str
    body: Body


@dataclass(frozen=True)
class Event:
    """One thing done with an entry, as its history is told. kind: of the entry that it was done with.

    changed: field, old text, new text. note: why, or what was written along. name: of the person; their id
    where no name is known.
    """

    at: datetime
    name: str
    kind: str
    action: str
    changed: tuple[tuple[str, str, str], ...] = ()
    note: str = ""
