"""The history of a case: who changed what and when."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components.language import text as _
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.history import Event, history


def show(desk: Desk, case: Case) -> None:
    """All that was done with the case, newest first."""
    st.html(words.section(_("Who changed what, and when")))
    events = history(desk.workspace, desk.person, case)
    items = Markup("").join(_event(desk, event) for event in reversed(events))
    st.html(Markup('<ol class="e-cases" reversed>{}</ol>').format(items))


def _event(desk: Desk, event: Event) -> Markup:
    action = words.ACTIONS.get((event.kind, event.action), event.action)
    head = Markup("<b>{}</b> <small>{} · {}</small>").format(
        _(action).capitalize(), event.name or _("a reviewer"), words.minute(desk.reader, event.at)
    )
    note = Markup("<p>{}</p>").format(event.note) if event.note else Markup("")
    line = Markup("<li>{}: <del>{}</del> → <ins>{}</ins></li>")
    lines = Markup("").join(
        line.format(words.field(field), *(words.value(desk.reader, field, text) or "–" for text in texts))
        for field, *texts in event.changed
        if event.action != "propose"
    )
    return Markup("<li>{}{}<ul>{}</ul></li>").format(head, note, lines)
