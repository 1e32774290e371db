"""The yearly review: published cases by how long ago they were confirmed."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from kpis.workspace import Role
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.rules import UNKNOWN_AFTER, Freshness, years_after

ORDER = (Freshness.UNKNOWN, Freshness.DUE, Freshness.CONFIRMED)


def show(desk: Desk) -> None:
    """The list, those with an unknown status first."""
    st.html(words.section(_("Is it still true?")))
    cases = [(case, case.freshness(desk.today)) for case in desk.cases]
    public = [(case, fresh) for case, fresh in cases if fresh is not None]
    if not public:
        st.html(words.note(_("No case is published yet, so none is to be reviewed.")))
        return
    if not desk.may(Role.REVIEWER):
        st.html(words.not_offered(desk.person.role, Role.REVIEWER, _("Confirm, correct, retire")))
    rows: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for fresh in ORDER:
        of_kind = sorted(
            (case for case, kind in public if kind is fresh), key=lambda case: str(case.confirmed)
        )
        if of_kind:
            sections[len(rows)] = f"{_(words.FRESHNESS[fresh]).capitalize()}: {len(of_kind)}"
            rows += [_row(desk, case) for case in of_kind]
    columns = [
        Column(_("Case")), Column(_("Source")), Column(_("Last confirmed")), Column(_("Status unknown from")),
    ]  # fmt: skip
    st.html(table.html(_("Published cases by last confirmation"), columns, rows, sections=sections))
    note = _("A review confirms, corrects or retires a case. It is due a year after the last one.")
    st.html(Markup('<p class="e-foot">{}</p>').format(note))


def _row(desk: Desk, case: Case) -> list[Cell]:
    assert case.confirmed is not None
    return [
        links.anchor(desk.address(case), case.record["name"]),
        links.external_link(case.record["source_title"], case.record["source_url"]),
        words.day(desk.reader, case.confirmed),
        words.day(desk.reader, years_after(case.confirmed, UNKNOWN_AFTER)),
    ]
