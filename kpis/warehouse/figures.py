"""Checks the figures of all sources, so that nothing wrong reaches a model.

They are text and are checked as sets: a fault is reported with its file, its line and its first rows.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from kpis.catalogue import Catalogue, Kpi
from kpis.catalogue.model import InputSeries
from kpis.errors import CatalogueError, DataError, unknown
from kpis.sources.csvio import table_lines
from kpis.sources.descriptor import resources
from kpis.sources.observations import COLUMNS, STATUSES, observation_files
from kpis.sql import statement
from kpis.warehouse.checks import MAX_ROWS, NUMBER, YEAR, any_of, join_names, matches
from kpis.warehouse.frames import create_table
from kpis.warehouse.misspelt import meant
from kpis.warehouse.reading import place_of, quoted, read_figures, warn_of_unread
from kpis.warehouse.reference import OUTSIDE_LIMITS

FIRST_YEAR, LAST_YEAR = 1950, 2100
RANK = "rank"  # unit of the inputs that are ranks as published
LARGEST = 1e18  # more than any figure of a country in any currency; sums and products of such stay finite

CHECKS: tuple[tuple[str, str], ...] = (
    # what is wrong and how to mend it, and the condition that finds it
    ("series is empty; write the id that its publisher gives it", "trim(coalesce(series, '')) = ''"),
    (
        "value is no number; write digits with a decimal point",
        f"try_cast(obs_value as double) is null "
        f"or (isfinite(try_cast(obs_value as double)) and not {matches('obs_value', NUMBER)})",
    ),
    (
        "value is not finite; leave the row out where a value is missing",
        "not isfinite(try_cast(obs_value as double))",
    ),
    (
        f"value is larger than any figure of a country ({LARGEST:g}); mend it",
        f"abs(try_cast(obs_value as double)) > {LARGEST}",
    ),
    (
        f"time_period is no year from {FIRST_YEAR} to {LAST_YEAR}; write its four digits alone",
        f"not {matches('time_period', YEAR)} "
        f"or try_cast(time_period as integer) not between {FIRST_YEAR} and {LAST_YEAR}",
    ),
    (
        "time_period is years after the release that it comes from (vintage); mend the one or the other",
        # an edition may bear the name of the year after; a slip such as 2042 would be the newest figure
        "try_cast(time_period as integer) > "
        "1 + try_cast(regexp_extract(vintage, '(19|20)[0-9]{2}') as integer)",
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


class UnreadSeriesWarning(UserWarning):
    """Figures are held that no entry of the catalogue reads."""


class GoneSeriesWarning(UserWarning):
    """Series that the data package of the folder counts have no figures."""


def stage_observations(
    con: duckdb.DuckDBPyConnection, catalogue: Catalogue, folder: Path, *, open_only: bool
) -> None:
    """Create `staging_observation`: COLUMNS as text, and `source` and `file` of each row.

    Needs the tables of `stage_reference`. Raises DataError with the file and its first offending rows,
    CatalogueError where a KPI names a source that has no figures of its series.
    """
    files = observation_files(folder)
    warn_of_unread(folder)
    if not files:
        raise DataError(f"{folder}: no figures found. Expected one CSV or Parquet file per source.")
    _check_all_there(folder)
    for path in files:
        if path.stem not in catalogue.sources:
            raise DataError(unknown("source", path.stem, catalogue.sources, place=f"{path}: file name"))
    open_sources = {
        name
        for name, source in catalogue.sources.items()
        if not (open_only and source.redistribution == "noncommercial")
    }
    read_figures(con, [path for path in files if path.stem in open_sources], folder)
    any_fault = any_of(condition for _, condition in CHECKS)
    if con.execute(f"select 1 from staging_observation where {any_fault} limit 1").fetchone():  # noqa: S608 - own names and rules
        for fault, condition in CHECKS:
            _refuse(con, fault, f"select * from staging_observation where {condition}", folder)  # noqa: S608 - own names and rules
    _refuse(
        con,
        "the key series, ref_area, time_period occurs more than once; keep one row",
        statement("warehouse/repeated_keys"),
        folder,
    )
    _check_series(con, catalogue, folder, open_sources)
    _check_limits(con, catalogue, folder)
    _warn_of_gone(con, folder, open_sources)


def _check_all_there(folder: Path) -> None:
    """Every file of figures that the data package lists must be there: a gap would look like "no data"."""
    names = [resource["path"] for resource in resources(folder.parent)]
    absent = [n for n in names if n.startswith("observations/") and not (folder.parent / n).is_file()]
    if absent:
        raise DataError(
            f"{folder.parent}: {', '.join(absent)} is missing but listed in datapackage.json. "
            "Put it back, or run `python -m kpis.sources.describe` if it was removed on purpose."
        )


def _warn_of_gone(con: duckdb.DuckDBPyConnection, folder: Path, read_sources: Collection[str]) -> None:
    """Say of each series that the data package counts and of which there is no figure: that is no refusal."""
    present = {name for (name,) in con.execute("select distinct series from staging_observation").fetchall()}
    for resource in resources(folder.parent):
        path, counted = resource["path"], resource.get("series")
        is_read = path.startswith("observations/") and Path(path).stem in read_sources
        if is_read and isinstance(counted, dict) and (gone := counted.keys() - present):
            warnings.warn(
                f"{path}: no figures of {join_names(map(str, gone))}, which datapackage.json counts. Look "
                "for their rows, or run `python -m kpis.sources.describe` if they were removed on purpose.",
                GoneSeriesWarning,
                stacklevel=2,
            )


def _check_series(
    con: duckdb.DuckDBPyConnection, catalogue: Catalogue, folder: Path, read_sources: Collection[str]
) -> None:
    """A misspelt series would leave its KPI empty without a word; one of a wrong source would mislead."""
    sources_of: dict[str, set[str]] = {}
    unread: dict[str, list[str]] = {}
    query = "select distinct series, source, file from staging_observation order by all"
    for series, source, file in con.execute(query).fetchall():
        sources_of.setdefault(series, set()).add(source)
        if series in catalogue.series_source():
            continue
        if near := meant(series, catalogue.series_source()):
            raise DataError(
                f"{place_of(file, folder)}{_line(file, (series,))}: series '{series}' is not known. "
                f"Did you mean '{near}'? Mend it, or give the series an entry ([[kpi]] or [[input]])."
            )
        unread.setdefault(place_of(file, folder), []).append(series)
    for place, names in unread.items():
        warnings.warn(
            f"{place}: no entry of the catalogue reads the series {join_names(names)}; "
            "their figures are held and not shown.",
            UnreadSeriesWarning,
            stacklevel=2,
        )
    for kpi in catalogue.kpis.values():
        sources = sources_of.get(kpi.series or "", {kpi.source})
        if kpi.source not in sources and kpi.source in read_sources:
            raise CatalogueError(
                f"entry '{kpi.id}': source '{kpi.source}' has no figures of the series '{kpi.series}'; "
                f"they are in {', '.join(sorted(sources))}. Name that source."
            )


def _check_limits(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, folder: Path) -> None:
    """A value beyond the limits of its series is an error, unless its publisher prints it so."""
    create_table(con, "staging_limit", limits_of(catalogue), temporary=True)
    outside = statement("warehouse/outside_limits")
    if first := con.execute(outside).fetchone():
        name, low, high = first[-3:]
        _refuse(
            con,
            f"value is outside the limits of {name} ({_range(low, high)}). Mend it; if the publisher itself "
            f"prints it so, give the row a footnote with a 1 in the column {OUTSIDE_LIMITS}",
            f"select * exclude (name, low, high) from ({outside}) where name = {quoted(name)}",  # noqa: S608 - own names and rules
            folder,
        )
    fraction = statement("warehouse/not_whole")
    _refuse(con, "value is no code of an answer and no rank; write a whole number", fraction, folder)


def limits_of(catalogue: Catalogue) -> pd.DataFrame:
    """One row per KPI of a series and per input: name, series, low, high (infinite where open), coded.

    coded: its values are whole numbers, codes of answers or ranks.
    """
    rows: list[tuple[object, ...]] = []
    read: list[tuple[Kpi | InputSeries, str]] = [
        *((kpi, kpi.series) for kpi in catalogue.kpis.values() if kpi.series),
        *((entry, entry.id) for entry in catalogue.inputs.values()),
    ]
    for entry, series in read:
        low, high = entry.limits
        unit = catalogue.units.get(entry.unit)  # inputs have units of their own, such as persons
        ends = (-math.inf if low == "none" else low, math.inf if high == "none" else high)
        is_whole = entry.unit == RANK or (unit is not None and unit.coded)
        rows.append((entry.id, series, *ends, is_whole))
    types = {"low": "float64", "high": "float64", "coded": "bool"}
    return pd.DataFrame(rows, columns=["name", "series", "low", "high", "coded"]).astype(types)


def _refuse(con: duckdb.DuckDBPyConnection, fault: str, query: str, folder: Path) -> None:
    """Raise DataError with the first rows of the query, and file and line of the very first."""
    rows = con.execute(f"{query} limit {MAX_ROWS}").fetchall()
    if not rows:
        return
    first, home = rows[0], rows[0][-1]
    first_rows = "; ".join(
        f"{row[0]}, {row[1]}, {row[2]}, {row[3]!r}"
        + ("" if row[-1] == home else f" in {place_of(row[-1], folder)}")
        for row in rows
    )
    place = place_of(home, folder) + _line(home, first[: len(COLUMNS)])
    raise DataError(f"{place}: {fault}. First rows (series, ref_area, time_period, obs_value): {first_rows}.")


def _line(file: str, cells: Sequence[str | None]) -> str:
    """Where in a CSV file the first row stands that begins with these cells, as ", line 12"."""
    if Path(file).suffix != ".csv":
        return ""
    matches_of_row = (line for line, row in table_lines(Path(file)) if row[: len(cells)] == list(cells))
    line = next(matches_of_row, None)
    return "" if line is None else f", line {line}"


def _range(low: float, high: float) -> str:
    if math.isinf(low):
        return f"at most {high:g}"
    return f"{low:g} or more" if math.isinf(high) else f"{low:g} to {high:g}"
