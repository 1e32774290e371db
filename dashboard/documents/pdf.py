"""A document as PDF, set by Typst: tagged (PDF/UA-1), with language, title, outline and texts of pictures.

Nothing is written into the source of the typesetter: texts go to it as data and are set as they are. A sign
that no font of ours has would be an error of the standard, so it is shown as an empty box.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dashboard.documents import code
from dashboard.documents.content import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Reference,
    Steps,
    Table,
)
from dashboard.documents.drawn import height, values
from dashboard.documents.glyphs import shown
from dashboard.documents.stamp import stamp
from dashboard.documents.wording import PAGE, TAGS, ending, licence_of, link_of, side_by_side, speaker
from dashboard.pictures.typesetter import typeset

SIZE = 8.5  # of the type in a picture, in points
WIDTH = 498.9  # of the text, in points: A4 less two margins of 17 mm
PADDING, LETTER = 8.0, 4.6  # of a cell at both sides together; of a wide average letter in a table; in points


def write(document: Document) -> bytes:
    """The document on A4. Raises TypesettingError where it breaks a rule of PDF/UA-1."""
    return typeset("documents/document.typ", {"data": data(document)}, "pdf")


def data(document: Document) -> dict[str, Any]:
    """What the typesetter is given: every text on one line, every picture as its values."""
    lang, _dash, region = TAGS.get(document.lang, document.lang).partition("-")
    last = ending(document)
    given: dict[str, Any] = shown({
        "title": document.title, "subtitle": document.subtitle, "lang": lang, "region": region or None,
        "made": [document.made.year, document.made.month, document.made.day],
        "stamp": stamp(document), "page": speaker(document.lang)(PAGE),
        "dense": document.dense,
        "blocks": [_block(block) for block in side_by_side(document.blocks)],
        "sources": [_source(source, document.lang) for source in document.sources],
        "ending": asdict(last),
    })  # fmt: skip
    return given | {"code": _code(document)}


def _code(document: Document) -> dict[str, str] | None:
    """The code at the end; None without one."""
    address = link_of(document.code)
    if not address:
        return None
    title = speaker(document.lang)(code.SEE_LIVE)
    return {"title": title, "address": address, "svg": code.picture(address).decode()}


def _block(block: Block | tuple[Figure, ...]) -> dict[str, Any]:
    match block:
        case tuple():
            return {"kind": "row", "figures": [_figure(figure) for figure in block]}
        case Figure():
            return _figure(block)
        case Heading() | Paragraph() | Bullets() | Steps():
            return {"kind": type(block).__name__.lower()} | asdict(block)
        case Table():
            whole = sum(column.width for column in block.columns)
            rooms = [WIDTH * column.width / whole - PADDING for column in block.columns]
            rows = [[_cell(cell, room) for cell, room in zip(row, rooms, strict=True)] for row in block.rows]
            heads = [_head(column, room) for column, room in zip(block.columns, rooms, strict=True)]
            return {"kind": "table"} | asdict(block) | {"rows": rows, "columns": heads}
        case Break():
            return {"kind": "break"}


def _figure(figure: Figure) -> dict[str, Any]:
    high = height(figure.picture, WIDTH * figure.share, SIZE)
    drawing = {"picture": values(figure.picture), "height": high, "size": SIZE}
    return {"kind": "figure", "share": figure.share} | drawing


def _cell(cell: Cell, room: float) -> dict[str, Any]:
    broken = _is_broken(cell.text, room)
    return {"text": cell.text, "status": cell.status, "sub": cell.sub, "broken": broken}


def _head(column: Column, room: float) -> dict[str, Any]:
    return asdict(column) | {"broken": _is_broken(column.name, room)}


def _is_broken(text: str, room: float) -> bool:
    """Whether a word of it is wider than its room, which a hyphen alone can help."""
    return max(map(len, text.split()), default=0) * LETTER > room


def _source(source: Reference, lang: str) -> dict[str, str]:
    licence = licence_of(source.licence, lang)
    return {"text": source.text, "url": link_of(source.url), "licence": licence}
