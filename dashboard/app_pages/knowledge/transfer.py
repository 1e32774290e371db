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
from kpis.workspace.drafts import draft_of, drop_draft, for_step, keep_draft
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
    """The form; what is typed is kept as a draft until it is noted. Its button comes after all fields."""
    draft = draft_of(desk.workspace, desk.person, _about(case))
    names = {code: of_cases.area(desk.reader, code) for code in allowed()["country_iso3"]}
    for field in FIELDS:
        text = draft.cells.get(field, "") if draft else ""
        st.session_state.setdefault(_key(case, field), (text or None) if field == "country" else text)
    left, right = st.columns([1.5, 1], gap="large")
    with right:
        st.selectbox(
            _("Country"), sorted(names, key=names.__getitem__), index=None, format_func=names.__getitem__,
            key=_key(case, "country"), placeholder=_("not known yet"), on_change=_keep, args=(desk, case),
        )  # fmt: skip
    with left:
        st.text_input(
            _("Who uses it: institution") + " *", key=_key(case, "institution"), max_chars=200,
            on_change=_keep, args=(desk, case),
        )  # fmt: skip
        for field, label in (("change", _("What must change there") + " *"), ("note", _("Adaptation note"))):
            st.text_area(
                label, key=_key(case, field), max_chars=steps.MOST_TEXT, height=90, on_change=_keep,
                args=(desk, case),
            )  # fmt: skip
    st.button(_("Note this transfer"), key="note_transfer", on_click=_take, args=(desk, case))
    if draft:
        st.html(words.kept_draft(draft.item.changed))


def _about(case: Case) -> str:
    return for_step("transfer", case.item.id)


def _key(case: Case, field: str) -> str:
    return f"tr_{case.item.id}_{field}"


def _fields(case: Case) -> dict[str, str]:
    return {field: str(st.session_state.get(_key(case, field)) or "") for field in FIELDS}


def _keep(desk: Desk, case: Case) -> None:
    """Callback of every control: what was typed becomes the draft."""
    desk.do(lambda: keep_draft(desk.workspace, desk.person, _about(case), _fields(case), 0), "")


def _take(desk: Desk, case: Case) -> None:
    """Callback: the transfer is noted, and the form is empty again."""
    _keep(desk, case)
    fields = _fields(case)
    if desk.attempt(lambda: steps.note_transfer(desk.workspace, desk.person, case, fields), _("Noted.")):
        drop_draft(desk.workspace, desk.person, _about(case))
        for field in FIELDS:
            st.session_state.pop(_key(case, field), None)
