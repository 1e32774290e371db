"""Which figures a build has no more: a series that vanishes would otherwise look like "no data"."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from kpis.errors import EngineError
from kpis.warehouse.checks import join_names
from kpis.warehouse.store import Store


class LostFiguresWarning(UserWarning):
    """KPIs or series that had figures in the last build have none in this one."""


@dataclass(frozen=True)
class Available:
    """What a warehouse has figures of; open_only: whether closed sources were left out of it."""

    kpis: frozenset[str]
    series: frozenset[str]
    open_only: bool


def available(path: Path) -> Available | None:
    """What the warehouse at `path` has figures of; None if there is none, or it cannot be read."""
    try:
        store = Store(path)
    except EngineError:
        return None
    try:
        kpis = store.query("select kpi from kpi_held where n_areas > 0")["kpi"]
        series = store.query("select series from series")["series"]
        return Available(frozenset(kpis), frozenset(series), bool(store.meta["open_only"]))
    except (duckdb.Error, EngineError):  # a damaged block: the build replaces it
        return None
    finally:
        store.close()


def lost(before: Available | None, after: Available | None) -> str | None:
    """One sentence that names what had figures before and has none after; None where nothing is lost.

    Two builds of which one alone leaves out closed sources are not compared.
    """
    if before is None or after is None or before.open_only != after.open_only:
        return None
    parts = [
        f"{kind} {join_names(gone)}"
        for kind, gone in (("KPIs", before.kpis - after.kpis), ("series", before.series - after.series))
        if gone
    ]
    if not parts:
        return None
    return f"since the last build these have no figures any more: {'; '.join(parts)}. Look for their rows."
