"""In short what `tests/soak/builds.py` tries at length: kills, builds that meet, threads, replacements."""

from __future__ import annotations

from pathlib import Path

from tests.soak import builds


def test_killed_builds_leave_the_old_warehouse_and_the_next_one_tidies_up(own_home: Path) -> None:
    builds.kills(own_home, n=3)


def test_two_builds_at_once_publish_a_whole_warehouse(own_home: Path) -> None:
    builds.at_once(own_home, n=2)


def test_threads_without_a_warehouse_make_it_once(own_home: Path) -> None:
    assert builds.threads(own_home, n=4) == "4 threads, 1 build"


def test_readers_see_one_version_or_the_other(own_home: Path) -> None:
    builds.replacements(own_home, readers=6, times=6)
