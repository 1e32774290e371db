"""An edition that never was: invented figures of 2026 for countries whose forecast was frozen before.

Nothing of it is ever written into `data/`.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kpis import open_warehouse
from kpis.building.build import build
from kpis.forecast.frozen import FOLDER, freeze
from kpis.sources.csvio import write_rows
from kpis.sources.observations import COLUMNS
from tests import few
from tests.conftest import TODAY
from tests.once import made_once

FROZEN_ON = dt.date(2026, 11, 27)
Editions = dict[str, dict[int, tuple[float | None, float | None, float | None]]]
HELD: Editions = {  # OSI, TII, HCI
    "COL": {2020: (0.70, 0.50, 0.60), 2022: (0.72, 0.56, 0.61), 2024: (0.74, 0.60, 0.61)},
    "URY": {2020: (0.60, 0.55, 0.70), 2022: (0.68, 0.60, 0.70), 2024: (0.70, 0.71, 0.72)},
    "JAM": {2020: (0.40, 0.35, 0.55), 2022: (0.41, 0.44, 0.56), 2024: (0.50, 0.46, 0.54)},
    "HTI": {2020: (0.10, 0.15, 0.35), 2022: (0.16, 0.18, 0.34), 2024: (0.14, 0.22, 0.36)},
    "CUB": {2020: (0.30, 0.30, 0.65), 2022: (0.32, 0.33, 0.66), 2024: (0.33, None, 0.66)},
}
# Colombia as foreseen, Uruguay far above, Jamaica far below; Haiti is not published. Cuba has no forecast.
NEXT: Editions = {
    "COL": {2026: (0.76, 0.65, 0.61)},
    "URY": {2026: (0.99, 0.99, 0.99)},
    "JAM": {2026: (0.10, 0.20, 0.30)},
    "CUB": {2026: (0.40, 0.40, 0.66)},
}


def observations(*parts: Editions) -> list[tuple[str, ...]]:
    """Rows of a file of figures: the sub-indices, and EGDI as their mean where all three are there."""
    rows = []
    for area, year, values in [
        (a, y, v) for part in parts for a, years in part.items() for y, v in years.items()
    ]:
        figures = dict(zip(("OSI", "TII", "HCI"), values, strict=True))
        complete = [value for value in values if value is not None]
        figures["EGDI"] = sum(complete) / 3 if len(complete) == 3 else None
        rows += [
            (series, area, str(year), f"{value:.4f}", "A", "v1", "")
            for series, value in figures.items()
            if value is not None
        ]
    return rows


@dataclass(frozen=True)
class Made:
    """A data folder and the warehouse built from it."""

    warehouse: Path
    data: Path


def editions(shared: Path) -> dict[str, Made]:
    """What is made of the figures up to 2024 with the forecast of 2026 frozen from them, and of 2026 too.

    Made once for all workers, in a folder of the run; to be read, or copied by `own`.
    """
    root = shared / "editions"
    made = {name: Made(root / name / "w.duckdb", root / name / "data") for name in ("before", "after")}

    def make(done: Path) -> None:
        before, after = made["before"], made["after"]
        few.folder(before.data, observations(HELD))
        wh = open_warehouse(build(root / "unfrozen.duckdb", data=before.data, today=TODAY))
        freeze(wh.tables, FROZEN_ON, before.data / FOLDER)
        wh.close()
        arrive(own(before.data, after.data))
        for one in made.values():
            build(one.warehouse, data=one.data, today=TODAY)
        done.touch()

    made_once(shared / "editions.done", make)
    return made


def own(data: Path, to: Path) -> Path:
    """A copy of a data folder that may be changed; returns it."""
    return Path(shutil.copytree(data, to, symlinks=True))


def arrive(data: Path) -> None:
    """The edition of 2026 comes into the folder."""
    write_rows(data / "observations" / "undesa_egovkb.csv", COLUMNS, observations(HELD, NEXT))


def stored(data: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The frozen table as it stands in the file, by measure and area."""
    with (data / FOLDER / "2026.csv").open(encoding="utf-8") as handle:
        return {(row["measure"], row["ref_area"]): row for row in csv.DictReader(handle)}


@dataclass(frozen=True)
class WithFrozen:
    """An open warehouse with other frozen forecasts than its own."""

    inner: Any
    frozen: pd.DataFrame

    @property
    def version(self) -> str:
        return str(self.inner.version)

    @property
    def as_of(self) -> int:
        return int(self.inner.as_of)

    def __hash__(self) -> int:
        return id(self)

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """The other forecasts where frozen ones are asked for."""
        return self.frozen if "from forecast_frozen" in sql else self.inner.query(sql, parameters)
