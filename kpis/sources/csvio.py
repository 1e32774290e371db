"""Reading and writing the tables of `data/`, every cell as text.

pandas reads Namibia's code "NA" as missing even with converters (3.1), so tables come in through the
standard library and cells stay text until a model casts them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from kpis.errors import DataError
from kpis.paths import content as content_of
from kpis.paths import files_below

Row = dict[str, str]
TABLE_SUFFIXES = frozenset({".csv", ".parquet"})
MARK = b"\xef\xbb\xbf"  # byte order mark that some editors put before UTF-8 text


def read_rows(path: Path, *, required: Sequence[str] = (), key: Sequence[str] = ()) -> list[Row]:
    """Rows of a CSV file with a header, cells as text, an empty cell as "".

    key: columns whose cells together may occur once only.
    Raises DataError naming file and line if the file is missing, is no plain table of UTF-8 text (see
    `table_lines`), repeats or lacks a column, or holds a key twice.
    """
    lines = table_lines(path)
    _, columns = next(lines, (0, []))
    absent = [name for name in (*required, *key) if name not in columns]
    if absent:
        raise DataError(
            f"{path}: column {', '.join(map(repr, absent))} is missing. Columns found: {', '.join(columns)}."
        )
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in lines:
        row = dict(zip(columns, cells, strict=True))
        if key:
            name = tuple(row[column] for column in key)
            if name in seen:
                raise DataError(
                    f"{path}, line {line}: {', '.join(key)} = {', '.join(name)} stands already in line "
                    f"{seen[name]}. Keep one of the two."
                )
            seen[name] = line
        rows.append(row)
    return rows


def table_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of the header and of every row below it; blank lines are left out.

    A row is one line and has as many cells as the header: an open quote would otherwise take in the rows
    after it, and a lost comma move cells into other columns, both without a word.
    Raises DataError naming file and line for anything else: text that is not UTF-8, a NUL, an open or
    misplaced quote, a line break inside a cell, a row that is too short or too long, a column named twice.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    header: list[str] = []
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if last != line:
                raise DataError(
                    f"{path}, line {line}: a quote opens here and closes in line {last} only. "
                    "Close it in its own line; a cell holds no line break."
                )
            if not cells:
                continue
            if not header:
                header = cells
                _check_header(path, line, header)
            elif len(cells) != len(header):
                raise DataError(
                    f"{path}, line {line}: {len(cells)} cells under {len(header)} columns "
                    f"({_quoted(cells)}). Put each comma in its place, and text with a comma in quotes."
                )
            yield line, cells
    except csv.Error as error:
        raise DataError(
            f"{path}, line {last + 1}: a quote is open or out of place, or a cell is too long ({error}). "
            "Mend that line."
        ) from None


def table_files(folder: Path) -> list[Path]:
    """All tables below the folder, CSV and Parquet, in a stable order; none where there is no folder.

    Raises DataError naming a folder that cannot be read, or that is called as if it were a table.
    """
    try:
        return files_below(folder, TABLE_SUFFIXES)
    except OSError as error:
        raise DataError(
            f"{error.filename}: cannot be read ({error.strerror}). Mend its rights, or move it away."
        ) from None


def _text(path: Path) -> str:
    """The whole text of a file, without its byte order mark. Raises DataError naming what it cannot be."""
    try:
        content = content_of(path).removeprefix(MARK)
    except FileNotFoundError:
        raise DataError(f"{path}: the file does not exist. Put it there or name another folder.") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Mend the file or its rights.") from None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{path}, line {line}: not UTF-8 text ({error.reason}). Save the file as UTF-8 CSV."
        ) from None
    if (at := text.find("\0")) >= 0:
        line = text.count("\n", 0, at) + 1
        raise DataError(f"{path}, line {line}: holds a NUL, so it is no plain text. Save it as UTF-8 CSV.")
    return text


def _check_header(path: Path, line: int, header: Sequence[str]) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise DataError(f"{path}, line {line}: column {twice[0]!r} stands twice. Give each its own name.")


def _quoted(cells: Sequence[str]) -> str:
    text = ",".join(cells)
    return text if len(text) <= 60 else f"{text[:57]}..."


def read_if_there(path: Path, *, required: Sequence[str] = ()) -> list[Row]:
    """As `read_rows`, but no rows where there is no file: an update holds what its publisher released."""
    return read_rows(path, required=required) if path.is_file() else []


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows below a header; None becomes an empty cell. Returns the number of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(["" if cell is None else cell for cell in row])
            count += 1
    return count


def write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write rows of text as Parquet, for tables too large as CSV; returns the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(columns), dtype="str")
    frame.to_parquet(path, index=False, compression="zstd")
    return path
