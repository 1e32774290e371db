"""The steps that a case may take now: those that the person's role allows, and why not the others."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.knowledge import arrived, form, words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import messages
from dashboard.components.language import text as _
from kpis.workspace import Role
from kpis.workspace.drafts import draft_of
from kpis.workspace.knowledge import desk as steps
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.faults import WHY_NOT
from kpis.workspace.knowledge.rules import MAY_BE_PUBLISHED, State, next_state


def show(desk: Desk, case: Case) -> None:
    """What came from another centre, publication, the form of the next step, the ways out."""
    if case.arrived is not None:
        arrived.show(desk, case)
    if case.state is State.CLASSIFIED:
        _publication(desk, case)
    if case.state is State.PUBLISHED:
        _review(desk, case)
    _form(desk, case)
    _ways_out(desk, case)


def _form(desk: Desk, case: Case) -> None:
    """The form that leads on; below others of the step, where there is one, it stays folded."""
    if case.state is State.RETIRED:
        return
    needs = Role.REVIEWER if case.state is State.PUBLISHED else Role.EDITOR
    of_state = _form_of(desk, case)
    if not desk.may(needs):
        st.html(words.not_offered(desk.person.role, needs, of_state.label))
    elif case.state in (State.PROPOSED, State.ASSESSED):
        st.html(words.section(of_state.label))
        form.show(of_state)
    else:
        with st.expander(of_state.label, expanded=_has_draft(desk, case)):
            form.show(of_state)


def _has_draft(desk: Desk, case: Case) -> bool:
    return draft_of(desk.workspace, desk.person, case.item.id) is not None


def _form_of(desk: Desk, case: Case) -> form.Form:
    if case.state is State.PROPOSED:
        return form.Form(
            desk, case, "capture", form.ON_CAPTURE, _("Capture"),
            _("Captured. Next: two reviewers assess it."),
        )  # fmt: skip
    if case.state is State.ASSESSED:
        return form.Form(
            desk, case, "classify", form.ON_CLASSIFICATION, _("Classify"),
            _("Classified. Next: a reviewer publishes it."),
        )  # fmt: skip
    if case.state is State.PUBLISHED:
        return form.Form(
            desk, case, "correct", form.ON_CLASSIFICATION, _("Correct the published record"),
            _("Corrected, and confirmed with it."),
        )  # fmt: skip
    fields = form.ON_CAPTURE if case.state is State.CAPTURED else form.ON_CLASSIFICATION
    return form.Form(desk, case, "edit", fields, _("Change the record"), _("Changed."))


def _publication(desk: Desk, case: Case) -> None:
    """The button to publish, or why it is not offered."""
    if case.decision.outcome not in MAY_BE_PUBLISHED:
        why = _(WHY_NOT[case.decision.outcome])
        st.html(words.note(_("This case cannot be published: {why}.").format(why=why)))
    elif not desk.may(Role.REVIEWER):
        st.html(words.not_offered(desk.person.role, Role.REVIEWER, _("Publish")))
    else:
        done = _("Published: it stands in Cases, at gates and in plans now.")
        st.button(
            _("Publish"),
            key="publish",
            type="primary",
            on_click=desk.do,
            args=(lambda: steps.publish(desk.workspace, desk.person, case, desk.today), done),
        )


def _review(desk: Desk, case: Case) -> None:
    """The yearly review: confirm, with what was looked at."""
    if not desk.may(Role.REVIEWER):
        st.html(words.not_offered(desk.person.role, Role.REVIEWER, _("Confirm")))
        return

    def take() -> None:
        note = str(st.session_state.get("confirm_note", ""))
        done = _("Confirmed today.")
        desk.do(lambda: steps.confirm(desk.workspace, desk.person, case, desk.today, note), done)

    with st.expander(_("Confirm that it is still true")):
        st.text_input(_("What was looked at (optional)"), key="confirm_note", max_chars=500)
        st.button(_("Confirm"), key="confirm", on_click=take)


def _ways_out(desk: Desk, case: Case) -> None:
    """Retire, and open again for a new round of assessments; each with a reason."""
    if not desk.may(Role.REVIEWER):
        return
    if next_state("retire", case.state):
        with st.expander(_("Retire this case")):
            messages.info(_("It leaves Cases, gates and plans; record and history stay here."))
            _with_reason(desk, case, "retire", _("Retire"), _("Retired."))
    if next_state("reopen", case.state):
        with st.expander(_("Open a new round of assessments")):
            _with_reason(desk, case, "reopen", _("Open again"), _("A new round of assessments is open."))


def _with_reason(desk: Desk, case: Case, action: str, label: str, done: str) -> None:
    key = f"reason_{action}"

    def take() -> None:
        reason, step = str(st.session_state.get(key, "")), getattr(steps, action)
        desk.do(lambda: step(desk.workspace, desk.person, case, reason), done)

    st.text_input(_("Reason"), key=key, max_chars=500)
    st.button(label, key=f"do_{action}", on_click=take)
