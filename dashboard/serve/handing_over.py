"""Messages of runs handed to the server's loop in batches.

Streamlit wakes the loop for each of the seventy messages of a run. The loop then takes the interpreter from
the thread that draws, sends one message and sleeps again; with a crowd this changing of hands is a tenth of
all work. Here what comes within PATIENCE of a first message goes along with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Lock

PATIENCE = 0.004  # seconds

Callback = Callable[[], None]


class Batches:
    """Callbacks for one loop, in the order in which they came from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = Lock()
        self._waiting: list[Callback] = []

    def add(self, callback: Callback) -> None:
        """Has the loop call it soon. Raises RuntimeError if the loop is closed."""
        with self._lock:
            self._waiting.append(callback)
            is_first = len(self._waiting) == 1
        if is_first:
            self._loop.call_soon_threadsafe(self._loop.call_later, PATIENCE, self._call_all)

    def _call_all(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        for callback in batch:
            self._loop.call_soon(callback)
