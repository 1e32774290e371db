"""Opens the warehouse for readers, building it where that is needed."""

from __future__ import annotations

import warnings
from pathlib import Path

from kpis.build import build, data_version
from kpis.errors import EngineError, EscalaError
from kpis.freshness import year_of_reading
from kpis.paths import warehouse_path
from kpis.queries import Warehouse
from kpis.warehouse.publish import is_foreign, set_aside
from kpis.warehouse.store import Store


class ForeignFileWarning(UserWarning):
    """A file that Escala did not make stood in the place of the warehouse; it was kept under another name."""


class StaleWarehouseWarning(UserWarning):
    """The figures changed but could not be built; the last good warehouse is served."""


def open_warehouse(path: Path | None = None) -> Warehouse:
    """See `kpis.open_warehouse`."""
    if path is not None:
        return Warehouse(Store(path))
    warehouse, fault = open_current()
    if fault is not None:
        warnings.warn(f"the last good warehouse is served: {fault}", StaleWarehouseWarning, stacklevel=3)
    return warehouse


def open_current() -> tuple[Warehouse, EscalaError | None]:
    """The default warehouse, and the fault if it is the last good one and not the current one."""
    fault = refresh()
    return Warehouse(Store(warehouse_path())), fault


def refresh() -> EscalaError | None:
    """Rebuild the default warehouse if it is missing, unreadable or out of date.

    Returns the fault if a rebuild failed while a good warehouse remains; raises it if none remains.
    """
    path = warehouse_path()
    try:
        store = Store(path)
    except EngineError:
        if is_foreign(path):
            kept = set_aside(path)
            warnings.warn(
                f"{path} is no warehouse of Escala; it was kept as {kept.name} and a new one is built.",
                ForeignFileWarning,
                stacklevel=3,
            )
        build(path)
        return None
    try:
        current = (store.version, store.as_of)
        open_only = bool(store.meta["open_only"])
    finally:
        store.close()
    try:
        if current != (data_version(open_only=open_only), year_of_reading()):
            build(path, open_only=open_only)
    except EscalaError as fault:
        return fault
    return None
