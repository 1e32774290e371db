"""Warehouses with almost nothing in them: the real catalogue and reference tables over no or one figure."""

from __future__ import annotations

from pathlib import Path

from kpis import paths
from kpis.sources.csvio import write_rows
from kpis.sources.observations import COLUMNS

ONE = [("EGDI", "JAM", "2024", "0.66777", "A", "2025-03-29", "")]  # one country, one observation
COLOMBIA = [("EGDI", "COL", "2024", "0.7793", "A", "2025-03-29", "")]
NOT_COPIED = {
    "observations",
    "datapackage.json",
    "releases",
    "forecasts",
}  # they speak of every file of figures


def folder(to: Path, rows: list[tuple[str, ...]]) -> Path:
    """A data folder with everything but the figures, of which only `rows` remain; returns it."""
    to.mkdir(parents=True)
    for part in paths.data_dir().iterdir():
        if part.name not in NOT_COPIED:
            (to / part.name).symlink_to(part)
    write_rows(to / "observations" / "undesa_egovkb.csv", COLUMNS, rows)
    return to
