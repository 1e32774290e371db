"""Newer releases: folders `update-*` beside the collected series, laid over them in the order of their names.

A series of an update replaces the whole series of the same id: publishers revise backwards, and two releases
of one series must not mix. KEEPS names the series of which something stays, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from kpis.sources.observations import Observation

Sourced: TypeAlias = tuple[str, Observation]  # id of the source, value
Kept: TypeAlias = Literal["nothing", "other areas", "other points"]

# File below the update's folder → source of its rows; "" = the source that the catalogue names for the series.
FILES = {
    "findex/findex_tidy.csv": "",
    "gtmi/gtmi_2025_ims_tidy.csv": "",
    "itu/itu_tidy.csv": "",
    "unctad/cyberlaw_count_tidy.csv": "",
    "wdi/gpi_17_8_1_combined_tidy.csv": "",
}

# The GovTech file holds the answers of one edition; earlier editions are not revised by it.
KEEPS: dict[str, Kept] = {"GT_I12": "other points"}


def laid_over(held: Sequence[Sourced], newer: Sequence[Sourced]) -> list[Sourced]:
    """The newer rows, and of the held ones those that no newer release replaces."""
    series = {row.series for _, row in newer}
    areas = {(row.series, row.ref_area) for _, row in newer}
    points = {(row.series, row.ref_area, row.time_period) for _, row in newer}

    def stays(row: Observation) -> bool:
        if row.series not in series:
            return True
        kept = KEEPS.get(row.series, "nothing")
        if kept == "other points":
            return (row.series, row.ref_area, row.time_period) not in points
        return kept == "other areas" and (row.series, row.ref_area) not in areas

    return [*((source, row) for source, row in held if stays(row)), *newer]
