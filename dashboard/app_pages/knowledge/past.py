"""The history of a case: who changed what and when."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.history import Event, history


def show(desk: Desk, case: Case) -> None:
    """All that was done with the case, newest first."""
    events = history(desk.workspace, desk.person, case)
    columns = [Column(_("When")), Column(_("By whom")), Column(_("What was done")), Column(_("Changes"))]
    rows = [_event(desk, event) for event in reversed(events)]
    st.html(table.html(_("Who changed what, and when"), columns, rows))


def _event(desk: Desk, event: Event) -> list[Cell]:
    """One row; what a proposal began with is the record itself, so it is not told as changes."""
    line = Markup("<li>{}: <del>{}</del> → <ins>{}</ins></li>")
    lines = Markup("").join(
        line.format(words.field(field), *(words.value(desk.reader, field, text) or "–" for text in texts))
        for field, *texts in event.changed
        if event.action != "propose"
    )
    changes = Markup("{}<ul>{}</ul>").format(event.note, lines) if lines else escape(event.note)
    return [
        words.minute(desk.reader, event.at),
        event.name or _("a reviewer"),
        _(words.ACTIONS.get((event.kind, event.action), event.action)),
        changes,
    ]
