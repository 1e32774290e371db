"""Which figures enter which KPI: such pairs are not independent and must not be compared.

The catalogue says it: `derive` and `contains` of an entry, the components of an index, one series under two
ids. Builders turn it into the table `kpi_part`, which readers ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import permutations

from kpis.catalogue import Catalogue


def direct_parts(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """KPI → KPIs whose figures enter it directly; every KPI of the catalogue has a key.

    Two KPIs of one series enter each other: they are the same figure under two ids.
    """
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for kpi in catalogue.kpis.values():
        parts[kpi.id] |= set(kpi.contains)
        if kpi.derive:
            parts[kpi.id] |= {kpi.derive.a, kpi.derive.b or kpi.derive.a}
    for index in catalogue.indices:
        parts[index.index] |= {component.kpi for component in index.components}
    for kpi_id, twin in _same_series(catalogue):
        parts[kpi_id].add(twin)
    return {name: frozenset(inside) for name, inside in parts.items()}


def all_parts(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """KPI → everything inside it at any depth, itself included. A part in common is a shared figure."""
    direct = direct_parts(catalogue)
    return {kpi: _closure(kpi, direct) for kpi in direct}


def _closure(kpi: str, direct: Mapping[str, frozenset[str]]) -> frozenset[str]:
    inside: set[str] = set()
    waiting = [kpi]
    while waiting:
        part = waiting.pop()
        if part not in inside:
            inside.add(part)
            waiting.extend(direct[part])
    return frozenset(inside)


def _same_series(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Pairs of KPIs of one series, both ways."""
    by_series: defaultdict[str, list[str]] = defaultdict(list)
    for kpi in catalogue.kpis.values():
        if kpi.series:
            by_series[kpi.series].append(kpi.id)
    return [pair for twins in by_series.values() for pair in permutations(twins, 2)]
