"""From cells to a table: which row has the headings, which rows are data, and which are notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from kpis.intake.grid import Cell, Grid, Row, Uncomputed, folded, tidy
from kpis.intake.limits import MAX_ROWS_ABOVE
from kpis.intake.numbers import MISSING
from kpis.messages import Message, TableError, joined, message
from kpis.texts import Text

EMPTY = Text(
    "{file}: the table is empty. It needs a row of headings and a row for each area or code.",
)
NO_ROWS = Text(
    "{file}: no rows below the headings. Add a row for each area or code.",
)
MORE_CELLS = Text(
    "{file}: row {row} ('{label}') has {n} cells for {width} headings. Write a cell that holds the "
    "separator in quotation marks, or add the heading.",
)
FEWER_CELLS = Text(
    "{file}: row {row} ('{label}') has {n} of {width} cells. Add the missing separators, or remove the row "
    "if it is a remark.",
)
REPEATED = Text(
    "{file}: column '{column}' appears more than once (columns {one} and {other}). Keep one, or rename one.",
)
ABOVE = Text(
    "{file}: left out, above the headings in row {row}: {rows}.",
)
REMARKS = Text(
    "{file}: left out as remarks, without figures of an area: {rows}.",
)
NO_RESULT = Text(
    "{file}: row {row}, column {column}: a formula without its result. Open the file in a spreadsheet, let "
    "it compute, and save it again.",
)
ROW_START = Text("row {row} '{text}'")
_ROWS_NAMED = 5  # rows named in a note
_FIGURE = re.compile(r"\W{0,2}\d")
_LONG = 60  # letters: longer than the name of any country

# what is written under tables, with its colon; Fuente de Oro is a municipality, "Fuente:" is none
_SURE = re.compile(
    r"(?:data )?(?:sources?|fuentes?|notes?|notas?|data from(?: database)?|last "
    r"updated|footnotes?|legend|leyenda|"
    r"datos de|última actualización|elaboración|elaborado "
    r"por|method|metodología|copyright|licen[cs]e|licencia)"
    r"\b[^:;]{0,30}:|©|https?://",
    re.IGNORECASE,
)
# no area is called so, though an indicator may be: the word alone, with a year, or for the day of a download
_NO_AREA = re.compile(
    r"(?:sources?|fuentes?|fontes?|quellen?|notes?|notas?|remarks?|anmerkung(?:en)?|observaciones|comentarios?)"
    r"(?:\W*\d{0,2}\W*$|\b.*\b(?:19|20)\d\d\b)|"
    r"(?:downloaded|retrieved|accessed|extracted|data extracted|last updated?|descargado|consultado|"
    r"actualizado|extraído|téléchargé|abgerufen)\b",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"(?:sources?|fuentes?|notes?|notas?|elaboraci[oó]n|elaborado|data|datos|last|updated|actualizado|descargado|"
    r"downloaded|retrieved|prepared|see|véase|ver|n/?a|provisional|preliminar|estimate|valores|values)\b|"
    r"[\da-c][).\/] ?\w|[¹²³⁴†‡§*]|[(\[]\w[)\]]",
    re.IGNORECASE,
)

BLANK_HEADING = Text("(number {n})")


@dataclass
class Table:
    """Headings and the rows below them. name: the file; notes: what was left out on the way."""

    name: str
    headings: tuple[str, ...]
    rows: list[Row]
    is_ragged: bool  # rows of text may lack cells; those of a workbook only look so
    notes: list[Message] = field(default_factory=list)

    def cell(self, row: Row, column: int) -> Cell:
        """A cell, "" where the row ends before it."""
        return row.cells[column] if column < len(row.cells) else ""

    def text(self, row: Row, column: int) -> str:
        return tidy(self.cell(row, column))

    def columns(self, heading: str) -> list[int]:
        """Positions of a heading, whatever its case."""
        folded_heading = folded(heading)
        return [at for at, name in enumerate(self.headings) if folded(name) == folded_heading]

    def only(self, heading: str) -> int | None:
        """Position of a heading that may stand once; None if it is not there, TableError if it is
        repeated."""
        places = self.columns(heading)
        if len(places) > 1:
            first, second = places[0] + 1, places[1] + 1
            raise TableError(
                REPEATED, file=self.name, column=self.headings[places[0]], one=first, other=second
            )
        return places[0] if places else None

    def heading_label(self, column: int) -> str | Message:
        """A heading for messages; its position where it is blank."""
        name = self.headings[column]
        return name or message(BLANK_HEADING, n=column + 1)


def read_layout(grid: Grid, merit: Callable[[Sequence[str]], int], enough: int) -> Table:
    """The table of a file: headings found, titles above and blank rows left out.

    merit: how many of the headings that are looked for a row of cells holds; enough: so many make a row below
    the first the headings. Raises TableError for a table without rows, and for a row with more cells than
    headings.
    """
    filled = [row for row in grid.rows if not row.is_blank]
    if not filled:
        raise TableError(EMPTY, file=grid.name)
    at = _heading_row(filled, merit, enough)
    head, above, below = filled[at], filled[:at], filled[at + 1 :]
    headings = [tidy(cell) for cell in head.cells]
    while headings and not headings[-1]:
        headings.pop()
    notes = list(grid.notes)
    if above:
        notes.append(message(ABOVE, file=grid.name, row=head.number, rows=rows_message(above)))
    if not below:
        raise TableError(NO_ROWS, file=grid.name)
    return Table(grid.name, tuple(headings), below, grid.separator != "", notes)


def _heading_row(filled: Sequence[Row], merit: Callable[[Sequence[str]], int], enough: int) -> int:
    merits = [merit([tidy(cell) for cell in row.cells]) for row in filled[:MAX_ROWS_ABOVE]]
    best = max(merits)
    if best >= enough:
        return merits.index(best)
    # a title fills one cell, headings several
    several = [at for at, row in enumerate(filled[:MAX_ROWS_ABOVE]) if row.filled > 1]
    return several[0] if several else 0


def keep_rows(
    table: Table, label: int, needed: Collection[int], areas: Collection[str] = (), *, of_areas: bool = False
) -> list[Row]:
    """The data rows of a table; remarks are left out, and a note names them.

    label: column of the area or code; needed: columns that are read; areas: labels that are no remarks;
    of_areas: labels are places, and the first row may hold units ("%", "US$") in place of figures.
    A remark begins as one ("Source: …"), or stands below the last row with a figure and is prose, follows a
    blank row or has no label. Raises TableError for a row with more or fewer cells than headings.
    """
    width = len(table.headings)
    figures = [
        _has_figure(table, row, needed) and not (of_areas and _is_no_area(table, row, needed))
        for row in table.rows
    ]
    last = max((at for at, has_figure in enumerate(figures) if has_figure), default=-1)
    rows: list[Row] = []
    remarks: list[Row] = []
    before = None
    for at, row in enumerate(table.rows):
        after_gap = before is not None and row.number > before + 1
        is_area = table.text(row, label) in areas
        is_none = of_areas and (
            _is_no_area(table, row, needed) or (at == 0 and _is_units(table, row, needed))
        )
        if is_none or (
            not is_area
            and is_remark(table, row, label, needed, is_tail=at > last, after_gap=after_gap or bool(remarks))
        ):
            remarks.append(row)
        else:
            check_width(table, row, width)
            _check_computed(table, row, {label, *needed})
            rows.append(row)
        before = row.number
    if remarks:
        table.notes.append(message(REMARKS, file=table.name, rows=rows_message(remarks)))
    if not rows:
        raise TableError(NO_ROWS, file=table.name)
    return rows


def _has_figure(table: Table, row: Row, needed: Collection[int]) -> bool:
    if _SURE.match(_first(row)):
        return False
    return any(any(sign.isdigit() for sign in table.text(row, column)) for column in needed)


def _first(row: Row) -> str:
    return next((text for cell in row.cells if (text := tidy(cell))), "")


def is_remark(
    table: Table, row: Row, label: int, needed: Collection[int], *, is_tail: bool, after_gap: bool
) -> bool:
    """Whether a row is a remark. is_tail: below the last figure; after_gap: after a blank row or a remark."""
    first = _first(row)
    if _SURE.match(first):
        return True
    if not table.text(row, label) and not _has_figure(table, row, needed):
        return True  # a row of units or of other text: no area, no figure
    if any(table.text(row, column) for column in needed):
        return False
    if not is_tail:
        return False
    is_prose = bool(_PERHAPS.match(first)) or len(first) > _LONG or _is_sentence(first)
    return is_prose or (after_gap and row.filled == 1)


def is_called_as_remark(label: str) -> bool:
    """Whether a label is a remark below the table and not an area: "Note", "Source UN 2024"."""
    return bool(_NO_AREA.match(label))


def _is_no_area(table: Table, row: Row, needed: Collection[int]) -> bool:
    """Whether a row with such a label lacks a figure; a complete one is read, with a note."""
    return is_called_as_remark(_first(row)) and not all(table.text(row, column) for column in needed)


def _is_units(table: Table, row: Row, needed: Collection[int]) -> bool:
    """Two cells or more, each of them a text such as "%" or "US$ 2015", no number and no mark of a gap."""
    texts = [text for column in needed if (text := table.text(row, column))]
    return len(texts) > 1 and not any(text.casefold() in MISSING or _FIGURE.match(text) for text in texts)


def _is_sentence(text: str) -> bool:
    """Prose, not a name: "Yemen, Rep." and "Korea, Dem. People's Rep." are names."""
    return ": " in text or (text.endswith(".") and text.count(" ") > 3)


def check_width(table: Table, row: Row, width: int) -> None:
    """TableError for a row with more cells than headings, or with fewer where the file is text."""
    used = max((at + 1 for at, cell in enumerate(row.cells) if tidy(cell)), default=0)
    details = {"file": table.name, "row": row.number, "label": _first(row)[:40], "width": width}
    if used > width:
        raise TableError(MORE_CELLS, n=used, **details)
    if table.is_ragged and len(row.cells) < width:
        raise TableError(FEWER_CELLS, n=len(row.cells), **details)


def _check_computed(table: Table, row: Row, columns: Collection[int]) -> None:
    for column in columns:
        if isinstance(table.cell(row, column), Uncomputed):
            raise TableError(NO_RESULT, file=table.name, row=row.number, column=table.heading_label(column))


def rows_message(rows: Sequence[Row]) -> Message:
    """Rows for a note: number and beginning of each, the first five."""
    parts = [message(ROW_START, row=row.number, text=_beginning(row)) for row in rows[:_ROWS_NAMED]]
    more = f"; … ({len(rows)})" if len(rows) > _ROWS_NAMED else ""
    return joined(parts, "; ", end=more)


def _beginning(row: Row) -> str:
    text = " ".join(text for cell in row.cells if (text := tidy(cell)))
    return text if len(text) <= 50 else f"{text[:49]}…"
