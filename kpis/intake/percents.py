"""Per cent in a workbook is a format: 41 % is held as 0.41, and 41 beside it is a hundred times more."""

from __future__ import annotations

from collections.abc import Iterable

from kpis.intake.grid import Cell, Percent, Place
from kpis.messages import TableError
from kpis.texts import Text

MIXED = Text(
    "{file}: column {column} mixes per cent and plain numbers: row {row} ({label}) shows {per_cent} and "
    "holds {held}, row {other_row} ({other_label}) holds {other} without per cent. Give the column one "
    "number format and correct the cells that are then a hundred times too large or too small.",
)


def check_percents(name: str, cells: Iterable[tuple[Place, Cell]]) -> None:
    """TableError where a column holds cells shown as per cent beside a plain number beyond 1.

    Up to 1 a plain number is a share like those, whatever its format.
    """
    shares: dict[str, tuple[Place, float]] = {}
    plain: dict[str, tuple[Place, float]] = {}
    for place, cell in cells:
        if isinstance(cell, Percent):
            shares.setdefault(place.column, (place, cell))
        elif isinstance(cell, float) and abs(cell) > 1:
            plain.setdefault(place.column, (place, cell))
    for column in shares.keys() & plain.keys():
        (share_place, share), (plain_place, other) = shares[column], plain[column]
        raise TableError(
            MIXED, file=name, column=column, row=share_place.row, label=share_place.label,
            per_cent=f"{100 * share:g} %",
            held=f"{share:g}", other_row=plain_place.row, other_label=plain_place.label, other=f"{other:g}",
        )  # fmt: skip
