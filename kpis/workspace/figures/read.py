"""From a file to own figures: its sheets, its columns, every value; and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kpis.intake import Grid, read_grids
from kpis.intake.grid import Cell, Row, folded
from kpis.intake.layout import Table, read_layout
from kpis.intake.limits import MAX_ROWS
from kpis.intake.numbers import Mark
from kpis.messages import TableError, message
from kpis.texts import Text
from kpis.workspace.figures import columns as headings
from kpis.workspace.figures import described, places
from kpis.workspace.figures.cells import Codes, Factor, column, data_rows, factor
from kpis.workspace.figures.columns import OF_AREAS, OF_SERIES, Columns, find_columns
from kpis.workspace.figures.described import Series
from kpis.workspace.figures.model import Known, OwnFigures
from kpis.workspace.figures.places import Places
from kpis.workspace.figures.problems import Problems
from kpis.workspace.figures.values import Stacked, figures_of

Progress = Callable[[float], None]
MAX_VALUES = 500_000
_BEGINNING = 40  # rows that tell what a sheet holds
_ENOUGH = 3  # headings that make a row the one of the headings

TOO_MANY = Text("{file}: {n} values; at most {limit} are read at once. Split the table by year or by series.")
NO_FIGURES = Text("{file}: no figure was found below the headings.")
NO_TABLE = Text(
    "{file}: no table of figures was found. It needs a column of areas, one of periods and one of values."
)
OTHER_SHEETS = Text("Sheets that are not read: {sheets}.")


@dataclass(frozen=True)
class Request:
    """What the owner of a table says of it beside the file.

    mapping: role, or id of a series, → heading of its column. country: Member State that areas without
    a parent belong to. series: id of the series of a table without a column of series. decimal: the mark
    where numbers leave it open. described: series → what a form states of it (`OF_SERIES`). areas: a second
    file, with the areas.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    series: str = ""
    decimal: Mark | None = None
    described: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    areas: tuple[bytes, str] | None = None
    lang: str = "en"


@dataclass(frozen=True)
class Reading:
    """What was read. headings: of the table; roles: role → heading taken for it; wide: as in `Columns`.

    figures: what could be read, also where problems keep it from being accepted; None where that is nothing.
    """

    name: str
    problems: Problems
    headings: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    wide: str = ""
    n_rows: int = 0
    figures: OwnFigures | None = None

    @property
    def is_good(self) -> bool:
        """Whether the figures can be accepted."""
        return self.figures is not None and not self.problems.is_fatal


def read_figures(
    data: bytes, name: str, request: Request, known: Known, progress: Progress | None = None
) -> Reading:
    """A table of own figures from the bytes of a CSV or XLSX file.

    name: what its owner calls it. progress: is told the share that is done, 0 to 1. What is wrong
    with the file is in the problems of the answer. Raises ChoiceError for a mapping that names no column.
    """
    tell = progress or _tell_nobody
    problems = Problems()
    try:
        return _read(data, name, request, known, tell, problems)
    except TableError as fault:
        problems.add(fault.message)
        return Reading(name, problems)
    finally:
        tell(1.0)


def _tell_nobody(share: float) -> None:
    """Progress that nobody follows."""
    del share


