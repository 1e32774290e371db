"""What a document says, before it is written: headings, paragraphs, lists, tables, pictures, in order.

A document is made once, in one language, and each writer (PDF, DOCX, HTML, Markdown) puts the same content
into its format. Texts are plain: a writer escapes them; nothing in them is markup.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from dashboard.pictures.model import Picture

Status = Literal["good", "middling", "poor", "none"]


@dataclass(frozen=True)
class Heading:
    """A heading inside the document, whose title is level 1: here 2 or 3, none left out."""

    level: Literal[2, 3]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. lead: the answer that stands first; note: small, below what it explains."""

    text: str
    style: Literal["body", "lead", "note"] = "body"


@dataclass(frozen=True)
class Bullets:
    """A list, a sentence an item."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Steps:
    """A numbered list, a step an item."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what is read, and the number behind it where it is one (for workbooks).

    status: a mark beside the text, never colour alone; sub: a second, smaller line. digits: decimals with
    which a workbook shows the number, None: as many as it has; symbol: what follows the number there, as "%".
    """

    text: str
    number: float | None = None
    status: Status | None = None
    sub: str = ""
    digits: int | None = None
    symbol: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its head, on which side it stands, and its share of the width."""

    name: str
    side: Literal["left", "right"] = "left"
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first cell of each row names it. empty: what is said without rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture with what stands below it. share: of the width of the page."""

    picture: Picture
    share: float = 1.0


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Steps | Table | Figure | Break


@dataclass(frozen=True)
class Reference:
    """A source as documents cite it: publisher, original title, release, licence, address."""

    text: str
    url: str
    licence: str


@dataclass(frozen=True)
class Document:
    """A document in one language.

    file: its name without an ending. made: the day of reading; version: of the data; address: of the live
    view, "" where none is known; boundaries: what is said of names and borders. dense: set closely on paper,
    for what is to stand on few pages. code: an address that phones read from a code at the end, "" for none.
    """

    file: str
    title: str
    subtitle: str
    lang: str
    made: datetime.date
    version: str
    blocks: tuple[Block, ...]
    sources: tuple[Reference, ...]
    address: str = ""
    boundaries: str = ""
    dense: bool = False
    code: str = ""
