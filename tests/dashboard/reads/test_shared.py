"""The app keeps serving the last good warehouse, and takes up a new one."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
import streamlit as st

from dashboard.reads import served
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from kpis import open_warehouse
from kpis.building.build import build
from kpis.errors import DataError, EngineError
from tests.conftest import TINY_OBSERVATIONS, write_tiny


def changed(value: str) -> list[tuple[str, ...]]:
    """The tiny figures with another value of KPI A for Colombia in 2022."""
    key = ("S.A", "COL", "2022")
    return [(*row[:3], value, *row[4:]) if row[:3] == key else row for row in TINY_OBSERVATIONS]


class Stub:
    """Stands for an opened warehouse."""

    def __init__(self, version: str) -> None:
        self.version = version


@pytest.fixture
def published_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in the place of the warehouse, last published at second 1."""
    path = tmp_path / "escala.duckdb"
    path.touch()
    os.utime(path, (1, 1))
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    st.cache_resource.clear()
    return path


def test_a_new_warehouse_is_taken_up_and_a_broken_one_is_not(published_file, monkeypatch):
    tries = []

    def opens(answer: object):
        def opened() -> object:
            tries.append(answer)
            if isinstance(answer, Exception):
                raise answer
            return answer, None

        monkeypatch.setattr(data, "open_current", opened)

    opens(Stub("one"))
    assert data.warehouse().version == "one"
    os.utime(published_file, (2, 2))
    opens(EngineError("not a database"))
    assert [data.warehouse().version, data.warehouse().version] == ["one", "one"]
    assert data.fault() == "not a database"
    assert len(tries) == 2  # the broken file was tried once
    os.utime(published_file, (3, 3))
    opens(Stub("three"))
    assert data.warehouse().version == "three"
    assert data.fault() is None


@pytest.mark.usefixtures("published_file")
def test_without_any_good_warehouse_the_fault_is_said(monkeypatch):
    def opened() -> object:
        raise EngineError("no figures")

    monkeypatch.setattr(data, "open_current", opened)
    with pytest.raises(EngineError, match="no figures"):
        data.warehouse()


@pytest.mark.parametrize("fault", [OSError(28, "No space left"), ValueError("odd"), ZeroDivisionError()])
def test_any_fault_leaves_the_last_good_one(published_file, monkeypatch, fault):
    monkeypatch.setattr(data, "open_current", lambda: (Stub("one"), None))
    assert data.warehouse().version == "one"
    tries = []

    def opened() -> object:
        tries.append(1)
        raise fault

    monkeypatch.setattr(data, "open_current", opened)
    os.utime(published_file, (2, 2))
    assert [data.warehouse().version for _ in range(20)] == ["one"] * 20
    assert len(tries) == 1
    assert "\n" not in str(data.fault())


def test_a_fault_is_tried_again_when_the_figures_change_and_then_forgotten(published_file, monkeypatch):
    state, now, tries = ["a"], [1000.0], []
    monkeypatch.setattr(served, "source_stamp", lambda: state[0])
    monkeypatch.setattr(served.time, "monotonic", lambda: now[0])

    def opened() -> object:
        tries.append(state[0])
        return Stub("one"), None if state[0] == "c" else DataError(f"wrong {state[0]}")

    monkeypatch.setattr(data, "open_current", opened)
    for state[0] in "aabbcc":
        now[0] += served.LOOK_SECONDS
        assert data.warehouse().version == "one"
    assert tries == ["a", "b", "c"]
    assert data.fault() is None
    state[0] = "a"  # wrong again, and published again: nothing old is remembered
    os.utime(published_file, (2, 2))
    assert data.warehouse().version == "one"
    assert data.fault() == "wrong a"


@pytest.mark.usefixtures("published_file")
def test_without_any_good_warehouse_the_build_is_tried_once(monkeypatch):
    tries = []

    def opened() -> object:
        tries.append(1)
        raise DataError("no figures")

    monkeypatch.setattr(data, "open_current", opened)
    for _ in range(5):
        with pytest.raises(DataError, match="no figures"):
            data.warehouse()
    assert len(tries) == 1


