"""Who works in a workspace: a person and the role that the log-in, or the own machine, gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What a person may do, in rising order: each role includes those before it."""

    VIEWER = 1  # reads
    EDITOR = 2  # proposes and imports
    REVIEWER = 3  # assesses and publishes
    ADMINISTRATOR = 4  # restores and erases

    @classmethod
    def named(cls, name: str) -> Role | None:
        """The role of a name as settings write it (`editor`), in any case; None for another word."""
        return cls.__members__.get(name.strip().upper())


@dataclass(frozen=True)
class Person:
    """Who asks. role: None for a guest and for somebody whom no setting gives one.

    ticket: id of the invitation through which a guest came, else None.
    """

    id: str
    name: str = ""
    role: Role | None = None
    ticket: str | None = None

    @property
    def is_guest(self) -> bool:
        """Whether an invitation is all that this person has."""
        return self.role is None and self.ticket is not None


def guest(ticket: str, name: str = "") -> Person:
    """Whoever holds an invitation: a person of their own for each."""
    return Person(f"guest:{ticket}", name, None, ticket)


LOCAL = Person("local", role=Role.ADMINISTRATOR)
"""The only user of a workspace without log-in, on their own machine."""

ERASED = "erased"
"""Stands where somebody was whose entries were deleted on request."""
