"""The result: the profile beside that of the country, what to begin with, cases, a document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.exercise import words
from dashboard.charts import exercise_words, stage_ladder, stage_sentences
from dashboard.charts.stage_ladder import Aside
from dashboard.components import briefs, download, frame, links, table, takeaway
from dashboard.components.file_button import file_button
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.documents import files
from dashboard.documents.exercise import country_stages
from dashboard.reads.reader import Reader
from kpis.workspace.exercises.answers import Answer, evidence_of
from kpis.workspace.exercises.conduct import Exercise
from kpis.workspace.exercises.differences import together
from kpis.workspace.exercises.plan import Increment, Part, plan, rows
from kpis.workspace.exercises.profile import Result, assess

FORMS = ("pdf", "docx", "html", "md")


def show(reader: Reader, held: Exercise, given: Sequence[Answer]) -> None:
    """The result; before it is agreed, what would follow from the answers so far."""
    levels = held.agreed or together(held.questionnaire, [answer.levels for answer in given])
    if not levels:
        st.html(
            Markup('<p class="e-lead">{}</p>').format(
                _("There is no result yet: no answer has been handed in.")
            )
        )
        return
    found = held.result or assess(held.questionnaire, levels)
    if held.result is None:
        st.html(
            Markup('<p class="e-note" role="status">{}</p>').format(
                _("Not agreed yet: this is what follows from the middle of {n} answers.").format(
                    n=reader.ctx.number(len(given))
                )
            )
        )
    parts = plan(
        held.questionnaire, levels, found, lang=reader.lang, store=reader.warehouse.tables, area=held.country
    )
    _ladder(reader, held, found)
    st.html(_first_steps(reader, held, parts))
    if others := _cases(reader, held, parts):
        st.html(others)
    if held.result:
        _document(reader, held, parts, given)


def _ladder(reader: Reader, held: Exercise, found: Result) -> None:
    ctx, labels = reader.ctx, words.names(held.questionnaire, reader.lang)
    rows, beside = exercise_words.rows(found), _beside(reader, held)
    when = held.agreed_on or held.begun
    unit = _("Stage of each dimension, {day}").format(day=words.day(when, reader.lang))
    if beside is not None:
        unit += "; " + _("in small type the stage of the country ({country}), by its KPIs").format(
            country=beside.head
        )
    frame.show(
        stage_ladder.figure(rows, labels, ctx, aside=beside),
        Frame(
            key="exercise",
            title=stage_sentences.reached(rows, found.stage, ctx),
            unit=unit,
            alt=_alt(reader, held, found, beside),
            foot=_("n = {n} of {all} statements with a level").format(
                n=ctx.number(sum(len(part.levels) for part in found.dimensions)),
                all=ctx.number(len(held.questionnaire.statements)),
            ),
            data=lambda: _export(reader, held, found),
            table=lambda: _table(reader, held, found, beside),
            file="escala_exercise",
            how=_how,
            legend=Markup('<ul class="legend">{}</ul>').format(Markup("").join(stage_ladder.swatches(ctx))),
        ),
    )


def _how() -> None:
    st.html(Markup("<p>{}</p>").format(exercise_words.method(_)))


def _beside(reader: Reader, held: Exercise) -> Aside | None:
    """The stages of the country in the dimensions that the questionnaire has of the methodology."""
    stages = country_stages(reader, held)
    if not stages:
        return None
    said = tuple(words.stage(stages[part.code], reader.ctx) for part in held.questionnaire.dimensions)
    return Aside(reader.area(held.country).name, said)


def _alt(reader: Reader, held: Exercise, found: Result, beside: Aside | None) -> str:
    labels = words.names(held.questionnaire, reader.lang)
    said = [
        f"{labels[part.code]}: {words.stage(part.stage, reader.ctx)}"
        + (f" ({beside.head}: {beside.words[at]})" if beside else "")
        for at, part in enumerate(found.dimensions)
    ]
    return _("Ladder of {name}: {rows}.").format(name=held.institution, rows=". ".join(said))


def _table(reader: Reader, held: Exercise, found: Result, beside: Aside | None) -> Markup:
    heads = [
        Column(_("Dimension")),
        Column(_("Stage"), answer=True),
        Column(_("Statements with a level"), True),
    ]
    heads += [Column(beside.head)] if beside else []
    labels, number = words.names(held.questionnaire, reader.lang), reader.ctx.number
    body: list[list[Cell]] = []
    for at, part in enumerate(found.dimensions):
        n = _("{n} of {all}").format(n=number(len(part.levels)), all=number(part.n_statements))
        cells: list[Cell] = [labels[part.code], words.stage(part.stage, reader.ctx), n]
        body.append(cells + ([beside.words[at]] if beside else []))
    return table.html(_("Stage of each dimension"), heads, body)


def _export(reader: Reader, held: Exercise, found: Result) -> pd.DataFrame:
    """What the ladder shows, a row a dimension: stages 0–3, missing where none was assessed."""
    labels = words.names(held.questionnaire, reader.lang)
    shown = exercise_words.rows(found)[["dimension", "stage", "stage_all", "stage_mean"]]
    return shown.assign(name=shown["dimension"].map(labels), institution=held.institution)


def _first_steps(reader: Reader, held: Exercise, parts: Sequence[Part]) -> Markup:
    """The increments to begin with, each with what is seen today and what is to be seen."""
    title = Markup('<h2 class="e-title">{}</h2>').format(_("What to begin with"))
    if not parts:
        return title + Markup("<p>{}</p>").format(_("Every dimension stands at the highest stage."))
    labels = words.names(held.questionnaire, reader.lang)
    items = [_increment(reader, labels, one) for part in parts for one in part.increments]
    foot = Markup('<p class="e-foot">{}</p>').format(exercise_words.rule(reader.ctx.t))
    return title + Markup('<ol class="e-cases e-three-wide">{}</ol>').format(Markup("").join(items)) + foot


def _increment(reader: Reader, labels: dict[str, str], one: Increment) -> Markup:
    lang, step = reader.lang, one.step
    why = exercise_words.why(step, labels, reader.ctx.t)
    return Markup(
        "<li><p><b>{}.</b> {}.</p><p><b>{}:</b> {}</p><p><b>{}:</b> {}</p><small>{}: {}</small></li>"
    ).format(
        one.text.say(lang),
        why,
        _("Today"),
        one.today.say(lang),
        _("To reach"),
        one.aim.say(lang),
        _("Evidence"),
        one.evidence.say(lang),
    )


def _cases(reader: Reader, held: Exercise, parts: Sequence[Part]) -> Markup:
    """Actions of the methodology and cases to read, a dimension each."""
    labels, html = words.names(held.questionnaire, reader.lang), Markup("")
    for part in (part for part in parts if part.actions or part.cases):
        head = f"{labels[part.dimension]} → {words.stage(part.to, reader.ctx)}"
        actions = [
            Markup('<li>{} <small class="e-nowrap">{}</small></li>').format(one.text, one.duration)
            for one in part.actions
        ]
        cases = [
            Markup("<li>{} <small>{} · {}</small></li>").format(
                links.case_link(reader, one.id, one.name), reader.area(one.country).name, one.why
            )
            for one in part.cases
        ]
        html += Markup(
            '<h3 class="e-section">{}</h3><ul class="e-plain">{}</ul><h4>{}</h4><ul class="e-plain">{}</ul>'
        ).format(head, Markup("").join(actions), _("Cases to read"), Markup("").join(cases))
    if not html:
        return html
    return Markup('<h2 class="e-title">{}</h2>').format(_("What others did")) + html


def _document(reader: Reader, held: Exercise, parts: Sequence[Part], given: Sequence[Answer]) -> None:
    """The result to take away: the document, and its increments as a table to follow."""
    evidence = evidence_of(given)
    day, address = date.today(), takeaway.view_address()
    name = f"escala_exercise_{(held.agreed_on or held.begun).isoformat()}"
    with st.container(key="exercise_files", horizontal=True, gap="small"):
        briefs.offer(
            "exercise",
            name,
            FORMS,
            lambda form: files.exercise(reader, held, evidence, form, day, address()),
            label=_("Download the document"),
        )
        file_button(
            _("Increments as a table (CSV)"),
            lambda: download.csv(rows(parts, held.questionnaire, reader.lang)),
            f"{name}.csv",
            "text/csv",
            key="exercise_csv",
        )
