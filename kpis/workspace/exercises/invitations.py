"""Invitations to an exercise: a signed token that names one invitation and the moment at which it expires.

The token alone gives nothing: whether the invitation is revoked, or its answer handed in, stands in the
workspace and is asked each time (`kpis.workspace.exercises.guests`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from kpis.errors import RequestError
from kpis.messages import TranslatedError
from kpis.texts import mark

PURPOSE = b"escala exercise invitation"  # so that no other thing signed with the secret passes for a token
LONGEST = 400  # characters; a token has some 110
SIGNATURE = 32  # bytes
PROBLEMS = {
    "broken": mark(
        "This invitation link is not complete or was changed. Copy it again, whole, from the message you "
        "received."
    ),
    "expired": mark("This invitation expired on {day}. Ask the person who invited you for a new one."),
    "revoked": mark("This invitation was revoked. Ask the person who invited you for a new one."),
    "used": mark(
        "The answer of this invitation was handed in already; each invitation gives one answer a round. "
        "If a second round is opened, this same link shows where the answers differ. If it was not you who "
        "handed it in, tell the person who invited you."
    ),
    "done": mark(
        "The answers of this invitation were handed in, in both rounds: there is nothing more to do. If it "
        "was not you who handed them in, tell the person who invited you."
    ),
    "over": mark(
        "This round is over and its answers are being talked about. Keep the link: if there is a second "
        "round, it opens that one."
    ),
    "closed": mark("This exercise takes no more answers: its result is agreed or it was closed."),
}
"""What can be wrong with an invitation, by code."""


class InvitationError(TranslatedError, RequestError):
    """An invitation that opens nothing; `code` is one of `PROBLEMS`."""

    def __init__(self, code: str, /, **details: object) -> None:
        self.code = code
        super().__init__(PROBLEMS[code], **details)


@dataclass(frozen=True)
class Ticket:
    """What a genuine token says: which invitation, and when it expires (UTC)."""

    invitation: str
    expires: datetime


def sign(secret: bytes, ticket: Ticket) -> str:
    """The token of an invitation: letters, digits, `-`, `_` and dots, for an address.

    secret: of the workspace; whoever lacks it can make no token.
    """
    body = f"{ticket.invitation}|{int(ticket.expires.timestamp())}".encode()
    return f"{_text(body)}.{_text(_signature(secret, body))}"


def verify(secret: bytes, token: str, now: datetime) -> Ticket:
    """What a token says, if it is genuine and has not expired. now: in any time zone.

    Raises InvitationError: `broken` for a token that was cut, changed or signed otherwise; `expired`.
    """
    body, signature = _parts(token)
    if not hmac.compare_digest(signature, _signature(secret, body)):
        raise InvitationError("broken")
    invitation, _, seconds = body.decode().rpartition("|")
    ticket = Ticket(invitation, datetime.fromtimestamp(int(seconds), UTC))
    if now >= ticket.expires:
        raise InvitationError("expired", day=ticket.expires.date().isoformat())
    return ticket


def _parts(token: str) -> tuple[bytes, bytes]:
    """Body and signature as bytes; only the one way in which `sign` writes them is taken."""
    text = token.strip()
    if len(text) > LONGEST or text.count(".") != 1:
        raise InvitationError("broken")
    try:
        body, signature = (
            base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in text.split(".")
        )
    except (binascii.Error, ValueError):
        raise InvitationError("broken") from None
    if len(signature) != SIGNATURE or f"{_text(body)}.{_text(signature)}" != text:
        raise InvitationError("broken")
    return body, signature


def _signature(secret: bytes, body: bytes) -> bytes:
    return hmac.new(secret, PURPOSE + b"|" + body, hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
