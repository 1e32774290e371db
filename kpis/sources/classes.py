"""Groups and classes that publishers assign: UN groups and rating classes of 2024, GovTech groups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpis.sources.csvio import read_if_there, read_rows, write_rows

COLUMNS = ("scheme", "ref_area", "time_period", "class", "source")
UN_SCHEMES = {
    # column of the upstream table: scheme here
    "egdi_group_2024": "EGDI_GROUP",
    "rating_class_2024": "EGDI_RATING",
    "osi_group_2024": "OSI_GROUP",
    "tii_group_2024": "TII_GROUP",
    "hci_group_2024": "HCI_GROUP",
}

UPDATE = "egdi/egdi_2024_ogdi_groups.csv"
UPDATE_SCHEMES = {"ogdi_group": "OGDI_GROUP", "epi_group": "EPI_GROUP"}


def classes(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """One row per scheme, area and edition, exactly as published; no class is computed here."""
    for row in read_rows(folder / "egdi" / "egdi_2024_classes.csv", required=("iso3", *UN_SCHEMES)):
        for column, scheme in UN_SCHEMES.items():
            yield scheme, row["iso3"], "2024", row[column], "undesa_egovkb"
    for newer in sorted(folder.glob("update-*")):
        for row in read_if_there(newer / UPDATE, required=("iso3", "year", *UPDATE_SCHEMES)):
            for column, scheme in UPDATE_SCHEMES.items():
                yield scheme, row["iso3"], row["year"], row[column], "undesa_egovkb"
    for row in read_rows(folder / "gtmi" / "gtmi_groups.csv", required=("iso3", "year", "group")):
        yield "GTMI_GROUP", row["iso3"], row["year"], row["group"], "wb_gtmi"


def import_classes(folder: Path, reference: Path) -> int:
    """Write `classification.csv` below `reference`; returns the number of rows."""
    return write_rows(reference / "classification.csv", COLUMNS, sorted(classes(folder)))
