"""Checks across entries: every id exists, nothing is defined twice or in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from kpis.catalogue.model import Catalogue, Index, Kpi, Unit
from kpis.errors import CatalogueError, unknown

Home = Mapping[tuple[str, str], Path]
"""The file of each entry, by its table and id."""


def check_references(catalogue: Catalogue, home: Home) -> None:
    """Raises CatalogueError naming the place of the first reference that leads nowhere or in a circle."""
    for kpi in catalogue.kpis.values():
        _check_kpi(kpi, catalogue, f"{home['kpi', kpi.id]}: entry '{kpi.id}'")
    for group in catalogue.kpi_groups.values():
        for member in group.kpis:
            if member not in catalogue.kpis:
                raise CatalogueError(unknown("KPI", member, catalogue.kpis, place=f"KPI group '{group.id}'"))
    for entry in catalogue.inputs.values():
        if entry.source not in catalogue.sources:
            place = f"{home['input', entry.id]}: input '{entry.id}'"
            raise CatalogueError(unknown("source", entry.source, catalogue.sources, place=place))
    _check_names(catalogue, home)
    _check_indices(catalogue.indices, catalogue)
    _check_series(catalogue, home)
    _check_circles(catalogue)


def _check_kpi(kpi: Kpi, catalogue: Catalogue, place: str) -> None:
    """Every id that an entry names must exist; a derivation may only build on direct KPIs."""
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


def _check_names(catalogue: Catalogue, home: Home) -> None:
    """No two KPIs have the same name: a list could not distinguish them."""
    for lang in ("en", "es"):
        first: dict[str, str] = {}
        for kpi in catalogue.kpis.values():
            name = " ".join(getattr(kpi.name, lang).casefold().split())
            if (other := first.setdefault(name, kpi.id)) != kpi.id:
                raise CatalogueError(
                    f"{home['kpi', kpi.id]}: entry '{kpi.id}': key 'name.{lang}' is the name of '{other}' "
                    "too. Say what tells the two apart."
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


def _check_indices(indices: Sequence[Index], catalogue: Catalogue) -> None:
    """Parts are KPIs, and each edition of an index is built by one rule only."""
    seen: set[tuple[str, int]] = set()
    for index in indices:
        place = f"index '{index.index}'"
        for member in (index.index, *(component.kpi for component in index.components)):
            if member not in catalogue.kpis:
                raise CatalogueError(unknown("KPI", member, catalogue.kpis, place=place))
        for edition in index.editions:
            if (index.index, edition) in seen:
                raise CatalogueError(
                    f"{place}: edition {edition} has an [[index]] already. State one rule for each edition."
                )
            seen.add((index.index, edition))


def _series(catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    """Table, id, series and source of each entry that reads a series."""
    for kpi in catalogue.kpis.values():
        if kpi.series:
            yield "kpi", kpi.id, kpi.series, kpi.source
    for entry in catalogue.inputs.values():
        yield "input", entry.id, entry.id, entry.source


def _check_series(catalogue: Catalogue, home: Home) -> None:
    """A series is spelt one way and comes from one source in all entries."""
    first: dict[str, tuple[str, str, str]] = {}
    for table, name, series, source in _series(catalogue):
        other, spelt, origin = first.setdefault(series.casefold(), (name, series, source))
        if (spelt, origin) != (series, source):
            raise CatalogueError(
                f"{home[table, name]}: entry '{name}': series '{series}' of source '{source}' is series "
                f"'{spelt}' of source '{origin}' in entry '{other}'. Write it alike in both."
            )


def _check_circles(catalogue: Catalogue) -> None:
    """No KPI is computed from itself, by `derive` or as part of an index; `contains` may go both ways."""
    parts: dict[str, set[str]] = {kpi.id: set() for kpi in catalogue.kpis.values()}
    for kpi in catalogue.kpis.values():
        if kpi.derive:
            parts[kpi.id] |= {kpi.derive.a, kpi.derive.b or kpi.derive.a}
    for index in catalogue.indices:
        parts[index.index] |= {component.kpi for component in index.components}
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise CatalogueError(f"KPIs are computed from one another in a circle: {circle}. Break it.") from None
