"""One build at a time, among threads and processes; what killed builds left is removed, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from kpis.errors import EngineError
from kpis.warehouse.lock import alone, building_beside, remove_leftovers
from kpis.warehouse.publish import publish
from tests.kpis.warehouse.test_place import new, open_elsewhere, seen

LEFT = (".w-ab12_x9z.building", ".w-ab12_x9z.building.wal")


def test_threads_take_turns_and_the_next_ones_find_a_fresh_file(tmp_path: Path) -> None:
    path, filled, wrong = tmp_path / "w.duckdb", [], []

    def fill(con: duckdb.DuckDBPyConnection) -> None:
        filled.append(1)
        time.sleep(0.2)
        new(con)

    def make() -> None:
        try:
            publish(path, fill, is_fresh=Path.is_file)
        except EngineError as fault:
            wrong.append(fault)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(filled), wrong) == (1, [])
    assert set(seen(tmp_path)) == {"w.duckdb"}


def test_a_build_that_is_asked_for_is_made_although_one_is_there(tmp_path: Path) -> None:
    path = publish(tmp_path / "w.duckdb", new)
    before = path.stat().st_ino, path.stat().st_mtime_ns
    publish(path, new, is_fresh=Path.is_file)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) != before
    before = path.stat().st_ino, path.stat().st_mtime_ns
    publish(path, new, is_fresh=Path.is_file, unless_fresh=True)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_a_process_that_is_killed_gives_the_lock_back(tmp_path: Path) -> None:
    hold = (
        "from pathlib import Path; import time\n"
        "from kpis.warehouse.lock import alone\n"
        f"with alone(Path({str(tmp_path / 'w.duckdb')!r})): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        waiting = threading.Thread(target=lambda: publish(tmp_path / "w.duckdb", new))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        other.kill()
        waiting.join(10)
        assert not waiting.is_alive()
    assert set(seen(tmp_path)) == {"w.duckdb"}


def test_leftovers_of_a_killed_build_are_removed_by_the_next(tmp_path: Path) -> None:
    for name in LEFT:
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / ".w-deadbeef.building.wal").write_bytes(b"half")
    publish(tmp_path / "w.duckdb", new)
    assert set(seen(tmp_path)) == {"w.duckdb"}


@pytest.mark.parametrize(
    "name",
    [
        ".w-2-ab12_x9z.building",  # of another target
        ".w-ab12.building",
        "w-ab12_x9z.building",
        ".w-ab12_x9z.building.d",
        ".v-ab12_x9z.building",
    ],
)
def test_only_names_that_a_build_gives_are_removed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("of somebody")
    remove_leftovers(tmp_path / "w.duckdb")
    assert (tmp_path / name).read_text() == "of somebody"


def test_a_file_that_is_being_built_is_no_leftover(tmp_path: Path) -> None:
    path = tmp_path / LEFT[0]
    with open_elsewhere(path):
        assert remove_leftovers(tmp_path / "w.duckdb") == []
        assert path.exists()
    assert remove_leftovers(tmp_path / "w.duckdb") == [path]
    with building_beside(tmp_path / "w.duckdb") as ours:
        ours.touch()
        assert remove_leftovers(tmp_path / "w.duckdb") == []


def test_a_link_or_a_folder_with_such_a_name_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("of somebody")
    (tmp_path / LEFT[0]).symlink_to(tmp_path / "notes.txt")
    (tmp_path / ".w-deadbeef.building").mkdir()
    before = seen(tmp_path)
    remove_leftovers(tmp_path / "w.duckdb")
    assert seen(tmp_path) == before


def test_a_lock_cannot_be_led_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("of somebody")
    (tmp_path / ".w.duckdb.lock").symlink_to(tmp_path / "notes.txt")
    with pytest.raises(EngineError, match="cannot write here"), alone(tmp_path / "w.duckdb"):
        pass
    assert (tmp_path / "notes.txt").read_text() == "of somebody"
