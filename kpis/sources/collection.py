"""Collected series of the World Bank, ITU, UNSD, UNDP and others.

Upstream: folders with `*_tidy.csv` (iso3, year, series, value, unit, obs_status, source_id), one copy of
each series, and folders `update-*` with newer releases (`kpis/sources/update.py`). Here: observations by
publisher, only for the series that the catalogue reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from kpis.catalogue import Catalogue
from kpis.sources import blavatnik, egovkb, update
from kpis.sources.csvio import Row, read_rows
from kpis.sources.observations import Observation, former_figures, write_source
from kpis.sources.update import Sourced, TidyFile, laid_over
from kpis.sources.vintages import vintage_of

TIDY_FILES = tuple(
    TidyFile(path)
    for path in (
        "gtmi/gtmi_tidy.csv",
        "gtmi/gtmi_indicators_tidy.csv",
        "sdg/sdg_tidy.csv",
        "wdi/wdi_tidy.csv",
        "wgi/wgi_tidy.csv",
        "itu/itu_tidy.csv",
        "other/other_tidy.csv",
    )
)
TIDY_COLUMNS = ("iso3", "year", "series", "value", "unit", "obs_status", "source_id")
GTMI_PARTS = {"CGSI", "PSDI", "DCEI", "GTEI"}

# UNSD nature of data → SDMX observation status: C country, CA country adjusted, G global monitoring,
# obs:A normal; E estimated and M modelled are estimates.
STATUS = {"nature:E": "E", "nature:M": "E"}
# ID4D estimates all of its values; UNSD marks every value of 16.5.2 so, also where a copy drops the mark
ESTIMATED_SERIES = {"ID4D.UNREG.ZS", "IC_FRM_BRIB"}
CODED_0_1_IN_2020 = {"GT_I33", "GT_I45", "GT_I46"}  # 0 to 2 since 2022
PERCENT_UNITS = {"percent", "percent of population"}
NOTES = {
    # mark of a copy or its unit: what a reader must know of the value
    "year_derived": "findex_year_derived",
    "experimental": "itu_basket_experimental",
    "percent, age 15-49": "mobile_age_15_49",
    "percent, all ages": "mobile_all_ages",
}


def series_id(path: str, row: Row) -> str:
    """The project's series id: as its publisher names it, but for GovTech components and ITU estimates.

    Estimates of phone ownership get an id of their own: in one country they differ from surveys by up to 25
    points, and one line through both would show a change that never was.
    """
    series = row["series"]
    if path.startswith("gtmi/gtmi_tidy") and series in GTMI_PARTS:
        return f"GTMI.{series}"
    return f"{series}__EST" if series == "IT_MOB_OWN" and row["obs_status"] == "nature:E" else series


def footnote(series: str, row: Row) -> str:
    """What a reader must know of one value; empty where there is nothing."""
    if series in CODED_0_1_IN_2020 and row["year"] == "2020":
        return "gtmi_2020_scale"
    if note := NOTES.get(row["obs_status"]) or NOTES.get(row["unit"]):
        return note
    return "above_100" if row["unit"] in PERCENT_UNITS and float(row["value"]) > 100 else ""


def observations(
    folder: Path, series_ids: Collection[str], files: Iterable[TidyFile] = TIDY_FILES
) -> Iterator[Observation]:
    """Values of these series in the project's form, file by file."""
    for file in files:
        for row in read_rows(folder / file.path, required=TIDY_COLUMNS):
            series = series_id(file.path, row)
            if series in series_ids and file.takes(series):
                yield _observation(series, row)


def _observation(series: str, row: Row) -> Observation:
    note = footnote(series, row)
    status = "E" if series in ESTIMATED_SERIES else STATUS.get(row["obs_status"], "A")
    return Observation(
        series,
        row["iso3"],
        row["year"],
        row["value"],
        "U" if note == "gtmi_2020_scale" else status,
        vintage_of(row["source_id"]),
        note,
    )


def collected(folder: Path, source_of: Mapping[str, str]) -> list[Sourced]:
    """Source and value of every series that the catalogue reads, the updates of the folder laid over it."""
    rows = [(egovkb.SOURCE, row) for row in egovkb.observations(folder / "egdi") if row.series in source_of]
    rows += [(source_of[row.series], row) for row in observations(folder, source_of)]
    kosovo = blavatnik.kosovo(folder / "other" / "raw")
    rows += [(source_of[row.series], row) for row in kosovo if row.series in source_of]
    for newer in sorted(folder.glob("update-*")):
        rows = laid_over(rows, _update_rows(newer, source_of))
    return rows


def _update_rows(folder: Path, source_of: Mapping[str, str]) -> Iterator[Sourced]:
    """Rows of the files that the update has; an update need not have them all."""
    for row in egovkb.appendix(folder):
        if row.series in source_of:
            yield egovkb.SOURCE, row
    for file in update.FILES:
        if (folder / file.path).is_file():
            for row in observations(folder, source_of, [file]):
                yield file.source or source_of[row.series], row


def import_all(folder: Path, target: Path, catalogue: Catalogue) -> dict[str, int]:
    """Import every series that the catalogue reads into `target`; returns rows by source.

    What that changes is kept beside `target`, by the source that has the series now.
    """
    by_source: dict[str, list[Observation]] = defaultdict(list)
    for source, row in collected(folder, catalogue.series_source()):
        by_source[source].append(row)
    former = former_figures(target, by_source)
    for source, rows in by_source.items():
        write_source(target, source, catalogue.sources[source].redistribution, rows, former.get(source))
    return {source: len(rows) for source, rows in sorted(by_source.items())}
