"""Files of cases, of another centre or typed by hand: each row becomes a record, or says what is wrong.

Nothing is written here (`kpis/workspace/knowledge/importing.py` does that). A file is never trusted: its
texts are tidied, its codes checked, and what it says about scores and publication is not read at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpis.intake import read_grid
from kpis.intake.files import EMPTY
from kpis.intake.grid import Row as GridRow
from kpis.intake.grid import folded, tidy
from kpis.messages import Message, TableError, message
from kpis.texts import Text
from kpis.workspace.knowledge.case import Origin
from kpis.workspace.knowledge.record import FIELDS, Problem, problems, tidied
from kpis.workspace.knowledge.rules import State
from kpis.workspace.knowledge.writing import MARK, ORIGIN_ID, ORIGIN_NAME, SCHEMA, SCHEMA_COLUMN, TOLD

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
LONGEST_ORIGIN = 100
_KNOWN = (*FIELDS, SCHEMA_COLUMN, ORIGIN_ID, ORIGIN_NAME, *TOLD)
_ENOUGH = 2  # known headings that make a row the row of headings
# the apostrophe that `kpis/spreadsheet.py` puts before what a spreadsheet takes for a formula
_GUARD = re.compile(r"(^|[;\t\r\n])'(?=[\s\u200b\ufeff\"]*[=+\-@＝＋－＠])")

TOO_LARGE = Text("{file}: the file is larger than {limit} MB. Cases are texts: send them in parts.")
TOO_MANY = Text("{file}: {n} rows are more than {most}. Send them in parts.")
NO_JSON = Text("{file}: this is not JSON ({reason}). Export it again, or save the table as CSV.")
NO_CASES = Text("{file}: this JSON holds no cases. A file of cases has “mark”: “{mark}” and a list “cases”.")
NEWER = Text(
    "{file}: its schema is {schema}; this version of Escala reads {known}. Ask for a file of that schema, or "
    "update Escala."
)
NO_HEADINGS = Text(
    "{file}: no row of headings was found. A table of cases has at least the columns {columns}; the template "
    "has them all."
)
STRANGERS = Text("Columns that are not read: {names}.")
NO_ROW = Text("is no case: each is a list of fields with their texts.")
NO_ORIGIN = Text("has no id of its centre, though it names one. Export it again at its centre.")
TWICE = Text("stands already in row {row} of this file. Keep one of the two.")


@dataclass(frozen=True)
class Incoming:
    """One row of a file. number: as a spreadsheet counts, or the place in the list of a JSON file.

    origin: the centre that sent it, None for a proposal of one's own.
    """

    number: int
    record: Mapping[str, str]
    origin: Origin | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class CaseFile:
    """A file that was read. notes: what was passed over as a whole."""

    name: str
    rows: tuple[Incoming, ...]
    notes: tuple[Message, ...] = ()


def read_cases(data: bytes, name: str, year: int) -> CaseFile:
    """The cases of a file: CSV, XLSX or JSON. name: what the person calls it. year: of today.

    Raises TableError for what is no such file, too large, or of a newer schema.
    """
    if len(data) > MAX_BYTES:
        raise TableError(TOO_LARGE, file=name, limit=MAX_BYTES // 1_000_000)
    if not data.strip():
        raise TableError(EMPTY, file=name)
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    rows, notes = _of_json(data, name) if is_json else _of_table(data, name)
    if len(rows) > MAX_ROWS:
        raise TableError(TOO_MANY, file=name, n=len(rows), most=MAX_ROWS)
    return CaseFile(name, _without_twins(_incoming(number, cells, year) for number, cells in rows), notes)


Cells = tuple[int, Mapping[str, Any] | None]


def _of_json(data: bytes, name: str) -> tuple[list[Cells], tuple[Message, ...]]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        reason = str(fault) if isinstance(fault, json.JSONDecodeError) else type(fault).__name__
        raise TableError(NO_JSON, file=name, reason=reason) from None
    listed = content.get("cases") if isinstance(content, dict) and content.get("mark") == MARK else None
    if not isinstance(listed, list):
        raise TableError(NO_CASES, file=name, mark=MARK)
    _check_schema(content.get("schema"), name)
    rows: list[Cells] = [(n, row if isinstance(row, dict) else None) for n, row in enumerate(listed, 1)]
    return rows, ()


def _check_schema(schema: object, name: str) -> None:
    if schema != SCHEMA:
        raise TableError(NEWER, file=name, schema=str(schema), known=SCHEMA)


def _of_table(data: bytes, name: str) -> tuple[list[Cells], tuple[Message, ...]]:
    grid = read_grid(data, name, _KNOWN, _ENOUGH)
    place, columns = _headings(grid.rows, name)
    rows: list[Cells] = []
    for row in grid.rows[place + 1 :]:
        if row.filled:
            pairs = zip(columns, row.cells, strict=False)
            cells = {column: _unguarded(tidy(cell)) for column, cell in pairs}
            if schema := cells.get(SCHEMA_COLUMN):
                _check_schema(SCHEMA if schema == f"{MARK}/{SCHEMA}" else schema, name)
            rows.append((row.number, cells))
    strangers = [column for column in columns if column and column not in _KNOWN]
    notes = [*grid.notes, *([message(STRANGERS, names=", ".join(strangers))] if strangers else [])]
    return rows, tuple(notes)


def _headings(rows: Sequence[GridRow], name: str) -> tuple[int, list[str]]:
    """Place of the row of headings, and the headings in small letters."""
    for place, row in enumerate(rows):
        columns = [folded(str(cell)).replace(" ", "_") for cell in row.cells]
        if {"name", "country_iso3"} <= set(columns):
            return place, columns
    raise TableError(NO_HEADINGS, file=name, columns="name, country_iso3")


def _unguarded(text: str) -> str:
    return _GUARD.sub(r"\1", text)


def _incoming(number: int, cells: Mapping[str, Any] | None, year: int) -> Incoming:
    if cells is None:
        return Incoming(number, tidied({}), None, (Problem("case_id", message(NO_ROW)),))
    record = tidied({field: _listed(cells.get(field)) for field in FIELDS})
    found = problems(record, State.PROPOSED, year)
    origin_id, origin_name = (_short(cells.get(column)) for column in (ORIGIN_ID, ORIGIN_NAME))
    if origin_name and not origin_id:
        found.append(Problem("case_id", message(NO_ORIGIN)))
    origin = Origin(origin_id, origin_name or origin_id) if origin_id else None
    return Incoming(number, record, origin, tuple(found))


def _listed(cell: object) -> object:
    """A cell; of a JSON file perhaps a list of texts. Anything deeper is no field of a case."""
    if isinstance(cell, list):
        return ";".join(str(part) for part in cell if not isinstance(part, list | dict))
    return "" if isinstance(cell, dict) else cell


def _short(cell: object) -> str:
    """An id or a name of a centre, tidied like any text of a record."""
    return tidied({"name": _listed(cell)})["name"][:LONGEST_ORIGIN]


def _without_twins(rows: Iterable[Incoming]) -> tuple[Incoming, ...]:
    """The rows; the second with the same id says so."""
    first: dict[str, int] = {}
    checked = []
    for row in rows:
        case_id = row.record["case_id"]
        if case_id and case_id in first:
            twin = Problem("case_id", message(TWICE, row=first[case_id]))
            row = replace(row, problems=(*row.problems, twin))
        first.setdefault(case_id, row.number)
        checked.append(row)
    return tuple(checked)
