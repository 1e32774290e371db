"""The board: what waits for the person, then all cases by state."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import links, table
from dashboard.components.knowledge import words as of_cases
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from kpis.workspace import Role
from kpis.workspace.knowledge import agenda
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.rules import Freshness, State

PARTS = {agenda.Task.ASSESS: "assess", agenda.Task.DECIDE: "assess"}
"""Where on the page of a case a task is done, if not at its record."""


def headline(desk: Desk) -> str:
    """How many cases there are and how many wait for the person, in a sentence."""
    n, number = len(desk.cases), desk.reader.ctx.number
    if not n:
        return _("No case of your own yet: propose the first one")
    public = sum(case.state is State.PUBLISHED for case in desk.cases)
    mine = len(agenda.waiting(desk.cases, desk.person, desk.today))
    first = ngettext("1 case", "{n} cases", n).format(n=number(n))
    second = ngettext("1 waits for you", "{n} wait for you", mine).format(n=number(mine))
    third = ngettext("1 published", "{k} published", public).format(k=number(public))
    return _("{cases}, {published}; {waiting}").format(cases=first, published=third, waiting=second)


def show(desk: Desk) -> None:
    """What waits for the person, and the cases by state; where there is none, how it begins."""
    if not desk.cases:
        _beginning(desk)
        return
    _waiting(desk)
    _by_state(desk)


def _beginning(desk: Desk) -> None:
    """What this page is for, and the first step."""
    steps = (
        _("Propose: a name, a country and the page of the web that tells of it; by form, or many by CSV."),
        _("Capture: what happened, for whom, since when. What is not known stays empty."),
        _("Assess: two reviewers, each on their own, give 0 to 3 points on seven criteria."),
        _("Classify and publish: from then on the case stands in Cases, at gates and in plans."),
        _("Transfer and review: who uses it elsewhere, and once a year whether it is still true."),
    )
    items = Markup("").join(Markup("<li>{}</li>").format(step) for step in steps)
    st.html(Markup("<ol>{}</ol>").format(items))
    if desk.may(Role.EDITOR):
        way = links.to(desk.reader, "knowledge", _("Propose a case") + " →", show="propose")
        st.html(Markup("<p>{}</p>").format(way))
    else:
        st.html(words.not_offered(desk.person.role, Role.EDITOR, _("Propose a case")))


def _waiting(desk: Desk) -> None:
    mine = agenda.waiting(desk.cases, desk.person, desk.today)
    st.html(words.section(_("What waits for you")))
    if not mine:
        nothing = _("Nothing: your role ({role}) has no step open now.")
        role = desk.person.role
        st.html(words.note(nothing.format(role=words.role(role) if role else _("none"))))
        return
    item = Markup("<li>{}: {} <small>{}</small></li>")
    items = Markup("").join(
        item.format(
            _(words.TASKS[task]).capitalize(),
            links.anchor(desk.address(case, PARTS.get(task, "")), case.record["name"]),
            of_cases.area(desk.reader, case.record["country_iso3"]),
        )
        for case, task in mine
    )
    st.html(Markup('<ul class="e-plain">{}</ul>').format(items))


def _by_state(desk: Desk) -> None:
    """A table with a section for each state that has cases."""
    rows: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for state in State:
        cases = [case for case in desk.cases if case.state is state]
        if cases:
            name = words.state(state).capitalize()
            sections[len(rows)] = f"{name}: {desk.reader.ctx.number(len(cases))}"
            rows += [_row(desk, case) for case in cases]
    columns = [
        Column(_("Case")),
        Column(_("Country")),
        Column(_("Score"), True),
        Column(_("Next step")),
        Column(_("Last change")),
    ]
    st.html(table.html(_("All cases by state"), columns, rows, sections=sections))


def _row(desk: Desk, case: Case) -> list[Cell]:
    task = agenda.next_task(case, desk.today)
    unknown = case.freshness(desk.today) is Freshness.UNKNOWN
    mark = Markup(' <span class="e-mark">{}</span>').format(_("status unknown")) if unknown else Markup("")
    return [
        links.anchor(desk.address(case), case.record["name"]) + mark,
        of_cases.area(desk.reader, case.record["country_iso3"]),
        words.score(desk.reader, case.decision) or "–",
        _(words.TASKS[task]) if task else "",
        words.day(desk.reader, case.item.changed.date()),
    ]
