"""Publishes a warehouse in one step: readers see the old file or the new one, never half a build."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from kpis.errors import EngineError
from kpis.warehouse.lock import alone, building_beside
from kpis.warehouse.place import REMEDY, Place, check, clear
from kpis.warehouse.store import identity

MEMORY_LIMIT = "1GB"  # the build needs far less; a bound keeps a mistaken model from taking the machine
# One thread: sums of floats then have one order, so the same figures give the same tables to the last bit on
# every machine. It costs nothing measurable at this size and leaves the other cores to those who read.
THREADS = 1


def publish(
    target: Path,
    fill: Callable[[duckdb.DuckDBPyConnection], None],
    *,
    place: Place = Place.out,
    is_fresh: Callable[[Path], bool] | None = None,
    unless_fresh: bool = False,
) -> Path:
    """Fill a new DuckDB file beside `target`, then put it in place with os.replace; a link is followed.

    One build of a target at a time. Where another has published in the meantime, `is_fresh` says whether
    that is what is wanted, and nothing is built; with unless_fresh it is asked in any case. If `fill` raises,
    `target` stays as it was and the half-built file is removed. Raises EngineError if the folder cannot be
    written, or if what stands there is not to be replaced (`kpis/warehouse/place.py`).
    """
    check(target, place)
    real = Path(os.path.realpath(target))
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"{real.parent}: cannot write here ({error.strerror}). {REMEDY[place]}") from None
    before = identity(real)
    with alone(real):
        replaced = identity(real) != before
        if is_fresh is not None and (unless_fresh or replaced) and is_fresh(real):
            return target
        clear(target, place)
        with building_beside(real) as building:
            _fill(building, fill)
            clear(target, place)  # somebody may have put a file there in the meantime
            os.replace(building, real)
    return target


def _fill(building: Path, fill: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    with duckdb.connect(str(building), config={"memory_limit": MEMORY_LIMIT, "threads": THREADS}) as con:
        con.execute(
            "set enable_progress_bar = false"
        )  # it would go to standard output, among what is printed
        con.begin()  # one commit: a sync to disk per table would cost as much as the tables
        fill(con)
        con.commit()
        con.execute("checkpoint")
