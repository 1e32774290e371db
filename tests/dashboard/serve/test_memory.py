"""Memory goes back to the system where the C library is glibc."""

from __future__ import annotations

import ctypes
import gc
import platform

import pytest

from dashboard.serve import memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the options are those of glibc")
def test_the_c_library_takes_every_option() -> None:
    library = ctypes.CDLL(None)
    assert library.mallopt(memory.M_ARENA_MAX, memory.HEAPS) == 1  # 1: set
    assert library.mallopt(memory.M_MMAP_THRESHOLD, memory.LARGE) == 1
    assert library.mallopt(memory.M_TRIM_THRESHOLD, memory.SPARE) == 1
    assert library.malloc_trim(0) in (0, 1)


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert memory.limit_heaps() is None


def test_what_is_frozen_is_not_walked_again() -> None:
    before = gc.get_freeze_count()
    try:
        memory.freeze()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_the_collector_runs_by_itself_after_many_new_objects_only() -> None:
    before = gc.get_threshold()
    try:
        memory.collect_seldom()
        assert gc.get_threshold() == (memory.NEW_OBJECTS, memory.OLDER, memory.OLDEST)
    finally:
        gc.set_threshold(*before)
