"""Brings catalogue, reference tables and figures into temporary tables, refusing what is wrong.

Figures are read as text and checked as sets, so that a fault is reported with its file, its key and its
first offending rows, and nothing wrong reaches a model.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb
import pandas as pd

from kpis.catalogue import Catalogue
from kpis.errors import DataError, unknown
from kpis.sources import forecasts, releases
from kpis.warehouse.checks import MAX_ROWS, NUMBER_OR_NOTHING, YEAR, matches
from kpis.warehouse.figures import stage_observations
from kpis.warehouse.frames import create_table
from kpis.warehouse.reference import stage_reference
from kpis.warehouse.tables import catalogue_tables

RELEASE_RULES = (
    # what is wrong in a record of a release, and the condition that finds it
    ("time_period is no year of four digits", f"not {matches('time_period', YEAR)}"),
    (
        "value_before and value_after must be numbers, one of them at least",
        f"not ({matches('value_before', NUMBER_OR_NOTHING)} and {matches('value_after', NUMBER_OR_NOTHING)}) "
        "or value_before || value_after = ''",
    ),
    (
        "value_before and value_after must be finite",
        "not isfinite(try_cast(value_before as double)) or not isfinite(try_cast(value_after as double))",
    ),
    ("ref_area is no known area code", "ref_area not in (select ref_area from staging_area)"),
    (
        "the key series, ref_area, time_period occurs more than once",
        "true qualify count(*) over (partition by source, series, ref_area, time_period) > 1",
    ),
)


def stage(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, data: Path, *, open_only: bool) -> None:
    """Create the `staging_*` tables from `data` and the catalogue.

    open_only leaves out every source that allows non-commercial reuse only, and the KPIs that rest on it.
    Raises DataError with the file and the first offending rows.
    """
    stage_reference(con, data / "reference", catalogue.sources)
    _stage_catalogue(con, catalogue, open_only=open_only)
    stage_observations(con, catalogue, data / "observations", open_only=open_only)
    _stage_releases(con, data / "releases", catalogue.sources)
    _stage_forecasts(con, data / "forecasts", open_only=open_only)


def _stage_catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, *, open_only: bool) -> None:
    for name, frame in catalogue_tables(catalogue, open_only=open_only).items():
        create_table(con, f"staging_{name}", frame, temporary=True)


def _stage_releases(con: duckdb.DuckDBPyConnection, folder: Path, sources: Collection[str]) -> None:
    """What the last release of each source changed; no file, no rows.

    Raises DataError naming the file if its source is unknown, a column is missing, a key stands twice or a
    cell is no year or number.
    """
    columns = [*releases.COLUMNS, "source"]
    files = releases.release_files(folder)
    for path in files:
        if path.stem not in sources:
            raise DataError(
                unknown("source", path.stem, sources, place=f"{folder.name}/{path.name}: file name")
            )
    frames = [releases.read_record(path).assign(source=path.stem) for path in files]
    frame = pd.concat([pd.DataFrame(columns=columns, dtype="str"), *frames])
    create_table(con, "staging_release", frame, temporary=True)
    for fault, condition in RELEASE_RULES:
        rows = con.execute(f"select * from staging_release where {condition} limit {MAX_ROWS}").fetchall()  # noqa: S608 - own names and rules
        if rows:
            first_rows = "; ".join(", ".join(map(str, row[:5])) for row in rows)
            home = next(path.name for path in files if path.stem == rows[0][-1])
            raise DataError(f"{folder.name}/{home}: {fault}. First rows: {first_rows}. Mend them.")


def _stage_forecasts(con: duckdb.DuckDBPyConnection, folder: Path, *, open_only: bool) -> None:
    """Forecasts that were frozen before their edition was held; no file, no rows.

    open_only leaves out those that were made with figures of sources that allow non-commercial reuse only.
    Raises DataError naming file and line of what is wrong, also for areas that are no UN Member States.
    """
    rows = con.execute("select ref_area from staging_area where un_member = '1'").fetchall()
    members = [code for (code,) in rows]
    frames = [forecasts.no_rows()]
    for path in forecasts.frozen_editions(folder):
        frozen = forecasts.read(path, members)
        if not (open_only and frozen.facts.uses_technology):
            frames.append(frozen.rows())
    create_table(con, "staging_forecast_frozen", pd.concat(frames), temporary=True)
