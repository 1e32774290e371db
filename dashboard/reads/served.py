"""Which warehouse the pages are drawn from: the published one, else the last good one, and why.

A fault is remembered, so it is not met again at every view: the next attempt is made when the published
file, the figures or the definitions change or, after a fault of the machine such as a full disk, after half a
minute.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.reads.cached import retire_others
from kpis import paths
from kpis.building.build import source_stamp
from kpis.errors import EngineError, EscalaError
from kpis.steps import LOG, step

if TYPE_CHECKING:
    from kpis.queries import Warehouse

LOOK_SECONDS = 2.0  # between two looks at the sources, while there is a fault
RETRY_SECONDS = 30.0  # until an attempt that failed by a fault of the machine is repeated

# Path, time of publication, and after a fault the state of the sources.
Attempt = tuple[str, int | None, object]
Opens = Callable[[], "tuple[Warehouse, EscalaError | None]"]


class Served:
    """The warehouse in use. Safe for many threads: one of them opens, the others wait for it.

    A run keeps the warehouse it began with, so its answers never mix two data versions.
    """

    def __init__(self) -> None:
        self.fault: EscalaError | None = None
        self._current: Warehouse | None = None
        self._last_attempt: Attempt | None = None
        self._sources_seen: tuple[float, int] = 0.0, 0
        self._opening = threading.RLock()

    def newest(self, opens: Opens) -> Warehouse:
        """The published warehouse, else the last good one. Raises EscalaError if there has never been one."""
        if self._attempt() != self._last_attempt:
            with self._opening:
                attempt = self._attempt()
                if attempt != self._last_attempt:
                    self._open(attempt, opens)
        if self._current is None:
            assert self.fault is not None
            raise self.fault.with_traceback(None)
        return self._current

    def _open(self, attempt: Attempt, opens: Opens) -> None:
        try:
            with step("the warehouse cannot be opened"):
                opened, fault = opens()
        except EscalaError as failure:
            self._fail(failure)
            return
        self._current = opened
        retire_others(opened.version)
        if fault is not None:
            self._fail(fault)
        else:
            self.fault, self._last_attempt = None, (*attempt[:2], None)

    def _fail(self, fault: EscalaError) -> None:
        LOG.warning("the last good warehouse is served, if there is one: %s", fault)
        self.fault = fault
        self._last_attempt = self._attempt()

    def _attempt(self) -> Attempt:
        """What an opening would try now; the same as before until something changes."""
        path = paths.warehouse_path()
        return str(path), _published_at(path), self._sources() if self.fault else None

    def _sources(self) -> object:
        now = time.monotonic()
        if now >= self._sources_seen[0]:
            self._sources_seen = now + LOOK_SECONDS, source_stamp()
        retry = int(now / RETRY_SECONDS) if isinstance(self.fault, EngineError) else None
        return self._sources_seen[1], retry


def _published_at(path: Path) -> int | None:
    """Time of publication; changes when `escala build` puts a new file in place."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
