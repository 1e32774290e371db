"""What is inside what, asked of a warehouse: its table `kpi_part` says it (see `kpis.catalogue.parts`)."""

from __future__ import annotations

from kpis.tables import Tables
from kpis.warehouse.once import once_per_store


def shared(store: Tables, a: str, b: str) -> tuple[str, ...]:
    """KPIs whose figures stand on both sides, sorted; empty where the two are apart.

    Unknown ids, such as series that are no KPI, stand alone.
    """
    parts = _parts(store)
    return tuple(sorted(parts.get(a, {a}) & parts.get(b, {b})))


@once_per_store
def _parts(store: Tables) -> dict[str, set[str]]:
    """KPI → all that is inside it, itself included."""
    parts: dict[str, set[str]] = {}
    for kpi, part in store.query("select kpi, part from kpi_part").itertuples(index=False):
        parts.setdefault(kpi, set()).add(part)
    return parts
