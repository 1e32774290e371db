"""The workspace of this server: opened once, and whether those who ask may use it without logging in.

Without a log-in there is one user, on their own machine. As soon as the server listens to other machines,
anybody could write and read what a ministry keeps, so the workspace is off until a log-in is set up.
"""

from __future__ import annotations

import threading
import time
from ipaddress import ip_address

from kpis.errors import EscalaError
from kpis.workspace import Workspace, open_workspace

RETRY_SECONDS = 30.0  # until a workspace that could not be opened is tried again
LOCAL_NAMES = ("localhost",)


class Workplace:
    """The one workspace of the process."""

    def __init__(self) -> None:
        self.is_for_others = False  # whether the server listens to other machines
        self._workspace: Workspace | None = None
        self._fault: EscalaError | None = None
        self._tried = 0.0
        self._opening = threading.Lock()

    def opened(self) -> Workspace:
        """The workspace, opened at the first call. Raises EscalaError, the same for half a minute."""
        with self._opening:
            if self._workspace is None and not (
                self._fault and time.monotonic() < self._tried + RETRY_SECONDS
            ):
                self._tried = time.monotonic()
                try:
                    self._workspace, self._fault = open_workspace(), None
                except EscalaError as fault:
                    self._fault = fault
            if self._workspace is None:
                assert self._fault is not None
                raise self._fault.with_traceback(None)
            return self._workspace

    def close(self) -> None:
        """Forgets the workspace: the next call opens what is named then."""
        with self._opening:
            if self._workspace is not None:
                self._workspace.engine.dispose()
            self._workspace = self._fault = None


WORKPLACE = Workplace()


def is_this_machine(host: str) -> bool:
    """Whether an address to listen on, or a name that a browser asked for, is of this machine alone.

    >>> is_this_machine("localhost:8501"), is_this_machine("[::1]:80"), is_this_machine("0.0.0.0")
    (True, True, False)
    """
    name = host.strip().removeprefix("[").partition("]")[0] if host.startswith("[") else host
    name = name if name.count(":") > 1 else name.partition(":")[0]
    if name in LOCAL_NAMES:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
