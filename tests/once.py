"""What the workers of one run share: made by whoever needs it first, in a folder of the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE = 600  # seconds that a worker waits for what another one makes


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Runs its block in one process at a time; a process that dies gives the lock back.

    The lock is SQLite's, which works on every system and with threads of one process too.
    """
    with closing(sqlite3.connect(lock, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("begin exclusive")
        yield


def made_once(path: Path, make: Callable[[Path], object]) -> Path:
    """The file at `path`, made by `make(path)` unless it is there. `make` puts it in place in one step."""
    with alone(path.with_suffix(".lock")):
        if not path.exists():
            make(path)
    return path
