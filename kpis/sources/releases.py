"""What the last release of each source changed: `data/releases/`, a file per source, written at import.

No publisher here states which of its earlier figures a release revises, so the difference is taken where it
can be seen: when an import replaces the file of a source, the former file is compared with the new one. Only
the newest difference is kept; the figures before it can be had back from it. A source that was imported once
has no file here, and nothing is said about its earlier releases.

Columns: series, ref_area, time_period, value_before, value_after, vintage_before, vintage_after. An empty
value before: new; an empty value after: withdrawn; else revised.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from kpis.sources.csvio import read_rows, write_rows

COLUMNS = (
    "series", "ref_area", "time_period", "value_before", "value_after", "vintage_before", "vintage_after",
)  # fmt: skip

Key = tuple[str, str, str]
Figures = dict[Key, tuple[str, str]]  # key → value, vintage


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
    """Rows of COLUMNS, sorted by key: every value that is new, withdrawn or differs as a number."""
    rows: list[tuple[str, ...]] = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, ("", "")), after.get(key, ("", ""))
        if not _same(old[0], new[0]):
            rows.append((*key, old[0], new[0], old[1], new[1]))
    return rows


def record(home: Path, source: str, before: Figures, after: Figures) -> Path | None:
    """Keep what replacing `before` by `after` changed as `home`/source.csv; returns the file if any.

    The same figures imported again leave the last record. Other vintages without another value remove it:
    it would describe an older release.
    """
    path = home / f"{source}.csv"
    if before == after:
        return path if path.is_file() else None
    rows = difference(before, after)
    if not rows:
        path.unlink(missing_ok=True)
        return None
    write_rows(path, COLUMNS, rows)
    return path


def figures_in(rows: Iterable[Sequence[str]]) -> Figures:
    """The same from rows that begin with series, ref_area, time_period, value and have the vintage sixth."""
    return {(row[0], row[1], row[2]): (row[3], row[5]) for row in rows}


def _same(one: str, other: str) -> bool:
    """Whether two printed values are the same number; "0.50" and "0.5" are no revision."""
    if one == other:
        return True
    return bool(one and other) and float(one) == float(other)
