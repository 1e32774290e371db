"""Whoever comes with an invitation: the questionnaire and their own answer, nothing else.

The token leaves the address as soon as it has been read, so that it is in no link that is copied from there;
the session keeps it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.app_pages.exercise import answering, doing
from dashboard.app_pages.exercise.answering import Entry
from dashboard.components import messages, shell, state
from dashboard.components.language import text as _
from dashboard.components.workspace import Access
from dashboard.reads.reader import Reader
from kpis.workspace import Workspace
from kpis.workspace.exercises import guests
from kpis.workspace.exercises.invitations import InvitationError

TOKEN = "escala_invitation"  # in the session  # noqa: S105 - its name, no secret


def token() -> str:
    """The token with which this reader came; "" for everybody else."""
    store = state.store()
    if came := store.lines("invitation", 0):  # an address holds none of it
        st.session_state[TOKEN] = came
        store.values.pop("invitation", None)
    return str(st.session_state.get(TOKEN, ""))


def show(reader: Reader, access: Access, came_with: str) -> None:
    """The guest's page."""
    if access.workspace is None:
        shell.headline(_("This invitation cannot be used here"))
        messages.info(access.reason)
        _leave()
        return
    entry = _Guest(access.workspace, came_with)
    try:
        come = entry()
    except InvitationError as fault:
        _refused(reader, fault)
        return
    shell.headline(
        _("{institution}: your answer").format(institution=come.exercise.institution),
        kicker=_("Innovation exercise"),
        lead=come.exercise.questionnaire.about.say(reader.lang),
    )
    doing.say()
    answering.show(reader, entry, come)
    _leave()


class _Guest(Entry):
    """The way in with a token, asked anew at every step."""

    def __init__(self, workspace: Workspace, came_with: str) -> None:
        super().__init__(workspace)
        self.token = came_with

    def __call__(self) -> guests.Admission:
        return guests.admit(self.workspace, self.token, datetime.now(UTC))


def _refused(reader: Reader, fault: InvitationError) -> None:
    if fault.code in ("used", "done"):
        shell.headline(_("Thank you: your answer was handed in."))
        messages.info(fault.say(reader.lang))
    else:
        shell.headline(_("This invitation opens nothing"))
        messages.warning(fault.say(reader.lang))
    _leave()


def _leave() -> None:
    st.button(_("Leave the invitation"), key="exercise_leave", type="tertiary", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(TOKEN, None)
    state.store().put("invitation", [])
