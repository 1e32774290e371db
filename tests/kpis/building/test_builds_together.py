"""In short what `tests/soak/builds.py` tries at length: kills, builds that meet, threads, replacements."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpis.building.build import build
from tests.few import COLOMBIA, folder
from tests.soak import builds

pytestmark = pytest.mark.long


@pytest.fixture
def small_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A default warehouse of one figure, which is built in a moment; also for processes started here."""
    path = tmp_path / "home" / "escala.duckdb"
    monkeypatch.setenv("ESCALA_DATA", str(folder(tmp_path / "data", COLOMBIA)))
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    return build(path)


def test_a_killed_build_leaves_the_old_warehouse_and_two_at_once_tidy_up(small_home: Path) -> None:
    report = builds.killed_at(small_home, ["whole, not yet in place"])
    assert re.fullmatch("killed whole, not yet in place; then 2 commands, [12] builds, 0 files left", report)


def test_threads_without_a_warehouse_make_it_once(small_home: Path) -> None:
    assert builds.threads(small_home, n=4) == "4 threads, 1 build"


def test_readers_see_one_version_or_the_other(own_home: Path) -> None:
    assert builds.replacements(own_home, readers=6, times=6).endswith("all consistent")
