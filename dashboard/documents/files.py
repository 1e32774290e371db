"""Briefs as the bytes of a file, made when asked for and kept for the next who asks the same."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

if TYPE_CHECKING:
    from dashboard.documents.content import Document

FORMS = ("pdf", "docx", "pptx", "xlsx", "html")  # that a page offers
KEPT = 12  # files of some 300 kilobytes


@cached(KEPT)
def country(
    reader: Reader, area: str, peers: str, form: str, made: datetime.date, address: str = ""
) -> bytes:
    """The brief of a country in a format."""
    from dashboard.documents.brief import country_brief  # here: no page waits for the writers at its start

    return _written(country_brief(reader, area, peers=peers, made=made, address=address), form)


@cached(KEPT)
def group(reader: Reader, group_id: str, form: str, made: datetime.date, address: str = "") -> bytes:
    """The brief of a group in a format."""
    from dashboard.documents.group_brief import group_brief

    return _written(group_brief(reader, group_id, made=made, address=address), form)


@cached(KEPT)
def side_by_side(
    reader: Reader, ids: tuple[str, ...], form: str, made: datetime.date, address: str = ""
) -> bytes:
    """A comparison in a format. Raises RequestError for fewer than two or more than ten."""
    from dashboard.documents.comparison import comparison

    return _written(comparison(reader, ids, made=made, address=address), form)


def _written(document: Document, form: str) -> bytes:
    from dashboard.documents.forms import WRITERS

    return WRITERS[form](document)
