"""Which warehouse the pages are drawn from: the published one, else the last good one, and why.

A fault is remembered and not met again at every view: nothing is tried until the published file, the figures
or the definitions change, or, after a fault of the machine such as a full disk, half a minute has gone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.texts import mark
from kpis import paths
from kpis.building.build import source_stamp
from kpis.errors import EngineError, EscalaError
from kpis.steps import LOG, step

if TYPE_CHECKING:
    from kpis.queries import Warehouse

HELD = 3  # open warehouses: a run that began before the last two were published still finds its own
LOOK = 2.0  # seconds between two looks at the sources, while there is a fault
AGAIN = 30.0  # seconds until a fault of the machine is tried again

Attempt = tuple[
    str, int | None, object
]  # path, time of publication, and after a fault the state of the sources
Opens = Callable[[], "tuple[Warehouse, EscalaError | None]"]


class ReplacedError(EscalaError):
    """The figures that a run began with are not held any more."""


class Served:
    """The warehouses in use. Safe for many threads; one of them opens, the others wait for it."""

    def __init__(self) -> None:
        self.fault: EscalaError | None = None
        self._current: Warehouse | None = None
        self._held: dict[str, Warehouse] = {}
        self._tried: Attempt | None = None
        self._looked: tuple[float, int] = 0.0, 0
        self._opening = threading.RLock()

    def newest(self, opens: Opens) -> Warehouse:
        """The published warehouse, else the last good one. Raises EscalaError if there has never been one."""
        if self._attempt() != self._tried:
            with self._opening:
                attempt = self._attempt()
                if attempt != self._tried:
                    self._open(attempt, opens)
        if self._current is None:
            assert self.fault is not None
            raise self.fault.with_traceback(None)
        return self._current

    def of_version(self, version: str, opens: Opens) -> Warehouse:
        """The warehouse of a data version and no other. Raises ReplacedError if it is not held any more."""
        found = self._held.get(version)
        if found is None and (newest := self.newest(opens)).version == version:
            found = newest
        if found is None:
            raise ReplacedError(mark("The figures were replaced while this page was made. Load it again."))
        return found

    def _open(self, attempt: Attempt, opens: Opens) -> None:
        try:
            with step("the warehouse cannot be opened"):
                found, fault = opens()
        except EscalaError as met:
            self._fail(met)
            return
        others = [(name, one) for name, one in self._held.items() if name != found.version]
        self._held = dict([*others, (found.version, found)][-HELD:])
        self._current = found
        if fault is not None:
            self._fail(fault)
        else:
            self.fault, self._tried = None, (*attempt[:2], None)

    def _fail(self, fault: EscalaError) -> None:
        LOG.warning("the last good warehouse is served, if there is one: %s", fault)
        self.fault = fault
        self._tried = self._attempt()

    def _attempt(self) -> Attempt:
        """What an opening would try now; the same as before until something changes."""
        path = paths.warehouse_path()
        return str(path), _stamp(path), self._sources() if self.fault else None

    def _sources(self) -> object:
        now = time.monotonic()
        if now >= self._looked[0]:
            self._looked = now + LOOK, source_stamp()
        return self._looked[1], int(now / AGAIN) if isinstance(self.fault, EngineError) else None


def _stamp(path: Path) -> int | None:
    """Time of publication; changes when `escala build` puts a new file in place."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
