"""How the server gives memory back: options of the C library and the garbage collector.

Every run of a page has a thread of its own, and glibc gives threads heaps that each keep what they once held.
All of it does nothing where the C library is another one.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from itertools import count
from time import sleep

# Options of glibc's malloc by their numbers in malloc.h, and what they are set to.
M_ARENA_MAX, HEAPS = -8, 2
M_MMAP_THRESHOLD, LARGE = -3, 1024 * 1024  # bytes from which a block goes back to the system at once
M_TRIM_THRESHOLD, SPARE = -1, 16 * 1024 * 1024
# New objects after which the collector looks for circles among them, and how often among older ones: hardly
# ever, for `collect_forever` does. With the usual 700 a crowd's server spent a seventh of its time on it.
NEW_OBJECTS, OLDER, OLDEST = 20_000, 10, 1000
COLLECT_INTERVAL = 20  # seconds
FULL_EVERY = 6  # collections, of which the last goes through all objects: two minutes


def limit_heaps() -> None:
    """Two heaps for all threads, and large blocks (matrices of draws) outside of them.

    With a crowd of readers the server took 830 MB without the first, 600 with it and 480 with both.
    """
    with suppress(OSError, AttributeError, TypeError):
        for option, value in (
            (M_ARENA_MAX, HEAPS),
            (M_MMAP_THRESHOLD, LARGE),
            (M_TRIM_THRESHOLD, SPARE),
        ):
            ctypes.CDLL(None).mallopt(option, value)


def collect_seldom() -> None:
    """Has the collector run by itself after many new objects only."""
    gc.set_threshold(NEW_OBJECTS, OLDER, OLDEST)


def freeze() -> None:
    """Takes all objects of now out of the collector's sight.

    Modules live as long as the server; to walk them at every collection takes longer than to draw a page.
    """
    gc.collect()
    gc.freeze()


def collect_forever() -> None:
    """Every COLLECT_INTERVAL seconds collects what runs left, and hands free memory back to the system.

    What outlived a collection, above all kept answers, is frozen: to walk half a million objects takes half
    a second in which nobody is answered. What becomes garbage in circles after that waits for the one in
    FULL_EVERY that walks them all.
    """
    for number in count(1):
        sleep(COLLECT_INTERVAL)
        if number % FULL_EVERY == 0:
            gc.unfreeze()
        freeze()
        with suppress(OSError, AttributeError, TypeError):
            ctypes.CDLL(None).malloc_trim(0)
