"""One exercise: its steps, from the answers to the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.exercise import answering, differing, doing, inviting, result, words
from dashboard.app_pages.exercise.answering import Entry
from dashboard.charts import exercise_words
from dashboard.components import links, messages, pickers, shell, state
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.components.workspace import Access
from dashboard.reads.reader import Reader
from kpis.workspace import Person, Role, Workspace
from kpis.workspace.exercises import answers, conduct
from kpis.workspace.exercises.answers import Answer
from kpis.workspace.exercises.conduct import Exercise
from kpis.workspace.exercises.guests import Admission
from kpis.workspace.faults import MissingItemError

STEPS = ("answer", "invite", "differences", "result")


@dataclass(frozen=True)
class View:
    """What a step of an exercise is drawn from. may_edit: whether to offer what changes it.

    given: answers that may be read; n_handed_in: with those that may not yet.
    """

    reader: Reader
    workspace: Workspace
    person: Person
    held: Exercise
    given: list[Answer]
    n_handed_in: int
    may_edit: bool


def show(reader: Reader, access: Access, exercise_id: str) -> None:
    """The exercise; a sentence where there is none that this reader may see."""
    assert access.workspace is not None
    assert access.person is not None
    try:
        held = conduct.exercise(access.workspace, access.person, exercise_id)
    except MissingItemError as fault:
        shell.headline(_("This exercise is not here"))
        messages.warning(fault.say(reader.lang))
        _back(reader)
        return
    given = answers.given_answers(access.workspace, access.person, held)
    handed_in = answers.handed_in(access.workspace, access.person, held)
    n_sealed = sum(one.is_sealed for one in handed_in)
    view = View(reader, access.workspace, access.person, held, given, len(handed_in), access.may(Role.EDITOR))
    top = st.container()
    with st.container(key="controls_exercise"):
        step = _step(view)
    _headline(view, top)
    draw: dict[str, Callable[[], None]] = {
        "answer": lambda: _answer(view),
        "invite": lambda: inviting.show(reader, view.workspace, view.person, held),
        "differences": lambda: differing.show(
            reader, view.workspace, view.person, held, given, n_sealed, view.may_edit
        ),
        "result": lambda: result.show(reader, held, given),
    }
    draw[step]()
    _end(view)


def _step(view: View) -> str:
    """The step that is shown: those that this exercise and this reader's rights have."""
    labels = {
        "answer": _("My answer"),
        "invite": _("Invite"),
        "differences": _("Differences"),
        "result": _("Result"),
    }
    open_steps = view.may_edit and view.held.takes_answers
    steps = [step for step in STEPS if open_steps or step in ("differences", "result")]
    usual = "result" if view.held.result else steps[0]
    return pickers.switch(_("Step"), "show", steps, usual, labels.__getitem__)


def _headline(view: View, top: Container) -> None:
    held, ctx = view.held, view.reader.ctx
    with top:
        if held.result:
            labels = words.names(held.questionnaire, view.reader.lang)
            sentence = exercise_words.headline(held.institution, held.result, labels, ctx)
        else:
            sentence = ctx.ngettext(
                "{institution}: {n} answer handed in",
                "{institution}: {n} answers handed in",
                view.n_handed_in,
            ).format(institution=held.institution, n=ctx.number(view.n_handed_in))
        shell.headline(sentence, kicker=f"{_('Innovation exercise')} · {words.state(held)}")


def _answer(view: View) -> None:
    entry = _Own(view.workspace, view.person, view.held.id)
    come = entry()
    if come.answer.is_given:
        messages.info(
            _("Your answer of this round is handed in. See the differences, or open a second round there.")
        )
        return
    st.html(Markup('<p class="e-lead">{}</p>').format(view.held.questionnaire.about.say(view.reader.lang)))
    answering.show(view.reader, entry, come)


class _Own(Entry):
    """The way in of somebody who works in the workspace."""

    def __init__(self, workspace: Workspace, person: Person, exercise_id: str) -> None:
        super().__init__(workspace)
        self.person, self.exercise_id = person, exercise_id

    def __call__(self) -> Admission:
        held = conduct.exercise(self.workspace, self.person, self.exercise_id)
        return Admission(self.person, held, answers.own_answer(self.workspace, self.person, held))


def _end(view: View) -> None:
    """Back to all exercises; closing and removing this one."""
    held, args = view.held, (view.reader.lang, view.workspace, view.person, view.held)
    with st.container(key="exercise_end", horizontal=True, gap="small"):
        _back(view.reader)
        if not view.may_edit:
            return
        if held.state != conduct.CLOSED:
            with st.popover(_("Close"), key="exercise_close", type="tertiary"):
                st.html(
                    Markup("<p>{}</p>").format(_("No more answers or corrections; what was agreed stays."))
                )
                st.button(_("Close this exercise"), key="exercise_close_yes", on_click=_close, args=args)
        with st.popover(_("Remove"), key="exercise_remove", type="tertiary"):
            st.html(Markup("<p>{}</p>").format(_("Invitations, answers and result are removed for good.")))
            st.button(_("Remove this exercise"), key="exercise_remove_yes", on_click=_remove, args=args)


def _back(reader: Reader) -> None:
    st.html(Markup("<p>{}</p>").format(links.to(reader, "exercise", "← " + _("All exercises"))))


def _close(lang: str, workspace: Workspace, person: Person, held: Exercise) -> None:
    doing.attempt(lang, lambda: conduct.close(workspace, person, held))


def _remove(lang: str, workspace: Workspace, person: Person, held: Exercise) -> None:
    if doing.attempt(lang, lambda: conduct.remove(workspace, person, held)):
        state.store().put("exercise", [])
