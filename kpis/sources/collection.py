"""Collected series of the World Bank, ITU, UNSD, UNDP and others.

Upstream: folders with `*_tidy.csv` (iso3, year, series, value, unit, obs_status, source_id), one copy of
each series. Here: observations by publisher, only for the series that the catalogue reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kpis.catalogue import Catalogue
from kpis.errors import DataError
from kpis.sources import egovkb
from kpis.sources.csvio import read_rows
from kpis.sources.observations import Observation, write_source

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

# Date of the release or of the copy, by the id of the copy; the edition where no date is documented.
VINTAGES = {
    "bipa_2024": "2024-12-16",
    "findex_2025": "2026-06-01",
    "gapminder_sg_2026": "2026-03-01",
    "gdb_2021_bipa": "2024-12-02",
    "govtech_raw_datavis_2023": "2023-03",
    "gtmi_gtmiR_2026": "2026-03-23",
    "id4d_2018_ddc": "ed. 2018",
    "itu_gci2020_3copies": "ed. 2020",
    "itu_gci2020_bipa": "ed. 2020",
    "itu_gci_sspi": "2026-06-26",
    "obs_pigoar_2026": "2026-04-24",
    "odin_2020_ddc": "ed. 2020",
    "owid_unsd_9c1_2025": "2025-06-22",
    "owid_wdi_elec_2026": "2026-02-24",
    "undp_aad_2025": "2025-01-07",
    "undp_sdg16_report_2026": "2026-08-21",
    "unsd_ddf_2020": "2020-10-19",
    "wb_d360_cliaretl_2026": "2026-05-13",
    "wdi_cliaretl_2025": "2025-12-08",
    "wdi_pigoar_2026": "2026-04-24",
    "wgi_2024ed": "ed. 2024",
}
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
    if series == "GCI.SCORE.V5":
        return "gci_2024_compiled"
    return "above_100" if unit in PERCENT_UNITS and float(value) > 100 else ""


def observations(folder: Path, wanted: set[str]) -> Iterator[Observation]:
    """Values of the wanted series in the project's form, file by file."""
    for name in TIDY_FILES:
        for row in read_rows(folder / name, required=("iso3", "year", "series", "value", "source_id")):
            series = series_id(name, row["series"])
            if series not in wanted:
                continue
            note = footnote(series, row["year"], row["value"], row["unit"])
            status = "E" if series in ESTIMATED_SERIES else STATUS.get(row["obs_status"], "A")
            yield Observation(
                series,
                row["iso3"],
                row["year"],
                row["value"],
                "U" if note == "gtmi_2020_scale" else status,
                _vintage(row["source_id"]),
                note,
            )


def import_all(folder: Path, target: Path, catalogue: Catalogue) -> dict[str, int]:
    """Import every series that the catalogue reads into `target`; returns rows by source."""
    source_of = catalogue.series_source()
    by_source: dict[str, list[Observation]] = defaultdict(list)
    for row in egovkb.observations(folder / "egdi"):
        if row.series in source_of:
            by_source[egovkb.SOURCE].append(row)
    for row in observations(folder, set(source_of)):
        by_source[source_of[row.series]].append(row)
    for source, rows in by_source.items():
        write_source(target, source, catalogue.sources[source].redistribution, rows)
    return {source: len(rows) for source, rows in sorted(by_source.items())}


def _vintage(copy: str) -> str:
    if copy not in VINTAGES:
        raise DataError(
            f"copy '{copy}' has no vintage. Add its date to VINTAGES in kpis/sources/collection.py."
        )
    return VINTAGES[copy]
