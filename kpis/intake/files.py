"""From a path, or the bytes of an upload, to cells."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable, Collection
from pathlib import Path

from kpis.intake.decoding import decode
from kpis.intake.grid import Grid
from kpis.intake.limits import MAX_BYTES
from kpis.intake.separators import split_lines, split_text
from kpis.intake.workbook import LOCKED, NO_WORKBOOK, PACKED, read_sheet, read_sheets
from kpis.messages import TableError
from kpis.texts import Text

# an XLSX with a password is a container of the older kind; this part holds the workbook
_COMPOUND = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# what other programs write, by how it begins
_OTHER_KINDS = (
    (_COMPOUND, "XLS"),
    (b"MZ\x90\x00", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"%PDF", "PDF"),
    (b"PAR1", "Parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"<!DOCTYPE", "HTML"),
    (b"<html", "HTML"),
    (b"<?xml", "XML"),
    (b"SQLite format", "SQLite"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
)
# and as text, once its encoding is known
_OTHER_TEXTS = (
    ("<?xml", "XML"),
    *((f"<{tag}", "HTML") for tag in ("!doctype", "html", "head", "meta", "style", "body", "table")),
    ("{", "JSON"),
    ("[{", "JSON"),
    ("[[", "JSON"),
)

ABSENT = Text(
    "{file}: there is no such file. Check the name and the folder.",
)
FOLDER = Text(
    "{file}: this is a folder. Name one CSV or XLSX file in it.",
)
NO_FILE = Text(
    "{file}: this is no ordinary file. Name a CSV or XLSX file.",
)
LOOP = Text(
    "{file}: the link leads back to itself. Name the file itself.",
)
FORBIDDEN = Text(
    "{file}: you may not read this file. Ask its owner, or copy it to a folder of yours.",
)
UNREADABLE = Text(
    "{file}: the file cannot be read ({reason}). Copy it to another folder and try again.",
)
LARGE = Text(
    "{file}: the file is larger than {limit} MB. Keep the rows and columns that are needed.",
)
EMPTY = Text(
    "{file}: the file is empty. A table has a row of headings and a row for each area or code.",
)
OTHER_KIND = Text(
    "{file}: this is a file of the kind {kind}. Save the table as CSV (UTF-8) or XLSX.",
)
_REASONS = {errno.ELOOP: LOOP, errno.ENOENT: ABSENT, errno.ENOTDIR: ABSENT, errno.EACCES: FORBIDDEN}


def read_bytes(path: Path) -> bytes:
    """Content of an ordinary file. Raises TableError for a folder, a device, what is absent or too
    large."""
    name = str(path)
    try:
        # checked before opening: opening a pipe would block until something writes to it
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise TableError(FOLDER if stat.S_ISDIR(status.st_mode) else NO_FILE, file=name)
        if status.st_size > MAX_BYTES:
            raise _too_large(name)
        with path.open("rb") as handle:
            return handle.read(MAX_BYTES + 1)
    except OSError as fault:
        reason = _REASONS.get(fault.errno or 0, UNREADABLE)
        raise TableError(reason, file=name, reason=fault.strerror or type(fault).__name__) from None


def read_grid(data: bytes, name: str, expected: Collection[str] = (), enough: int = 2) -> Grid:
    """Cells of a CSV file or of one sheet of a workbook.

    data: the file as it is. name: what the person calls it, for messages. expected: folded headings that the
    table should have; they settle what parts the cells, and which sheet is read:
    the first with a row that holds `enough` of them.
    Raises TableError for what is empty, too large, no text and no workbook.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if data.startswith(PACKED):
        return _parted(read_sheet(data, name, expected, enough), expected)
    return _read_text(data, name, expected)


def read_grids(
    data: bytes, name: str, expected: Collection[str] = (), tell: Callable[[float], None] | None = None
) -> list[Grid]:
    """Cells of every visible sheet of a workbook, in its order; of a CSV file the only table.

    Sheets without a cell are left out. tell: is told the share of a workbook that has been read, 0 to 1.
    Otherwise as `read_grid`.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if data.startswith(PACKED):
        return [_parted(grid, expected) for grid in read_sheets(data, name, tell)]
    return [_read_text(data, name, expected)]


def _too_large(name: str) -> TableError:
    return TableError(LARGE, file=name, limit=MAX_BYTES // 1_000_000)


def _parted(grid: Grid, expected: Collection[str]) -> Grid:
    """A sheet; its cells parted where each row is one cell that holds a whole line."""
    lines = split_lines(grid.rows, grid.name, expected)
    return grid if lines is None else Grid(grid.name, tuple(lines[0]), lines[1], grid.notes)


def _read_text(data: bytes, name: str, expected: Collection[str]) -> Grid:
    _refuse_other_kinds(data, name)
    text, notes = decode(data, name)
    if not text.strip(" \r\n\t\ufeff,;|\x1a"):
        raise TableError(EMPTY, file=name)
    beginning = text.lstrip(" \r\n\t\ufeff")[:20].casefold()
    for first, kind in _OTHER_TEXTS:
        if beginning.startswith(first):
            raise TableError(OTHER_KIND, file=name, kind=kind)
    rows, separator = split_text(text.rstrip("\x1a"), name, expected)
    return Grid(name, tuple(rows), separator, notes)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if data.startswith(_COMPOUND) and _ENCRYPTED in data:
        raise TableError(NO_WORKBOOK, file=name, reason=LOCKED)
    for start, kind in _OTHER_KINDS:
        if data.lstrip()[:20].upper().startswith(start.upper()):
            raise TableError(OTHER_KIND, file=name, kind=kind)
