"""The app keeps serving the last good warehouse, and takes up a new one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import streamlit as st

from dashboard import data
from kpis.errors import EngineError


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
    assert data.version() == "one"
    os.utime(published_file, (2, 2))
    opens(EngineError("not a database"))
    assert [data.version(), data.version()] == ["one", "one"]
    assert data.fault() == "not a database"
    assert len(tries) == 2  # the broken file was tried once
    os.utime(published_file, (3, 3))
    opens(Stub("three"))
    assert data.version() == "three"
    assert data.fault() is None


def test_without_any_good_warehouse_the_fault_is_said(published_file, monkeypatch):
    def opened() -> object:
        raise EngineError("no figures")

    monkeypatch.setattr(data, "open_current", opened)
    with pytest.raises(EngineError, match="no figures"):
        data.warehouse()
