"""The concurrency limit: how many page runs are at work at a time.

The interpreter draws one page at a time, whatever the number of processors: thirty half-finished runs would
all be late, and thirty people would click again at the same moment. Three at a time already took a tenth more
work each than two, for they take the interpreter from one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

MOST_RUNS = 2  # so that short ones pass a long one, and one draws while the other waits for the engine
RUN_SLOTS = BoundedSemaphore(MOST_RUNS)
_thread = local()


@contextmanager
def run_slot() -> Iterator[None]:
    """Holds one of the run slots, first come first served; nested calls of a thread share one slot.

    A thread with a slot may wait for an answer that another thread computes: that one has a slot too.
    """
    if has_slot():
        yield
        return
    with RUN_SLOTS:
        _thread.has_slot = True
        try:
            yield
        finally:
            _thread.has_slot = False


@contextmanager
def release_slot() -> Iterator[None]:
    """Gives the slot to others while another process works; without a slot, does nothing.

    Not within a cached read: the threads that wait for its answer hold slots, and it might get none back.
    """
    if not has_slot():
        yield
        return
    RUN_SLOTS.release()
    _thread.has_slot = False
    try:
        yield
    finally:
        RUN_SLOTS.acquire()
        _thread.has_slot = True


def has_slot() -> bool:
    """Whether this thread holds a run slot."""
    return getattr(_thread, "has_slot", False)
