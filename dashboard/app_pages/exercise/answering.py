"""The questionnaire for a participant: a dimension at a time, each choice kept at once as a draft.

In the second round the statements on which the answers of the first differ come before the dimensions, and
every level says how many chose it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.exercise import doing, first_round, words
from dashboard.components import pickers, state
from dashboard.components.language import text as _
from dashboard.components.messages import plain
from dashboard.reads.reader import Reader
from kpis.workspace import Workspace
from kpis.workspace.exercises import answers
from kpis.workspace.exercises.conduct import LONGEST_NOTE
from kpis.workspace.exercises.differences import Difference
from kpis.workspace.exercises.guests import Admission
from kpis.workspace.exercises.questionnaire import NOT_APPLICABLE, UNKNOWN, Statement

DIFFERING = "~differ"  # among codes of dimensions, of which none begins like this
MOST_APART = 10  # statements that stand before the dimensions: a page that is still read to its end


class Entry(ABC):
    """How a participant comes to an exercise. Called at every step, so that rights are asked for anew."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @abstractmethod
    def __call__(self) -> Admission:
        """Who answers which exercise, and the answer as it stands now."""


def show(reader: Reader, entry: Entry, come: Admission) -> None:
    """The statements of one dimension, the progress, and the way to hand in."""
    apart = first_round.apart(come.exercise)
    first = list(apart)[:MOST_APART]
    if come.exercise.round == 2:
        st.html(Markup('<p class="e-note">{}</p>').format(first_round.said(reader, come, len(apart))))
    _progress(reader, come)
    parts = _parts(come, first)
    code = _part(parts, come, reader)
    with st.container(key="exercise_statements", gap="medium"):
        for statement in parts[code]:
            _statement(reader, entry, come, statement, apart.get(statement.code))
    if code == DIFFERING and len(apart) > len(first):
        rest = _("Answers differ on {n} more statements: see their dimensions.")
        st.html(
            Markup('<p class="e-foot">{}</p>').format(
                rest.format(n=reader.ctx.number(len(apart) - len(first)))
            )
        )
    with st.container(key="exercise_moves", horizontal=True, gap="small"):
        _moves(reader, entry, come, list(parts), code)


def _progress(reader: Reader, come: Admission) -> None:
    n, total = len(come.answer.levels), len(come.exercise.questionnaire.statements)
    said = _("{n} of {all} statements answered").format(n=reader.ctx.number(n), all=reader.ctx.number(total))
    bar = Markup('<p class="e-foot"><progress value="{}" max="{}" aria-label="{}"></progress> {}</p>')
    st.html(bar.format(n, total, said, said))


def _parts(come: Admission, apart: Iterable[str]) -> dict[str, Sequence[Statement]]:
    """The statements in the parts in which they are answered: first those on which answers differ."""
    questionnaire = come.exercise.questionnaire
    parts: dict[str, Sequence[Statement]] = {DIFFERING: [questionnaire.statements[code] for code in apart]}
    parts |= {part.code: part.statements for part in questionnaire.dimensions}
    return {code: statements for code, statements in parts.items() if statements}


def _part(parts: Mapping[str, Sequence[Statement]], come: Admission, reader: Reader) -> str:
    """The part that is answered, as a tab that says how many of its statements are."""
    names = words.names(come.exercise.questionnaire, reader.lang) | {DIFFERING: _("Where the answers differ")}
    labels = {
        code: f"{names[code]} {_answered(come, statements)}/{len(statements)}"
        for code, statements in parts.items()
    }
    codes = list(labels)
    return pickers.switch(_("Dimension"), "part", codes, codes[0], labels.__getitem__)


def _answered(come: Admission, statements: Sequence[Statement]) -> int:
    return sum(statement.code in come.answer.levels for statement in statements)


def _statement(
    reader: Reader, entry: Entry, come: Admission, statement: Statement, apart: Difference | None
) -> None:
    """A statement with its levels, the two answers that are no level, and the participant's evidence.

    apart: how the answers of the first round differ, where they do.
    """
    lang, questionnaire = reader.lang, come.exercise.questionnaire
    texts = dict(zip(questionnaire.places, (level.say(lang) for level in statement.levels), strict=True))
    texts |= {NOT_APPLICABLE: _("Does not apply to this institution"), UNKNOWN: _("I do not know")}
    key, seen = f"answer_{statement.code}", f"evidence_{statement.code}"
    st.session_state[key] = come.answer.levels.get(statement.code)
    st.session_state[seen] = come.answer.evidence.get(statement.code, "")
    args = (lang, entry, statement.code)
    chose = first_round.chose(reader, come, statement.code, list(texts))
    with st.container(key=f"statement_{statement.code}", border=True):
        if apart:
            st.html(first_round.place(reader, come.exercise, apart))
        st.radio(
            plain(statement.text.say(lang)),
            list(texts),
            format_func=lambda code: plain(texts[code]),
            captions=[plain(text) for text in chose] or None,
            key=key,
            index=None,
            on_change=_keep,
            args=args,
        )
        st.text_area(
            _("What you saw: {what}").format(what=plain(statement.evidence.say(lang))),
            key=seen,
            height=68,
            max_chars=LONGEST_NOTE,
            on_change=_keep,
            args=args,
        )


def _keep(lang: str, entry: Entry, code: str, *, hand_in: bool = False) -> None:
    """Keeps one statement as it stands in its controls, beside what was kept before."""

    def keep() -> None:
        come = entry()
        levels, evidence = dict(come.answer.levels), dict(come.answer.evidence)
        if level := st.session_state.get(f"answer_{code}"):
            levels[code] = str(level)
        if code:
            evidence[code] = str(st.session_state.get(f"evidence_{code}") or "")
        answers.save(
            entry.workspace,
            come.person,
            come.exercise,
            come.answer,
            levels,
            evidence,
            name=come.person.name,
            hand_in=hand_in,
        )

    doing.attempt(lang, keep)


def _moves(reader: Reader, entry: Entry, come: Admission, codes: Sequence[str], code: str) -> None:
    """To the part before and after, and the end: of the second round that is what differs."""
    at = codes.index(code)
    before, after = codes[max(at - 1, 0)], codes[min(at + 1, len(codes) - 1)]
    st.button(_("Back"), key="exercise_back", disabled=at == 0, on_click=_go, args=(before,))
    is_last = at == len(codes) - 1
    may_end = is_last or code == DIFFERING
    st.button(
        _("Next dimension"),
        key="exercise_next",
        disabled=is_last,
        on_click=_go,
        args=(after,),
        type="secondary" if may_end else "primary",
    )
    with st.popover(
        _("Hand in my answer"), key="exercise_hand_in", type="primary" if may_end else "secondary"
    ):
        left = len(come.exercise.questionnaire.statements) - len(come.answer.levels)
        if left:
            st.html(
                Markup("<p>{}</p>").format(
                    reader.ctx.ngettext(
                        "{n} statement has no answer and will count as missing.",
                        "{n} statements have no answer and will count as missing.",
                        left,
                    ).format(n=reader.ctx.number(left))
                )
            )
        st.html(Markup("<p>{}</p>").format(_("Once handed in, it cannot be changed in this round.")))
        st.html(Markup('<p class="e-foot">{}</p>').format(first_round.who_sees(come)))
        st.button(
            _("Hand in"),
            key="exercise_hand_in_yes",
            type="primary",
            disabled=not come.answer.levels,
            on_click=_hand_in,
            args=(reader.lang, entry),
        )


def _go(code: str) -> None:
    state.store().put("part", [code])


def _hand_in(lang: str, entry: Entry) -> None:
    _keep(lang, entry, "", hand_in=True)
