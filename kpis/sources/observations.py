"""The one format of figures in `data/observations/`: a file per source, named after it.

Columns: series, ref_area, time_period, obs_value, obs_status, vintage, footnote. `obs_status` follows the
SDMX code list CL_OBS_STATUS (A normal, E estimated or modelled, U low reliability). A missing value has
no row; a value beyond the limits of its KPI has a footnote that says that the publisher prints it so
(`outside_limits` in `data/reference/footnote.csv`). Files of sources that allow non-commercial reuse only lie
in `noncommercial/`. A file that would exceed 2 MB as CSV is Parquet, with the same columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from pathlib import Path

from kpis.errors import DataError
from kpis.sources import releases
from kpis.sources.csvio import table_files, write_parquet, write_rows

COLUMNS = ("series", "ref_area", "time_period", "obs_value", "obs_status", "vintage", "footnote")
STATUSES = ("A", "E", "U")
CSV_LIMIT_BYTES = 2_000_000


@dataclass(frozen=True, order=True)
class Observation:
    """One value, as text, exactly as its source prints it."""

    series: str
    ref_area: str
    time_period: str
    obs_value: str
    obs_status: str = "A"
    vintage: str = ""
    footnote: str = ""


def observation_files(folder: Path) -> list[Path]:
    """All files of figures below the folder, CSV and Parquet, in a stable order.

    Raises DataError naming a folder that cannot be read.
    """
    return table_files(folder)


def former_figures(folder: Path, now: Mapping[str, Iterable[Observation]]) -> dict[str, releases.Figures]:
    """Values and vintages held below `folder`, by the source that has them `now`.

    A series can move from one source to another; its figures are then compared with those it had there. What
    no source has any more stays with the one that had it.
    """
    home = {row.series: source for source, rows in now.items() for row in rows}
    place = {astuple(row)[:3]: source for source, rows in now.items() for row in rows}
    former: dict[str, releases.Figures] = defaultdict(dict)
    for path in observation_files(folder):
        for key, figure in releases.figures_of(path).items():
            former[place.get(key) or home.get(key[0], path.stem)][key] = figure
    return dict(former)


def write_source(
    folder: Path,
    source: str,
    redistribution: str,
    rows: Sequence[Observation],
    before: releases.Figures | None = None,
) -> Path:
    """Write all figures of one source, sorted by key; returns the file.

    Raises DataError on a duplicate key, naming it. A previous file of the source in either format or
    folder is replaced, and what that changed is kept beside the folder (`kpis/sources/releases.py`).
    before: the figures to compare with, if they are not those of the previous file.
    """
    ordered = sorted(rows)
    for first, second in pairwise(ordered):
        if astuple(first)[:3] == astuple(second)[:3]:
            raise DataError(
                f"{source}: {first.series} {first.ref_area} {first.time_period} occurs twice "
                f"({first.obs_value}, {second.obs_value}). Keep one."
            )
    inside = "noncommercial" if redistribution == "noncommercial" else ""
    for stale in folder.rglob(f"{source}.*"):
        before = releases.figures_of(stale) if before is None else before
        stale.unlink()
    if before:
        after = releases.figures_in(astuple(row) for row in ordered)
        releases.record(folder.parent / "releases" / inside, source, before, after)
    home = folder / inside
    path = home / f"{source}.csv"
    write_rows(path, COLUMNS, map(astuple, ordered))
    if path.stat().st_size <= CSV_LIMIT_BYTES:
        return path
    path.unlink()
    return write_parquet(path.with_suffix(".parquet"), COLUMNS, map(astuple, ordered))
