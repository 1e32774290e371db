"""What the last release of each source changed: `data/releases/`, a file per source, written at import.

A record that would exceed 0.2 MB as CSV is Parquet, with the same columns.

No publisher here states which of its earlier figures a release revises, so the difference is taken where it
can be seen: when an import replaces the file of a source, the former file is compared with the new one. Only
the newest difference is kept; the figures before it can be had back from it. A source that was imported once
has no file here, and nothing is said about its earlier releases.

Columns: series, ref_area, time_period, value_before, value_after, vintage_before, vintage_after. An empty
value before: new; an empty value after: withdrawn; else revised.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from kpis.errors import DataError
from kpis.sources.csvio import read_rows, table_files, write_parquet, write_rows

COLUMNS = (
    "series", "ref_area", "time_period", "value_before", "value_after", "vintage_before", "vintage_after",
)  # fmt: skip

CSV_LIMIT_BYTES = 200_000  # a record can be as large as its figures, and is read less often

Key = tuple[str, str, str]
Figures = dict[Key, tuple[str, str]]  # key → value, vintage
Digits = tuple[int, int]  # decimals, significant digits
NO_DIGITS = (0, 0)


def figures_of(path: Path) -> Figures:
    """Values and vintages of a file of figures, CSV or Parquet, by series, area and period."""
    if path.suffix == ".parquet":
        with duckdb.connect() as con:
            rows = con.execute(
                "select series, ref_area, time_period, obs_value, vintage from read_parquet($path)",
                {"path": str(path)},
            ).fetchall()
    else:
        rows = [
            (row["series"], row["ref_area"], row["time_period"], row["obs_value"], row["vintage"])
            for row in read_rows(path)
        ]
    return {(str(s), str(a), str(t)): (str(value), str(vintage)) for s, a, t, value, vintage in rows}


def difference(before: Figures, after: Figures) -> list[tuple[str, ...]]:
    """Rows of COLUMNS, sorted by key: every value that is new, withdrawn or another number.

    Two releases may print a series with more or fewer digits: a value that one merely rounds is the same.
    """
    digits = _digits(before) | _digits(after)
    rows: list[tuple[str, ...]] = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, ("", "")), after.get(key, ("", ""))
        if not _same(old, new, [digits.get((key[0], vintage), NO_DIGITS) for _, vintage in (old, new)]):
            rows.append((*key, old[0], new[0], old[1], new[1]))
    return rows


def release_files(folder: Path) -> list[Path]:
    """All records below the folder, CSV and Parquet, in a stable order."""
    return table_files(folder)


def record(home: Path, source: str, before: Figures, after: Figures) -> Path | None:
    """Keep what replacing `before` by `after` changed as a file `home`/source; returns the file if any.

    The same figures imported again leave the last record, and so do others of no new vintage: a mended copy
    is no release. New vintages without another value remove it: it would describe an older release.
    """
    path = home / f"{source}.csv"
    if {vintage for _, vintage in after.values()} <= {vintage for _, vintage in before.values()}:
        return next((file for file in release_files(home) if file.stem == source), None)
    for stale in home.glob(f"{source}.*"):
        stale.unlink()
    rows = difference(before, after)
    if not rows:
        return None
    write_rows(path, COLUMNS, rows)
    if path.stat().st_size <= CSV_LIMIT_BYTES:
        return path
    path.unlink()
    return write_parquet(path.with_suffix(".parquet"), COLUMNS, rows)


def read_record(path: Path) -> pd.DataFrame:
    """The rows of a record as text, an empty cell as "".

    Raises DataError naming the file if it cannot be read or a column is missing.
    """
    if path.suffix == ".parquet":
        columns = ", ".join(f"coalesce(cast({column} as varchar), '') as {column}" for column in COLUMNS)
        try:
            with duckdb.connect() as con:
                query = f"select {columns} from read_parquet($path)"  # noqa: S608 - constants
                return con.execute(query, {"path": str(path)}).df()
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise DataError(f"{path}: cannot be read ({reason}). Replace the file.") from None
    rows = read_rows(path, required=COLUMNS)
    return pd.DataFrame([[row[column] for column in COLUMNS] for row in rows], columns=list(COLUMNS))


def figures_in(rows: Iterable[Sequence[str]]) -> Figures:
    """The same from rows that begin with series, ref_area, time_period, value and have the vintage sixth."""
    return {(row[0], row[1], row[2]): (row[3], row[5]) for row in rows}


def _digits(figures: Figures) -> dict[tuple[str, str], Digits]:
    """Decimals and significant digits by series and vintage: the most of any value, as copies drop zeros."""
    most: dict[tuple[str, str], Digits] = {}
    for (series, _, _), (value, vintage) in figures.items():
        whole, _, decimals = value.partition(".")
        most_so_far = most.get((series, vintage), NO_DIGITS)
        significant = len((whole + decimals).lstrip("-0"))
        most[series, vintage] = max(most_so_far[0], len(decimals)), max(most_so_far[1], significant)
    return most


def _same(before: tuple[str, str], after: tuple[str, str], digits: Sequence[Digits]) -> bool:
    """Whether two printed values are the same number as far as both print it; "0.50" and "0.5" are."""
    texts = before[0], after[0]
    if texts[0] == texts[1]:
        return True
    if not all(texts):
        return False
    values = [float(text) for text in texts]
    step = max(_step(value, printed) for value, printed in zip(values, digits, strict=True))
    return abs(values[0] - values[1]) <= 0.5 * step * (1 + 1e-6)


def _step(value: float, digits: Digits) -> float:
    """The difference of two neighbouring values as a release prints them: 0.1 for 78.6, 0.001 for 16.561."""
    decimals, significant = digits
    leading = math.floor(math.log10(abs(value))) + 1 if value else 0
    return float(max(10.0**-decimals, 10.0 ** (leading - significant)))
