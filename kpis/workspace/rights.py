"""Who may do what: one table, which the store looks into at every change.

A pair of kind and action that is not in the table is a fault of the program, so a new kind of entry cannot be
written before somebody has said who may.
"""

from __future__ import annotations

from kpis.workspace.faults import RightsError
from kpis.workspace.items import Item
from kpis.workspace.people import Person, Role

NEEDS: dict[tuple[str, str], Role] = {
    ("dataset", "import"): Role.EDITOR,
    ("dataset", "revise"): Role.EDITOR,
    ("dataset", "remove"): Role.EDITOR,
    ("group", "keep"): Role.EDITOR,
    ("group", "revise"): Role.EDITOR,
    ("group", "remove"): Role.EDITOR,
    ("plan", "keep"): Role.EDITOR,
    ("plan", "follow"): Role.EDITOR,
    ("plan", "review"): Role.EDITOR,
    ("plan", "remove"): Role.EDITOR,
    ("case", "propose"): Role.EDITOR,
    ("case", "capture"): Role.EDITOR,
    ("case", "edit"): Role.EDITOR,
    ("case", "classify"): Role.EDITOR,
    ("case", "receive"): Role.EDITOR,
    ("case", "remove"): Role.EDITOR,
    ("case", "publish"): Role.REVIEWER,
    ("case", "confirm"): Role.REVIEWER,
    ("case", "correct"): Role.REVIEWER,
    ("case", "retire"): Role.REVIEWER,
    ("case", "reopen"): Role.REVIEWER,
    ("confirmation", "confirm"): Role.REVIEWER,
    ("draft", "keep"): Role.EDITOR,
    ("draft", "revise"): Role.EDITOR,
    ("draft", "drop"): Role.EDITOR,
    ("centre", "name"): Role.REVIEWER,
    ("centre", "rename"): Role.REVIEWER,
    ("assessment", "assess"): Role.REVIEWER,
    ("assessment", "revise"): Role.REVIEWER,
    ("transfer", "note"): Role.EDITOR,
    ("exercise", "hold"): Role.EDITOR,
    ("exercise", "agree"): Role.EDITOR,
    ("exercise", "close"): Role.EDITOR,
    ("exercise", "remove"): Role.EDITOR,
    ("invitation", "invite"): Role.EDITOR,
    ("invitation", "revoke"): Role.EDITOR,
    ("answer", "answer"): Role.EDITOR,
}
"""The least role for an action on a kind of entry."""

FOR_GUESTS = frozenset({("answer", "answer")})
"""What an invitation allows, on the answer of its own exercise alone."""

OF_THEIR_OWN = frozenset(
    {("answer", "answer"), ("assessment", "revise"), ("draft", "revise"), ("draft", "drop")}
)
"""What nobody does to another person's entry, whatever their role: each answers and assesses alone."""

PRIVATE = frozenset({"draft"})
"""Kinds that only their owner sees, whatever the role of others, and that leave no history."""

OPEN = "open"
"""The state of an invitation that may still be used."""


def require_role(person: Person, least: Role) -> None:
    """Raises RightsError unless the person has at least this role."""
    if person.role is None or person.role < least:
        raise RightsError(person.role, least)


def require(person: Person, kind: str, action: str) -> None:
    """Raises RightsError unless the person's role allows the action. KeyError: nobody said who may."""
    require_role(person, NEEDS[kind, action])


def invitation_allows(invitation: Item | None, kind: str, action: str, parent: str | None) -> bool:
    """Whether an invitation, as it stands now, allows an action on an entry below `parent`."""
    return (
        invitation is not None
        and invitation.kind == "invitation"
        and invitation.state == OPEN
        and (kind, action) in FOR_GUESTS
        and parent == invitation.parent
    )


def member_sees(person: Person, item: Item) -> bool:
    """Whether somebody who works in the workspace may read an entry. Raises RightsError without a role."""
    require_role(person, Role.VIEWER)
    return item.kind not in PRIVATE or item.owner == person.id


def guest_sees(person: Person, invitation: Item | None, item: Item) -> bool:
    """Whether a guest may read an entry: the invitation, its exercise, and their own answer."""
    if invitation is None or invitation.state != OPEN:
        return False
    own = item.kind == "answer" and item.owner == person.id
    return item.id in (invitation.id, invitation.parent) or (own and item.parent == invitation.parent)
