"""One sheet of an XLSX workbook, as values: the first that holds the headings looked for.

A workbook is a ZIP of XML parts (ECMA-376). Four of them matter here: the list of sheets, the shared texts,
the styles, which alone tell a date from a number, and the sheet. Reading just these lets every limit hold
before memory is taken, and tells a formula without a result, which a general reader gives as an empty cell,
from a gap.
"""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from xml.etree import ElementTree

from kpis.intake.grid import Cell, Grid, Percent, Row, Uncomputed, folded, tidy
from kpis.intake.limits import MAX_COLUMNS, MAX_ROWS_ABOVE
from kpis.intake.parts import Parts, children_named, links_of, local
from kpis.intake.separators import check_size
from kpis.messages import Message, TableError, message
from kpis.texts import Text

PACKED = b"PK\x03\x04"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN_PERCENTS = {9, 10}
_ORDER = list(range(MAX_COLUMNS))
_MOST_PARTS = 20 * MAX_COLUMNS  # elements in one row: a cell has three, a formatted text some more
_FIRST_DAY = datetime.date(
    1899, 12, 30
)  # day 0; 1900 counts as a leap year there, so days before March are one off
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')  # parts of a number format that are no codes

NO_WORKBOOK = Text(
    "{file}: this is no XLSX workbook that can be read ({reason}). Save the table as CSV (UTF-8) or XLSX.",
)
DAMAGED = Text("damaged")
NOT_XLSX = Text("another kind of ZIP")
LOCKED = Text("protected by a password")
NO_SHEET = Text("no sheet with cells")
OTHER_SHEETS = Text(
    "{file}: the sheet '{sheet}' was read, one of {n}; the others were not.",
)
MACROS = Text(
    "{file}: the macros of the workbook were left aside; only its cells are read.",
)
HIDDEN_ROWS = Text(
    "{file}: rows that the sheet hides or filters out ({n}) were read too. Delete them if they do not "
    "belong.",
)


def read_sheet(data: bytes, name: str, expected: Collection[str] = (), enough: int = 2) -> Grid:
    """Cells of the first visible sheet that holds a row of the headings looked for, else of the first one.

    expected: those headings, folded; enough: so many unlike ones in a row are headings. Formulas give the
    value last computed, `Uncomputed` where there is none.
    Raises TableError for what is no workbook and for one beyond the limits.
    """
    with _opened(data, name) as parts:
        return _read(parts, name, expected, min(enough, len(expected)))


def read_sheets(data: bytes, name: str, tell: Callable[[float], None] | None = None) -> list[Grid]:
    """Cells of every visible sheet that holds any, in the order of the workbook; raises as `read_sheet`.

    tell: is told the share that has been read, 0 to 1.
    """
    with _opened(data, name, tell) as parts:
        book = _book(parts, name)
        grids = [
            Grid(f"{name} ({title})" if len(book.sheets) > 1 else name, sheet.rows, "", _hidden(name, sheet))
            for at, title in enumerate(book.titles)
            if (sheet := book.read(parts, at)).rows
        ]
    if not grids:
        raise TableError(NO_WORKBOOK, file=name, reason=NO_SHEET)
    grids[0].notes.extend(book.notes)
    return grids


