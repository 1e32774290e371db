"""Reads the files of figures into one table of text, and nothing but what a strict reader finds in them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import duckdb
import pandas as pd

from kpis.errors import DataError
from kpis.sources.csvio import MARK, TABLE_SUFFIXES, table_lines
from kpis.sources.observations import COLUMNS
from kpis.warehouse.frames import create_table

NO_FIGURES = (".md", ".txt")  # notes beside the figures
TEXT_COLUMNS = ", ".join(f"'{name}': 'varchar'" for name in COLUMNS)
READERS = {
    # text in, nothing guessed: an empty cell stays "", Namibia's code stays a code
    ".csv": "read_csv($file, filename = true, header = true, auto_detect = false, delim = ',', "
    f"quote = '\"', escape = '\"', nullstr = '\\N', columns = {{{TEXT_COLUMNS}}})",
    ".parquet": "read_parquet($file, filename = true)",
}
TEXTS = ", ".join(f"cast({name} as varchar) as {name}" for name in COLUMNS)


class UnreadFileWarning(UserWarning):
    """A file lies among the figures and is none that can be read."""


def read_figures(con: duckdb.DuckDBPyConnection, files: Iterable[Path], folder: Path) -> None:
    """Create `staging_observation`: COLUMNS as text, and `source` and `file` of each row.

    Each CSV is read twice: the rows that the engine has must be those that a strict reader finds. A file with
    anything that the two could read in two ways comes from the strict reader alone.
    Raises DataError naming the file, and the line where a row is none.
    """
    columns = ", ".join(f"{name} varchar" for name in (*COLUMNS, "source", "file"))
    con.execute(f"create temp table staging_observation ({columns})")
    for path in files:
        if path.suffix == ".parquet":
            _check_columns(path, _parquet_columns(con, path), folder)
            _read(con, path)
            continue
        n_strict = _count(path, folder)
        n_read = _read(con, path) if _is_plain(path) else _read_strictly(con, path)
        if n_read != n_strict:
            raise DataError(
                f"{place_of(str(path), folder)}: holds {n_strict} rows, and {n_read} were read. "
                "Look for quotes and line ends that do not belong there."
            )


def warn_of_unread(folder: Path) -> None:
    """Warn of each file among the figures that is no table, such as a workbook, that it is not read."""
    for path in sorted(folder.rglob("*")):
        is_expected = path.suffix in {*TABLE_SUFFIXES, *NO_FIGURES} or path.name.startswith(".")
        if path.is_file() and not is_expected:
            warnings.warn(
                f"{place_of(str(path), folder)} is not read. Save its figures as {path.stem}.csv.",
                UnreadFileWarning,
                stacklevel=2,
            )


def _read(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Add the rows of a file as the engine reads it; returns how many."""
    try:
        added = con.execute(
            f"insert into staging_observation select {TEXTS}, parse_filename(filename, true), filename "  # noqa: S608 - own names and rules
            f"from {READERS[path.suffix]}",
            {"file": str(path)},
        ).fetchone()
    except duckdb.Error as error:
        raise DataError(f"{path}: cannot be read ({_first_line(error)}). Mend or replace the file.") from None
    return int(added[0]) if added else 0


def _read_strictly(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Add the rows of a CSV file as the strict reader finds them; returns how many."""
    rows = [cells for _, cells in islice(table_lines(path), 1, None)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
    create_table(con, "staging_odd", frame, temporary=True)
    con.execute(
        f"insert into staging_observation select {TEXTS}, $source, $file from staging_odd",  # noqa: S608 - own names and rules
        {"source": path.stem, "file": str(path)},
    )
    con.execute("drop table staging_odd")
    return len(rows)


def _count(path: Path, folder: Path) -> int:
    """Rows of a CSV file. Raises DataError naming file and line where a row is none."""
    lines = table_lines(path)
    _, header = next(lines, (0, []))
    _check_columns(path, header, folder)
    return sum(1 for _ in lines)


def _is_plain(path: Path) -> bool:
    """Whether nothing in a CSV file leaves a reader a choice: no quotes, one kind of line end, no \\N."""
    content = path.read_bytes().removeprefix(MARK)
    ends = content.count(b"\r"), content.count(b"\r\n"), content.count(b"\n")
    return (
        not any(mark in content for mark in (b'"', b"\\N"))
        and not any(sign in str(path) for sign in "*?[")  # to the engine a pattern of names
        and (ends[0] == 0 or len(set(ends)) == 1)
        and not content.startswith((b"\r", b"\n"))
    )


def _parquet_columns(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    try:
        query = f"describe select * from read_parquet({quoted(str(path))})"  # noqa: S608 - own names and rules
        return [str(row[0]) for row in con.execute(query).fetchall()]
    except duckdb.Error as error:
        raise DataError(f"{path}: cannot be read ({_first_line(error)}). Replace the file.") from None


def _check_columns(path: Path, columns: list[str], folder: Path) -> None:
    if columns != list(COLUMNS):
        head = f"{place_of(str(path), folder)}: columns must be {', '.join(COLUMNS)}"
        if not columns:
            raise DataError(f"{head}; the file is empty. Put its figures back, or move it away.")
        if len(columns) == 1 and ";" in columns[0]:
            raise DataError(f"{head}; found them separated by semicolons. Separate them with commas.")
        missing = [name for name in COLUMNS if name not in columns]
        wrong = [name for name in columns if name not in COLUMNS] or columns
        reason = f"{missing[0]!r} is missing" if missing else f"look at {wrong[0]!r}"
        raise DataError(f"{head}; found {', '.join(columns)} ({reason}).")


def place_of(file: str, folder: Path) -> str:
    """A file of figures as its reader knows it: from the data folder on, without the path of the machine."""
    return Path(folder.name, Path(file).relative_to(folder)).as_posix()


def quoted(text: str) -> str:
    """A text in SQL; paths come from listing a folder, series from the catalogue, never from a reader."""
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
