"""Figures by area from a person's own table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kpis.intake.areas import find_areas, headings, holds_years, years_of
from kpis.intake.grid import Cell, Grid, Place, Row, folded, plain, tidy
from kpis.intake.layout import REPEATED, Table, is_called_as_remark, keep_rows, read_layout
from kpis.intake.numbers import Mark, NumberReader
from kpis.matching import near_miss
from kpis.messages import ChoiceError, Message, TableError, joined, message
from kpis.texts import Text

NOT_THERE = Text(
    "{file}: indicator '{code}' is not known.{near} Columns found: {found}.",
)
NEAR = Text(" Did you mean '{name}'?")
AS_ROWS = Text(
    "{file}: the indicator '{code}' has no column; it stands in the rows of column {column}. Turn "
    "the table so that each area has one row and each indicator one column (a pivot table does it).",
)
ROW_NAMES = Text(
    "{file}: the rows have one cell more than the headings; the first column is read as names of rows, as R "
    "writes them.",
)
SINGLE_COLUMN = Text(
    "{file}: the table has one column, '{column}'. Part the cells by comma, semicolon or tab.",
)
REPEATED_AREA = Text(
    "{file}: '{area}' has more than one row ({one} and {other}).{years} Keep one, or name another "
    "column with --area-column.",
)
SEVERAL_YEARS = Text(" Column '{column}' holds {years}.")
OPEN_LABEL = Text(
    '{file}: row {row}: the area holds line ends and separators; a quotation mark (") is open or misplaced.',
)
NO_AREA = Text(
    "{file}: row {row} has figures and no area in column '{column}'. Add its code or name, or remove the "
    "row.",
)
UNUSED = Text(
    "{file}: columns not used, because the structure does not name them: {columns}.",
)
COMPUTED = Text(
    "{file}: column '{column}' is not read: the index '{column}' is computed from its parts.",
)
YEARS_TOGETHER = Text(
    "{file}: column '{column}' holds {years}; the rows are compared with each other whatever their year.",
)
OTHER_CASE = Text(
    "{file}: column '{column}' is read as the indicator '{code}'.",
)
TOTAL = Text(
    "{file}: row {row} ('{area}') is read as an area; remove it if it is a total, a mean, a "
    "remark or a setting.",
)
ALIKE = Text(
    "{file}: '{one}' and '{other}' differ in accents or signs only and are read as two areas.",
)
_TOTALS = frozenset(
    {
        "total", "totals", "totales", "grand total", "total general", "sum", "suma", "average", "promedio",
        "mean", "media", "median", "mediana", "world", "mundo", "oecd average", "world average",
        "promedio mundial",
        "min", "max", "minimum", "maximum", "minimo", "maximo", "sd", "std", "std dev", "st dev", "count",
        "n",
        "standard deviation", "desviacion", "desviacion estandar", "cuenta", "recuento", "all", "todos",
        "year", "ano", "anio", "unit", "units", "unidad", "unidades", "weight", "weights", "peso", "pesos",
        "direction", "direccion", "worst", "best", "peor", "mejor", "target", "meta", "goalpost", "goalposts",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Indicators:
    """name: the file. values: areas × indicators, missing is NaN. rows: number of each area's row in the
    file.

    groups: area → text of the column asked for, blank cells left out. notes: all that was read in a way the
    person should know, or left out.
    """

    name: str
    values: pd.DataFrame
    rows: Mapping[str, int]
    groups: Mapping[str, str]
    notes: tuple[Message, ...]


def read_indicators(
    grid: Grid,
    codes: Sequence[str],
    *,
    area_column: str | None = None,
    group_column: str | None = None,
    decimal: Mark | None = None,
    computed: Collection[str] = (),
) -> Indicators:
    """Figures by area from the cells of a file.

    codes: the indicators, as headings of columns; other columns are left out with a note. area_column:
    heading of the areas' codes or names where it is ambiguous. group_column: heading of a text to group
    areas by. decimal: the decimal mark where the numbers leave it open. Raises TableError or ChoiceError for
    what has two meanings or none, with file, row, column and remedy.
    """
    folded_codes = {folded(code) for code in codes}
    table = read_layout(
        grid, lambda cells: sum(folded(cell) in folded_codes for cell in cells), -(-len(folded_codes) // 2)
    )
    _name_row_names(table, folded_codes)
    places = {code: _column(table, code) for code in codes}
    label = find_areas(table, set(places.values()), area_column)
    group = None if group_column is None else _group(table, group_column)
    rows = keep_rows(table, label, list(places.values()), of_areas=True)
    table.rows = rows  # what was left out says nothing about columns
    areas = _areas(table, rows, label)
    reader = NumberReader(table.name, decimal, hint="." if grid.separator == "," else None)
    cells = [
        (Place(row.number, area, code), table.cell(row, at))
        for area, row in zip(areas, rows, strict=True)
        for code, at in places.items()
    ]
    figures = np.asarray(reader.read(cells), dtype=np.float64).reshape(len(rows), len(places))
    index: pd.Index[Any] = pd.Index(areas, name=table.headings[label] or "area", dtype=object)
    _note_unused(table, {*places.values(), label, *([] if group is None else [group])}, computed)
    _note_totals(table, rows, areas)
    _note_alike(table, areas)
    return Indicators(
        table.name,
        pd.DataFrame(figures, index=index, columns=list(places)),
        {area: row.number for area, row in zip(areas, rows, strict=True)},
        {}
        if group is None
        else {a: t for a, r in zip(areas, rows, strict=True) if (t := table.text(r, group))},
        (*table.notes, *reader.notes()),
    )


def _name_row_names(table: Table, folded_codes: Collection[str]) -> None:
    """R writes row names without a heading; certain only where all headings are indicators."""
    width = len(table.headings)
    is_shifted = all(len(row.cells) == width + 1 and tidy(row.cells[-1]) for row in table.rows)
    if is_shifted and all(folded(heading) in folded_codes for heading in table.headings):
        table.headings = ("", *table.headings)
        table.notes.append(message(ROW_NAMES, file=table.name))


def _column(table: Table, code: str) -> int:
    places = table.columns(code)
    if len(places) > 1:
        first, second = places[0] + 1, places[1] + 1
        raise TableError(REPEATED, file=table.name, column=code, one=first, other=second)
    if places:
        if table.headings[places[0]] != code:
            table.notes.append(
                message(OTHER_CASE, file=table.name, column=table.headings[places[0]], code=code)
            )
        return places[0]
    beside = [at for at, heading in enumerate(table.headings) if _is_beside(folded(heading), folded(code))]
    if len(beside) == 1:
        table.notes.append(message(OTHER_CASE, file=table.name, column=table.headings[beside[0]], code=code))
        return beside[0]
    if len(table.headings) == 1:
        raise TableError(SINGLE_COLUMN, file=table.name, column=table.headings[0][:60])
    for at in range(len(table.headings)):
        if any(folded(table.text(row, at)) == folded(code) for row in table.rows):
            raise TableError(AS_ROWS, file=table.name, code=code, column=table.heading_label(at))
    near = near_miss(code, table.headings)
    hint = message(NEAR, name=near) if near else ""
    raise TableError(NOT_THERE, file=table.name, code=code, near=hint, found=headings(table))


def _is_beside(heading: str, code: str) -> bool:
    """A code beside its name or unit: "GDP growth [NY.GDP.MKTP.KD.ZG]", "2020 [YR2020]", "HDI (index)"."""
    return heading.endswith(f" [{code}]") or (
        heading.startswith((f"{code} [", f"{code} (")) and heading.endswith(("]", ")"))
    )


def _group(table: Table, named: str) -> int:
    at = table.only(named)
    if at is None:
        raise ChoiceError(NO_GROUPS, file=table.name, column=named, found=headings(table))
    return at


NO_GROUPS = Text(
    "{file}: column '{column}' of --group-column is not there. Columns found: {found}.",
)


def _areas(table: Table, rows: Sequence[Row], label: int) -> list[str]:
    """Label of each row; refused where it is blank, broken over lines or repeated."""
    areas: list[str] = []
    seen: dict[str, int] = {}
    for row in rows:
        cell = table.cell(row, label)
        area = tidy(cell)
        if not area:
            raise TableError(NO_AREA, file=table.name, row=row.number, column=table.heading_label(label))
        if _is_torn(cell):
            raise TableError(OPEN_LABEL, file=table.name, row=row.number)
        if folded(area) in seen:
            first_row = seen[folded(area)]
            years = _years_of_areas(table, label)
            raise TableError(
                REPEATED_AREA, file=table.name, area=area, one=first_row, other=row.number, years=years
            )
        seen[folded(area)] = row.number
        areas.append(area)
    return areas


def _is_torn(cell: Cell) -> bool:
    return isinstance(cell, str) and ("\n" in cell or "\r" in cell) and any(mark in cell for mark in ",;\t|")


def _years_of_areas(table: Table, label: int) -> Message | str:
    for at in range(len(table.headings)):
        if at != label and holds_years(table, at) and len(years := years_of(table, at)) > 1:
            return message(SEVERAL_YEARS, column=table.heading_label(at), years=", ".join(years[:8]))
    return ""


def _note_unused(table: Table, used: set[int], computed: Collection[str]) -> None:
    nodes = {folded(code) for code in computed}
    unused = []
    for at, heading in enumerate(table.headings):
        if at not in used and folded(heading) in nodes:
            table.notes.append(message(COMPUTED, file=table.name, column=heading))
        elif at not in used:
            unused.append(at)
    filled = [at for at in unused if table.headings[at] or any(table.text(row, at) for row in table.rows)]
    if not filled:
        return
    more = f", … ({len(filled)})" if len(filled) > 12 else ""
    names = joined([table.heading_label(at) for at in filled[:12]], ", ", end=more)
    table.notes.append(message(UNUSED, file=table.name, columns=names))
    for at in filled:
        if holds_years(table, at) and len(distinct_years := years_of(table, at)) > 1:
            years = ", ".join(distinct_years[:8])
            table.notes.append(
                message(YEARS_TOGETHER, file=table.name, column=table.heading_label(at), years=years)
            )


def _note_totals(table: Table, rows: Sequence[Row], areas: Sequence[str]) -> None:
    for row, area in zip(rows, areas, strict=True):
        if plain(area) in _TOTALS or is_called_as_remark(area):
            table.notes.append(message(TOTAL, file=table.name, row=row.number, area=area))


def _note_alike(table: Table, areas: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for area in areas:
        earlier = seen.setdefault(plain(area), area)
        if earlier != area and plain(area):
            table.notes.append(message(ALIKE, file=table.name, one=earlier, other=area))
