"""UN E-Government Survey: the indices of all editions and the 2024 components (UN DESA).

Upstream: a table iso3, year, indicator, value, rank, source_id in which the zeros that stand for "no
data" are already left out, and a table that lists every zero with what was done and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kpis.sources.csvio import Row, read_if_there, read_rows
from kpis.sources.observations import Observation
from kpis.sources.vintages import vintage_of

SOURCE = "undesa_egovkb"
VINTAGE = "2025-03-29"  # date of the copy that holds all editions; the 2024 Survey is the newest

# Tables of the appendix, below the folder of an update
APPENDIX = "egdi/egdi_appendix_tidy.csv"
CITIES = "egdi/losi_2024.csv"
APPENDIX_SERIES = ("OGDI", "EPI_EINFORMATION", "EPI_ECONSULTATION", "EPI_EDECISION")

Key = tuple[str, str, str]  # indicator, ref_area, year

# Cells that a reader must not take at face value, with the footnote that says why.
OUT_OF_RANGE: dict[Key, str] = {
    ("HCI", "FSM", "2003"): "hci_2003_range",
    ("HCI", "TUV", "2003"): "hci_2003_range",
    ("EGDI", "FSM", "2003"): "egdi_2003_outlier",
    ("EGDI", "NRU", "2003"): "egdi_2003_outlier",
    **{("TII_ACTIVE_MOBILE_BB", area, "2024"): "tii_2024_zero" for area in ("MHL", "FSM", "PLW", "TUV")},
    ("TII_INTERNET_USERS", "PRK", "2024"): "tii_2024_zero",
}
NOTED: dict[Key, str] = {
    ("EGDI", "KHM", "2008"): "egdi_2008_components",
    ("EGDI", "CMR", "2008"): "egdi_2008_components",
    **{("EGDI", area, "2020"): "egdi_2020_tie" for area in ("AND", "HUN", "MKD", "TLS")},
    **{("EPI", area, "2024"): "epi_2024_two_values" for area in ("KEN", "KWT", "MLT", "OMN", "BEL", "CYP")},
}
HCI_2024_DIFFER = ["OMN", "KWT", "CYP", "SVN", "IND", "NPL", "CHL", "BEN", "LIE", "MOZ", "LCA", "LVA", "CRI"]
COMPUTED_WITH_ZERO = "the published EGDI of this row was computed with 0"


def zero_footnotes(rows: Iterable[Row]) -> dict[Key, str]:
    """Footnotes that follow from the zero table: scores kept at 0, and EGDI computed with a "no data" 0."""
    notes: dict[Key, str] = {}
    for row in rows:
        if row["treatment"] == "kept":
            notes[row["indicator"], row["iso3"], row["year"]] = "zero_published"
        elif COMPUTED_WITH_ZERO in row["reason"]:
            notes["EGDI", row["iso3"], row["year"]] = "egdi_zero_component"
    return notes


def footnote(key: Key, zeros: dict[Key, str]) -> str:
    """Footnote of one cell; the gravest applies where several would."""
    indicator, area, year = key
    if note := OUT_OF_RANGE.get(key) or NOTED.get(key) or zeros.get(key):
        return note
    if area == "SRB" and year in {"2003", "2004", "2005"}:
        return "srb_2003_2005"
    if indicator.startswith("HCI_") and area in HCI_2024_DIFFER:
        return "hci_2024_component"
    return ""


def observations(folder: Path) -> Iterator[Observation]:
    """All UN index values in the project's form; the published EGDI rank is the series EGDI.RANK."""
    zeros = zero_footnotes(read_rows(folder / "egdi_zero_cells.csv", required=("treatment", "reason")))
    low_reliability = {"egdi_zero_component"} | set(OUT_OF_RANGE.values())
    rows = read_rows(folder / "egdi_tidy.csv", required=("iso3", "year", "indicator", "value", "rank"))
    for row in rows:
        note = footnote((row["indicator"], row["iso3"], row["year"]), zeros)
        status = "U" if note in low_reliability else "A"
        yield Observation(row["indicator"], row["iso3"], row["year"], row["value"], status, VINTAGE, note)
        if row["rank"]:
            rank = str(int(float(row["rank"])))
            yield Observation("EGDI.RANK", row["iso3"], row["year"], rank, "A", VINTAGE)


def appendix(folder: Path) -> Iterator[Observation]:
    """Tables of the 2024 Technical Appendix beyond the indices: OGDI, parts of EPI, rank by EPI, cities.

    A table that the folder lacks gives nothing. EPI itself is left out: the table repeats the values that
    `observations` gives with their footnotes. A city that was not assessed has no row.
    """
    for row in read_if_there(folder / APPENDIX, required=("iso3", "year", "indicator", "rank")):
        key, edition = (row["iso3"], row["year"]), vintage_of(row["source_id"])
        if row["indicator"] in APPENDIX_SERIES:
            yield Observation(row["indicator"], *key, row["value"], "A", edition)
        if row["rank"]:
            yield Observation("EPI.RANK", *key, str(int(float(row["rank"]))), "A", edition)
    for row in read_if_there(folder / CITIES, required=("iso3", "year", "losi", "source_id")):
        if row["losi"]:
            yield Observation(
                "LOSI", row["iso3"], row["year"], row["losi"], "A", vintage_of(row["source_id"])
            )
