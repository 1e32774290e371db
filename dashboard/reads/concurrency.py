"""The concurrency limit: how many page runs are at work at a time.

The interpreter draws one page at a time, whatever the number of processors: thirty half-finished runs would
all be late, and thirty people would click again at the same moment. Two at a time already take the
interpreter from one another: with a hundred people a run took 47 ms of processor time, one at a time 40, and
of a hundred answers 95 came within 1.7 s, one at a time within half a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

MOST_RUNS = 1  # what takes seconds works in a process of its own, or gives its slot away meanwhile
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
