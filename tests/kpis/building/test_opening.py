"""Opening builds where needed, rebuilds what is out of date and never loses the last good warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpis
from kpis.building.build import build, data_version
from kpis.building.opening import StaleWarehouseWarning, refresh
from kpis.errors import CatalogueError, EngineError
from kpis.freshness import AS_OF
from kpis.warehouse.store import published_version
from tests.conftest import TODAY
from tests.few import ONE, folder

pytestmark = pytest.mark.long


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "empty" / "escala.duckdb"
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    return path


@pytest.fixture
def few_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder with one figure, from which a whole warehouse is built in a second."""
    monkeypatch.setenv("ESCALA_DATA", str(folder(tmp_path / "few", ONE)))


@pytest.fixture
def broken_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = tmp_path / "broken"
    entries.mkdir()
    (entries / "bad.toml").write_text("[[kpi]]\nid = 'X'\n")
    monkeypatch.setenv("ESCALA_CATALOGUE", str(entries))


@pytest.mark.usefixtures("few_figures")
def test_first_use_builds(empty_home: Path) -> None:
    wh = kpis.open_warehouse()
    assert wh.values("EGDI", areas=["JAM"], years=[2024])["obs_value"].tolist() == [0.66777]
    assert published_version(empty_home) == data_version()


def test_a_current_warehouse_is_not_rebuilt(home: Path) -> None:
    before = home.stat().st_mtime_ns
    kpis.open_warehouse()
    assert home.stat().st_mtime_ns == before


@pytest.mark.usefixtures("few_figures")
def test_a_new_year_makes_ages_stale_and_rebuilds(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kpis.open_warehouse().as_of == TODAY.year
    monkeypatch.setenv(AS_OF, str(TODAY.year + 1))
    assert kpis.open_warehouse(empty_home).as_of == TODAY.year  # a named file is not built again
    assert kpis.open_warehouse().as_of == TODAY.year + 1


@pytest.mark.usefixtures("home", "broken_catalogue")
def test_a_fault_serves_the_last_good_warehouse_with_a_warning() -> None:
    with pytest.warns(StaleWarehouseWarning, match=r"bad\.toml"):
        wh = kpis.open_warehouse()
    assert wh.values("EGDI", areas=["COL"], years=[2024])["obs_value"].tolist() == [0.7793]
    assert isinstance(refresh(), CatalogueError)


@pytest.mark.usefixtures("empty_home", "broken_catalogue")
def test_a_fault_without_a_good_warehouse_is_raised() -> None:
    with pytest.raises(CatalogueError, match=r"bad\.toml"):
        kpis.open_warehouse()


def test_a_named_file_is_opened_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no warehouse here"):
        kpis.open_warehouse(tmp_path / "none.duckdb")


@pytest.mark.usefixtures("without_derived")
def test_the_same_figures_give_the_same_tables(tmp_path: Path, published: Path) -> None:
    first, second = kpis.open_warehouse(published), kpis.open_warehouse(build(tmp_path / "again.duckdb"))
    for table in ("kpi_value", "standing", "group_value", "kpi_latest", "coverage"):
        query = f"select * from {table}"
        assert first.sql(query).equals(second.sql(query)), table


def test_the_version_changes_with_a_definition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = data_version()
    entries = tmp_path / "more"
    entries.mkdir()
    (entries / "unit.toml").write_text(
        '[[unit]]\nid = "x"\nname = { en = "x", es = "x" }\nsymbol = ""\nkind = "x"\n'
    )
    monkeypatch.setenv("ESCALA_CATALOGUE", str(entries))
    assert data_version() != before


@pytest.mark.parametrize("content", [b"a text of somebody", b"SQLite format 3" + bytes(100)])
@pytest.mark.usefixtures("few_figures")
def test_a_foreign_file_in_a_place_that_was_named_is_refused(empty_home: Path, content: bytes) -> None:
    empty_home.parent.mkdir(parents=True)
    empty_home.write_bytes(content)
    with pytest.raises(EngineError, match="name another file in ESCALA_WAREHOUSE"):
        kpis.open_warehouse()
    assert [path.name for path in empty_home.parent.iterdir()] == [empty_home.name]
    assert empty_home.read_bytes() == content


def test_a_folder_is_no_place_for_a_warehouse(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="this is a folder; name a file"):
        build(tmp_path)
