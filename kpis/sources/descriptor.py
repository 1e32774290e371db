"""Reads `datapackage.json`, and says where the files of a data folder are not those that it describes.

A difference is no fault: people keep figures of their own beside ours. It is what to look at first when a
number is not the one that a publisher prints.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb

from kpis.errors import DataError

NAME = "datapackage.json"
MAX_SERIES = 5
FOLDERS = ("cases", "forecasts", "geo", "methodology", "observations", "reference", "releases", "subnational")
"""Folders whose files the package describes; what stands beside them is nobody's business here."""


@dataclass(frozen=True)
class Difference:
    """A file that is not as described: its path from the data folder on, and how it differs."""

    path: str
    how: str


def fingerprint(path: Path) -> dict[str, Any]:
    """bytes and hash of a file, as a data package writes them."""
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def series_rows(path: Path) -> dict[str, int]:
    """Rows of each series in a file of figures, sorted by series."""
    if path.suffix == ".parquet":
        with duckdb.connect() as con:
            query = "select series, count(*) from read_parquet($path) group by series"
            return dict(sorted(con.execute(query, {"path": str(path)}).fetchall()))
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = csv.reader(handle)
        next(rows, None)
        return dict(sorted(Counter(row[0] for row in rows if row).items()))


def row_count(path: Path) -> int:
    """Rows of a CSV or Parquet table, its header apart."""
    if path.suffix == ".parquet":
        with duckdb.connect() as con:
            count = con.execute("select count(*) from read_parquet($path)", {"path": str(path)}).fetchone()
            return int(count[0]) if count else 0
    text = path.read_text(encoding="utf-8-sig")
    return sum(1 for row in csv.reader(io.StringIO(text, newline="")) if row) - 1


def resources(data: Path) -> list[dict[str, Any]]:
    """The files that the package of a folder describes; none where it has no package.

    Raises DataError if the package cannot be read as one.
    """
    listing = data / NAME
    try:
        described = json.loads(listing.read_text(encoding="utf-8"))["resources"]
        if all(isinstance(resource["path"], str) for resource in described):
            return list(described)
        reason = "a path is no text"
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = str(error.strerror)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = str(error) or type(error).__name__
    raise DataError(
        f"{data.name}/{NAME}: cannot be read ({reason}). Run `python -m kpis.sources.describe`, or remove it."
    )


def is_described(data: Path) -> bool:
    """Whether the folder has a package at all; one of a person's own figures need not."""
    return (data / NAME).is_file()


def differences(data: Path) -> list[Difference]:
    """Files that are missing, changed or added, in this order; none where nothing differs.

    A folder without a package has nothing to compare with: ask `is_described` first.
    Raises DataError if the package or a folder cannot be read.
    """
    described = {resource["path"]: resource for resource in resources(data)}
    there = {path.relative_to(data).as_posix() for path in _files(data)}
    missing = [Difference(path, "missing, although described") for path in described.keys() - there]
    changed = [
        Difference(path, how)
        for path in described.keys() & there
        if (how := _change(data / path, described[path]))
    ]
    added = [Difference(path, "added, not described") for path in there - described.keys()]
    parts = (missing, changed, added)
    return [difference for part in parts for difference in sorted(part, key=attrgetter("path"))]


def _files(data: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in (data / folder).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield path


def _change(path: Path, described: dict[str, Any]) -> str:
    """How a file differs from its description, in words; empty where it does not."""
    try:
        actual = fingerprint(path)
        # a package of one's own may state other hashes, or none; its size then says what it can
        by_hash = str(described.get("hash", "")).startswith("sha256:")
        stated = described.get("hash" if by_hash else "bytes")
        if stated is None or stated == actual["hash" if by_hash else "bytes"]:
            return ""
        return "; ".join(["changed", *_counts(path, described)])
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _counts(path: Path, described: dict[str, Any]) -> Iterator[str]:
    """Rows and series that are fewer or more; nothing of what cannot be counted."""
    named = described.get("series")
    if "rows" not in described:
        return
    try:
        rows, series = row_count(path), series_rows(path) if isinstance(named, dict) else {}
    except (ValueError, csv.Error, duckdb.Error) as error:
        yield f"cannot be counted ({str(error).splitlines()[0]})"
        return
    if rows != described["rows"]:
        yield f"{rows} rows instead of {described['rows']}"
    gone = [name for name in named if name not in series] if isinstance(named, dict) else []
    if gone:
        more = f" and {len(gone) - MAX_SERIES} more" if len(gone) > MAX_SERIES else ""
        yield f"no figures any more of {', '.join(gone[:MAX_SERIES])}{more}"
