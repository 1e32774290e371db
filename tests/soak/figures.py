"""The warehouse that a soak serves: built beforehand, so that a busy machine has time for it."""

from __future__ import annotations

from pathlib import Path

from kpis.building.build import build


def built(folder: str | Path) -> Path:
    """A warehouse of the project's own figures in a folder."""
    path = Path(folder) / "w.duckdb"
    build(path)
    return path
