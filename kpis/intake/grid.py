"""Cells as they stand in a file, each row with its number there."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from kpis.messages import Message


class Percent(float):
    """A number that its workbook shows as per cent: 0.41 on the screen is 41 %."""


class Uncomputed(str):
    """A formula whose result the workbook does not store."""


Cell = str | float | bool | datetime.date
"""Text; in a workbook also a number, true or false, a date, or one of the two above."""

# zero-width and direction marks that come with text from web pages, and the mark at the start of a file
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202c"))


@dataclass(frozen=True)
class Row:
    """number: as a spreadsheet counts, from 1, blank rows included. cells: never longer than the file
    has."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether all cells are empty."""
        return not any(cell != "" and tidy(cell) != "" for cell in self.cells)

    @property
    def filled(self) -> int:
        """How many cells are not empty."""
        return sum(tidy(cell) != "" for cell in self.cells)


class Place(NamedTuple):
    """Where a cell stands: row as a spreadsheet counts, label of that row, heading of its column."""

    row: int
    label: str
    column: str


@dataclass(frozen=True)
class Grid:
    """A file as rows of cells. name: as the person gave it, for messages; separator: "" in a workbook."""

    name: str
    rows: tuple[Row, ...]
    separator: str = ""
    notes: list[Message] = field(default_factory=list)


def tidy(cell: Cell) -> str:
    """Text of a cell without blanks around it, runs of blanks as one, accents in one piece."""
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if not isinstance(cell, str):
        return str(cell)
    if cell.isascii() and cell.isalnum():
        return cell
    return " ".join(unicodedata.normalize("NFC", cell).translate(_INVISIBLE).split())


def folded(text: str) -> str:
    """A heading or label for comparison: case folded, one blank between words."""
    return tidy(text).casefold()


def plain(text: str) -> str:
    """A heading for lookup in a list: folded, without accents, punctuation as blanks."""
    bare = unicodedata.normalize("NFD", folded(text))
    letters = "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))
    return " ".join(letters.split())
