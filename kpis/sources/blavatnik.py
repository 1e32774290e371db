"""Kosovo in the Blavatnik School's files: XKK there, XKX here; the collected table lost it.

Upstream: the publisher's tables below `other/raw/`. Here: the two values that KPIs read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpis.sources.csvio import read_if_there
from kpis.sources.observations import Observation
from kpis.sources.vintages import vintage_of

UPSTREAM, HERE = "XKK", "XKX"
INDEX = "bipa2024_index_themes_wide.csv"
BAROMETER = "bipa2024_gdb_2021.csv"


def kosovo(folder: Path) -> Iterator[Observation]:
    """Its digital services of 2024 and its data governance of 2021; nothing where the files are not there."""
    for row in read_if_there(folder / INDEX, required=("cc_iso3c", "natdel_dig_value")):
        if row["cc_iso3c"] == UPSTREAM:
            value = row["natdel_dig_value"]
            yield Observation("BIPA.NATDEL_DIG", HERE, "2024", value, "A", vintage_of("bipa_2024"))
    for row in read_if_there(folder / BAROMETER, required=("cc_iso3c", "ref_year", "variable", "value")):
        if row["cc_iso3c"] == UPSTREAM and row["variable"] == "gdb_governance":
            edition = vintage_of("gdb_2021_bipa")
            yield Observation("GDB.GOVERNANCE", HERE, row["ref_year"], row["value"], "A", edition)
