"""One case: where it stands, and its record, assessments, transfers and history."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import assess, facts, past, steps, transfer, words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import links, pickers, shell
from dashboard.components.language import text as _
from kpis.workspace.knowledge import agenda
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.rules import Freshness

PARTS: dict[str, Callable[[Desk, Case], None]] = {
    "record": steps.show,
    "assess": assess.show,
    "transfer": transfer.show,
    "history": past.show,
}


def show(desk: Desk, item_id: str) -> None:
    """The page of one case."""
    case = desk.case(item_id)
    st.html(Markup("<p>{}</p>").format(links.to(desk.reader, "knowledge", "← " + _("Board"))))
    shell.headline(case.record["name"], kicker=_kicker(desk, case), lead=_lead(desk, case), is_name=True)
    labels = {
        "record": _("Record"),
        "assess": _("Assessments"),
        "transfer": _("Transfer"),
        "history": _("History"),
    }
    part = pickers.switch(_("View"), "show", list(PARTS), "record", labels.__getitem__)
    if part == "record":
        facts.show(desk, case)
        facts.ways(desk, case)
    PARTS[part](desk, case)


def _kicker(desk: Desk, case: Case) -> str:
    origin = case.origin.name if case.origin else _("own centre")
    country = words.value(desk.reader, "country_iso3", case.record["country_iso3"])
    parts = [words.state(case.state).capitalize(), country, origin]
    fresh = case.freshness(desk.today)
    if fresh is Freshness.DUE or fresh is Freshness.UNKNOWN:
        parts.append(_(words.FRESHNESS[fresh]))
    return " · ".join(parts)


def _lead(desk: Desk, case: Case) -> str:
    """The next step, and for whom it is."""
    task = agenda.next_task(case, desk.today)
    if task is None:
        return _("Nothing is to be done now.")
    if agenda.waits_for(case, desk.person, desk.today):
        return _("Next, and it waits for you: {task}.").format(task=_(words.TASKS[task]))
    return _("Next: {task}. It needs the role {role}.").format(
        task=_(words.TASKS[task]), role=words.role(agenda.role_of(task))
    )
