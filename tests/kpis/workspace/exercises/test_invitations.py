"""A token is genuine, whole and in time, or it opens nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.workspace.exercises import invitations
from kpis.workspace.exercises.invitations import PROBLEMS, InvitationError, Ticket

SECRET = b"s" * 32
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TICKET = Ticket("3f2a77d0c1", NOW + timedelta(days=7))
TOKEN = invitations.sign(SECRET, TICKET)


def refused(token: str, *, secret: bytes = SECRET, now: datetime = NOW) -> str:
    with pytest.raises(InvitationError) as caught:
        invitations.verify(secret, token, now)
    assert caught.value.say("es") != caught.value.say("en")
    return caught.value.code


def test_a_token_gives_back_what_was_signed_also_with_spaces_around() -> None:
    assert invitations.verify(SECRET, f" {TOKEN}\n", NOW) == TICKET
    assert all(sign.isalnum() or sign in "-_." for sign in TOKEN)


def test_it_ends_at_its_moment() -> None:
    assert invitations.verify(SECRET, TOKEN, TICKET.expires - timedelta(seconds=1)) == TICKET
    assert refused(TOKEN, now=TICKET.expires) == "expired"


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("Aa0-_.é"))
def test_a_token_with_one_sign_changed_is_broken(place: int, sign: str) -> None:
    changed = TOKEN[:place] + sign + TOKEN[place + 1 :]
    if changed != TOKEN:
        assert refused(changed) == "broken"


def test_a_later_day_written_by_hand_needs_a_new_signature() -> None:
    later = invitations.sign(b"x" * 32, Ticket(TICKET.invitation, NOW + timedelta(days=900)))
    assert refused(later) == "broken"
    assert refused(later.split(".")[0] + "." + TOKEN.split(".")[1]) == "broken"


@pytest.mark.parametrize("token", ["", ".", "a.b", TOKEN[:-4], TOKEN + "A", TOKEN * 9, "ñ.ñ", f"{TOKEN}.x"])
def test_what_is_no_token_is_broken(token: str) -> None:
    assert refused(token) == "broken"


def test_every_problem_has_words_in_both_languages() -> None:
    for code in PROBLEMS:
        fault = InvitationError(code, day="2026-12-05")
        assert fault.say("en") != fault.say("es")
