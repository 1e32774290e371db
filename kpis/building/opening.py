"""Opens the warehouse for readers, building it where that is needed."""

from __future__ import annotations

import threading
import time
import warnings
from pathlib import Path

from kpis.building.build import build, data_version, published_state
from kpis.errors import EngineError, EscalaError
from kpis.freshness import year_of_reading
from kpis.paths import warehouse_path
from kpis.queries import Warehouse
from kpis.steps import step
from kpis.warehouse.place import ForeignFileWarning
from kpis.warehouse.store import Store

__all__ = [
    "ForeignFileWarning",
    "StaleWarehouseWarning",
    "open_current",
    "open_warehouse",
    "rebuild",
    "refresh",
]

PAUSE = 30.0  # seconds until a fault of the machine, such as a full disk, is tried again in the same process
Tried = tuple[Path, str, int, bool]  # place, data version, year of reading, open only
_failed: dict[Tried, tuple[EscalaError, float]] = {}  # the last attempt, and when it may be made again
_lock = threading.Lock()


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
    return Warehouse(Store(warehouse_path(), mend=rebuild)), fault


def refresh() -> EscalaError | None:
    """Rebuild the default warehouse if it is missing, unreadable or out of date.

    Returns the fault if a rebuild failed while a good warehouse remains; raises it if none remains. A
    rebuild that failed is not tried again in this process until the figures, the definitions or the year
    change; after a fault of the machine (no room, no rights), not for half a minute.
    """
    path = warehouse_path()
    with step(f"{path}: the warehouse cannot be opened"):
        state = published_state(path)
        if state is None:
            build(unless_current=True)
            return None
    try:
        open_only = state[2]
        needed = (data_version(open_only=open_only), year_of_reading(), open_only)
        return None if state == needed else _renewed((path, *needed))
    except EscalaError as fault:
        return fault


def rebuild() -> None:
    """Build the default warehouse again although it seems current, for a part of it is damaged.

    Keeps the choice of open sources. Raises EscalaError if it cannot be built.
    """
    state = published_state(warehouse_path())
    build(open_only=state is not None and state[2])


def _renewed(needed: Tried) -> EscalaError | None:
    """The fault of the build, or of the same build before."""
    with _lock:
        fault, until = _failed.get(needed, (None, 0.0))
        if fault is not None and time.monotonic() < until:
            return fault
    try:
        build(open_only=needed[3], unless_current=True)
    except EscalaError as error:
        lasting = not isinstance(error, EngineError)  # wrong figures stay wrong until they are mended
        with _lock:
            _failed.clear()
            _failed[needed] = error, float("inf") if lasting else time.monotonic() + PAUSE
        return error
    return None