def _read(
    data: bytes, name: str, request: Request, known: Known, tell: Progress, problems: Problems
) -> Reading:
    series = Series(known)
    expected = headings.expected_headings(known.kpis)
    grids = read_grids(data, name, expected, lambda share: tell(0.5 * share))
    tell(0.5)
    for text in grids[0].notes:
        problems.note(text)
    grid, area_grid, series_grid = _sorted_sheets(grids, series, problems)
    own = Places(known.areas, request.country)
    if series_grid is not None:
        described.of_sheet(series_grid, series, request.decimal, problems)
    for code, facts in request.described.items():
        series.put(code, facts)
    if request.areas is not None:
        area_grid = read_grids(request.areas[0], request.areas[1], expected)[0]
    if area_grid is not None:
        places.of_sheet(area_grid, own, problems)
    table = read_layout(replace(grid, notes=[]), lambda cells: headings.merit(cells, series.by_name), _ENOUGH)
    for text in table.notes:
        problems.note(text)
    columns = find_columns(table, request.mapping, series.by_name)
    reading = Reading(
        name,
        problems,
        table.headings,
        {role: table.headings[at] for role, at in columns.roles.items()},
        columns.wide,
    )
    lacking = headings.missing(table, columns, has_series=bool(request.series))
    lacking += headings.repeated_headings(table, {*columns.roles.values(), *columns.values})
    for fault in lacking:
        problems.add(fault)
    if lacking:
        return reading
    if note := headings.unused(table, columns):
        problems.note(note)
    tell(0.55)
    hint: Mark | None = "." if grid.separator == "," else None
    return _figures(table, columns, request, series, own, tell, reading, hint)


def _sorted_sheets(
    grids: Sequence[Grid], series: Series, problems: Problems
) -> tuple[Grid, Grid | None, Grid | None]:
    """The sheet of figures, that of areas and that of series; the others are named in a note."""
    if len(grids) == 1:
        return grids[0], None, None
    roles = [_sheet_roles(grid, series) for grid in grids]
    best = max(range(len(grids)), key=lambda at: (_has_figures(roles[at]), len(grids[at].rows)))
    if not _has_figures(roles[best]):
        raise TableError(NO_TABLE, file=grids[0].name)
    others = [at for at in range(len(grids)) if at != best]
    areas = next((at for at in others if {"parent", "level"} & roles[at]), None)
    of_series = next(
        (at for at in others if at != areas and "series" in roles[at] and set(OF_SERIES) & roles[at]), None
    )
    left = [grids[at].name for at in others if at not in (areas, of_series)]
    if left:
        problems.note(message(OTHER_SHEETS, sheets=", ".join(left)))
    return (
        grids[best],
        None if areas is None else grids[areas],
        None if of_series is None else grids[of_series],
    )


def _sheet_roles(grid: Grid, series: Series) -> set[str]:
    """Roles of the columns of a sheet; "values" where it is a wide table."""
    try:
        beginning = replace(grid, rows=grid.rows[:_BEGINNING], notes=[])
        table = read_layout(beginning, lambda cells: headings.merit(cells, series.by_name), _ENOUGH)
    except TableError:
        return set()
    columns = find_columns(table, {}, series.by_name)
    return {*columns.roles, *(["values"] if columns.values else [])}


def _has_figures(roles: set[str]) -> bool:
    return "area" in roles and bool({"value", "values"} & roles) and bool({"period", "values"} & roles)


def _figures(
    table: Table,
    columns: Columns,
    request: Request,
    series: Series,
    own: Places,
    tell: Progress,
    reading: Reading,
    hint: Mark | None,
) -> Reading:
    """The figures of a table whose columns are known. hint: decimal mark that the separator suggests."""
    problems = reading.problems
    value_columns = [*columns.values] or [columns.roles["value"]]
    rows = data_rows(table, columns.roles["area"], value_columns, problems)
    n = len(rows) * len(value_columns)
    if n > MAX_VALUES or len(rows) > MAX_ROWS:
        raise TableError(TOO_MANY, file=table.name, n=f"{n:,}", limit=f"{MAX_VALUES:,}")
    tell(0.65)
    numbers = np.fromiter((row.number for row in rows), dtype=np.int64, count=len(rows))
    area, area_codes = _areas(table, rows, numbers, columns, own, problems)
    stacked = _stacked(table, rows, numbers, columns, request, series, problems)
    tell(0.75)
    if not stacked.cells:
        problems.add(message(NO_FIGURES, file=table.name))
        return replace(reading, n_rows=len(rows))
    stacked.decimal, stacked.hint = request.decimal, hint
    figures = figures_of(stacked, area, area_codes, series, own.names, problems)
    tell(0.95)
    used = [code for code in dict.fromkeys(figures["series"]) if code]
    described.check_gates(used, series, problems)
    areas = places.table_of(own, sorted(set(figures["ref_area"]) - {""}), problems)
    result = OwnFigures(reading.name, areas, described.table_of(used, series, request.lang), figures)
    return replace(reading, n_rows=len(rows), figures=None if figures.empty else result)


