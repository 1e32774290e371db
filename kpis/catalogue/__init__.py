"""WHAT is measured: entries in TOML, and a loader that refuses what is wrong and says where.

`load()` reads the built-in entries and, after them, the folders in $ESCALA_CATALOGUE, so that a KPI of
one's own takes one entry and no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kpis.catalogue.model import (
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
from kpis.errors import CatalogueError, unknown
from kpis.paths import entries_dir, extra_entries_dirs
from kpis.steps import step

__all__ = ["Catalogue", "Kpi", "Source", "load"]

E = TypeVar("E", bound=Entry)
TABLES: dict[str, type[Entry]] = {
    "kpi": Kpi,
    "unit": Unit,
    "scale": Scale,
    "dimension": Dimension,
    "kpi_group": KpiGroup,
    "source": Source,
    "input": InputSeries,
    "index": Index,
}


@dataclass(frozen=True)
class Catalogue:
    """All entries, each kind by id in the order of the files."""

    kpis: dict[str, Kpi]
    units: dict[str, Unit]
    scales: dict[str, Scale]
    dimensions: dict[str, Dimension]
    kpi_groups: dict[str, KpiGroup]
    sources: dict[str, Source]
    inputs: dict[str, InputSeries]
    indices: tuple[Index, ...]

    def series_source(self) -> dict[str, str]:
        """Series → source id, for every series that a KPI, a published rank or a model reads."""
        direct = {kpi.series: kpi.source for kpi in self.kpis.values() if kpi.series}
        return direct | {entry.id: entry.source for entry in self.inputs.values()}

    def kpi(self, kpi: str) -> Kpi:
        """The entry of one KPI; RequestError-free: an unknown id is a CatalogueError naming the near miss."""
        if kpi not in self.kpis:
            raise CatalogueError(unknown("KPI", kpi, self.kpis))
        return self.kpis[kpi]


def load(folders: Sequence[Path] | None = None) -> Catalogue:
    """Read and check all entries below `folders` (default: built-in, then $ESCALA_CATALOGUE).

    Raises CatalogueError naming file, entry and key for broken TOML, an unknown table or key, a missing
    text, a duplicate id or a reference that leads nowhere.
    """
    found: dict[str, list[tuple[Path, Entry]]] = {table: [] for table in TABLES}
    for folder in folders or (entries_dir(), *extra_entries_dirs()):
        if not folder.is_dir():
            raise CatalogueError(f"{folder}: no such catalogue folder. Mend $ESCALA_CATALOGUE.")
        for path in sorted(folder.rglob("*.toml")):
            with step(f"{path}: this file of definitions cannot be read", CatalogueError):
                for table, entry in _entries(path):
                    found[table].append((path, entry))
    catalogue = Catalogue(
        kpis=_by_id(found["kpi"], Kpi),
        units=_by_id(found["unit"], Unit),
        scales=_by_id(found["scale"], Scale),
        dimensions=_by_id(found["dimension"], Dimension),
        kpi_groups=_by_id(found["kpi_group"], KpiGroup),
        sources=_by_id(found["source"], Source),
        inputs=_by_id(found["input"], InputSeries),
        indices=tuple(entry for _, entry in found["index"] if isinstance(entry, Index)),
    )
    _check_references(catalogue, {e.id: p for p, e in found["kpi"] if isinstance(e, Kpi)})
    return catalogue


def _entries(path: Path) -> Iterable[tuple[str, Entry]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: not valid TOML: {error}. Mend that line.") from None
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: not UTF-8 text ({error.reason}). Save it as UTF-8.") from None
    for table, rows in content.items():
        if table not in TABLES:
            raise CatalogueError(unknown("table", table, TABLES, place=str(path)))
        if not isinstance(rows, list):
            raise CatalogueError(f"{path}: write [[{table}]] with double brackets, one for each entry.")
        for row in rows:
            yield table, _entry(path, TABLES[table], row)


def _entry(path: Path, model: type[Entry], row: dict[str, Any]) -> Entry:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        name = row.get("id") or row.get("index") or "(no id)"
        raise CatalogueError(f"{path}: entry '{name}': {_explain(error, model)}") from None


def _explain(error: ValidationError, model: type[Entry]) -> str:
    parts = []
    for fault in error.errors():
        key = ".".join(str(step) for step in fault["loc"]) or "entry"
        if fault["type"] == "extra_forbidden":
            parts.append(unknown("key", key, model.model_fields))
        elif fault["type"] == "missing":
            parts.append(f"key '{key}' is missing.")
        elif fault["type"] == "literal_error":
            parts.append(
                f"key '{key}': {fault['input']!r} is not allowed. Allowed: {fault['ctx']['expected']}."
            )
        else:
            parts.append(f"key '{key}': {fault['msg'].removeprefix('Value error, ')}.")
    return " ".join(parts)


def _by_id(found: list[tuple[Path, Entry]], model: type[E]) -> dict[str, E]:
    entries: dict[str, E] = {}
    home: dict[str, Path] = {}
    for path, entry in found:
        assert isinstance(entry, model)
        key = str(getattr(entry, "id"))  # noqa: B009 - the base class has no id
        if key in entries:
            raise CatalogueError(f"{path}: id '{key}' stands already in {home[key]}. Give it another id.")
        entries[key], home[key] = entry, path
    return entries


def _check_references(catalogue: Catalogue, home: dict[str, Path]) -> None:
    """Every id that an entry names must exist; a derivation may only build on direct KPIs."""
    for kpi in catalogue.kpis.values():
        place = f"{home[kpi.id]}: entry '{kpi.id}'"
        for kind, name, allowed in (
            ("unit", kpi.unit, catalogue.units),
            ("dimension", kpi.dimension, catalogue.dimensions),
            ("source", kpi.source, catalogue.sources),
        ):
            if name not in allowed:
                raise CatalogueError(unknown(kind, name, allowed, place=place))
        for operand in (kpi.derive.a, kpi.derive.b) if kpi.derive else ():
            if operand is not None and (operand not in catalogue.kpis or catalogue.kpis[operand].derive):
                direct = [other.id for other in catalogue.kpis.values() if other.derive is None]
                raise CatalogueError(unknown("direct KPI", operand, direct, place=place))
        for part in kpi.contains:
            if part not in catalogue.kpis:
                raise CatalogueError(unknown("KPI in contains", part, catalogue.kpis, place=place))
        if kpi.published_rank and kpi.published_rank not in catalogue.inputs:
            raise CatalogueError(unknown("input series", kpi.published_rank, catalogue.inputs, place=place))
        if kpi.scale and kpi.scale not in catalogue.scales:
            raise CatalogueError(unknown("scale", kpi.scale, catalogue.scales, place=place))
        _check_levels(kpi, catalogue.units[kpi.unit], place)
    for group in catalogue.kpi_groups.values():
        for member in group.kpis:
            if member not in catalogue.kpis:
                raise CatalogueError(unknown("KPI", member, catalogue.kpis, place=f"KPI group '{group.id}'"))
    for index in catalogue.indices:
        for member in (index.index, *(component.kpi for component in index.components)):
            if member not in catalogue.kpis:
                raise CatalogueError(unknown("KPI", member, catalogue.kpis, place=f"index '{index.index}'"))
    for entry in catalogue.inputs.values():
        if entry.source not in catalogue.sources:
            raise CatalogueError(
                unknown("source", entry.source, catalogue.sources, place=f"input '{entry.id}'")
            )


def _check_levels(kpi: Kpi, unit: Unit, place: str) -> None:
    """A coded answer says how many codes there are; its levels, where given, name each of them."""
    if not unit.coded:
        if kpi.levels:
            raise CatalogueError(f"{place}: levels name codes, and '{kpi.unit}' is no unit of coded answers.")
        return
    low, high = kpi.limits
    if low != 0 or high == "none" or high != int(high):
        raise CatalogueError(f"{place}: a coded answer needs limits from 0 to its last code, as [0, 2].")
    if kpi.levels and len(kpi.levels) != int(high) + 1:
        raise CatalogueError(f"{place}: {len(kpi.levels)} levels for {int(high) + 1} codes. Name each code.")
