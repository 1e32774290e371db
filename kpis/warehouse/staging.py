"""Brings catalogue, reference tables and figures into temporary tables, refusing what is wrong.

Figures are read as text and checked as sets, so that a fault is reported with its file, its key and its
first offending rows, and nothing wrong reaches a model.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pandas as pd

from kpis.catalogue import Catalogue
from kpis.errors import DataError, unknown
from kpis.sources import releases
from kpis.sources.classes import COLUMNS as CLASS_COLUMNS
from kpis.sources.csvio import read_rows
from kpis.sources.inputs import COLUMNS as INPUT_COLUMNS
from kpis.sources.observations import COLUMNS, STATUSES, observation_files
from kpis.sources.reference import AREA_COLUMNS, GROUP_COLUMNS, LDC_COLUMNS, MEMBER_COLUMNS
from kpis.warehouse.frames import create_table
from kpis.warehouse.tables import catalogue_tables

SHOWN_ROWS = 5  # enough to see a pattern, few enough to read
FIRST_YEAR, LAST_YEAR = 1950, 2100

TEXT_COLUMNS = ", ".join(f"'{name}': 'varchar'" for name in COLUMNS)
READERS = {
    # text in, nothing guessed: an empty cell stays "", Namibia's code stays a code
    ".csv": "read_csv([{files}], filename = true, header = true, auto_detect = false, delim = ',', "
    f"quote = '\"', escape = '\"', nullstr = '\\N', columns = {{{{{TEXT_COLUMNS}}}}})",
    ".parquet": "read_parquet([{files}], filename = true)",
}

CHECKS: tuple[tuple[str, str], ...] = (
    # what is wrong and how to mend it, and the condition that finds it
    ("value is no number; write digits with a decimal point", "try_cast(obs_value as double) is null"),
    (
        "value is not finite; leave the row out where a value is missing",
        "not isfinite(try_cast(obs_value as double))",
    ),
    (
        f"time_period is no year from {FIRST_YEAR} to {LAST_YEAR}",
        f"coalesce(try_cast(time_period as integer) not between {FIRST_YEAR} and {LAST_YEAR}, true)",
    ),
    (
        "ref_area is no known area code; use ISO 3166-1 alpha-3 codes of data/reference/area.csv",
        "ref_area is null or ref_area not in (select ref_area from staging_area)",
    ),
    (
        f"obs_status is not allowed; allowed: {', '.join(STATUSES)}",
        f"obs_status is null or obs_status not in {STATUSES}",
    ),
    (
        "footnote is not in data/reference/footnote.csv; add its text there",
        "footnote <> '' and footnote not in (select footnote from staging_footnote)",
    ),
)


def stage(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, data: Path, *, open_only: bool) -> None:
    """Create the `staging_*` tables from `data` and the catalogue.

    open_only leaves out every source that allows non-commercial reuse only, and the KPIs that rest on it.
    Raises DataError with the file and the first offending rows.
    """
    for name, columns in (
        ("area", AREA_COLUMNS),
        ("group", GROUP_COLUMNS),
        ("area_group", MEMBER_COLUMNS),
        ("footnote", ("footnote", "en", "es")),
        ("classification", CLASS_COLUMNS),
    ):
        _table(con, f"staging_{name}", list(columns), _reference(data, name, columns))
    for name, header in {"input_year": INPUT_COLUMNS, "ldc_history": LDC_COLUMNS}.items():
        there = (data / "reference" / f"{name}.csv").is_file()  # a folder of one's own need not have them
        _table(con, f"staging_{name}", list(header), _reference(data, name, header) if there else [])
    _check_memberships(con)
    _stage_catalogue(con, catalogue, open_only=open_only)
    _stage_observations(con, catalogue, data / "observations", open_only=open_only)
    _stage_releases(con, data / "releases")


def _reference(data: Path, name: str, columns: tuple[str, ...] | list[str]) -> list[list[str]]:
    rows = read_rows(data / "reference" / f"{name}.csv", required=list(columns))
    return [[row[column] for column in columns] for row in rows]


def _table(
    con: duckdb.DuckDBPyConnection, name: str, columns: list[str], rows: list[list[object]] | list[list[str]]
) -> None:
    frame = pd.DataFrame(rows, columns=columns, dtype="object")
    con.register("incoming", frame)
    texts = {"position", "precision"}
    typed = ", ".join(
        f'"{c}"'
        if c in texts or frame[c].map(type).isin([int, float, bool]).any()
        else f'cast("{c}" as varchar) as "{c}"'
        for c in columns
    )
    con.execute(f'create temp table "{name}" as select {typed} from incoming')  # nosec B608 # own names
    con.unregister("incoming")


def _check_memberships(con: duckdb.DuckDBPyConnection) -> None:
    """Members must be known areas of known groups, with years or nothing as period."""
    for fault, condition in (
        ("ref_area is no known area code", "ref_area not in (select ref_area from staging_area)"),
        ("group_id is not in group.csv", "group_id not in (select group_id from staging_group)"),
        (
            "valid_from and valid_to must be years or empty",
            "(valid_from <> '' and try_cast(valid_from as integer) is null) "
            "or (valid_to <> '' and try_cast(valid_to as integer) is null)",
        ),
    ):
        rows = con.execute(
            f"select * from staging_area_group where {condition} limit {SHOWN_ROWS}"  # nosec B608 # constants
        ).fetchall()
        if rows:
            listed = "; ".join(", ".join(map(str, row)) for row in rows)
            raise DataError(f"data/reference/area_group.csv: {fault}. First rows: {listed}. Mend them.")


def _stage_catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, *, open_only: bool) -> None:
    for name, frame in catalogue_tables(catalogue, open_only=open_only).items():
        create_table(con, f"staging_{name}", frame, temporary=True)


def _stage_observations(
    con: duckdb.DuckDBPyConnection, catalogue: Catalogue, folder: Path, *, open_only: bool
) -> None:
    files = observation_files(folder)
    if not files:
        raise DataError(f"{folder}: no figures found. Expected one CSV or Parquet file per source.")
    _check_listed(folder)
    for path in files:
        if path.stem not in catalogue.sources:
            raise DataError(unknown("source", path.stem, catalogue.sources, place=f"{path}: file name"))
        _check_columns(con, path)
    if open_only:
        files = [f for f in files if catalogue.sources[f.stem].redistribution != "noncommercial"]
    selects = []
    for suffix, reader in READERS.items():
        chosen = [str(path) for path in files if path.suffix == suffix]
        if chosen:
            listed = ", ".join(_quoted(name) for name in chosen)
            selects.append(
                f"select {', '.join(COLUMNS)}, parse_filename(filename, true) as source, "
                f"parse_filename(filename) as file from {reader.format(files=listed)}"  # nosec B608 # quoted paths
            )
    try:
        con.execute("create temp table staging_observation as " + " union all ".join(selects))
    except duckdb.Error as error:
        raise DataError(f"{folder} cannot be read: {_first_line(error)}. Mend the named file.") from None
    _check_rows(con)


def _stage_releases(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """What the last release of each source changed; no file, no rows. Raises DataError if a column lacks."""
    columns = [*releases.COLUMNS, "source"]
    frames = [releases.read_record(path).assign(source=path.stem) for path in releases.release_files(folder)]
    frame = pd.concat([pd.DataFrame(columns=columns, dtype="str"), *frames])
    create_table(con, "staging_release", frame, temporary=True)


def _check_listed(folder: Path) -> None:
    """Every file of figures that the data package lists must be there: a gap would look like "no data"."""
    listing = folder.parent / "datapackage.json"
    if not listing.is_file():
        return
    listed = [resource["path"] for resource in json.loads(listing.read_text(encoding="utf-8"))["resources"]]
    absent = [
        name for name in listed if name.startswith("observations/") and not (folder.parent / name).is_file()
    ]
    if absent:
        raise DataError(
            f"{folder.parent}: {', '.join(absent)} is missing but listed in datapackage.json. "
            "Put it back, or run `python -m kpis.sources.describe` if it was removed on purpose."
        )


def _quoted(text: str) -> str:
    """A path as an SQL text; paths come from listing a folder, never from a reader."""
    return "'" + text.replace("'", "''") + "'"


def _check_columns(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", errors="replace") as handle:
            found = next(csv.reader(handle), [])
    else:
        try:
            query = f"describe select * from read_parquet({_quoted(str(path))})"  # nosec B608 # a quoted path
            found = [str(row[0]) for row in con.execute(query).fetchall()]
        except duckdb.Error as error:
            raise DataError(f"{path}: cannot be read ({_first_line(error)}). Replace the file.") from None
    if found != list(COLUMNS):
        wrong = [name for name in found if name not in COLUMNS] or found or ["nothing"]
        raise DataError(
            f"{path}: columns must be {', '.join(COLUMNS)}; found {', '.join(found)} (look at {wrong[0]!r})."
        )


def _check_rows(con: duckdb.DuckDBPyConnection) -> None:
    for fault, condition in CHECKS:
        _refuse(con, fault, f"select * from staging_observation where {condition}")  # nosec B608 # constants
    _refuse(
        con,
        "the key series, ref_area, time_period occurs more than once; keep one row",
        "select * from staging_observation "
        "qualify count(*) over (partition by series, ref_area, time_period) > 1 "
        "order by series, ref_area, time_period",
    )


def _refuse(con: duckdb.DuckDBPyConnection, fault: str, query: str) -> None:
    rows = con.execute(f"{query} limit {SHOWN_ROWS}").fetchall()
    if not rows:
        return
    listed = "; ".join(f"{row[0]}, {row[1]}, {row[2]}, {row[3]!r}" for row in rows)
    raise DataError(
        f"{rows[0][-1]}: {fault}. First rows (series, ref_area, time_period, obs_value): {listed}."
    )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
