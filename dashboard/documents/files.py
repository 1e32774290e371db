"""Briefs as the bytes of a file, made when asked for and kept for the next who asks the same."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.plan import load

if TYPE_CHECKING:
    from dashboard.documents.content import Document
    from kpis.workspace.exercises.conduct import Exercise
    from kpis.workspace.figures import OwnValue

FORMS = ("pdf", "docx", "pptx", "xlsx", "html")  # that a page offers
TEXT_FORMS = ("pdf", "docx", "html")  # of what is read from the first line to the last
KEPT = 12  # files of some 300 kilobytes


@cached(KEPT)
def country(
    reader: Reader,
    area: str,
    peers: str,
    form: str,
    made: datetime.date,
    address: str = "",
    mine: tuple[OwnValue, ...] = (),
) -> bytes:
    """The brief of a country in a format. mine: own values of the area that this reader may see."""
    from dashboard.documents.brief import country_brief  # here: no page waits for the writers at its start

    return _written(country_brief(reader, area, peers=peers, made=made, address=address, mine=mine), form)


@cached(KEPT)
def group(reader: Reader, group_id: str, form: str, made: datetime.date, address: str = "") -> bytes:
    """The brief of a group in a format."""
    from dashboard.documents.group_brief import group_brief

    return _written(group_brief(reader, group_id, made=made, address=address), form)


@cached(KEPT)
def side_by_side(
    reader: Reader,
    ids: tuple[str, ...],
    form: str,
    made: datetime.date,
    address: str = "",
    mine: tuple[tuple[str, OwnValue], ...] = (),
) -> bytes:
    """A comparison in a format. mine: own values with their areas.

    Raises RequestError for fewer than two or more than ten.
    """
    from dashboard.documents.comparison import comparison

    return _written(comparison(reader, ids, made=made, address=address, mine=mine), form)


@cached(KEPT)
def plan(
    reader: Reader,
    saved: str,
    form: str,
    made: datetime.date,
    address: str = "",
    mine: tuple[OwnValue, ...] = (),
) -> bytes:
    """A plan in a format, by its JSON. mine: own values of its country. Raises PlanError for no plan."""
    from dashboard.documents.plan import plan_document

    loaded = load(saved, reader.warehouse.tables).plan
    return _written(plan_document(reader, loaded, made=made, address=address, mine=mine), form)


def own_part(reader: Reader, area: str, mine: tuple[OwnValue, ...]) -> str:
    """The own figures of a country as the end of a written plan, in Markdown; "" without any."""
    from dashboard.documents import markdown, own_section

    return markdown.part(own_section.section(reader, tuple((area, one) for one in mine), paced=True))


def exercise(
    reader: Reader,
    held: Exercise,
    evidence: Mapping[str, Sequence[str]],
    form: str,
    made: datetime.date,
    address: str = "",
) -> bytes:
    """The result of an exercise in a format; not kept, for it is of one institution."""
    from dashboard.documents.exercise import exercise_document

    return _written(exercise_document(reader, held, evidence, made=made, address=address), form)


def _written(document: Document, form: str) -> bytes:
    from dashboard.documents.forms import WRITERS

    return WRITERS[form](document)
