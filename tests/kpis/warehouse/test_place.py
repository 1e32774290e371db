"""What stands in the place of a warehouse is replaced only if Escala made it: the table, cell by cell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from kpis import paths
from kpis.building.build import build
from kpis.building.opening import ForeignFileWarning
from kpis.errors import EngineError
from kpis.warehouse import attach
from kpis.warehouse.place import DECISION, Action, Place, Stands, look, set_aside
from kpis.warehouse.publish import publish
from kpis.warehouse.store import SCHEMA_VERSION
from tests.few import ONE, folder

META = (
    "create table meta as select 'x' as version, 2026 as as_of, {schema} as schema_version, "
    "'2026' as built_at, '2.0.0' as duckdb_version, false as open_only"
)
NOBODY = 65534


def new(con: duckdb.DuckDBPyConnection) -> None:
    """A warehouse that is just enough to be known as one."""
    con.execute(META.format(schema=SCHEMA_VERSION))
    con.execute("create table new as select 1 as x")


def own(path: Path, schema: int = SCHEMA_VERSION) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute(META.format(schema=schema))
        for name in ("kpi_value", "kpi_latest", "standing", "group_value", "coverage"):
            con.execute(f"create table {name} as select range as x from range(1000)")


def own_damaged(path: Path) -> None:
    """Both headers behind the first are spoilt: DuckDB opens it no more."""
    own(path)
    content = bytearray(path.read_bytes())
    content[4096:12288] = bytes(8192)
    path.write_bytes(content)


def database(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as con:
        for statement in statements or ("create table payroll as select range as x from range(1000)",):
            con.execute(statement)


def ruin(path: Path) -> None:
    database(path)
    path.write_bytes(path.read_bytes()[:20_000])


def linked(path: Path) -> None:
    other = path.with_name("notes.txt")
    other.write_text("a text of somebody")
    path.symlink_to(other)


def linked_folder(path: Path) -> None:
    path.with_name("folder").mkdir()
    path.symlink_to(path.with_name("folder"))


def to_itself(path: Path) -> None:
    path.symlink_to(path)


def logged(path: Path) -> None:
    """What a program leaves that was killed: a log of changes, here without its database."""
    path.with_name(f"{path.name}.wal").write_bytes(b"changes of somebody")


def own_logged(path: Path) -> None:
    own(path)
    logged(path)


MADE: list[tuple[Stands, Callable[[Path], object]]] = [
    (Stands.nothing, lambda _: None),
    (Stands.warehouse, own),
    (Stands.damaged, own_damaged),
    (Stands.database, database),
    (Stands.ruin, ruin),
    (Stands.file, lambda path: path.write_text("a text of somebody")),
    (Stands.file, lambda path: path.write_bytes(b"")),
    (Stands.file, lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(100))),
    (Stands.linked, linked),
    (Stands.folder, lambda path: path.mkdir()),
    (Stands.folder, linked_folder),
    (Stands.device, os.mkfifo),
    (Stands.dangling, lambda path: path.symlink_to(path.with_name("gone"))),
    (Stands.dangling, to_itself),
    (Stands.logged, logged),
    (Stands.logged, own_logged),
]
CELLS = [(stands, make, place) for stands, make in MADE for place in Place]


def seen(home: Path) -> dict[str, object]:
    """All that lies in a folder: links as where they lead, files as their bytes, else its kind."""
    return {
        path.name: os.readlink(path)
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else path.lstat().st_mode
        for path in home.iterdir()
    }


def is_new(path: Path) -> bool:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute("from new").fetchall() == [(1,)]


@contextmanager
def without_rights(home: Path) -> Iterator[None]:
    """What lies in `home` belongs to somebody else; also where the tests run with all rights."""
    if os.geteuid():
        before = home.stat().st_mode
        home.chmod(0)
        yield
        home.chmod(before)
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def holding(path: Path, seconds: float) -> str:
    """A program that has a database open for writing, and says when."""
    return f"""import duckdb, time
