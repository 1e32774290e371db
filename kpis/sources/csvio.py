"""Reading and writing the tables of `data/`, every cell as text.

pandas reads Namibia's code "NA" as missing even with converters (3.1), so tables come in through the
standard library and cells stay text until a model casts them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from kpis.errors import DataError

Row = dict[str, str]


def read_rows(path: Path, *, required: Sequence[str] = ()) -> list[Row]:
    """Rows of a CSV file with a header, cells as text, an empty cell as "".

    Raises DataError if the file is missing, is no UTF-8 or lacks a required column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            rows = list(reader)
            columns = reader.fieldnames or []
    except FileNotFoundError:
        raise DataError(f"{path}: the file does not exist. Put it there or name another folder.") from None
    except csv.Error as error:
        raise DataError(f"{path}: not a CSV table ({error}). Mend the file.") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 text ({error.reason}). Save the file as UTF-8 CSV.") from None
    absent = [name for name in required if name not in columns]
    if absent:
        raise DataError(
            f"{path}: column {', '.join(map(repr, absent))} is missing. Columns found: {', '.join(columns)}."
        )
    return rows


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
