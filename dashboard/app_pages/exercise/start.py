"""All exercises, a new one, and how those that are agreed compare."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.exercise import comparison, doing, words
from dashboard.components import links, messages, pickers, state, table
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.components.workspace import Access
from dashboard.reads.reader import Reader
from kpis.workspace import Role
from kpis.workspace.exercises import conduct, reading
from kpis.workspace.exercises.conduct import LONGEST_NAME, Exercise
from kpis.workspace.exercises.questionnaire import Questionnaire
from kpis.workspace.exercises.reading import QuestionnaireError

MOST_SAID = 8  # faults of a questionnaire that are written out at once


def show(reader: Reader, access: Access, explain: Callable[[], None]) -> None:
    """The page without an exercise. explain: says what the page is for."""
    assert access.workspace is not None
    assert access.person is not None
    explain()
    if access.may(Role.EDITOR):
        _begin(reader, access)
    every = conduct.exercises(access.workspace, access.person)
    if every:
        st.html(Markup('<h2 class="e-section">{}</h2>').format(_("Our exercises")))
        st.html(_list(reader, every))
        comparison.show(reader, every)


def _begin(reader: Reader, access: Access) -> None:
    """The controls of a new exercise."""
    with st.container(key="exercise_new"):
        first, second, third = st.columns([2, 1.4, 1], vertical_alignment="bottom")
        with first:
            st.text_input(
                _("Institution"),
                key="exercise_institution",
                max_chars=LONGEST_NAME,
                placeholder=_("Ministry, agency or municipality"),
            )
        names = pickers.states(reader.warehouse, reader.lang)
        with second:
            own = (state.store().values.get("mine") or [""])[0]
            st.selectbox(
                _("Country to compare with"),
                [*names],
                index=[*names].index(own) if own in names else None,
                format_func=names.__getitem__,
                placeholder=_("none"),
                key="exercise_country",
            )
        with third:
            st.button(
                _("Begin an exercise"),
                key="exercise_begin",
                type="primary",
                width="stretch",
                on_click=_start,
                args=(reader.lang, access),
            )
    with st.expander(_("Another questionnaire")):
        _questionnaire(reader)


def _questionnaire(reader: Reader) -> None:
    """The shipped questionnaire to adapt, and a questionnaire of one's own."""
    st.html(
        Markup("<p>{}</p>").format(
            _(
                "The questionnaire is one text file (TOML): download it, change statements, levels or "
                "dimensions in "
                "any editor, and put it back here. An exercise keeps the questionnaire it began with."
            )
        )
    )
    file_button(
        _("Download the questionnaire"),
        reading.STANDARD.read_bytes,
        "escala_exercise.toml",
        "application/toml",
        key="exercise_standard",
    )
    st.file_uploader(
        _("A questionnaire of our own (TOML, up to {limit} KB)").format(limit=reading.FILE_LIMIT // 1024),
        type=["toml"],
        key="exercise_questionnaire",
        max_upload_size=1,
    )
    try:
        own = _uploaded()
    except QuestionnaireError as fault:
        for problem in fault.problems[:MOST_SAID]:
            messages.warning(problem.say(reader.lang))
        if len(fault.problems) > MOST_SAID:
            more = reader.ctx.number(len(fault.problems) - MOST_SAID)
            messages.warning(_("And {n} more faults of this kind.").format(n=more))
        return
    if own is not None:
        messages.info(
            _("“{title}”: {n} statements in {k} dimensions. The next exercise begins with it.").format(
                title=own.title.say(reader.lang), n=len(own.statements), k=len(own.dimensions)
            )
        )


def _uploaded() -> Questionnaire | None:
    """The questionnaire that was put here; None for the shipped one. Raises QuestionnaireError."""
    file = st.session_state.get("exercise_questionnaire")
    return None if file is None else reading.load(file.getvalue(), file.name)


def _start(lang: str, access: Access) -> None:
    def begin() -> None:
        assert access.workspace is not None
        assert access.person is not None
        held = conduct.begin(
            access.workspace,
            access.person,
            str(st.session_state.get("exercise_institution") or ""),
            country=str(st.session_state.get("exercise_country") or ""),
            questionnaire=_uploaded(),
        )
        state.store().put("exercise", [held.id])

    doing.attempt(lang, begin)


def _list(reader: Reader, every: list[Exercise]) -> Markup:
    """Every exercise with its state and, once agreed, its stage."""
    heads = [
        Column(_("Institution")),
        Column(_("Begun")),
        Column(_("State")),
        Column(_("Stage"), answer=True),
        Column(_("Questionnaire")),
    ]
    return table.html(_("Every exercise kept here"), heads, [_row(reader, one) for one in every])


def _row(reader: Reader, held: Exercise) -> list[Cell]:
    return [
        links.to(reader, "exercise", held.institution, exercise=held.id),
        words.day(held.begun, reader.lang),
        words.state(held),
        words.stage(held.result.stage if held.result else None, reader.ctx),
        held.questionnaire.title.say(reader.lang),
    ]
