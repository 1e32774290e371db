"""Who uses a published case elsewhere, and what must change there."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import messages, table
from dashboard.components.knowledge import words as of_cases
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from kpis.workspace import Role
from kpis.workspace.knowledge import desk as steps
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.rules import Outcome, State
from kpis.workspace.knowledge.vocabulary import allowed

FIELDS = ("institution", "country", "change", "note")


def show(desk: Desk, case: Case) -> None:
    """The notes, and the form of a new one."""
    st.html(words.section(_("Transfer")))
    if case.state is not State.PUBLISHED:
        st.html(words.note(_("Transfers are noted once the case is published.")))
        return
    if case.decision.outcome is Outcome.RECOMMEND:
        messages.info(_("Recommended for transfer by its score."))
    _notes(desk, case)
    if not desk.may(Role.EDITOR):
        st.html(words.not_offered(desk.person.role, Role.EDITOR, _("Note a transfer")))
        return
    _form(desk, case)


def _notes(desk: Desk, case: Case) -> None:
    if not case.transfers:
        st.html(words.note(_("Nobody is noted yet who uses it elsewhere.")))
        return
    rows: list[list[Cell]] = [
        [
            each.institution,
            of_cases.area(desk.reader, each.country) if each.country else "–",
            each.change,
            each.note,
            words.day(desk.reader, each.item.created.date()),
        ]
        for each in case.transfers
    ]
    columns = [
        Column(_("Who uses it")),
        Column(_("Country")),
        Column(_("What must change")),
        Column(_("Adaptation note")),
        Column(_("Noted on")),
    ]
    st.html(table.html(_("Who uses it"), columns, rows))


def _form(desk: Desk, case: Case) -> None:
    version = len(case.transfers)  # after a note is kept the form is empty again

    def key(field: str) -> str:
        return f"tr_{case.item.id}_{version}_{field}"

    def take() -> None:
        fields = {field: str(st.session_state.get(key(field)) or "") for field in FIELDS}
        done = _("Noted.")
        desk.do(lambda: steps.note_transfer(desk.workspace, desk.person, case, fields), done)

    names = {code: of_cases.area(desk.reader, code) for code in allowed()["country_iso3"]}
    left, right = st.columns([1.5, 1], gap="large")
    with right:
        st.selectbox(
            _("Country"), sorted(names, key=names.__getitem__), index=None, format_func=names.__getitem__,
            key=key("country"), placeholder=_("not known yet"),
        )  # fmt: skip
    with left:
        st.text_input(_("Who uses it: institution") + " *", key=key("institution"), max_chars=200)
        st.text_area(
            _("What must change there") + " *", key=key("change"), max_chars=steps.MOST_TEXT, height=90
        )
        st.text_area(_("Adaptation note"), key=key("note"), max_chars=steps.MOST_TEXT, height=90)
        st.button(_("Note this transfer"), key="note_transfer", on_click=take)
