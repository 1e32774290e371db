"""Whoever comes with an invitation: asked anew at each step whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kpis.workspace import Person, Workspace, guest
from kpis.workspace.exercises import invitations
from kpis.workspace.exercises.answers import Answer, already_given, own_answer
from kpis.workspace.exercises.conduct import OVER, Exercise
from kpis.workspace.exercises.invitations import InvitationError
from kpis.workspace.faults import MissingItemError


@dataclass(frozen=True)
class Admission:
    """A guest, the exercise of the invitation, and the guest's own answer: all that a guest sees."""

    person: Person
    exercise: Exercise
    answer: Answer


def admit(workspace: Workspace, token: str, now: datetime) -> Admission:
    """Who comes with a token, and what it opens now.

    Raises InvitationError: `broken`, `expired`, `revoked` (also where invitation or exercise were removed),
    `over` (a round has ended), `closed` (none is open any more), `used` (the answer of the first round was
    handed in), `done` (of the second).
    """
    ticket = invitations.verify(workspace.secret(), token, now)
    person = guest(ticket.invitation)
    try:
        invitation = workspace.item(person, ticket.invitation)
        held = Exercise(workspace.item(person, invitation.parent or ""))
    except MissingItemError:
        raise InvitationError("revoked") from None
    if not held.takes_answers:
        raise InvitationError("over" if held.state == OVER and held.round == 1 else "closed")
    person = guest(ticket.invitation, invitation.title)
    answer = own_answer(workspace, person, held)
    if answer.is_given:
        raise already_given(held.round)
    return Admission(person, held, answer)
