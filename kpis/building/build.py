"""The conductor: figures and definitions in, one published warehouse out."""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from pathlib import Path

import duckdb

from kpis.catalogue import Catalogue, load
from kpis.errors import CatalogueError, DataError, EngineError, EscalaError
from kpis.freshness import year_of_reading
from kpis.paths import (
    PACKAGE,
    content,
    data_dir,
    entries_dir,
    extra_entries_dirs,
    files_below,
    models_dir,
    warehouse_is_named,
    warehouse_path,
)
from kpis.sources.forecasts import forecast_files
from kpis.sources.observations import observation_files
from kpis.sources.releases import release_files
from kpis.sql import statement
from kpis.steps import step
from kpis.version import __version__
from kpis.warehouse.attach import LockedError
from kpis.warehouse.lost import LostFiguresWarning, available, lost
from kpis.warehouse.models import find_models, run_models
from kpis.warehouse.place import Place
from kpis.warehouse.publish import publish
from kpis.warehouse.staging import stage
from kpis.warehouse.store import SCHEMA_VERSION, Store

DEFINITIONS = frozenset({".toml", ".sql"})
CODE = frozenset({".py", ".sql"})


def build(
    out: Path | None = None,
    *,
    data: Path | None = None,
    catalogue: Catalogue | None = None,
    open_only: bool = False,
    today: dt.date | None = None,
    unless_current: bool = False,
) -> Path:
    """Build the warehouse from `data` and publish it at `out`; returns the path.

    out: default the place where readers look ($ESCALA_WAREHOUSE or the usual one); what else stands there is
    refused or set aside, see `kpis/warehouse/place.py`.
    today: the day of reading, from which ages are counted; default $ESCALA_AS_OF or the calendar.
    Deterministic but for its time stamp: the same figures, definitions and year give the same tables.
    On any error the warehouse that was there stays. One build of a place at a time; a build that
    waited for another of the same figures builds nothing, nor, with unless_current, if they stand there.
    Warns (LostFiguresWarning) of KPIs and series that had figures in the warehouse it replaces and have none
    now. Raises CatalogueError, DataError or EngineError, and nothing else whatever goes wrong.
    """
    target = out or warehouse_path()
    figures = data or data_dir()
    with step("the catalogue cannot be read", CatalogueError):
        entries = catalogue or load()
    as_of = today.year if today else year_of_reading()
    version = data_version(figures, open_only=open_only)

    def fill(con: duckdb.DuckDBPyConnection) -> None:
        _write_meta(con, version, as_of, open_only=open_only)
        _write_tables(con, entries, figures, open_only=open_only)

    def is_fresh(path: Path) -> bool:
        # a catalogue that is handed in leaves no trace in the version
        return catalogue is None and published_state(path) == (version, as_of, open_only)

    with step(f"{target}: the warehouse cannot be written"):
        before = available(target)
        path = publish(
            target,
            fill,
            place=usual_place() if out is None else Place.out,
            is_fresh=is_fresh,
            unless_fresh=unless_current,
        )
        gone = lost(before, available(path))
    if gone:
        warnings.warn(gone, LostFiguresWarning, stacklevel=2)
    return path


def _write_meta(con: duckdb.DuckDBPyConnection, version: str, as_of: int, *, open_only: bool) -> None:
    """The one row that tells a warehouse of Escala, and which."""
    con.execute(
        f"create table meta as {statement('building/meta')}",
        {
            "version": version,
            "as_of": as_of,
            "schema": SCHEMA_VERSION,
            "built": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "engine": duckdb.__version__,
            "open_only": open_only,
        },
    )


def _write_tables(
    con: duckdb.DuckDBPyConnection, catalogue: Catalogue, figures: Path, *, open_only: bool
) -> None:
    """All other tables: figures as they are, what models derive, what comes from matrices."""
    from kpis.building.derived import derive  # here: readers of a built warehouse do not need the matrices

    with step(f"{figures}: the figures cannot be read", DataError):
        stage(con, catalogue, figures, open_only=open_only)
    run_models(con, find_models(models_dir()))
    with step("scores, stages and progress cannot be computed", DataError):
        derive(con, catalogue)


def usual_place() -> Place:
    """Who named the place of the default warehouse: the environment, or nobody."""
    return Place.named if warehouse_is_named() else Place.default


def published_state(path: Path) -> tuple[str, int, bool] | None:
    """Data version, year of reading and whether open only, of a warehouse; None if none can be read there.

    Raises LockedError if another program writes it: it may be good.
    """
    try:
        store = Store(path)
    except LockedError:
        raise
    except EngineError:
        return None
    try:
        return store.version, store.as_of, bool(store.meta["open_only"])
    finally:
        store.close()


def data_version(data: Path | None = None, *, open_only: bool = False) -> str:
    """Twelve hex digits over all a number can depend on: figures, definitions, models, code, versions.

    Raises DataError, naming the file, where one of them cannot be read.
    """
    figures = data or data_dir()
    digest = hashlib.sha256(f"{__version__} {duckdb.__version__} {open_only}".encode())
    with step(f"{figures}: the figures cannot be read", DataError):
        for path in _files(figures):
            digest.update(path.name.encode())
            digest.update(content(path))
    return digest.hexdigest()[:12]


def source_stamp() -> int:
    """Changes when a file of figures or definitions does: from times and sizes, none is read.

    Where the files cannot be listed, the error is the stamp, so that nothing is built before it changes.
    """
    try:
        files = _files(data_dir())
    except (EscalaError, OSError) as fault:
        return hash(str(fault))
    seen = []
    for path in files:
        try:
            status = path.stat()
            seen.append((str(path), status.st_mtime_ns, status.st_size))
        except OSError as error:
            seen.append((str(path), error.errno or 0, -1))
    return hash(tuple(seen))


def _files(figures: Path) -> list[Path]:
    folders = (entries_dir(), *extra_entries_dirs())
    files = observation_files(figures / "observations") + sorted((figures / "reference").glob("*.csv"))
    files += release_files(figures / "releases") + forecast_files(figures / "forecasts")
    files += sorted((figures / "methodology").glob("*.csv")) + files_below(PACKAGE, CODE)
    return files + [path for folder in folders for path in files_below(folder, DEFINITIONS)]
