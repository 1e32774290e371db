"""The cells of a table as columns: which rows are figures, and each different text once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.intake.grid import Cell, Row, Uncomputed, tidy
from kpis.intake.layout import (
    NO_RESULT,
    REMARKS,
    Table,
    check_width,
    is_called_as_remark,
    is_remark,
    rows_message,
)
from kpis.messages import TableError, message
from kpis.workspace.figures.problems import Problems

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Factor:
    """A column by its different cells. codes: which of `labels` each row has; rows: of each label."""

    codes: Codes
    labels: list[str]
    cells: list[Cell]

    def rows_of(self, at: int, numbers: Codes) -> list[int]:
        """Numbers of the rows that hold a label."""
        return [int(number) for number in numbers[self.codes == at]]


def factor(cells: Sequence[Cell]) -> Factor:
    """The different cells of a column in the order of their first row, as tidy texts; alike texts are one."""
    codes, uniques = pd.factorize(
        np.fromiter((_hashed(cell) for cell in cells), dtype=object, count=len(cells))
    )
    texts = [tidy(cell) for cell in uniques]
    position: dict[str, int] = {}
    places = np.fromiter(
        (position.setdefault(text, len(position)) for text in texts), dtype=np.int64, count=len(texts)
    )
    first = {place: cell for cell, place in zip(reversed(uniques), reversed(places), strict=True)}
    return Factor(places[codes], list(position), [first[at] for at in range(len(position))])


def _hashed(cell: Cell) -> Cell:
    """True and 1.0 are the same to a dictionary, not to a reader."""
    return str(cell) if isinstance(cell, bool) else cell


def column(rows: Sequence[Row], at: int) -> list[Cell]:
    """Cells of a column, "" where a row ends before it."""
    return [row.cells[at] if at < len(row.cells) else "" for row in rows]


def data_rows(table: Table, label: int, needed: Sequence[int], problems: Problems) -> list[Row]:
    """The rows that hold figures; remarks are left out with a note, and a row with cells too many is a fault.

    label: column of the areas; needed: columns of values.
    """
    width, first_needed = len(table.headings), needed[0]
    last = next(
        (at for at in range(len(table.rows), 0, -1) if _has_digit(table, table.rows[at - 1], needed)), 0
    )
    rows: list[Row] = []
    remarks: list[Row] = []
    before = 0
    for at, row in enumerate(table.rows):
        cells = row.cells
        is_whole = len(cells) == width and cells[label] != "" and cells[first_needed] != ""
        after_gap = before > 0 and row.number > before + 1
        before = row.number
        if not is_whole and (
            is_called_as_remark(table.text(row, 0))
            or is_remark(table, row, label, needed, is_tail=at >= last, after_gap=after_gap or bool(remarks))
        ):
            remarks.append(row)
            continue
        if not is_whole and not _fits(table, row, problems):
            continue
        rows.append(row)
    if remarks:
        problems.note(
            message(REMARKS, file=table.name, rows=rows_message(remarks)), [row.number for row in remarks]
        )
    return rows


def _has_digit(table: Table, row: Row, needed: Sequence[int]) -> bool:
    return any(any(sign.isdigit() for sign in table.text(row, column)) for column in needed)


def _fits(table: Table, row: Row, problems: Problems) -> bool:
    try:
        check_width(table, row, len(table.headings))
    except TableError as fault:
        problems.add(fault.message, [row.number])
        return False
    return True


def uncomputed(table: Table, row: int, column: int) -> TableError:
    """The fault of a formula that the workbook holds no result of."""
    return TableError(NO_RESULT, file=table.name, row=row, column=table.heading_label(column))


def is_uncomputed(cell: Cell) -> bool:
    return isinstance(cell, Uncomputed)


def is_date(cell: Cell) -> bool:
    return isinstance(cell, datetime.date)
