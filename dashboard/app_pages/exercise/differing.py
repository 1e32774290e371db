"""Where participants differ, what to talk about first, and what they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.exercise import doing, first_round
from dashboard.components import state, table
from dashboard.components.language import text as _
from dashboard.components.messages import plain
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.workspace import Person, Workspace
from kpis.workspace.drafts import draft_of, drop_draft, for_step, keep_draft
from kpis.workspace.exercises import conduct
from kpis.workspace.exercises.answers import Answer
from kpis.workspace.exercises.conduct import Exercise
from kpis.workspace.exercises.differences import Difference, differences, together


def show(
    reader: Reader,
    workspace: Workspace,
    person: Person,
    held: Exercise,
    given: Sequence[Answer],
    n_sealed: int,
    may_edit: bool,
) -> None:
    """The differences of the answers handed in, and the way on. n_sealed: answers not to be read yet."""
    if n_sealed:
        _while_sealed(reader, workspace, person, held, may_edit)
        return
    if not given:
        st.html(
            Markup('<p class="e-lead">{}</p>').format(
                _("No answer has been handed in yet. Differences are shown from the second one on.")
            )
        )
        return
    rows = differences(held.questionnaire, [answer.levels for answer in given])
    apart = [row for row in rows if row.spread]
    st.html(Markup('<p class="e-lead">{}</p>').format(_lead(reader, len(given), len(apart), len(rows))))
    if apart:
        st.html(_table(reader, held, apart))
        if evidence := _evidence(reader, held, apart, given):
            st.html(evidence)
    if may_edit and held.state != conduct.CLOSED:
        said = together(held.questionnaire, [answer.levels for answer in given])
        known = {code: level for code, level in held.agreed.items() if level in held.questionnaire.places}
        _way_on(reader, workspace, person, held, apart, said | known)


def _while_sealed(
    reader: Reader, workspace: Workspace, person: Person, held: Exercise, may_edit: bool
) -> None:
    """Why no answer is seen yet, and the button that ends the round."""
    st.html(
        Markup('<p class="e-lead">{}</p>').format(
            _(
                "What others answered is seen once the round is over, so that nobody is swayed by it. Under "
                "Invite stands whose answer is in."
            )
        )
    )
    if may_edit:
        st.button(
            _("End the round and see the answers"),
            key="exercise_end_round",
            type="primary",
            help=plain(_("No more answers are taken in this round.")),
            on_click=_end_round,
            args=(reader.lang, workspace, person, held),
        )


def _end_round(lang: str, workspace: Workspace, person: Person, held: Exercise) -> None:
    if doing.attempt(lang, lambda: conduct.end_round(workspace, person, held)):
        state.store().put("show", ["differences"])


def _lead(reader: Reader, n: int, n_apart: int, n_all: int) -> str:
    number = reader.ctx.number
    if n == 1:
        return _("One answer: nothing to compare. It can be kept as the result.")
    return _(
        "{n} answers differ on {k} of {all} statements. Talk first about those that decide the stage of a "
        "dimension, then about those with most levels between them; ask what each person saw."
    ).format(n=number(n), k=number(n_apart), all=number(n_all))


def _table(reader: Reader, held: Exercise, apart: Sequence[Difference]) -> Markup:
    """How many chose which level, a row a statement, those to talk about first before others."""
    levels = held.questionnaire.levels
    before = {row.statement: row.spread for row in first_round.differences(held)}
    heads = [
        Column(_("Statement")),
        *(Column(f"{n} {level.name.say(reader.lang)}", True) for n, level in enumerate(levels, 1)),
        Column(_("no level"), True),
        Column(_("Levels apart"), True),
        *([Column(_("In the first round"), True)] if before else []),
        Column(_("Decides a stage")),
    ]
    rows = [_cells(reader, held, row, before) for row in apart]
    return table.html(_("Where the answers differ"), heads, rows)


def _cells(reader: Reader, held: Exercise, row: Difference, before: Mapping[str, int]) -> list[Cell]:
    """before: levels apart in the first round, by statement; empty in it."""
    number, questionnaire = reader.ctx.number, held.questionnaire
    text = questionnaire.statements[row.statement].text.say(reader.lang)
    dimension = questionnaire.dimension_of[row.statement].name.say(reader.lang)
    return [
        Markup("{}<br><small>{}</small>").format(text, dimension),
        *(number(count) if count else "" for count in row.counts),
        number(row.n_missing) if row.n_missing else "",
        number(row.spread),
        *([number(before[row.statement])] if before else []),
        _("yes") if row.decides else _("no"),
    ]


def _evidence(reader: Reader, held: Exercise, apart: Sequence[Difference], given: Sequence[Answer]) -> Markup:
    """What participants saw, folded; their words as they wrote them, escaped."""
    item = Markup("<li><b>{}</b> {}: {}</li>")
    places = held.questionnaire.places
    parts = []
    for row in apart:
        said = [
            item.format(answer.name or _("without name"), _level(reader, held, places, answer, row), text)
            for answer in given
            if (text := answer.evidence.get(row.statement))
        ]
        if said:
            title = held.questionnaire.statements[row.statement].text.say(reader.lang)
            parts.append(Markup("<h3>{}</h3><ul>{}</ul>").format(title, Markup("").join(said)))
    if not parts:
        return Markup("")
    return Markup("<details><summary>{}</summary>{}</details>").format(
        _("What each person saw"), Markup("").join(parts)
    )


def _level(reader: Reader, held: Exercise, places: dict[str, int], answer: Answer, row: Difference) -> str:
    place = places.get(answer.levels.get(row.statement, ""))
    return _("no level") if place is None else held.questionnaire.levels[place].name.say(reader.lang)


def _way_on(
    reader: Reader,
    workspace: Workspace,
    person: Person,
    held: Exercise,
    apart: Sequence[Difference],
    said: dict[str, str],
) -> None:
    """A second round, or the result: of each statement on which answers differ, what was agreed."""
    if held.round == 1 and held.state in (conduct.OPEN, conduct.OVER) and apart:
        st.button(
            _("Open a second round"),
            key="exercise_second",
            type="primary",
            help=plain(_("Everybody answers once more, with the same link, from their own first answer.")),
            on_click=_second,
            args=(reader.lang, workspace, person, held),
        )
    st.html(Markup('<h2 class="e-section">{}</h2>').format(_("What we agree")))
    if apart:
        st.html(
            Markup('<p class="e-foot">{}</p>').format(
                _(
                    "At first each stands at the middle of the answers; of two in the middle, at the lower "
                    "one. "
                    "Statements on which all agree are taken as they are."
                )
            )
        )
    names = {
        level.code: f"{n} {level.name.say(reader.lang)}"
        for n, level in enumerate(held.questionnaire.levels, 1)
    }
    draft = draft_of(workspace, person, _about(held))
    begun = said | {code: level for code, level in (draft.cells if draft else {}).items() if level in names}
    talk = _Talk(reader.lang, workspace, person, held, said, tuple(row.statement for row in apart))
    columns = st.columns(2, gap="large")
    for at, row in enumerate(apart):
        key = f"agreed_{held.round}_{row.statement}"
        st.session_state.setdefault(key, begun[row.statement])
        columns[at % 2].selectbox(
            plain(held.questionnaire.statements[row.statement].text.say(reader.lang)),
            list(names),
            format_func=names.__getitem__,
            key=key,
            placeholder=_("Level"),
            on_change=_keep,
            args=(talk,),
        )
    st.button(
        _("Keep as the result"),
        key="exercise_agree",
        type="primary" if not apart else "secondary",
        on_click=_agree,
        args=(talk,),
    )
    if draft:
        kept = _("What was chosen so far is kept for you until it is the result; nobody else sees it.")
        st.html(Markup('<p class="e-note" role="note">{}</p>').format(kept))


@dataclass(frozen=True)
class _Talk:
    """What callbacks need. said: the level of every statement to begin with; apart: where answers differ."""

    lang: str
    workspace: Workspace
    person: Person
    held: Exercise
    said: dict[str, str]
    apart: tuple[str, ...]

    def chosen(self) -> dict[str, str]:
        """The level of each statement on which answers differ, as the controls hold it."""
        key = f"agreed_{self.held.round}"
        return {code: st.session_state.get(f"{key}_{code}", self.said[code]) for code in self.apart}


def _about(held: Exercise) -> str:
    """Under which what a talk has agreed so far is kept."""
    return for_step("agreement", held.id, held.round)


def _keep(talk: _Talk) -> None:
    """Callback of every choice: a talk may take hours, and what it has agreed outlives browser and server."""
    about, chosen = _about(talk.held), talk.chosen()
    doing.attempt(talk.lang, lambda: keep_draft(talk.workspace, talk.person, about, chosen, 0))


def _second(lang: str, workspace: Workspace, person: Person, held: Exercise) -> None:
    if doing.attempt(lang, lambda: conduct.open_second_round(workspace, person, held)):
        state.store().put("show", [])


def _agree(talk: _Talk) -> None:
    levels, about = talk.said | talk.chosen(), _about(talk.held)
    if doing.attempt(talk.lang, lambda: conduct.agree(talk.workspace, talk.person, talk.held, levels)):
        doing.attempt(talk.lang, lambda: drop_draft(talk.workspace, talk.person, about))
        state.store().put("show", ["result"])
