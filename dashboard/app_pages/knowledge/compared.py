"""The assessments of a case side by side, and what follows from them."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.rubric import load_rubric
from kpis.workspace.knowledge.rules import SETTLED, Assessment, score


def show(desk: Desk, case: Case) -> None:
    """The decision in a sentence; the assessments that the person may see."""
    st.html(words.section(_("Assessments")))
    st.html(Markup('<p class="e-lead">{}</p>').format(_decision(desk, case)))
    if case.assessments:
        _table(desk, case)
        _arguments(case)
    hidden = case.n_assessments - len(case.assessments)
    if hidden:
        text = _("In, but not shown yet: {n}. Each reviewer assesses without seeing the other.")
        st.html(words.note(text.format(n=hidden)))


def _decision(desk: Desk, case: Case) -> str:
    decision, number = case.decision, desk.reader.ctx.number
    parts = [_(words.OUTCOMES[decision.outcome]) + "."]
    if decision.score is not None:
        parts.insert(0, _("Score {score} of 100.").format(score=words.score(desk.reader, decision)))
    if decision.gap is not None:
        gap = _("The first two lie {gap} points apart; up to {most} both count.")
        parts.append(gap.format(gap=number(float(decision.gap), 1), most=load_rubric().widest_gap))
    if decision.outcome in SETTLED and len(decision.counted) < case.n_assessments:
        counted = [each.name for each in case.assessments if each.reviewer in decision.counted]
        parts.append(_("What counts: {names}.").format(names=", ".join(counted)))
    return " ".join(parts)


def _table(desk: Desk, case: Case) -> None:
    """Criteria by reviewers; rows in bold where two points or more lie between them."""
    lang, number, given = desk.reader.lang, desk.reader.ctx.number, case.assessments
    rows: list[list[Cell]] = []
    apart = set()
    for at, criterion in enumerate(load_rubric().criteria):
        points = [each.points.get(criterion.id) for each in given]
        rows.append([criterion.name[lang], *("–" if each is None else str(each) for each in points)])
        known = [each for each in points if each is not None]
        if known and max(known) - min(known) > 1:
            apart.add(at)
    rows.append([_("Score"), *(_score(each, number) for each in given)])
    columns = [Column(_("Criterion")), *(Column(each.name, True) for each in given)]
    st.html(table.html(_("Points by reviewer"), columns, rows, marked=frozenset(apart)))
    if apart:
        st.html(Markup('<p class="e-foot">{}</p>').format(_("In bold: two points or more apart.")))


def _score(given: Assessment, number: words.Number) -> str:
    if not given.implemented:
        return _("not implemented")
    return number(float(score(given.points, load_rubric())), 1)


def _arguments(case: Case) -> None:
    item = Markup("<dt>{}</dt><dd>{}{}</dd>")
    items = Markup("").join(
        item.format(each.name, each.argument, _older(case, each)) for each in case.assessments
    )
    st.html(Markup('<dl class="e-facts">{}</dl>').format(items))


def _older(case: Case, given: Assessment) -> Markup:
    """A word where the record was changed after it was assessed."""
    if given.of_version >= case.item.version:
        return Markup("")
    return Markup(" <small>({})</small>").format(_("the case was changed since; see History"))
