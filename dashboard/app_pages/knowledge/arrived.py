"""A newer version that another centre sent of its case: beside ours, to take over or to leave."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import messages, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from kpis.workspace import Role
from kpis.workspace.drafts import keep_draft
from kpis.workspace.knowledge import desk as steps
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.record import differences


def show(desk: Desk, case: Case) -> None:
    """What differs, and two ways. Taking it over puts it into the form of the next step, to be looked at."""
    centre = case.origin.name if case.origin else ""
    messages.info(
        _("{centre} sent a newer version of this case. Nothing was changed yet.").format(centre=centre)
    )
    rows: list[list[Cell]] = [
        [words.field(field), words.value(desk.reader, field, ours), words.value(desk.reader, field, theirs)]
        for field, ours, theirs in differences(case.record, case.arrived or {})
    ]
    columns = [Column(_("Field")), Column(_("Here")), Column(centre)]
    st.html(table.html(_("What differs"), columns, rows))
    if not desk.may(Role.EDITOR):
        st.html(words.not_offered(desk.person.role, Role.EDITOR, _("Take it over")))
        return
    with st.container(horizontal=True, gap="small"):
        st.button(_("Put it into the form"), key="take_over", on_click=_take, args=(desk, case))
        done = _("Left as it is here.")
        st.button(
            _("Leave it"),
            key="leave",
            on_click=desk.do,
            args=(lambda: steps.leave(desk.workspace, desk.person, case), done),
        )


def _take(desk: Desk, case: Case) -> None:
    """Callback: the newer version becomes the person's draft, and their step hands it in."""
    for key in [key for key in st.session_state if str(key).startswith(f"kn_{case.item.id}_")]:
        del st.session_state[key]
    cells = dict(case.arrived or {})
    desk.do(
        lambda: keep_draft(desk.workspace, desk.person, case.item.id, cells, case.item.version),
        _("It stands in the form below. Look it over and hand it in."),
    )
