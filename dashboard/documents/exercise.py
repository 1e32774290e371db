"""The result of an innovation exercise as a document: profile, increments, cases, every statement."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from dashboard.charts import exercise_words, stage_words
from dashboard.components import language
from dashboard.components.language import text as _
from dashboard.documents import references
from dashboard.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
)
from dashboard.pictures import makers
from dashboard.pictures.model import Ladder, Rung
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.workspace.exercises.conduct import Exercise
from kpis.workspace.exercises.plan import Part, plan
from kpis.workspace.exercises.profile import Result, assess
from kpis.workspace.exercises.questionnaire import Dimension

MOST_SEEN = 240  # characters of what one participant saw, in a cell
Seen = Mapping[str, Sequence[str]]


def exercise_document(
    reader: Reader,
    held: Exercise,
    evidence: Seen,
    *,
    made: datetime.date | None = None,
    address: str = "",
) -> Document:
    """The document of an agreed exercise in the reader's language.

    evidence: what participants saw, by statement, without their names (`answers.evidence_of`). made: day of
    reading, today unless given; address: of the live view. An exercise without a result gives a document that
    says so.
    """
    with language.spoken(reader.lang):
        day = made or datetime.date.today()
        when = held.agreed_on or held.begun
        return Document(
            file=f"escala_exercise_{when.isoformat()}",
            title=_("Innovation exercise: {institution}").format(institution=held.institution),
            subtitle=_("Agreed on {day}; {questionnaire}, version {version}").format(
                day=language.day_in(when, reader.lang),
                questionnaire=held.questionnaire.title.say(reader.lang),
                version=held.questionnaire.version,
            ),
            lang=reader.lang,
            made=day,
            version=reader.version,
            blocks=tuple(_blocks(reader, held, evidence)),
            sources=(),
            address=address,
            boundaries=references.boundaries(reader),
        )


def _blocks(reader: Reader, held: Exercise, evidence: Seen) -> Iterator[Block]:
    if not held.agreed_on:
        yield Paragraph(_("There is no result yet: nothing has been agreed."), "lead")
        return
    found = assess(held.questionnaire, held.agreed)
    labels = {part.code: part.name.say(reader.lang) for part in held.questionnaire.dimensions}
    yield Paragraph(exercise_words.headline(held.institution, found, labels, reader.ctx), "lead")
    yield Figure(_ladder(reader, held, found, labels))
    yield _stages(reader, held, found, labels)
    parts = plan(
        held.questionnaire,
        held.agreed,
        found,
        lang=reader.lang,
        store=reader.warehouse.tables,
        area=held.country,
    )
    yield from _first_steps(reader, parts, labels)
    yield from _others(reader, parts, labels)
    yield Heading(2, _("What was agreed"))
    for part in held.questionnaire.dimensions:
        yield _agreed(reader, held, part, evidence)
    yield Heading(2, _("Method"))
    yield Paragraph(exercise_words.method(_), "note")


def _ladder(reader: Reader, held: Exercise, found: Result, labels: dict[str, str]) -> Ladder:
    ctx = reader.ctx
    rungs = tuple(
        Rung(labels[part.code], part.stage, "" if part.stage is not None else _("too little data"))
        for part in found.dimensions
    )
    said = ". ".join(f"{rung.name}: {stage_words.numbered(rung.level, ctx)}" for rung in rungs)
    return Ladder(
        makers.about(
            reader,
            _("Profile of {institution}").format(institution=held.institution),
            _("Stage of each dimension"),
            _("The institution’s own judgement"),
            _("Ladder of {name}: {rows}.").format(name=held.institution, rows=said),
        ),
        rungs,
        tuple(stage_words.names(ctx)),
    )


def _stages(reader: Reader, held: Exercise, found: Result, labels: dict[str, str]) -> Table:
    """Stage of each dimension, beside that of the country where one was chosen."""
    beside = country_stages(reader, held)
    columns = [Column(_("Dimension"), width=1.6), Column(_("Stage")), Column(_("Statements with a level"))]
    columns += [Column(reader.area(held.country).name)] if beside else []
    number, body = reader.ctx.number, []
    for part in found.dimensions:
        n = _("{n} of {all}").format(n=number(len(part.levels)), all=number(part.n_statements))
        cells = [Cell(labels[part.code]), Cell(stage_words.numbered(part.stage, reader.ctx)), Cell(n)]
        cells += [Cell(stage_words.numbered(beside[part.code], reader.ctx))] if beside else []
        body.append(tuple(cells))
    return Table(_("Stage of each dimension"), tuple(columns), tuple(body))


def country_stages(reader: Reader, held: Exercise) -> dict[str, int | None]:
    """Stage of the country in each dimension of the questionnaire, None where it has none of the kind.

    Empty without a country, or where no country has a stage.
    """
    if not held.country or not data.stage_years(reader.warehouse):
        return {}
    rows = data.stage_profile(reader.warehouse, held.country).dimensions.set_index("dimension")["stage"]
    return {
        part.code: None if pd.isna(stage := rows.get(part.like)) else int(stage)
        for part in held.questionnaire.dimensions
    }


def _first_steps(reader: Reader, parts: tuple[Part, ...], labels: dict[str, str]) -> Iterator[Block]:
    """The increments, each with today, aim and evidence."""
    yield Heading(2, _("What to begin with"))
    if not parts:
        yield Paragraph(_("Every dimension stands at the highest stage."))
        return
    for one in (one for part in parts for one in part.increments):
        yield Heading(3, one.text.say(reader.lang))
        yield Paragraph(exercise_words.why(one.step, labels, _) + ".")
        yield Bullets(
            (
                f"{_('Today')}: {one.today.say(reader.lang)}",
                f"{_('To reach')}: {one.aim.say(reader.lang)}",
                f"{_('Evidence')}: {one.evidence.say(reader.lang)}",
                _("Owner: ……………………  Until: ……………………"),
            )
        )
    yield Paragraph(exercise_words.rule(_), "note")


def _others(reader: Reader, parts: tuple[Part, ...], labels: dict[str, str]) -> Iterator[Block]:
    """Actions of the methodology and cases, a dimension each."""
    shown = [part for part in parts if part.actions or part.cases]
    if shown:
        yield Heading(2, _("What others did"))
    for part in shown:
        yield Heading(3, f"{labels[part.dimension]} → {stage_words.numbered(part.to, reader.ctx)}")
        yield Bullets(tuple(f"{one.text} ({one.duration})" for one in part.actions))
        yield Paragraph(_("Cases to read"))
        yield Bullets(tuple(f"{one.name} ({reader.area(one.country).name}). {one.why}" for one in part.cases))


def _agreed(reader: Reader, held: Exercise, part: Dimension, evidence: Seen) -> Table:
    """Every statement of a dimension with its level, what is seen there, and what participants saw."""
    lang, places, levels = reader.lang, held.questionnaire.places, held.questionnaire.levels
    body = []
    for statement in part.statements:
        place = places.get(held.agreed.get(statement.code, ""))
        level = _("no level") if place is None else f"{place + 1} {levels[place].name.say(lang)}"
        seen = "" if place is None else statement.levels[place].say(lang)
        body.append(
            (
                Cell(statement.text.say(lang)),
                Cell(level),
                Cell(seen, sub=_said(evidence.get(statement.code, ()))),
            )
        )
    columns = (Column(_("Statement"), width=1.4), Column(_("Level")), Column(_("What is seen"), width=2.2))
    return Table(part.name.say(lang), columns, tuple(body))


def _said(texts: Sequence[str]) -> str:
    """What participants saw as one line, each cut where it is long."""
    flat = (" ".join(text.split()) for text in texts)
    return " · ".join(text if len(text) <= MOST_SEEN else f"{text[: MOST_SEEN - 1]}…" for text in flat)
