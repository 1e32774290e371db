"""The history of a case: who changed what and when."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import history
from dashboard.components.language import text as _
from kpis.workspace.items import Event
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.history import history as told


def show(desk: Desk, case: Case) -> None:
    """All that was done with the case, newest first."""

    def change(field: str, text: str) -> tuple[str, str]:
        return words.field(field), words.value(desk.reader, field, text)

    events = [_event(event) for event in told(desk.workspace, desk.person, case)]
    st.html(history.html(events, _done, change))


def _event(event: Event) -> Event:
    """What a proposal began with is the record itself, so it is not told as changes."""
    changed = () if event.action == "propose" else event.changed
    return replace(event, name=event.name or _("a reviewer"), changed=changed)


def _done(event: Event) -> str:
    return _(words.ACTIONS.get((event.kind, event.action), event.action))
