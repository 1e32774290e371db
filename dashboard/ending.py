"""How a command ends when it is stopped: quietly, with what it was making removed."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOPPED = 130  # 128 and the number of SIGINT, as shells have it


class Stop(SystemExit):
    """The process was asked to stop; raised where it happens to be, so that every block tidies up."""


_asked: list[int] = []  # signals that came


@contextmanager
def quietly() -> Iterator[None]:
    """Runs its block; Ctrl-C and SIGTERM end it, and the process, without a word.

    The code is 130 for Ctrl-C; after SIGTERM the process ends by that signal, which shells report as 143.
    Nothing changes outside the main thread, where Python takes no signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except BaseException:
        # Also another fault than Stop: DuckDB makes its own of a signal that comes in the middle of a query.
        if not _asked:
            raise
    finally:
        if _asked:
            _end(_asked[0])
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    if _asked:  # asked again: whatever swallowed the first one does not get a second
        _end(number)
    _asked.append(number)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - whoever ends a command knows why it ends
    raise Stop(128 + number)


def _end(number: int) -> None:
    """Ends the process at once: what libraries do at the end of an interrupted program is to complain."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    if number == signal.SIGTERM:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(STOPPED)
