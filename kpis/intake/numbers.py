"""Numbers as people write them: 1.234,5 and 1,234.5 and 1 234,5.

Which mark parts whole from decimals is decided once for each file, from all its numbers: one cell such as 0,5
or 1.234,5 settles it, and only a file in which every number could be read both ways is refused.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, cast

from kpis.intake.grid import Cell, Place, tidy
from kpis.intake.percents import check_percents
from kpis.intake.remedies import INFINITE, PLAIN, remedy
from kpis.messages import Message, TableError, WrittenNumber, message
from kpis.texts import Text

Mark = Literal[".", ","]

# Signs that publishers print for "no figure". Read as missing, never as 0, and counted in a note.
MISSING = frozenset(
    {
        ".", "..", "...", "…", ":", "-", "–", "—", "--", "na", "n/a", "n.a.", "n.a", "n. a.", "nd", "n/d",
        "n.d.", "n.d", "n. d.", "s/d", "s.d.", "sd", "nan", "null", "none", "#n/a", "#na", "#n/d",
    }
)  # fmt: skip
_MISSING_WITH_FLAG = re.compile(r":[ ]?[a-z]{1,2}")  # as Eurostat says why: ": c" is confidential
LARGEST = 1e150  # squares of what is larger are infinite
_APOSTROPHES = "'’"
_MINUS = "-−–‐‑－"  # hyphens, minus signs, and the dash that word processors put in their place
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_LINE_END = re.compile(r"[\t\r\n\v\f]")
_SHAPE = re.compile(
    rf"(?P<sign>[{_MINUS}+]?)(?P<body>[0-9., {_APOSTROPHES}]*[0-9][.,]?)(?P<power>[eE][+-]?[0-9]{{1,3}})?"
)

NO_NUMBER = Text(
    "{file}: row {row} ({label}), column {column}: '{cell}' is no number. {remedy}",
)
TWO_READINGS = Text(
    "{file}: row {row} ({label}), column {column}: '{cell}' can be {whole} (thousands) or {decimal} "
    "(decimals), and no other number of the file tells which. Say --decimal '{other}' for {whole}, "
    "--decimal '{mark}' for {decimal}.",
)
TWO_MARKS = Text(
    "{file}: two decimal marks: '{one}' in row {row_one}, column {column_one}, has a comma, '{other}' in row "
    "{row_other}, column {column_other}, a point. Write all numbers the same way.",
)
OTHER_MARK = Text(
    "{file}: row {row} ({label}), column {column}: '{cell}' is no number with the decimal mark '{mark}'. "
    "Change --decimal, or the cell.",
)
READ_AS_MISSING = Text(
    "{file}: cells read as missing ({n}): {marks}.",
)


@dataclass
class NumberReader:
    """Reads the numbers of one file. name: the file; decimal: its mark where the person named it.

    hint: the mark to take where nothing else tells, from what parts the cells.
    """

    name: str
    decimal: Mark | None = None
    hint: Mark | None = None
    missing: Counter[str] = field(default_factory=Counter)
    _shapes: dict[str, _Readings] = field(default_factory=dict)

    def read(self, cells: Iterable[tuple[Place, Cell]]) -> list[float]:
        """The numbers of a file in the order given; missing is NaN.

        Raises TableError for a cell that is no number, for two decimal marks, and for a mark that stays
        ambiguous.
        """
        placed_cells = list(cells)
        check_percents(self.name, placed_cells)
        values, faults = self.read_all(placed_cells)
        if faults:
            raise faults[0][1]
        return values

    def read_all(
        self, placed_cells: list[tuple[Place, Cell]]
    ) -> tuple[list[float], list[tuple[int, TableError]]]:
        """The numbers of a file, and every fault with the position of its cell; NaN stands in its place.

        Where no decimal mark fits all, that is the last fault, at the first cell that it leaves open. Cells
        shown as per cent are not compared with others.
        """
        faults: list[tuple[int, TableError]] = []
        shapes: list[float | _Readings] = []
        for at, (place, cell) in enumerate(placed_cells):
            try:
                shapes.append(self._shape(place, cell))
            except TableError as fault:
                faults.append((at, fault))
                shapes.append(math.nan)
        try:
            mark = self._mark(placed_cells, shapes)
        except TableError as fault:
            is_open = [not isinstance(shape, float) for shape in shapes]
            faults.append((is_open.index(True), fault))
            return [
                math.nan if is_open[at] else float(cast("float", s)) for at, s in enumerate(shapes)
            ], faults
        values: list[float] = []
        for at, ((place, cell), shape) in enumerate(zip(placed_cells, shapes, strict=True)):
            try:
                values.append(shape if isinstance(shape, float) else self._value(place, cell, shape, mark))
            except TableError as fault:
                faults.append((at, fault))
                values.append(math.nan)
        return values, faults

    def notes(self) -> list[Message]:
        """What was read as missing, by its mark."""
        if not self.missing:
            return []
        marks = ", ".join(f"'{mark}' × {n}" for mark, n in self.missing.most_common())
        return [message(READ_AS_MISSING, file=self.name, n=self.missing.total(), marks=marks)]

    def _shape(self, place: Place, cell: Cell) -> float | _Readings:
        """A number that needs no mark, NaN for what is missing, else what it is under either mark."""
        if isinstance(cell, float):
            if abs(cell) <= LARGEST:
                return cell
            raise self._refused(place, cell, INFINITE)
        if isinstance(cell, str):
            if _WHOLE.fullmatch(cell):
                return float(cell)
            cached = self._shapes.get(cell)
            if cached is not None:
                return cached
        text = tidy(cell)
        if text == "":
            return math.nan
        if isinstance(cell, str):
            if text.casefold() in MISSING or _MISSING_WITH_FLAG.fullmatch(text):
                self.missing[text] += 1
                return math.nan
            if readings := _readings_of(cell, text):
                self._shapes[cell] = readings
                return readings
        raise self._refused(place, cell, remedy(cell, text))

    def _refused(self, place: Place, cell: Cell, advice: Text) -> TableError:
        return TableError(
            NO_NUMBER, file=self.name, row=place.row, label=place.label, column=place.column,
            cell=tidy(cell)[:40], remedy=advice,
        )  # fmt: skip

    def _mark(self, placed_cells: list[tuple[Place, Cell]], shapes: list[float | _Readings]) -> Mark | None:
        """The decimal mark of the file: the person's, else what its numbers settle, else what the
        separator suggests."""
        if self.decimal is not None:
            return self.decimal
        first_place: dict[str, int] = {}
        unclear: list[int] = []
        for at, shape in enumerate(shapes):
            if isinstance(shape, float):
                continue
            if shape.mark:
                first_place.setdefault(shape.mark, at)
            elif shape.point != shape.comma:
                unclear.append(at)
        if len(first_place) == 2:
            raise self._two_marks(placed_cells[first_place[","]], placed_cells[first_place["."]])
        if first_place:
            return "," if "," in first_place else "."
        for at in unclear:
            if self.hint is None or self.hint not in tidy(placed_cells[at][1]):
                raise self._two_readings(*placed_cells[at])
        return self.hint

    def _two_marks(self, comma: tuple[Place, Cell], point: tuple[Place, Cell]) -> TableError:
        (comma_place, comma_cell), (point_place, point_cell) = comma, point
        return TableError(
            TWO_MARKS, file=self.name, one=tidy(comma_cell), row_one=comma_place.row,
            column_one=comma_place.column, other=tidy(point_cell), row_other=point_place.row,
            column_other=point_place.column,
        )  # fmt: skip

    def _two_readings(self, place: Place, cell: Cell) -> TableError:
        text = tidy(cell)
        whole = text.replace(",", "").replace(".", "")
        return TableError(
            TWO_READINGS, file=self.name, row=place.row, label=place.label, column=place.column, cell=text,
            whole=whole, decimal=WrittenNumber(text),
            mark="," if "," in text else ".", other="." if "," in text else ",",
        )  # fmt: skip

    def _value(self, place: Place, cell: Cell, shape: _Readings, mark: Mark | None) -> float:
        digits = shape.comma if mark == "," else shape.point
        if digits is None:
            if mark is None or self.decimal is None:
                raise self._refused(place, cell, PLAIN)
            raise TableError(
                OTHER_MARK, file=self.name, row=place.row, label=place.label, column=place.column,
                cell=tidy(cell)[:40], mark=mark,
            )  # fmt: skip
        value = float(digits)
        if abs(value) > LARGEST:
            raise self._refused(place, cell, INFINITE)
        return value


class _Readings(NamedTuple):
    """A number as a program reads it, under a decimal point and under a comma; None where it is none."""

    point: str | None
    comma: str | None

    @property
    def mark(self) -> Mark | None:
        """The mark under which alone it is a number."""
        if (self.point is None) == (self.comma is None):
            return None
        return "." if self.comma is None else ","


def _readings_of(cell: str, text: str) -> _Readings | None:
    """The readings of a cell, by its tidy text; None where it is no number under either mark."""
    # `tidy` has made all blanks between thousands alike; what a line end parts are two numbers
    match = None if _LINE_END.search(cell.strip()) else _SHAPE.fullmatch(text)
    readings = _readings(match) if match else None
    return readings if readings and (readings.point or readings.comma) else None


def _readings(match: re.Match[str]) -> _Readings:
    sign = "-" if match["sign"] and match["sign"] in _MINUS else ""
    power = match["power"] or ""
    point, comma = digits_of(match["body"], "."), digits_of(match["body"], ",")
    return _Readings(point and f"{sign}{point}{power}", comma and f"{sign}{comma}{power}")


def decimal_of(body: str) -> Mark | None:
    """The decimal mark under which alone digits and marks make a number; None where both do, or neither.

    >>> decimal_of("1.234,5"), decimal_of("1,234,567"), decimal_of("0,123"), decimal_of("1,234")
    (',', '.', ',', None)
    """
    return _Readings(digits_of(body, "."), digits_of(body, ",")).mark


def digits_of(body: str, mark: Mark) -> str | None:
    """The number as a program reads it; None where thousands are not in threes or a mark is out of
    place."""
    whole, mark_in_body, decimals = body.partition(mark)
    if mark_in_body and not (decimals.isdigit() or decimals == ""):
        return None
    groups = {sign for sign in whole if not sign.isdigit()}
    if len(groups) > 1:
        return None
    if groups:
        first, *rest = whole.split(groups.pop())
        if not 1 <= len(first) <= 3 or first.startswith("0") or any(len(group) != 3 for group in rest):
            return None
        whole = "".join([first, *rest])
    return f"{whole or '0'}.{decimals or '0'}"
