"""What a printed value was measured with: the year, and the survey, publisher or city behind it.

The UN prints inputs of its indices under the edition although some are decades older; the Pacific figures
name a survey for each. `data/reference/input_year.csv` keeps both beside the values.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpis.sources import egovkb
from kpis.sources.csvio import read_if_there, write_rows

COLUMNS = ("series", "ref_area", "time_period", "reference_year", "input_source", "source")
HCI = "egdi/egdi_2024_hci_inputs.csv"
CITIES = egovkb.CITIES
PACIFIC = "sdg/pacific_bp50_by_sex_tidy.csv"
PACIFIC_SERIES = ("IT_MOB_OWN__F", "IT_MOB_OWN__M")
NO_YEAR = "---"

Input = tuple[str, str, str, str, str, str]


def inputs(folder: Path) -> Iterator[Input]:
    """Rows of COLUMNS from the files that the folder has; an unknown year is empty."""
    for row in read_if_there(
        folder / HCI, required=("iso3", "edition", "indicator", "reference_year", "input_source")
    ):
        year = "" if row["reference_year"] == NO_YEAR else row["reference_year"]
        yield row["indicator"], row["iso3"], row["edition"], year, row["input_source"], egovkb.SOURCE
    for row in read_if_there(folder / CITIES, required=("iso3", "city", "year", "losi")):
        if row["losi"]:
            yield "LOSI", row["iso3"], row["year"], row["year"], row["city"], egovkb.SOURCE
    for row in read_if_there(folder / PACIFIC, required=("iso3", "year", "series", "survey")):
        if row["series"] in PACIFIC_SERIES:
            yield row["series"], row["iso3"], row["year"], row["year"], row["survey"], "spc_bp50"


def import_inputs(folder: Path, reference: Path) -> int:
    """Write `input_year.csv` from the updates of `folder`, the newest winning; returns the number of rows."""
    newest = {row[:3]: row for newer in sorted(folder.glob("update-*")) for row in inputs(newer)}
    return write_rows(reference / "input_year.csv", COLUMNS, sorted(newest.values()))