held = duckdb.connect({str(path)!r})
print("open", flush=True)
time.sleep({seconds})"""


@contextmanager
def open_elsewhere(path: Path) -> Iterator[int]:
    """Another program has the file open for writing; its process id."""
    hold = (
        f"import duckdb, time; c = duckdb.connect({str(path)!r}); print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        try:
            yield other.pid
        finally:
            other.kill()


def test_every_cell_of_the_table_is_decided() -> None:
    assert set(DECISION) == set(Stands)
    assert all(set(row) == set(Place) for row in DECISION.values())
    kept = {
        (stands, place) for stands, row in DECISION.items() for place in row if row[place] is Action.aside
    }
    assert {place for _, place in kept} == {Place.default}
    assert {stands for stands, _ in kept} == {Stands.database, Stands.ruin, Stands.file}
    assert {stands for stands, _ in MADE} == set(Stands) - {Stands.closed, Stands.locked}


@pytest.mark.parametrize(("stands", "make", "place"), CELLS, ids=[f"{s.name}-{p}" for s, _, p in CELLS])
def test_a_cell(tmp_path: Path, stands: Stands, make: Callable[[Path], object], place: Place) -> None:
    path = tmp_path / "w.duckdb"
    make(path)
    before, action = seen(tmp_path), DECISION[stands][place]
    assert look(path).stands is stands
    if action is Action.refuse:
        with pytest.raises(EngineError, match=r"w\.duckdb: this is ") as refused:
            publish(path, new, place=place)
        assert "\n" not in str(refused.value)
        assert seen(tmp_path) == before
        return
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        publish(path, new, place=place)
    assert is_new(path)
    if action is Action.build:
        assert set(seen(tmp_path)) == {"w.duckdb"}
        assert said == []
    else:
        assert seen(tmp_path)["w.duckdb.set-aside-1"] == before["w.duckdb"]
        assert "kept as w.duckdb.set-aside-1" in str(said[0].message)


@pytest.mark.parametrize("place", Place)
def test_what_is_not_ours_to_read_is_refused(tmp_path: Path, place: Place) -> None:
    path = tmp_path / "w.duckdb"
    own(path)
    with without_rights(tmp_path), pytest.raises(EngineError, match="cannot be read with your rights"):
        publish(path, new, place=place)


@pytest.mark.parametrize("place", Place)
def test_a_file_that_another_program_writes_is_named_with_its_process(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attach, "PATIENCE", 0.2)
    path = tmp_path / "w.duckdb"
    own(path)
    before = seen(tmp_path)
    with open_elsewhere(path) as process:
        with pytest.raises(EngineError) as refused:
            publish(path, new, place=place)
        assert str(refused.value) == f"{path}: is open in another program (PID {process}); close it there."
    assert seen(tmp_path) == before


def test_a_file_that_is_let_go_within_two_seconds_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    own(path)
    hold = (
        f"import duckdb, time; c = duckdb.connect({str(path)!r}); print('open', flush=True); time.sleep(.6)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        publish(path, new)
    assert is_new(path)


@pytest.mark.parametrize("schema", range(1, SCHEMA_VERSION + 1))
def test_a_warehouse_of_every_released_version_is_known(tmp_path: Path, schema: int) -> None:
    own(tmp_path / "w.duckdb", schema)
    assert look(tmp_path / "w.duckdb").stands is Stands.warehouse


@pytest.mark.parametrize(
    "statements",
    [
        (
            "create table app_migrations as select 3 as schema_version",
            "create table payroll as select 1 as x",
        ),
        ("create table meta as select 1 as schema_version",),
        ("create schema s", META.format(schema=9).replace("meta", "s.meta")),
        (META.format(schema=9).replace("create table", "create view"),),
        (META.format(schema=9) + " where false",),
        (META.format(schema=9) + " from range(2)",),
        (META.format(schema=9) + ", 1 as more",),
        (META.format(schema=9).replace("'x' as version, 2026 as as_of", "2026 as as_of, 'x' as version"),),
    ],
    ids=["schema_version", "one column", "schema", "view", "no row", "two rows", "one more", "order"],
)
def test_a_database_with_something_like_our_mark_is_not_ours(
    tmp_path: Path, statements: tuple[str, ...]
) -> None:
    path = tmp_path / "w.duckdb"
    database(path, *statements)
    before = seen(tmp_path)
    with pytest.raises(EngineError, match="a database that is no warehouse of Escala"):
        publish(path, new)
    assert seen(tmp_path) == before


def test_a_damaged_database_of_somebody_else_is_not_taken_for_ours(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    database(path)
    path.write_bytes(path.read_bytes()[:4096] + bytes(8192) + path.read_bytes()[12288:])
    assert look(path).stands is Stands.ruin


def test_a_link_to_a_warehouse_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    real, path = tmp_path / "disk" / "real.duckdb", tmp_path / "w.duckdb"
    real.parent.mkdir()
    own(real)
    path.symlink_to(real)
    publish(path, new)
    assert path.is_symlink()
    assert is_new(real)


def test_a_file_that_comes_while_building_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"

    def slow(con: duckdb.DuckDBPyConnection) -> None:
        new(con)
        path.write_text("a text of somebody")

    with pytest.raises(EngineError, match="no warehouse of Escala"):
        publish(path, slow)
    assert seen(tmp_path) == {"w.duckdb": b"a text of somebody"}


def test_nothing_that_was_set_aside_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "w"
    path.with_name("w.set-aside-1").symlink_to("gone")
    path.write_text("second")
    assert set_aside(path).name == "w.set-aside-2"
    assert os.readlink(tmp_path / "w.set-aside-1") == "gone"


def test_who_named_the_place_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALA_DATA", str(folder(tmp_path / "few", ONE)))
    monkeypatch.setattr(paths, "CHECKOUT", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    path = tmp_path / ".escala" / "escala.duckdb"
    path.parent.mkdir()
    path.write_text("a text of somebody")
    with pytest.raises(EngineError, match="choose another --out"):
        build(path)
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    with pytest.raises(EngineError, match="name another file in ESCALA_WAREHOUSE"):
        build()
    monkeypatch.delenv("ESCALA_WAREHOUSE")
    with pytest.warns(ForeignFileWarning, match=r"kept as escala\.duckdb\.set-aside-1"):
        build()
    assert path.with_name("escala.duckdb.set-aside-1").read_text() == "a text of somebody"
    assert look(path).stands is Stands.warehouse
    shutil.rmtree(path.parent)
