"""Three countries whose indices can be worked out by hand, in a warehouse of their own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kpis.building.build import build
from kpis.catalogue import load
from kpis.sources.csvio import write_rows
from kpis.sources.observations import COLUMNS
from kpis.warehouse.store import Store
from tests.conftest import write_tiny

OSI = ["OSI_IF", "OSI_CP", "OSI_SP", "OSI_EPI", "OSI_TEC"]
TII = ["TII_MOBILE_SUBS", "TII_INTERNET_USERS", "TII_ACTIVE_MOBILE_BB"]
BASKETS = ["TII_AFF_MOBILE_BASKET", "TII_AFF_FIXED_BASKET"]
HCI = ["HCI_ADULT_LITERACY", "HCI_GER", "HCI_EYS", "HCI_MYS", "HCI_EGL"]

# Jamaica is the best in everything, Namibia the worst, Colombia in the middle. GER of Jamaica is above its
# cap of 100. Published OSI and TII follow from the components; the HCI of Colombia is published 0.05 higher.
COMPONENTS = {
    **dict.fromkeys(OSI, (0.5, 1.0, 0.0)),
    **dict.fromkeys(TII, (60.0, 100.0, 20.0)),
    **dict.fromkeys(BASKETS, (5.0, 1.0, 9.0)),
    "HCI_ADULT_LITERACY": (75.0, 100.0, 50.0),
    "HCI_GER": (75.0, 120.0, 50.0),
    "HCI_EYS": (10.0, 15.0, 5.0),
    "HCI_MYS": (8.0, 12.0, 4.0),
    "HCI_EGL": (0.5, 1.0, 0.0),
}
AREAS = ("COL", "JAM", "NAM")
INDICES = {"OSI": (0.5, 1.0, 0.0), "TII": (0.5, 1.0, 0.0), "HCI": (0.55, 1.0, 0.0)}
EGDI_2024 = (1.55 / 3, 1.0, 0.0)

# Earlier EGDI, in points: COL, JAM, NAM; "U" marks an unreliable value, None one that is not published.
HISTORY: dict[int, tuple[tuple[float, str] | None, ...]] = {
    2003: ((0.30, "A"), (0.34, "A"), (0.31, "U")),
    2004: ((0.38, "A"), (0.36, "A"), (0.50, "A")),
    2005: ((0.41, "A"), (0.33, "A"), None),
    2008: ((0.45, "A"), (0.52, "A"), (0.36, "A")),
}


def small_store(folder: Path) -> Store:
    """A warehouse of the three countries, built from `folder`."""
    rows: list[tuple[str, ...]] = []
    figures = {**COMPONENTS, **INDICES, "EGDI": EGDI_2024}
    for series, values in figures.items():
        rows += [(series, a, "2024", repr(v), "A", "v1", "") for a, v in zip(AREAS, values, strict=True)]
    for year, values in HISTORY.items():
        for area, cell in zip(AREAS, values, strict=True):
            if cell is not None:
                rows.append(("EGDI", area, str(year), repr(cell[0]), cell[1], "v1", ""))
                rows += [(i, area, str(year), repr(cell[0]), "A", "v1", "") for i in INDICES]
    data = write_tiny(folder / "data")
    (data / "observations" / "src.csv").unlink()
    write_rows(data / "observations" / "undesa_egovkb.csv", COLUMNS, rows)
    write_rows(
        data / "reference" / "classification.csv",
        ("scheme", "ref_area", "time_period", "class", "source"),
        [],
    )
    return Store(build(folder / "small.duckdb", data=data, catalogue=load(), today=dt.date(2024, 6, 1)))
