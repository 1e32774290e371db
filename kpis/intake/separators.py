"""Splits text into cells; the separator is inferred from the text and the expected headings."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Sequence

from kpis.intake.grid import Row, folded
from kpis.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_ROWS_ABOVE
from kpis.messages import TableError
from kpis.texts import Text

# a comma also stands inside numbers, a semicolon never: where both would do, the earlier one is right
SEPARATORS = (";", "\t", "|", ",")
_SAMPLE = 200  # rows looked at
_SEP_LINE = re.compile(r'\ufeff?"?sep=(.)"?\s*$', re.IGNORECASE)

OPEN_QUOTE = Text(
    '{file}: row {row}: a quotation mark (") is opened and not closed. Close it, or remove it.',
)
AFTER_QUOTE = Text(
    '{file}: row {row}: something stands between a closing quotation mark (") and the next separator. '
    'Write a quotation mark inside a cell twice ("").',
)
LONG_CELL = Text(
    "{file}: row {row}: a cell is longer than {limit} characters. Shorten it, or remove its column.",
)
NO_SEPARATOR = Text(
    "{file}: row 1 says that cells are parted by '{sign}'. Part them by comma, semicolon, tab or |.",
)
TOO_MANY = Text(
    "{file}: the table is too large (at most {rows} rows, {columns} columns, {cells} cells). Keep what "
    "is needed.",
)


def split_text(text: str, name: str, expected: Collection[str]) -> tuple[list[Row], str]:
    """Rows of a text, and the separator of their cells.

    expected: headings, folded, that the table should have: they settle the separator where two would do.
    Raises TableError for an open quotation mark, a cell or a table beyond the limits.
    """
    first, _, rest = text.partition("\n") if "\n" in text else text.partition("\r")
    named = _SEP_LINE.match(first.rstrip("\r"))
    if named and named[1] not in SEPARATORS:
        raise TableError(NO_SEPARATOR, file=name, sign=named[1])
    if named:
        return _rows(rest, name, named[1], above=1), named[1]
    separator = _likeliest(text, expected)
    rows = _rows(text, name, separator)
    return split_lines(rows, name, expected) or (rows, separator)


def split_lines(rows: Sequence[Row], name: str, expected: Collection[str]) -> tuple[list[Row], str] | None:
    """A table of which each row is one cell that holds a whole line: its cells; None for any other.

    So it is saved by a spreadsheet that parts cells by another sign than the file it has opened.
    """
    lines: dict[int, str] = {}
    for row in rows:
        filled = [cell for cell in row.cells if cell != ""]
        if len(filled) != 1 or not isinstance(filled[0], str) or "\n" in filled[0].strip():
            return None
        lines[row.number] = filled[0]
    text = "\n".join(lines.get(number, "") for number in range(1, max(lines, default=0) + 1))
    separator = _likeliest(text, expected)
    for row_cells in _sample(text, separator)[:MAX_ROWS_ABOVE]:
        if sum(folded(cell) in expected for cell in row_cells) > 1:
            return _rows(text, name, separator), separator
    return None


def _likeliest(text: str, expected: Collection[str]) -> str:
    def merit(separator: str) -> tuple[int, float, int, int]:
        rows = _sample(text, separator)
        widths = Counter(len(row) for row in rows)
        width, times = max(widths.items(), key=lambda item: (item[1], item[0])) if widths else (1, 0)
        n_names = max(
            (sum(folded(cell) in expected for cell in row) for row in rows[:MAX_ROWS_ABOVE]), default=0
        )
        if width < 2:
            return n_names, 0.0, 0, 0
        return n_names, times / len(rows), width, -SEPARATORS.index(separator)

    return max(SEPARATORS, key=merit)


def _sample(text: str, separator: str) -> list[list[str]]:
    """The first rows that hold anything; up to the first fault, which is reported when all is read."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(
            io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=separator != " "
        ):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) == _SAMPLE:
                break
    except csv.Error:
        pass
    return rows


def _rows(text: str, name: str, separator: str, above: int = 0) -> list[Row]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    rows: list[Row] = []
    cells = 0
    number = above
    try:
        for row in reader:
            number += 1
            if not any(map(str.strip, row)):  # a spreadsheet may save a million of them
                continue
            cells += len(row)
            check_size(name, len(rows) + 1, len(row), cells)
            rows.append(Row(number, tuple(row)))
    except csv.Error as fault:
        raise _named(str(fault), name, number + 1) from None
    return rows


def check_size(name: str, row: int, width: int, cells: int) -> None:
    """TableError if a table is beyond the limits."""
    if row > MAX_ROWS + MAX_ROWS_ABOVE or width > MAX_COLUMNS or cells > MAX_CELLS:
        limits = {"rows": f"{MAX_ROWS:,}", "columns": f"{MAX_COLUMNS:,}", "cells": f"{MAX_CELLS:,}"}
        raise TableError(TOO_MANY, file=name, **limits)


def _named(fault: str, name: str, row: int) -> TableError:
    """A fault of the csv module as a sentence; it has three under these settings."""
    if "field limit" in fault:
        return TableError(LONG_CELL, file=name, row=row, limit=f"{csv.field_size_limit():,}")
    return TableError(OPEN_QUOTE if "unexpected end" in fault else AFTER_QUOTE, file=name, row=row)