@contextmanager
def _opened(data: bytes, name: str, tell: Callable[[float], None] | None = None) -> Iterator[Parts]:
    """The parts of a workbook; what cannot be read becomes one sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield Parts(packed, name, tell)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise TableError(NO_WORKBOOK, file=name, reason=DAMAGED) from None
    except RuntimeError:  # what zipfile raises for an encrypted part
        raise TableError(NO_WORKBOOK, file=name, reason=LOCKED) from None
    except (ElementTree.ParseError, KeyError, ValueError, IndexError, OverflowError):
        raise TableError(NO_WORKBOOK, file=name, reason=DAMAGED) from None


@dataclass(frozen=True)
class _Book:
    """A workbook: its visible sheets, how many it has in all, and what all of them share."""

    name: str
    titles: tuple[str, ...]
    sheets: tuple[str, ...]
    n_sheets: int
    shared: list[str]
    styles: _Styles
    notes: list[Message]

    def read(self, parts: Parts, at: int) -> _Sheet:
        return _sheet(parts.blocks(self.sheets[at]), self.name, self.shared, self.styles)


def _book(parts: Parts, name: str) -> _Book:
    book = next((part for kind, part in links_of(parts, "").values() if kind == "officeDocument"), "")
    if not parts.has(book):
        raise TableError(NO_WORKBOOK, file=name, reason=NOT_XLSX)
    root = parts.tree(book)
    links = links_of(parts, book)
    sheets = [sheet for sheet in children_named(root, "sheet") if _is_table(sheet, links)]
    visible = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    if not visible:
        raise TableError(NO_WORKBOOK, file=name, reason=NO_SHEET)
    others = {kind: part for kind, part in links.values()}
    return _Book(
        name,
        tuple(sheet.get("name", "") for sheet in visible),
        tuple(links[_relation(sheet)][1] for sheet in visible),
        len(sheets),
        _shared_texts(parts, others.get("sharedStrings", "")),
        _styles(parts, others.get("styles", ""), is_stale=_is_stale(root)),
        [message(MACROS, file=name)] if "vbaProject" in others else [],
    )


def _read(parts: Parts, name: str, expected: Collection[str], enough: int) -> Grid:
    book = _book(parts, name)
    read: dict[int, _Sheet] = {}
    place = 0
    for at in range(len(book.sheets)):
        read[at] = book.read(parts, at)
        if len(book.sheets) == 1 or _has_headings(read[at].rows, expected, enough):
            place = at
            break
    notes = book.notes
    if book.n_sheets > 1:
        notes.append(message(OTHER_SHEETS, file=name, sheet=book.titles[place], n=book.n_sheets))
    notes += _hidden(name, read[place])
    # with several sheets a message has to say which
    label = f"{name} ({book.titles[place]})" if len(book.sheets) > 1 else name
    return Grid(label, read[place].rows, "", notes)


def _hidden(name: str, sheet: _Sheet) -> list[Message]:
    return [message(HIDDEN_ROWS, file=name, n=sheet.hidden)] if sheet.hidden else []


def _is_stale(root: ElementTree.Element) -> bool:
    """Whether the workbook asks to be recalculated on opening."""
    return any(part.get("fullCalcOnLoad") in ("1", "true") for part in children_named(root, "calcPr"))


def _has_headings(rows: tuple[Row, ...], expected: Collection[str], enough: int) -> bool:
    return any(
        len({heading for cell in row.cells if (heading := folded(tidy(cell))) in expected}) >= enough
        for row in rows[:MAX_ROWS_ABOVE]
    )


def _relation(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), None)


def _is_table(sheet: ElementTree.Element, links: dict[str | None, tuple[str, str]]) -> bool:
    """Not a sheet that is one chart, nor one of macros."""
    return links.get(_relation(sheet), ("", ""))[0] == "worksheet"


def _shared_texts(parts: Parts, part: str) -> list[str]:
    if not parts.has(part):
        return []
    texts: list[str] = []
    for item in _stream(parts.blocks(part), "si", "sst"):
        texts.append(_text(item))
        check_size(parts.name, 0, 0, len(texts))
    return texts


def _stream(blocks: Iterable[bytes], item: str, end: str) -> Iterator[ElementTree.Element]:
    """Items of a long part one by one, none kept; more parts in one than a row can have is damage.

    A part with a document type, which could expand, was refused before (`Parts.read`).
    """
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(("end",))
    inner: set[str] = set()  # names of what stands within items: most of what comes
    pending = 0
    for block in blocks:
        parser.feed(block)
        ended = cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events())
        for _event, element in ended:
            pending += 1
            if (tag := element.tag) in inner:
                continue
            if pending > _MOST_PARTS:
                raise ValueError("an endless row")
            name = local(element)
            if name == item:
                yield element
                element.clear()  # what is left of it in its parent takes next to nothing
                pending = 0
            elif name == end:
                return
            else:
                inner.add(tag)
        if pending > _MOST_PARTS:
            raise ValueError("an endless row")
    parser.close()


def _text(element: ElementTree.Element) -> str:
    """Plain text of a cell, without its Japanese reading (rPh)."""
    if local(element) == "rPh":
        return ""
    text = (element.text or "") if local(element) == "t" else ""
    return _unescaped(text) + "".join(map(_text, element))


@dataclass(frozen=True)
class _Styles:
    """Positions of the cell styles that show a number as a date or time, and as per cent.

    is_stale: results of formulas are not to be trusted.
    """

    dates: frozenset[int]
    percents: frozenset[int]
    is_stale: bool


def _styles(parts: Parts, part: str, *, is_stale: bool) -> _Styles:
    if not parts.has(part):
        return _Styles(frozenset(), frozenset(), is_stale)
    root = parts.tree(part)
    custom_formats = {
        int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in children_named(root, "numFmt")
    }
    dates = _BUILT_IN_DATES | {number for number, code in custom_formats.items() if _is_date(code)}
    percents = _BUILT_IN_PERCENTS | {
        number for number, code in custom_formats.items() if "%" in _LITERAL.sub("", code)
    }
    cells = next(iter(children_named(root, "cellXfs")), ElementTree.Element("none"))
    formats = [int(style.get("numFmtId", "0")) for style in cells]
    return _Styles(
        frozenset(at for at, number in enumerate(formats) if number in dates),
        frozenset(at for at, number in enumerate(formats) if number in percents),
        is_stale,
    )


def _is_date(code: str) -> bool:
    return bool(re.search("[dmyhs]", _LITERAL.sub("", code).casefold().replace("general", "")))


@dataclass(frozen=True)
class _Sheet:
    """rows: those that hold anything. hidden: how many of them the sheet does not show."""

    rows: tuple[Row, ...]
    hidden: int


def _sheet(sheet: Iterable[bytes], name: str, shared: list[str], styles: _Styles) -> _Sheet:
    """Rows of a sheet, cells that it leaves out filled in; a format without a value is no cell.

    What is only formatted takes no room: a sheet often has a format in its last row or column.
    """
    rows: list[Row] = []
    number = cells = hidden = 0
    for element in _stream(sheet, "row", "sheetData"):
        following = int(element.get("r", number + 1))
        if following <= number:
            raise ValueError("rows out of order")
        number = following
        by_column: dict[int, Cell] = {}
        at = -1
        for cell in element:
            at = _column(cell.get("r"), at + 1)
            value = _value(cell, shared, styles)
            if value != "":
                by_column[at] = value
        if not by_column:
            continue
        width = max(by_column) + 1
        cells += width
        check_size(name, len(rows) + 1, width, cells)
        hidden += element.get("hidden") in ("1", "true")
        rows.append(Row(number, _cells(by_column, width)))
    return _Sheet(tuple(rows), hidden)


def _cells(by_column: dict[int, Cell], width: int) -> tuple[Cell, ...]:
    """The cells of a row, those that it leaves out filled in; most rows leave none out."""
    if len(by_column) == width and [*by_column] == _ORDER[:width]:
        return tuple(by_column.values())
    return tuple(by_column.get(place, "") for place in range(width))


def _column(reference: str | None, otherwise: int) -> int:
    """Position of a cell such as C5, from 0; the next one where the file does not say."""
    if not reference:
        return otherwise
    letters = reference.rstrip("0123456789")
    place = _place_of(letters) if 1 <= len(reference) - len(letters) <= 7 else -1
    return otherwise if place < 0 else place


@lru_cache(maxsize=1024)
def _place_of(letters: str) -> int:
    """Position of the letters of a column, from 0; -1 for what names none."""
    if not _LETTERS.fullmatch(letters):
        return -1
    position = 0
    for letter in letters:
        position = 26 * position + ord(letter) - ord("A") + 1
    return position - 1


def _date(raw: str) -> datetime.date:
    """A day from Excel's count, or from the form of the standard; the time of day is dropped."""
    try:
        return _FIRST_DAY + datetime.timedelta(days=math.floor(float(raw)))
    except ValueError:
        return datetime.date.fromisoformat(raw[:10])


