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
from kpis.sources import egovkb, update
from kpis.sources.csvio import Row, read_rows
from kpis.sources.observations import Observation, write_source
from kpis.sources.update import Sourced
from kpis.sources.vintages import vintage_of

TIDY_FILES = (
    "gtmi/gtmi_tidy.csv",
    "gtmi/gtmi_indicators_tidy.csv",
    "sdg/sdg_tidy.csv",
    "wdi/wdi_tidy.csv",
    "wgi/wgi_tidy.csv",
    "itu/itu_tidy.csv",
    "other/other_tidy.csv",
)
GTMI_PARTS = {"CGSI", "PSDI", "DCEI", "GTEI"}

# UNSD nature of data → SDMX observation status: C country, CA country adjusted, G global monitoring,
# obs:A normal; E estimated and M modelled are estimates.
STATUS = {"nature:E": "E", "nature:M": "E"}
ESTIMATED_SERIES = {"ID4D.UNREG.ZS"}
CODED_0_1_IN_2020 = {"GT_I33", "GT_I45", "GT_I46"}  # 0 to 2 since 2022
PERCENT_UNITS = {"percent", "percent of population"}


def series_id(path: str, series: str) -> str:
    """The project's series id: GTMI's components get a prefix, everything else keeps its publisher's id."""
    return f"GTMI.{series}" if path.startswith("gtmi/gtmi_tidy") and series in GTMI_PARTS else series


def footnote(series: str, year: str, value: str, unit: str) -> str:
    """What a reader must know of one value."""
    if series in CODED_0_1_IN_2020 and year == "2020":
        return "gtmi_2020_scale"
    return "above_100" if unit in PERCENT_UNITS and float(value) > 100 else ""


def observations(
    folder: Path, wanted: Collection[str], files: Iterable[str] = TIDY_FILES
) -> Iterator[Observation]:
    """Values of the wanted series in the project's form, file by file."""
    for name in files:
        for row in read_rows(folder / name, required=("iso3", "year", "series", "value", "source_id")):
            series = series_id(name, row["series"])
            if series in wanted:
                yield _observation(series, row)


def _observation(series: str, row: Row) -> Observation:
    note = footnote(series, row["year"], row["value"], row["unit"])
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
    for newer in sorted(folder.glob("update-*")):
        rows = update.laid_over(rows, _update_rows(newer, source_of))
    return rows


def _update_rows(folder: Path, source_of: Mapping[str, str]) -> list[Sourced]:
    rows = [(egovkb.SOURCE, row) for row in egovkb.appendix(folder / "egdi") if row.series in source_of]
    for name, own_source in update.FILES.items():
        for row in observations(folder, source_of, [name]):
            rows.append((own_source or source_of[row.series], row))
    return rows


def import_all(folder: Path, target: Path, catalogue: Catalogue) -> dict[str, int]:
    """Import every series that the catalogue reads into `target`; returns rows by source."""
    by_source: dict[str, list[Observation]] = defaultdict(list)
    for source, row in collected(folder, catalogue.series_source()):
        by_source[source].append(row)
    for source, rows in by_source.items():
        write_source(target, source, catalogue.sources[source].redistribution, rows)
    return {source: len(rows) for source, rows in sorted(by_source.items())}
