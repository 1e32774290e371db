"""The conductor: figures and definitions in, one published warehouse out."""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from pathlib import Path

import duckdb

from kpis.catalogue import Catalogue, load
from kpis.freshness import year_of_reading
from kpis.paths import PACKAGE, data_dir, entries_dir, extra_entries_dirs, models_dir, warehouse_path
from kpis.sources.observations import observation_files
from kpis.sources.releases import release_files
from kpis.version import __version__
from kpis.warehouse.lost import LostFiguresWarning, held, lost
from kpis.warehouse.models import find_models, run_models
from kpis.warehouse.publish import publish
from kpis.warehouse.staging import stage
from kpis.warehouse.store import SCHEMA_VERSION


def build(
    out: Path | None = None,
    *,
    data: Path | None = None,
    catalogue: Catalogue | None = None,
    open_only: bool = False,
    today: dt.date | None = None,
) -> Path:
    """Build the warehouse from `data` and publish it at `out`; returns the path.

    today: the day of reading, from which ages are counted; default $ESCALA_AS_OF or the calendar.
    Deterministic but for its time stamp: the same figures, definitions and year give the same tables.
    On any error the warehouse that was there stays. Warns (LostFiguresWarning) of KPIs and series that had
    figures in the warehouse it replaces and have none now.
    Raises CatalogueError, DataError or EngineError.
    """
    figures = data or data_dir()
    entries = catalogue or load()
    as_of = today.year if today else year_of_reading()

    from kpis.derived import derive  # here: readers of a built warehouse do not need the matrices

    def fill(con: duckdb.DuckDBPyConnection) -> None:
        con.execute(
            "create table meta as select $version as version, $as_of as as_of, $schema as schema_version, "
            "$built as built_at, $engine as duckdb_version, $open_only as open_only",
            {
                "version": data_version(figures, open_only=open_only),
                "as_of": as_of,
                "schema": SCHEMA_VERSION,
                "built": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                "engine": duckdb.__version__,
                "open_only": open_only,
            },
        )
        stage(con, entries, figures, open_only=open_only)
        run_models(con, find_models(models_dir()))
        derive(con, entries)

    target = out or warehouse_path()
    before = held(target)
    path = publish(target, fill)
    if gone := lost(before, held(path)):
        warnings.warn(gone, LostFiguresWarning, stacklevel=2)
    return path


def data_version(data: Path | None = None, *, open_only: bool = False) -> str:
    """Twelve hex digits over all a number can depend on: figures, definitions, models, code, versions."""
    figures = data or data_dir()
    digest = hashlib.sha256(f"{__version__} {duckdb.__version__} {open_only}".encode())
    folders = (entries_dir(), *extra_entries_dirs(), models_dir())
    files = observation_files(figures / "observations") + sorted((figures / "reference").glob("*.csv"))
    files += release_files(figures / "releases")
    files += sorted((figures / "methodology").glob("*.csv")) + sorted(PACKAGE.rglob("*.py"))
    files += [
        path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in {".toml", ".sql"}
    ]
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