def _unescaped(text: str) -> str:
    """What XML cannot hold is written _x000D_; signs that no text may hold are left out."""
    return _ESCAPED.sub(
        lambda match: "" if _is_no_letter(int(match[1], 16)) else chr(int(match[1], 16)), text
    )


def _is_no_letter(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF or (code < 32 and code not in (9, 10, 13))


def _value(cell: ElementTree.Element, shared: list[str], styles: _Styles) -> Cell:
    kind = cell.get("t", "n")
    if kind == "s" and len(cell) == 1 and (text := cell[0].text):  # most cells of most tables
        return shared[int(text)]
    inner = {local(part): part for part in cell}
    if kind == "inlineStr":
        return _text(inner["is"]) if "is" in inner else ""
    raw = (inner["v"].text or "") if "v" in inner else ""
    if "f" in inner and ((raw == "" and kind != "str") or (raw == "0" and styles.is_stale)):
        return Uncomputed("=")
    if raw == "":
        return ""
    if kind == "s":
        return shared[int(raw)]
    if kind in ("str", "e"):
        return _unescaped(raw)
    if kind == "b":
        return raw not in ("0", "false")
    style = int(cell.get("s", "0"))
    if kind == "d" or style in styles.dates:
        return _date(raw)
    return Percent(raw) if style in styles.percents else float(raw)
