"""Readers see a whole warehouse or the one before; foreign files get a plain message."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import duckdb
import pytest

from kpis import open_warehouse
from kpis.building.build import build
from kpis.catalogue import Catalogue
from kpis.errors import EngineError, RequestError
from kpis.queries import Warehouse
from kpis.warehouse.attach import attach
from kpis.warehouse.publish import publish
from kpis.warehouse.store import Store
from tests.conftest import TINY_OBSERVATIONS, write_tiny


def mark(con: duckdb.DuckDBPyConnection) -> None:
    """The table by which a warehouse is known."""
    con.execute(
        "create table meta as select 'x' as version, 2026 as as_of, 0 as schema_version, "
        "'' as built_at, '' as duckdb_version, false as open_only"
    )


def test_a_failing_fill_leaves_the_published_file(tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    publish(target, mark)
    before = target.read_bytes()
    with pytest.raises(ZeroDivisionError):
        publish(target, lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["w.duckdb"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EngineError, match="cannot write here"):
        publish(tmp_path / "file" / "w.duckdb", lambda _: None)


def test_a_reader_keeps_its_version_while_a_new_one_is_published(
    tmp_path: Path, tiny_catalogue: Catalogue
) -> None:
    path = tmp_path / "w.duckdb"
    build(path, data=write_tiny(tmp_path / "a"), catalogue=tiny_catalogue)
    old = open_warehouse(path)
    changed = [
        (*row[:3], "0.55", *row[4:]) if row[:3] == ("S.A", "COL", "2022") else row
        for row in TINY_OBSERVATIONS
    ]
    build(path, data=write_tiny(tmp_path / "b", changed), catalogue=tiny_catalogue)
    new = open_warehouse(path)
    value = {wh: wh.values("A", areas=["COL"], years=[2022])["obs_value"].iloc[0] for wh in (old, new)}
    assert (value[old], value[new]) == (0.6, 0.55)
    assert old.version != new.version


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 100])
def test_an_unreadable_file_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(content)
    with pytest.raises(EngineError, match="escala build"):
        Store(path)


def test_a_duckdb_file_of_something_else_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create table meta as select 'x' as version")
    with pytest.raises(EngineError, match="escala build"):
        Store(path)


def test_a_warehouse_of_another_schema_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(
            "create table meta as select 'x' as version, 2024 as as_of, 0 as schema_version, "
            "'' as built_at, '' as duckdb_version, false as open_only"
        )
    with pytest.raises(EngineError, match="another version of Escala"):
        Store(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no warehouse here"):
        Store(tmp_path / "none.duckdb")


@pytest.mark.parametrize(
    "query",
    [
        "delete from kpi_value",
        "create table x as select 1",
        "select 1; select 2",
        "attach 'x.duckdb'",
        "copy kpi to 'x.csv'",
        "select * from read_csv('/etc/hostname')",
        "select * from 'x.csv'",
        "set memory_limit = '1GB'",
        "select nothing from nowhere",
        "selec 1",
        "",
    ],
)
def test_a_readers_query_can_only_read_the_warehouse(tiny: Warehouse, query: str) -> None:
    with pytest.raises(RequestError):
        tiny.sql(query)


def test_a_readers_query_does_not_see_our_variables(tiny: Warehouse) -> None:
    import pandas as pd

    hidden_frame = pd.DataFrame({"x": [1]})
    with pytest.raises(RequestError):
        tiny.sql("select * from hidden_frame")
    assert len(hidden_frame) == 1


def test_values_are_bound_not_pasted(tiny: Warehouse) -> None:
    hostile = "COL' or '1' = '1"
    assert tiny.sql("select * from area where ref_area = $area", {"area": hostile}).empty


def test_many_threads_read_at_once(wh: Warehouse) -> None:
    wrong: list[object] = []

    def read() -> None:
        for _ in range(10):
            value = wh.values("EGDI", areas=["COL"], years=[2024])["obs_value"].tolist()
            if value != [0.7793]:
                wrong.append(value)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_file_replaced_while_it_is_opened_is_opened_again(
    tiny_built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once more for each replacement; a file that stays as it is and cannot be read is refused at once."""
    path = tmp_path / "w.duckdb"
    path.write_bytes(b"half of one file, half of another")
    attempts = []

    def replaced_meanwhile(con: duckdb.DuckDBPyConnection, file: Path, alias: str) -> None:
        attempts.append(file)
        if len(attempts) == 1:
            shutil.copyfile(tiny_built, tmp_path / "next")
            (tmp_path / "next").replace(path)
            raise duckdb.SerializationException("field id mismatch")
        attach(con, file, alias)

    monkeypatch.setattr("kpis.warehouse.store.attach", replaced_meanwhile)
    store = Store(path)
    assert len(attempts) == 2
    assert store.version
    store.close()
    path.write_bytes(b"no warehouse")
    with pytest.raises(EngineError, match="not a warehouse"):
        Store(path)
    assert len(attempts) == 3
