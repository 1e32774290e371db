"""Publishes a warehouse in one step: readers see the old file or the new one, never half a build."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from kpis.errors import EngineError

MEMORY_LIMIT = "1GB"  # the build needs far less; a bound keeps a mistaken model from taking the machine
# One thread: sums of floats then have one order, so the same figures give the same tables to the last bit on
# every machine. It costs nothing measurable at this size and leaves the other cores to those who read.
THREADS = 1


def is_foreign(path: Path) -> bool:
    """Whether a file is there that Escala did not make, or that cannot be told to be its own."""
    if not path.is_file():
        return path.exists()
    try:
        with duckdb.connect(":memory:") as con:
            quoted = str(path).replace("'", "''")
            con.execute(f"attach '{quoted}' as other (read_only)")
            return not con.execute("from duckdb_columns() where column_name = 'schema_version'").fetchall()
    except duckdb.Error:
        return True


def set_aside(path: Path) -> Path:
    """Move a foreign file out of the way, beside where it was; returns its new place. Nothing is lost."""
    number = 1
    while (kept := path.with_name(f"{path.name}.set-aside-{number}")).exists():
        number += 1
    path.rename(kept)
    return kept


def publish(target: Path, fill: Callable[[duckdb.DuckDBPyConnection], None]) -> Path:
    """Fill a new DuckDB file beside `target`, then put it in place with os.replace.

    If `fill` raises, `target` stays as it was and the half-built file is removed.
    Raises EngineError if the folder cannot be written, or if something stands there that is no warehouse.
    """
    if is_foreign(target):
        raise EngineError(
            f"{target}: what stands here is no warehouse of Escala. Move it away or choose another --out."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".building", dir=target.parent)
    except OSError as error:
        raise EngineError(
            f"{target.parent}: cannot write here ({error.strerror}). Choose another --out."
        ) from None
    os.close(handle)
    building = Path(name)
    building.unlink()  # DuckDB wants to create the file itself
    try:
        with duckdb.connect(str(building), config={"memory_limit": MEMORY_LIMIT, "threads": THREADS}) as con:
            con.begin()  # one commit: a sync to disk per table would cost as much as the tables
            fill(con)
            con.commit()
            con.execute("checkpoint")
        os.replace(building, target)
    finally:
        building.unlink(missing_ok=True)
        building.with_name(building.name + ".wal").unlink(missing_ok=True)
    return target
