"""One build of a warehouse at a time, among threads and processes; and what killed builds left is removed.

The lock is the system's, on a file beside the warehouse: a process that dies gives it back. Where a file
system knows no locks, builds run side by side; each still publishes a whole warehouse in one step.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kpis.errors import EngineError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PAUSE = 0.05  # seconds between two tries where the system cannot wait by itself
SUFFIX = ".building"
_in_use: set[str] = set()  # files that this process is building: locks of one process do not see each other


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Runs its block in one thread of one process at a time for each target.

    Raises EngineError if nothing can be written beside the target.
    """
    path = target.with_name(f".{target.name}.lock")
    handle = _acquire(path)
    try:
        yield
    finally:
        with suppress(OSError):  # before it is given back, so that nobody gets a lock on a file that is gone
            path.unlink()
        os.close(handle)


def _acquire(path: Path) -> int:
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except OSError as error:
            raise EngineError(f"{path.parent}: cannot write here ({error.strerror}).") from None
        try:
            _wait(handle)
            if _is_at(handle, path):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # the one before removed the file while this one waited for it


def _is_at(handle: int, path: Path) -> bool:
    try:
        there = os.stat(path)
    except OSError:
        return False
    here = os.fstat(handle)
    return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)


def _wait(handle: int) -> None:
    """Wait for the lock on an open file, for as long as another has it."""
    if fcntl is None:
        _wait_on_windows(handle)
        return
    with suppress(OSError):  # a file system without locks; a signal passes
        fcntl.flock(handle, fcntl.LOCK_EX)


def _wait_on_windows(handle: int) -> None:
    import msvcrt

    while True:
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
            return
        time.sleep(PAUSE)


@contextmanager
def building_beside(target: Path) -> Iterator[Path]:
    """A new name beside `target` for a file in the making; whatever is left of it is removed at the end.

    Raises EngineError if nothing can be written there. Call within `alone`.
    """
    remove_leftovers(target)
    name = f".{target.stem}-{os.urandom(4).hex()}{SUFFIX}"
    building = target.with_name(name)
    _in_use.add(name)
    try:
        yield building
    finally:
        _remove(building)
        _in_use.discard(name)


def remove_leftovers(target: Path) -> list[Path]:
    """Remove what killed builds of `target` left beside it; returns the files that were removed.

    Only names that a build gives, only regular files, and none that a living process has open.
    """
    pattern = re.compile(rf"\.{re.escape(target.stem)}-[a-z0-9_]{{8}}{re.escape(SUFFIX)}")
    with suppress(OSError), os.scandir(target.parent) as entries:
        names = {match.group() for entry in entries if (match := pattern.match(entry.name))}
        leftovers = [target.with_name(name) for name in sorted(names - _in_use)]
        return [path for path in leftovers if _is_left(path) and _remove(path)]
    return []


def _is_left(path: Path) -> bool:
    """Whether nobody is building this file: DuckDB holds a lock on what it writes."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return False
    if fcntl is None or not path.exists():  # Windows removes no open file
        return True
    try:
        with path.open("rb+") as handle:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove(building: Path) -> bool:
    """Remove a file in the making with its log and its folder of temporary files; whether it could be."""
    shutil.rmtree(building.with_name(f"{building.name}.tmp"), ignore_errors=True)
    try:
        building.with_name(f"{building.name}.wal").unlink(missing_ok=True)
        building.unlink(missing_ok=True)
    except OSError:
        return False
    return True
