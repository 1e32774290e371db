"""Agreed exercises side by side: institutions, and the same institution at several times."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.exercise import words
from dashboard.charts.context import MISSING
from dashboard.charts.stage_words import names
from dashboard.components import frame, links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.workspace.exercises.conduct import Exercise
from kpis.workspace.exercises.profile import Result

UP, DOWN = "↑", "↓"


def show(reader: Reader, every: Sequence[Exercise]) -> None:
    """The table, from two agreed exercises on."""
    agreed = sorted(
        (one for one in every if one.result),
        key=lambda one: (one.institution.casefold(), one.item.created),
    )
    if len(agreed) < 2:
        return
    labels: dict[str, str] = {}
    for one in agreed:
        labels |= words.names(one.questionnaire, reader.lang) | labels
    heads = [Column(_("Institution")), Column(_("Agreed")), Column(_("Overall"), answer=True)]
    heads += [Column(label, True) for label in labels.values()]
    body = []
    for at, one in enumerate(agreed):
        before = agreed[at - 1] if at and agreed[at - 1].institution == one.institution else None
        body.append(_row(reader, one, before, list(labels)))
    st.html(Markup('<h2 class="e-section">{}</h2>').format(_("Compared")))
    st.html(table.html(_("Stages of agreed exercises"), heads, body))
    foot = _(
        "↑ and ↓: against the exercise before of the same institution. An institution’s own judgement, no "
        "ranking."
    )
    stages = ", ".join(f"{n} {name}" for n, name in enumerate(names(reader.ctx), 1))
    foot = f"{stages}. {foot}"
    if len({(one.questionnaire.code, one.questionnaire.version) for one in agreed}) > 1:
        foot += " " + _("The questionnaires differ: compare with care.")
    frame.foot_only(foot)


def _row(reader: Reader, one: Exercise, before: Exercise | None, codes: Sequence[str]) -> list[Cell]:
    result, earlier = one.result, before.result if before else None
    day = words.day(one.agreed_on or one.begun, reader.lang)
    now, then = _stages(result), _stages(earlier)
    overall = _cell(now.get(""), then.get(""), words.stage(now.get(""), reader.ctx))
    cells = [_cell(now.get(code), then.get(code), _number(reader, now.get(code))) for code in codes]
    return [links.to(reader, "exercise", one.institution, exercise=one.id), day, overall, *cells]


def _number(reader: Reader, stage: int | None) -> str:
    """The number of a stage alone; the foot names them."""
    return MISSING if stage is None else reader.ctx.number(stage + 1)


def _stages(result: Result | None) -> dict[str, int | None]:
    """Stage by dimension, of the whole under ""."""
    if result is None:
        return {}
    return {"": result.stage} | {part.code: part.stage for part in result.dimensions}


def _cell(stage: int | None, before: int | None, said: str) -> str:
    """A stage as it is said, with the way it went since the exercise before."""
    if stage is None or before is None or stage == before:
        return said
    return f"{said} {UP if stage > before else DOWN}"
