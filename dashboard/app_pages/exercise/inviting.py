"""Invitations: for whom, until when, with which link, and what became of them."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.exercise import doing, words
from dashboard.components.language import text as _
from dashboard.components.messages import plain
from dashboard.reads.reader import Reader
from kpis.workspace import Person, Workspace, guest
from kpis.workspace.exercises import answers, conduct
from kpis.workspace.exercises.conduct import LONGEST_NAME, MOST_DAYS, Exercise, Invitation

USUAL_DAYS = 14


def show(reader: Reader, workspace: Workspace, person: Person, held: Exercise) -> None:
    """The form, and the invitations made so far."""
    st.html(
        Markup('<p class="e-lead">{}</p>').format(
            _(
                "Each person gets a link of their own. It opens the questionnaire and that person’s "
                "answer, in a second round also how many chose each level, nothing else; it is good for one "
                "answer a round. Send it to that person alone."
            )
        )
    )
    first, second, third = st.columns([2, 1, 1], vertical_alignment="bottom")
    with first:
        st.text_input(
            _("For whom"), key="exercise_invitee", max_chars=LONGEST_NAME, placeholder=_("Name, unit or role")
        )
    with second:
        st.number_input(_("Open for days"), 1, MOST_DAYS, USUAL_DAYS, key="exercise_days")
    with third:
        st.button(
            _("Make a link"),
            key="exercise_invite",
            type="primary",
            width="stretch",
            on_click=_invite,
            args=(reader.lang, workspace, person, held),
        )
    written = {
        answer.participant: answer
        for answer in answers.all_answers(workspace, person, held)
        if answer.round == held.round
    }
    with st.container(key="exercise_invited", gap="xsmall"):
        for invitation in conduct.invited(workspace, person, held):
            answer = written.get(guest(invitation.item.id).id)
            _one(reader, workspace, person, invitation, _became(reader, invitation, answer))


def _became(reader: Reader, invitation: Invitation, answer: answers.Answer | None) -> str:
    """What became of an invitation."""
    if answer is not None and answer.is_given:
        return _("answer handed in")
    if invitation.revoked:
        return _("revoked")
    day = words.day(invitation.expires.date(), reader.lang)
    if invitation.expires <= datetime.now(UTC):
        return _("expired on {day}").format(day=day)
    if answer is not None:
        return _("answering; open until {day}").format(day=day)
    return _("not opened yet; open until {day}").format(day=day)


def _one(reader: Reader, workspace: Workspace, person: Person, invitation: Invitation, became: str) -> None:
    """An invitation with its link to copy and the button that revokes it, in one line."""
    who, way, end = st.columns([1.6, 3, 0.7], vertical_alignment="center")
    who.html(Markup("<b>{}</b><br><small>{}</small>").format(invitation.label, became))
    if invitation.revoked:
        return
    way.code(link(reader.lang, invitation.token), language=None)
    end.button(
        _("Revoke"),
        key=f"revoke_{invitation.item.id}",
        type="tertiary",
        help=plain(_("The link of {name} opens nothing from then on.").format(name=invitation.label)),
        on_click=_revoke,
        args=(reader.lang, workspace, person, invitation),
    )


def link(lang: str, token: str) -> str:
    """The whole address of an invitation, as it is sent."""
    return urljoin(st.context.url or "", f"./exercise?{urlencode({'lang': lang, 'invitation': token})}")


def _invite(lang: str, workspace: Workspace, person: Person, held: Exercise) -> None:
    label, days = st.session_state.get("exercise_invitee"), st.session_state.get("exercise_days")
    made = doing.attempt(
        lang,
        lambda: conduct.invite(workspace, person, held, str(label or ""), days=int(days or USUAL_DAYS)),
    )
    if made:
        st.session_state["exercise_invitee"] = ""


def _revoke(lang: str, workspace: Workspace, person: Person, invitation: Invitation) -> None:
    doing.attempt(lang, lambda: conduct.revoke(workspace, person, invitation))
