"""Who may do what: one table, which the store looks into at every change.

A pair of kind and action that is not in the table is a fault of the program, so a new kind of entry cannot be
written before somebody has said who may.
"""

from __future__ import annotations

from dataclasses import replace

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
    ("exercise", "end"): Role.EDITOR,
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

ROUNDS = {"open": 1, "second-round": 2}
"""The states of an exercise in which answers are taken, and which round that is."""

UNSAID = {"answer": frozenset({"levels", "evidence"})}
"""What of another person's entry is kept back while it could sway somebody. That it is there is known."""


def handed_out(person: Person, item: Item, parent: Item | None) -> Item | None:
    """An entry as a person with a role in the workspace may read it; None for one that they may not know of.

    Drafts are their owner's alone. Of another's answer is known that it is there and whether it was handed
    in; what it says, once it was handed in and its round is over. parent: the entry it belongs to.
    """
    if item.owner == person.id:
        return item
    if item.kind in PRIVATE:
        return None
    unsaid = UNSAID.get(item.kind)
    if unsaid is None or (parent is not None and _is_said(item, parent)):
        return item
    return replace(item, body={key: value for key, value in item.body.items() if key not in unsaid})


def _is_said(answer: Item, exercise: Item) -> bool:
    """Whether an answer was handed in, in a round that is over."""
    open_round = ROUNDS.get(exercise.state)
    return answer.state == "given" and (open_round is None or answer.body["round"] < open_round)


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
        and _holds(invitation)
        and (kind, action) in FOR_GUESTS
        and parent == invitation.parent
    )


def _holds(ticket: Item) -> bool:
    """Whether an entry that a guest came with is an invitation, and may still be used."""
    return ticket.kind == "invitation" and ticket.state == OPEN


def guest_sees(person: Person, invitation: Item | None, item: Item) -> bool:
    """Whether a guest may read an entry: the invitation, its exercise, and their own answer."""
    if invitation is None or not _holds(invitation):
        return False
    own = item.kind == "answer" and item.owner == person.id
    return item.id in (invitation.id, invitation.parent) or (own and item.parent == invitation.parent)