@pytest.mark.usefixtures("published_file")
def test_a_fault_of_the_machine_is_tried_again_after_a_while(monkeypatch):
    tries, now = [], [1000.0]
    monkeypatch.setattr(served.time, "monotonic", lambda: now[0])

    def opened() -> object:
        tries.append(1)
        raise EngineError("no room left")

    monkeypatch.setattr(data, "open_current", opened)
    for now[0] in (1000.0, 1001.0, 1001.0 + served.RETRY_SECONDS, 1002.0 + served.RETRY_SECONDS):
        with pytest.raises(EngineError):
            data.warehouse()
    assert len(tries) == 2


def test_answers_of_a_warehouse_that_was_replaced_are_dropped(published_file, monkeypatch):
    """They would keep its file open; answers from definitions are read again too."""
    reads: list[tuple[str, ...]] = []

    @cached(8)
    def read(*arguments: object) -> None:
        reads.append(tuple(getattr(argument, "version", "none") for argument in arguments))

    for second, version in enumerate(("one", "two"), start=2):
        os.utime(published_file, (second, second))
        monkeypatch.setattr(data, "open_current", lambda version=version: (Stub(version), None))
        for _ in range(2):
            read(data.warehouse())
            read()
    assert reads == [("one",), (), ("two",), ()]


def test_an_answer_is_never_kept_under_another_version(own_home, tmp_path, tiny_catalogue):
    """Eight readers ask while two sets of figures replace each other: each answer is that of its version."""
    right = {}
    for value in ("0.6", "0.1"):
        figures = write_tiny(tmp_path / value, changed(value))
        path = build(tmp_path / f"{value}.duckdb", data=figures, catalogue=tiny_catalogue)
        right[open_warehouse(path).version] = (path, float(value))
    st.cache_resource.clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(data, "open_current", lambda: (open_warehouse(own_home), None))
        wrong, n_asked, end = [], [0], threading.Event()

        def put(path):
            shutil.copyfile(path, tmp_path / "next")
            os.replace(tmp_path / "next", own_home)

        def read():
            while not end.is_set():
                wh = data.warehouse()
                row = data.world(wh, "en", "A", 2022).set_index("ref_area").loc["COL"]
                n_asked[0] += 1
                if wh.version in right and row["obs_value"] != right[wh.version][1]:
                    wrong.append((wh.version, row["obs_value"]))

        put(next(iter(right.values()))[0])
        readers = [threading.Thread(target=read) for _ in range(8)]
        for reader in readers:
            reader.start()
        last = time.monotonic() + 60
        while n_asked[0] < 40 and time.monotonic() < last:
            for path, _value in right.values():
                put(path)
                time.sleep(0.02)
        end.set()
        for reader in readers:
            reader.join()
    assert n_asked[0] >= 40
    assert wrong == []
    st.cache_resource.clear()


def test_a_warehouse_replaced_in_the_middle_of_a_run_gives_the_figures_it_began_with(
    own_home, tmp_path, tiny_catalogue, monkeypatch
):
    """The case that was wrong: asked for one version, answered by the newer one, and kept."""
    figures = write_tiny(tmp_path / "b", changed("0.1"))
    first = build(tmp_path / "1.duckdb", data=write_tiny(tmp_path / "a"), catalogue=tiny_catalogue)
    second = build(tmp_path / "2.duckdb", data=figures, catalogue=tiny_catalogue)
    monkeypatch.setattr(data, "open_current", lambda: (open_warehouse(own_home), None))
    st.cache_resource.clear()
    os.replace(first, own_home)
    began = data.warehouse()
    os.replace(second, own_home)
    assert data.warehouse() != began
    assert data.world(began, "en", "A", 2022).set_index("ref_area").at["COL", "obs_value"] == 0.6
    assert data.world(data.warehouse(), "en", "A", 2022).set_index("ref_area").at["COL", "obs_value"] == 0.1
    st.cache_resource.clear()
