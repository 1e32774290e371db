"""What a participant of the second round sees of the first: how many chose each level, without names."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.workspace.exercises.conduct import Exercise
from kpis.workspace.exercises.differences import Difference, of_tally
from kpis.workspace.exercises.guests import Admission


def differences(held: Exercise) -> tuple[Difference, ...]:
    """How answers of the first round differed, by statement; empty in it, and where no counts were kept."""
    first = held.first_round
    return of_tally(held.questionnaire, first.counts) if first else ()


def apart(held: Exercise) -> dict[str, Difference]:
    """The statements on which the answers of the first round differ, in the order to talk about them."""
    return {row.statement: row for row in differences(held) if row.spread}


def said(reader: Reader, come: Admission, n_apart: int) -> str:
    """What the second round is for, and what it begins with. n_apart: statements on which answers differ."""
    first, number = come.exercise.first_round, reader.ctx.number
    spread = (
        _("In the first round {n} answers differ on {k} of {all} statements.").format(
            n=number(first.n),
            k=number(n_apart),
            all=number(len(come.exercise.questionnaire.statements)),
        )
        if first
        else ""
    )
    begins = (
        _("Second round: this is your first answer. Change what you now see differently, then hand it in.")
        if come.answer.first
        else _("Second round: in the first you handed in no answer. This one counts as well.")
    )
    return f"{begins} {spread}".strip()


def place(reader: Reader, held: Exercise, row: Difference) -> Markup:
    """The dimension of a statement on which answers differ, and how far apart they are."""
    ctx = reader.ctx
    parts = [
        held.questionnaire.dimension_of[row.statement].name.say(reader.lang),
        ctx.ngettext("{n} level apart", "{n} levels apart", row.spread).format(n=ctx.number(row.spread)),
    ]
    if row.decides:
        parts.append(_("decides the stage of the dimension"))
    return Markup('<p class="e-foot">{}</p>').format(" · ".join(parts))


def chose(reader: Reader, come: Admission, code: str, answers: Sequence[str]) -> list[str]:
    """Beside each answer how many gave it in the first round, and whether the participant did; [] before."""
    first, number = come.exercise.first_round, reader.ctx.number
    if first is None:
        return []
    counts, own = first.counts.get(code, {}), come.answer.first.get(code)
    told = []
    for answer in answers:
        text = _("{n} of {all} in the first round, you among them") if answer == own else _(
            "{n} of {all} in the first round"
        )  # fmt: skip
        n = counts.get(answer, 0)
        told.append(text.format(n=number(n), all=number(first.n)) if n else "")
    return told


def who_sees(come: Admission) -> str:
    """Who sees an answer once it is handed in."""
    leader = _("Whoever leads the exercise sees your answer with your name.")
    if come.exercise.round > 1:
        return leader
    others = _("When the round ends, the others see how many chose each level, without names.")
    return f"{leader} {others}"
