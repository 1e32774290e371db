"""The first sheet of an XLSX workbook, as values.

A workbook is a ZIP of XML parts (ECMA-376). Four of them matter here: the list of sheets, the shared texts,
the styles, which alone tell a date from a number, and the sheet. Reading just these lets every limit hold
before memory is taken, and tells a formula without a result, which a general reader gives as an empty cell,
from a gap.
"""

from __future__ import annotations

import datetime
import io
import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from kpis.bilingual import Message, TableError, Text, message
from kpis.intake.grid import Cell, Grid, Row
from kpis.intake.limits import MAX_COLUMNS, MAX_PART_BYTES, MAX_UNPACKED_BYTES
from kpis.intake.separators import check_size

PACKED = b"PK\x03\x04"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_MOST_PARTS = 20 * MAX_COLUMNS  # elements in one row: a cell has three, a formatted text some more
_FIRST_DAY = datetime.date(
    1899, 12, 30
)  # day 0; 1900 counts as a leap year there, so days before March are one off
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')  # parts of a number format that are no codes

NO_WORKBOOK = Text(
    "{file}: this is no XLSX workbook that can be read ({reason}). Save the table as CSV (UTF-8) or XLSX.",
    "{file}: no es un libro XLSX legible ({reason}). Guarde la tabla como CSV (UTF-8) o XLSX.",
)
DAMAGED = Text("damaged", "dañado")
NOT_XLSX = Text("another kind of ZIP", "otro tipo de ZIP")
LOCKED = Text("protected by a password", "protegido con contraseña")
NO_SHEET = Text("no sheet with cells", "sin hoja con celdas")
BOMB = Text(
    "{file}: unpacked, the workbook is larger than {limit} MB. Keep the sheet that the index needs.",
    "{file}: descomprimido, el libro supera los {limit} MB. Deje la hoja que el índice necesita.",
)
NO_RESULT = Text(
    "{file}: row {row}, column {column}: a formula without its result. Open the file in a spreadsheet, "
    "let it "
    "compute, and save it again.",
    "{file}: fila {row}, columna {column}: una fórmula sin su resultado. Abra el archivo en una hoja de "
    "cálculo, "
    "deje que calcule y guárdelo de nuevo.",
)
OTHER_SHEETS = Text(
    "{file}: the sheet '{sheet}' was read, the first of {n}; the others were not.",
    "{file}: se leyó la hoja «{sheet}», la primera de {n}; las demás, no.",
)


