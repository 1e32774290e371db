"""How a command ends when it is interrupted: without a message, and with its unfinished files removed."""

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
    """The process was told to stop; raised wherever it is, so that every block cleans up."""


_signals: list[int] = []  # signals that arrived


@contextmanager
def quietly() -> Iterator[None]:
    """Runs its block; Ctrl-C and SIGTERM end it and the process without a message.

    The code is 130 for Ctrl-C; after SIGTERM the process ends by that signal, which shells report as 143.
    In another thread it does nothing: Python handles signals in the main one only.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except BaseException:
        # Not only Stop: DuckDB raises its own exception for a signal during a query.
        if not _signals:
            raise
    finally:
        if _signals:
            _end(_signals[0])
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    if _signals:  # a second signal: something swallowed the first Stop
        _end(number)
    _signals.append(number)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - whoever ends a command knows why it ends
    raise Stop(128 + number)


def _end(number: int) -> None:
    """Ends the process at once; libraries would complain while an interrupted program shuts down."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    if number == signal.SIGTERM:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(STOPPED)
