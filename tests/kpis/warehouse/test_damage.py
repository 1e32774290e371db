"""A spoilt block or a lost table of the file is noticed, said and mended by one new build."""

from __future__ import annotations

import random
import shutil
import sys
import threading
from pathlib import Path

import duckdb
import pytest

import kpis
from kpis.building import opening
from kpis.building.opening import open_warehouse
from kpis.checks.doctor import examine
from kpis.errors import EngineError, RequestError
from kpis.queries import Warehouse
from kpis.queries.box import ask as sql_box
from kpis.tables import Tables
from kpis.warehouse.store import DamagedError, Store, expected_tables

BLOCKS = 12288  # bytes of headers before the first block


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x40
    path.write_bytes(content)


def spoil(path: Path, table: str) -> None:
    """Flip a byte in the middle of the first block that a table has for itself."""
    with duckdb.connect(str(path), read_only=True) as con:
        blocks = con.execute(
            f"select block_id from pragma_storage_info('{table}') where block_id >= 0"
        ).fetchall()
    flip(path, BLOCKS + int(blocks[0][0]) * 262144 + 131072)


def drop(path: Path, table: str) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute(f"drop table {table}")


def sums(store: Tables) -> dict[str, int]:
    """One number for all that a table holds, by table; the time of the build is left out."""
    names = sorted(expected_tables() - {"meta"})
    query = 'select bit_xor(hash(t)) as h from "{}" as t'.format
    return {name: int(store.query(query(name))["h"].fillna(0)[0]) for name in names}


@pytest.fixture
def builds(own_home: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """The builds made since; each puts a copy of the whole warehouse in place, which takes no time."""
    made: list[bool] = []

    def build(*, open_only: bool = False, **_: object) -> Path:
        made.append(open_only)
        fresh = own_home.with_name("fresh")
        shutil.copyfile(published, fresh)
        return fresh.replace(own_home)

    monkeypatch.setattr(opening, "build", build)
    return made


def test_a_fresh_warehouse_has_exactly_the_tables_that_are_expected(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        held = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert held == expected_tables()
    assert Store(published).spoilt_tables() == {}


def test_a_flipped_byte_anywhere_gives_the_right_answers_after_at_most_one_build(
    own_home: Path, published: Path, builds: list[bool]
) -> None:
    right = sums(Store(published))
    places = random.Random(12).sample(range(BLOCKS, published.stat().st_size), 6)
    noticed = 0
    for place in places:
        shutil.copyfile(published, own_home)
        flip(own_home, place)
        builds.clear()
        assert sums(open_warehouse().tables) == right, place
        assert len(builds) <= 1
        noticed += len(builds)
    assert noticed >= 2  # or the places tell nothing; `make soak` tries more of them


@pytest.mark.parametrize("harm", [spoil, drop])
def test_a_question_that_meets_damage_is_answered(own_home: Path, builds: list[bool], harm: object) -> None:
    harm(own_home, "kpi_value")  # type: ignore[operator]
    wh = kpis.open_warehouse()
    assert wh.values("EGDI", areas=["COL"], years=[2024])["obs_value"].tolist() == [0.7793]
    assert wh.sql("select count(*) as n from kpi_value")["n"][0] > 1000
    assert builds == [False]


@pytest.mark.parametrize("harm", [spoil, drop])
def test_the_sql_box_is_answered_too(own_home: Path, builds: list[bool], harm: object) -> None:
    harm(own_home, "kpi_value")  # type: ignore[operator]
    answer = kpis.open_warehouse().ask(
        "select obs_value from kpi_value where kpi = 'EGDI' and ref_area = 'COL'"
    )
    assert 0.7793 in answer.rows["obs_value"].tolist()
    assert builds == [False]


def test_many_threads_that_meet_damage_make_one_build(own_home: Path, builds: list[bool]) -> None:
    drop(own_home, "kpi_value")
    wh, found = kpis.open_warehouse(), []

    def ask() -> None:
        found.append(wh.values("EGDI", areas=["COL"], years=[2024])["obs_value"].tolist())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[0.7793]] * 8
    assert builds == [False]


@pytest.mark.usefixtures("own_home")
def test_a_question_about_a_table_that_never_was_builds_nothing(builds: list[bool]) -> None:
    with pytest.raises(RequestError, match="nowhere"):
        kpis.open_warehouse().sql("select * from nowhere")
    assert builds == []


def test_damage_that_cannot_be_mended_is_one_sentence(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(own_home, "kpi_value")
    with pytest.raises(DamagedError, match="Run `escala build`"):  # a named file is not built again
        Warehouse(Store(own_home)).values("EGDI", areas=["COL"])

    def full(**_: object) -> None:
        raise EngineError("no room left on the disk.")

    monkeypatch.setattr(opening, "build", full)
    with pytest.raises(DamagedError, match="could not be built again: no room left on the disk"):
        kpis.open_warehouse().values("EGDI", areas=["COL"])


def test_doctor_names_what_is_damaged_and_changes_nothing(own_home: Path, builds: list[bool]) -> None:
    spoil(own_home, "standing")
    drop(own_home, "stage")
    before = own_home.read_bytes()
    wrong = {found.subject: found for found in examine() if found.status == "wrong"}
    assert set(wrong) == {"table standing", "table stage"}
    assert all(found.remedy == "run `escala build`" for found in wrong.values())
    assert (own_home.read_bytes(), builds) == (before, [])


@pytest.mark.usefixtures("home")
def test_doctor_says_that_all_was_read_and_that_queries_run() -> None:
    found = {one.subject: one for one in examine()}
    assert found["tables"].status == "ok"
    assert found["SQL box"].status == "ok"


@pytest.mark.parametrize("fault", [OSError(5, "Input/output error"), ValueError("odd"), RecursionError()])
@pytest.mark.usefixtures("home")
def test_doctor_reports_whatever_happens(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("kpis.checks.doctor.data_version", fails)
    monkeypatch.setattr("kpis.checks.doctor.load", fails)
    wrong = [found.subject for found in examine() if found.status == "wrong"]
    assert wrong == ["catalogue", "warehouse"]


def test_doctor_says_what_a_build_would_not_mend(own_home: Path) -> None:
    own_home.unlink()
    own_home.mkdir()
    (wrong,) = [found for found in examine() if found.status == "wrong"]
    assert "this is a folder; name a file" in wrong.finding
    assert wrong.remedy.startswith("move it away")


@pytest.mark.usefixtures("home")
def test_the_process_of_the_sql_box_finds_packages_where_this_one_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Packages from $PYTHONPATH or of a user: a bare interpreter finds them by the paths it is given."""
    monkeypatch.setattr(sql_box.sys, "executable", getattr(sys, "_base_executable", sys.executable))
    assert kpis.open_warehouse().ask("select 42 as x").rows["x"].tolist() == [42]


@pytest.mark.usefixtures("monkeypatch")
def test_an_answer_of_the_sql_box_is_never_of_another_file(own_home: Path, published: Path) -> None:
    wh = kpis.open_warehouse()
    shutil.copyfile(published, own_home.with_name("next"))
    own_home.with_name("next").replace(own_home)
    with pytest.raises(EngineError, match="was replaced while the query ran"):
        wh.ask("select 1")
    assert kpis.open_warehouse().ask("select 1 as x").rows["x"].tolist() == [1]