def first_sheet(data: bytes, name: str) -> Grid:
    """Cells of the first visible sheet that holds cells of its own; formulas give the value last computed.

    Raises TableError for what is no workbook, for one beyond the limits and for a formula without a result.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _read(_Parts(packed, name), name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise TableError(NO_WORKBOOK, file=name, reason=DAMAGED) from None
    except RuntimeError:  # what zipfile raises for an encrypted part
        raise TableError(NO_WORKBOOK, file=name, reason=LOCKED) from None
    except (ElementTree.ParseError, KeyError, ValueError, IndexError, OverflowError):
        raise TableError(NO_WORKBOOK, file=name, reason=DAMAGED) from None


@dataclass
class _Parts:
    """The parts of a workbook, read one by one within one limit."""

    packed: zipfile.ZipFile
    name: str
    left: int = MAX_UNPACKED_BYTES

    def read(self, part: str) -> bytes:
        """A part unpacked. The size in the directory may lie, so what comes out is counted."""
        with self.packed.open(part) as handle:
            content = handle.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise TableError(BOMB, file=self.name, limit=MAX_UNPACKED_BYTES // 1_000_000)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # no workbook has them, only attacks
            raise ValueError("a document type")
        return content

    def tree(self, part: str) -> ElementTree.Element:
        """A small part as a tree."""
        content = self.read(part)
        if len(content) > MAX_PART_BYTES:
            raise TableError(BOMB, file=self.name, limit=MAX_PART_BYTES // 1_000_000)
        return ElementTree.fromstring(content)  # nosec B314: no document type, so nothing expands

    def has(self, part: str) -> bool:
        return part in self.packed.namelist()


def _read(parts: _Parts, name: str) -> Grid:
    book = "xl/workbook.xml"
    if not parts.has(book):
        raise TableError(NO_WORKBOOK, file=name, reason=NOT_XLSX)
    root = parts.tree(book)
    links = {
        link.get("Id"): (link.get("Type", ""), link.get("Target", ""))
        for link in parts.tree("xl/_rels/workbook.xml.rels")
    }
    sheets = [sheet for sheet in _all(root, "sheet") if _is_table(sheet, links)]
    visible = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    if not visible:
        raise TableError(NO_WORKBOOK, file=name, reason=NO_SHEET)
    target = links[_relation(visible[0])][1]
    sheet = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    shared = _shared_texts(parts)
    rows = tuple(_rows(parts.read(sheet), name, shared, _date_styles(parts)))
    notes: list[Message] = []
    if len(sheets) > 1:
        notes.append(message(OTHER_SHEETS, file=name, sheet=visible[0].get("name", ""), n=len(sheets)))
    return Grid(name, rows, "", notes)


def _local(element: ElementTree.Element) -> str:
    """Name without namespace: the strict and the usual form of the standard differ in nothing else."""
    return element.tag.rpartition("}")[2]


def _all(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if _local(element) == name]


def _relation(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), None)


def _is_table(sheet: ElementTree.Element, links: dict[str | None, tuple[str, str]]) -> bool:
    """Not a sheet that is one chart, nor one of macros."""
    return links.get(_relation(sheet), ("", ""))[0].endswith("/worksheet")


def _shared_texts(parts: _Parts) -> list[str]:
    part = "xl/sharedStrings.xml"
    if not parts.has(part):
        return []
    texts: list[str] = []
    for item in _stream(parts.read(part), "si", "sst"):
        texts.append(_text(item))
        check_size(parts.name, 0, 0, len(texts))
    return texts


def _stream(content: bytes, item: str, end: str) -> Iterator[ElementTree.Element]:
    """Items of a long part one by one, none kept; more parts in one than a row can have is damage."""
    inside: list[ElementTree.Element] = []
    pending = 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):  # nosec B314: see `_Parts.read`
        if event == "start":
            inside.append(element)
            continue
        inside.pop()
        pending += 1
        if pending > _MOST_PARTS:
            raise ValueError("an endless row")
        if _local(element) == end:
            return
        if _local(element) == item:
            yield element
            inside[-1].clear()
            pending = 0


def _text(element: ElementTree.Element) -> str:
    """Plain text of a cell; how it is to be spoken in Japanese (rPh) is no part of it."""
    if _local(element) == "rPh":
        return ""
    own = (element.text or "") if _local(element) == "t" else ""
    return _unescaped(own) + "".join(map(_text, element))


def _date_styles(parts: _Parts) -> set[int]:
    """Positions of the cell styles that show a number as a date or a time."""
    if not parts.has("xl/styles.xml"):
        return set()
    root = parts.tree("xl/styles.xml")
    own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in _all(root, "numFmt")}
    dates = _BUILT_IN_DATES | {number for number, code in own.items() if _is_date(code)}
    cells = next(iter(_all(root, "cellXfs")), ElementTree.Element("none"))
    return {at for at, style in enumerate(cells) if int(style.get("numFmtId", "0")) in dates}


def _is_date(code: str) -> bool:
    return bool(re.search("[dmyhs]", _LITERAL.sub("", code).casefold().replace("general", "")))


def _rows(sheet: bytes, name: str, shared: list[str], dates: set[int]) -> Iterator[Row]:
    """Rows of a sheet; cells and rows that the file leaves out are filled in up to what it has."""
    number = cells = 0
    for element in _stream(sheet, "row", "sheetData"):
        following = int(element.get("r", number + 1))
        check_size(name, following, 0, cells)
        if following <= number:
            raise ValueError("rows out of order")
        yield from (Row(blank, ()) for blank in range(number + 1, following))
        number = following
        found: dict[int, Cell] = {}
        at = -1
        for cell in element:
            at = _column(cell.get("r"), at + 1)
            check_size(name, number, at + 1, cells)
            value = _value(cell, name, number, at, shared, dates)
            if value != "":
                found[at] = value
        width = max(found, default=-1) + 1
        cells += width
        check_size(name, number, width, cells)
        yield Row(number, tuple(found.get(place, "") for place in range(width)))


def _column(reference: str | None, otherwise: int) -> int:
    """Position of a cell such as C5, from 0; the next one where the file does not say."""
    found = _CELL.fullmatch(reference or "")
    if not found:
        return otherwise
    position = 0
    for letter in found[1]:
        position = 26 * position + ord(letter) - ord("A") + 1
    return position - 1


def letters(column: int) -> str:
    """A column as spreadsheets call it: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _date(raw: str) -> datetime.date:
    """A day from Excel's count, or from the form of the standard; the time of day is dropped."""
    try:
        return _FIRST_DAY + datetime.timedelta(days=math.floor(float(raw)))
    except ValueError:
        return datetime.date.fromisoformat(raw[:10])


def _unescaped(text: str) -> str:
    """What XML cannot hold is written _x000D_; signs that no text may hold are left out."""
    return _ESCAPED.sub(
        lambda found: "" if _is_no_letter(int(found[1], 16)) else chr(int(found[1], 16)), text
    )


def _is_no_letter(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF or (code < 32 and code not in (9, 10, 13))


def _value(
    cell: ElementTree.Element, name: str, row: int, column: int, shared: list[str], dates: set[int]
) -> Cell:
    kind = cell.get("t", "n")
    inner = {_local(part): part for part in cell}
    if kind == "inlineStr":
        return _text(inner["is"]) if "is" in inner else ""
    raw = (inner["v"].text or "") if "v" in inner else ""
    if raw == "":
        if "f" in inner and kind != "str":
            raise TableError(NO_RESULT, file=name, row=row, column=letters(column))
        return ""
    if kind == "s":
        return shared[int(raw)]
    if kind in ("str", "e"):
        return _unescaped(raw)
    if kind == "b":
        return raw not in ("0", "false")
    if kind == "d" or int(cell.get("s", "0")) in dates:
        return _date(raw)
    return float(raw)