def _areas(
    table: Table, rows: Sequence[Row], numbers: Codes, columns: Columns, own: Places, problems: Problems
) -> tuple[Factor, list[str]]:
    area = factor(column(rows, columns.roles["area"]))
    beside = {role: factor(column(rows, columns.roles[role])) for role in OF_AREAS if role in columns.roles}
    if {"parent", "level"} & beside.keys() or own.country:
        places.of_columns(area, beside, numbers, own, problems)
    return area, places.resolve(area, numbers, own, table.headings[columns.roles["area"]], problems)


def _stacked(
    table: Table, rows: Sequence[Row], numbers: Codes, columns: Columns, request: Request, series: Series,
    problems: Problems,
) -> Stacked:  # fmt: skip
    """The values of a long or wide table one below the other."""
    n = len(rows)
    period = _period_column(rows, columns)
    series_at = columns.at("series")
    of_rows = None if series_at is None else factor(column(rows, series_at))
    codes: list[str] = []
    if of_rows is not None and series_at is not None:
        beside = {
            role: (table.headings[columns.roles[role]], factor(column(rows, columns.roles[role])))
            for role in OF_SERIES
            if role in columns.roles
        }
        heading = table.headings[series_at]
        codes = described.resolve(
            of_rows, numbers, heading, series, bool({"unit", "direction"} & beside.keys()), problems
        )
        described.of_columns(of_rows, codes, beside, table, numbers, series, request.decimal, problems)
    stacked = Stacked(table, [], np.empty(0, np.int64), np.empty(0, np.int64), [], [], [], numbers)
    for at in columns.values or {columns.roles["value"]: ""}:
        head = columns.values.get(at, "")
        stacked.put(
            column(rows, at),
            table.headings[at],
            Factor(np.zeros(n, np.int64), [head], [head])
            if columns.wide == "period" or period is None
            else period,
            _series_of(head, columns, of_rows, codes, request, n),
        )
    for role in ("status", "note"):
        if role in columns.roles:
            stacked.beside[role] = column(rows, columns.roles[role])
    stacked.period_heading = table.headings[columns.roles["period"]] if "period" in columns.roles else ""
    return stacked


def _series_of(
    head: str, columns: Columns, of_rows: Factor | None, codes: list[str], request: Request, n: int
) -> Factor:
    """Ids of the series of a column of values, by row."""
    if columns.wide == "series":
        return Factor(np.zeros(n, np.int64), [head], [head])
    if of_rows is not None:
        return Factor(of_rows.codes, codes, [])
    return Factor(np.zeros(n, np.int64), [request.series], [])


def _period_column(rows: Sequence[Row], columns: Columns) -> Factor | None:
    """The periods of rows as written; a year and a quarter or month in two columns are joined."""
    at = columns.at("period")
    if at is None:
        return None
    cells = column(rows, at)
    for role, form in (("quarter", "{year}-Q{part}"), ("month", "{year}-{part:0>2}")):
        if role in columns.roles:
            parts = column(rows, columns.roles[role])
            return factor([_joined(year, part, form) for year, part in zip(cells, parts, strict=True)])
    return factor(cells)


def _joined(year: Cell, part: Cell, form: str) -> Cell:
    texts = [
        str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        for cell in (year, part)
    ]
    digits = folded(texts[1]).lstrip("qt")
    roman = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
    return form.format(year=texts[0].strip(), part=roman.get(digits, digits)) if digits else year
