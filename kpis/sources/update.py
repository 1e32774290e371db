"""Newer releases: folders `update-*` beside the collected series, laid over them in the order of their names.

A series of an update replaces the whole series of the same id: publishers revise backwards, and two releases
of one series must not mix. KEEPS names the series of which something stays, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kpis.sources.observations import Observation

Sourced: TypeAlias = tuple[str, Observation]  # id of the source, value
Key: TypeAlias = tuple[str, str, str]  # series, ref_area, time_period
Retention: TypeAlias = Literal["nothing", "other areas", "everything"]


@dataclass(frozen=True)
class TidyFile:
    """One file below the update's folder.

    series: ids taken from it; none named = all that the catalogue reads.
    source: source of its rows; "" = the one that the catalogue names for the series.
    """

    path: str
    series: tuple[str, ...] = ()
    source: str = ""

    def takes(self, series: str) -> bool:
        """Whether a series of the file comes in."""
        return not self.series or series in self.series


FILES = (
    TidyFile("findex/findex_tidy.csv"),
    TidyFile("gtmi/gtmi_2025_ims_tidy.csv"),
    TidyFile("hdr/hdr_tidy.csv"),
    # 3G of 83 economies is the latest year alone, no series that could replace the held one
    TidyFile("itu/itu_coverage_tidy.csv", series=("IT_MOB_4GNTWK",)),
    TidyFile("itu/itu_datahub_tidy.csv"),
    TidyFile("itu/itu_prices_tidy.csv"),
    TidyFile("itu/itu_tidy.csv"),
    TidyFile("odin/odin_tidy.csv"),
    # the ratio of Internet use by sex comes joined, from wdi/
    TidyFile("sdg/sdg_africa_2026q2_tidy.csv", series=("IT_MOB_OWN", "IT_MOB_OWN__EST")),
    TidyFile("sdg/sdg_1661_wdi_tidy.csv"),
    TidyFile(
        "sdg/pacific_bp50_by_sex_tidy.csv", series=("IT_MOB_OWN__F", "IT_MOB_OWN__M"), source="spc_bp50"
    ),
    # 16.10.2 is held for the whole world, and 16.5.1 could not be confirmed
    TidyFile("siwa/siwa_ods_lac_partial_tidy.csv", series=("IC_FRM_BRIB", "SG_REG_BRTH"), source="siwa_lac"),
    TidyFile("spi/spi_tidy.csv"),
    TidyFile("unctad/cyberlaw_count_tidy.csv"),
    TidyFile("wdi/gpi_17_8_1_combined_tidy.csv"),
    TidyFile("wdi/women_parliament_tidy.csv"),
    TidyFile("wgi/wgi_2025_full_tidy.csv"),
)

KEEPS: dict[str, Retention] = {
    # one edition of the answers; it does not revise the earlier ones
    **dict.fromkeys(("GT_I5", "GT_I7", "GT_I8", "GT_I12", "GT_I13", "GT_I14"), "everything"),
    # 25 States of one region, newest years only; every point in common is equal
    "IC_FRM_BRIB": "everything",
    "SG_REG_BRTH": "everything",
    # Africa and the Pacific only
    "IT_MOB_OWN": "other areas",
    "IT_MOB_OWN__F": "other areas",
    "IT_MOB_OWN__M": "other areas",
}


def laid_over(stored: Sequence[Sourced], newer: Iterable[Sourced]) -> list[Sourced]:
    """The newer rows, and of the stored ones those that no newer release replaces.

    An estimate gives way to an observed value of the same key. Of a series that keeps everything, only years
    after the last stored one come in.
    """
    last = _last_years(row for _, row in stored)
    incoming = [
        (source, row)
        for source, row in _observed_first(newer)
        if not (
            _retention(row) == "everything" and row.time_period <= last.get((row.series, row.ref_area), "")
        )
    ]
    series = {row.series for _, row in incoming}
    areas = {(row.series, row.ref_area) for _, row in incoming}

    def stays(row: Observation) -> bool:
        if row.series not in series or _retention(row) == "everything":
            return True
        return _retention(row) == "other areas" and (row.series, row.ref_area) not in areas

    return [*((source, row) for source, row in stored if stays(row)), *incoming]


def _observed_first(rows: Iterable[Sourced]) -> Iterator[Sourced]:
    """Rows without the estimates of keys that also have an observed value."""
    everything = list(rows)
    observed = {_key(row) for _, row in everything if row.obs_status != "E"}
    for source, row in everything:
        if row.obs_status != "E" or _key(row) not in observed:
            yield source, row


def _last_years(rows: Iterable[Observation]) -> dict[tuple[str, str], str]:
    last: dict[tuple[str, str], str] = {}
    for row in rows:
        name = (row.series, row.ref_area)
        last[name] = max(last.get(name, ""), row.time_period)
    return last


def _key(row: Observation) -> Key:
    return row.series, row.ref_area, row.time_period


def _retention(row: Observation) -> Retention:
    return KEEPS.get(row.series, "nothing")
