"""WHAT is measured: entries in TOML, and a loader that refuses what is wrong and says where.

`load()` reads the built-in entries and, after them, the folders in $ESCALA_CATALOGUE, so that a KPI of
one's own takes one entry and no code.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from kpis.catalogue.model import (
    Catalogue,
    Dimension,
    Entry,
    Index,
    InputSeries,
    Kpi,
    KpiGroup,
    Scale,
    Source,
    Unit,
)
from kpis.catalogue.reading import TABLES, read_entries
from kpis.catalogue.references import check_references
from kpis.errors import CatalogueError
from kpis.paths import entries_dir, extra_entries_dirs
from kpis.steps import step

__all__ = ["Catalogue", "Kpi", "Source", "load"]

E = TypeVar("E", bound=Entry)


def load(folders: Sequence[Path] | None = None) -> Catalogue:
    """Read and check all entries below `folders` (default: built-in, then $ESCALA_CATALOGUE).

    Raises CatalogueError naming file, entry and key for broken TOML, an unknown table or key, a missing
    text, a number that is none, a duplicate id, a reference that leads nowhere or in a circle; and naming the
    folder or file that cannot be read.
    """
    by_table: dict[str, list[tuple[Path, Entry]]] = {table: [] for table in TABLES}
    for folder in folders or (entries_dir(), *extra_entries_dirs()):
        with step(f"{folder}: these definitions cannot be read", CatalogueError):
            for table, path, entry in read_entries(folder):
                by_table[table].append((path, entry))
    catalogue = Catalogue(
        kpis=_by_id(by_table["kpi"], Kpi),
        units=_by_id(by_table["unit"], Unit),
        scales=_by_id(by_table["scale"], Scale),
        dimensions=_by_id(by_table["dimension"], Dimension),
        kpi_groups=_by_id(by_table["kpi_group"], KpiGroup),
        sources=_by_id(by_table["source"], Source),
        inputs=_by_id(by_table["input"], InputSeries),
        indices=tuple(entry for _, entry in by_table["index"] if isinstance(entry, Index)),
    )
    home = {(table, getattr(e, "id", "")): path for table, rows in by_table.items() for path, e in rows}
    check_references(catalogue, home)
    return catalogue


def _by_id(rows: list[tuple[Path, Entry]], model: type[E]) -> dict[str, E]:
    """Entries by id. Two ids that differ by capitals only would be one in a link or to a reader."""
    entries: dict[str, E] = {}
    home: dict[str, tuple[str, Path]] = {}
    for path, entry in rows:
        assert isinstance(entry, model)
        key = str(getattr(entry, "id"))  # noqa: B009 - the base class has no id
        if key.casefold() in home:
            other, place = home[key.casefold()]
            alike = "" if other == key else f" as '{other}'"
            raise CatalogueError(f"{path}: id '{key}' stands already in {place}{alike}. Give it another id.")
        entries[key], home[key.casefold()] = entry, (key, path)
    return entries
