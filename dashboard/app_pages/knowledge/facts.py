"""The record of a case as a list of facts."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import links
from dashboard.components.language import text as _
from kpis.workspace.knowledge import agenda
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.rules import Outcome, State

SHOWN = (
    *("summary", "institution", "level", "start_year", "status", "channel", "theme", "innovation_type"),
    *("maturity_stage", "sdg_targets", "recognition", "verified", "case_id"),
)


def show(desk: Desk, case: Case) -> None:
    """The fields that are filled in, the source first."""
    record, reader = case.record, desk.reader
    source = links.external_link(record["source_title"], record["source_url"])
    facts: dict[str, object] = {_("Source"): source or _("no source yet")}
    facts |= {words.field(name): words.value(reader, name, record[name]) for name in SHOWN if record[name]}
    if case.decision.score is not None:
        facts[_("Score")] = _score(desk, case)
    if case.confirmed:
        facts[_("Last confirmed")] = words.day(reader, case.confirmed)
    item = Markup("<dt>{}</dt><dd>{}</dd>")
    items = Markup("").join(item.format(name, value) for name, value in facts.items())
    st.html(Markup('<dl class="e-facts e-case">{}</dl>').format(items))


def _score(desk: Desk, case: Case) -> str:
    """The score, and what it means for what comes next."""
    score, outcome = words.score(desk.reader, case.decision), case.decision.outcome
    if case.state is not State.PUBLISHED:
        return f"{score}: {_(words.OUTCOMES[outcome])}"
    return (
        _("{score}, recommended for transfer").format(score=score) if outcome is Outcome.RECOMMEND else score
    )


def ways(desk: Desk, case: Case) -> None:
    """Where the case is seen or worked on next."""
    reader = desk.reader
    if agenda.waits_for(case, desk.person, desk.today) is agenda.Task.ASSESS:
        st.html(Markup("<p>{}</p>").format(links.anchor(desk.address(case, "assess"), _("Assess") + " →")))
    if case.state is State.PUBLISHED:
        way = links.to(reader, "cases", _("See it in Cases") + " →", case=case.record["case_id"])
        st.html(Markup("<p>{}</p>").format(way))
