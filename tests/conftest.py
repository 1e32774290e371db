"""Shared fixtures: the real warehouse, and a tiny one small enough to check by hand."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from kpis import open_warehouse
from kpis.building.build import build
from kpis.catalogue import Catalogue, load
from kpis.freshness import AS_OF
from kpis.queries import Warehouse
from kpis.sources.classes import COLUMNS as CLASS_COLUMNS
from kpis.sources.csvio import write_rows
from kpis.sources.observations import COLUMNS
from kpis.sources.reference import AREA_COLUMNS, GROUP_COLUMNS, MEMBER_COLUMNS
from tests.once import made_once

# No test depends on how fast the machine is, nor on luck: every run tries the same cases of each law.
# ESCALA_SEARCH=1 looks for new ones, ten times as many; what it finds becomes an example.
SEARCH = bool(os.environ.get("ESCALA_SEARCH"))
settings.register_profile("escala", deadline=None, derandomize=not SEARCH, max_examples=400 if SEARCH else 40)
settings.load_profile("escala")

# The day on which every test reads the figures, also in the processes that it starts: a test that was right
# last year is right this year.
TODAY = dt.date(2026, 11, 27)
os.environ[AS_OF] = str(TODAY.year)
PUBLISHED = "ESCALA_TESTS_PUBLISHED"  # names the warehouse of all tests to a run within a test

TESTS = count()  # the tests of this process

ROOT = Path(__file__).resolve().parent.parent
TINY_ENTRIES = Path(__file__).parent / "tiny"


@pytest.fixture(scope="session", autouse=True)
def _workspaces_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test touches the workspace of whoever runs them, nor do the servers that serve several tests."""
    folder = tmp_path_factory.mktemp("workspaces")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCALA_WORKSPACE", str(folder / "of_servers.sqlite"))
        yield folder


@pytest.fixture(autouse=True)
def _workspace_of_a_test(_workspaces_of_tests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads what another one kept: which tests share a worker is chance."""
    monkeypatch.setenv("ESCALA_WORKSPACE", str(_workspaces_of_tests / f"{next(TESTS)}.sqlite"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The built-in catalogue."""
    return load()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    basetemp = tmp_path_factory.getbasetemp()
    return basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    """A warehouse built from the project's own figures, once for all workers: to be read, never written.

    A run of the tests within a test, of a guide's copy of the tree, is given that of the run around it.
    """
    if around := os.environ.get(PUBLISHED):
        return Path(around)
    return made_once(shared / "published.duckdb", lambda path: build(path, today=TODAY))


@pytest.fixture(scope="session")
def wh(published: Path) -> Iterator[Warehouse]:
    """The real warehouse, open."""
    warehouse = open_warehouse(published)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="session")
def open_only(shared: Path) -> Iterator[Warehouse]:
    """The warehouse without closed sources, open."""

    def make(path: Path) -> None:
        build(path, open_only=True, today=TODAY)

    warehouse = open_warehouse(made_once(shared / "open.duckdb", make))
    yield warehouse
    warehouse.close()


@pytest.fixture
def home(published: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The default warehouse of commands and pages: the one of all tests, which is only read.

    What was read and worked out from it once serves the next test too.
    """
    before = published.stat().st_mtime_ns
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(published))
    yield published
    assert published.stat().st_mtime_ns == before, "the warehouse of all tests was written: take own_home"


@pytest.fixture
def own_home(tmp_path: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A default warehouse of one's own, for a test that has it built again."""
    path = tmp_path / "home" / "escala.duckdb"
    path.parent.mkdir()
    shutil.copyfile(published, path)
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    return path


@pytest.fixture
def without_derived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds leave out what comes from matrices, half their time: for tests that do not read it."""
    monkeypatch.setattr("kpis.building.derived.derive", lambda *_: None)


TINY_AREAS = {
    # ref_area: (name, un_member, population)
    "COL": ("Colombia", "1", "50"),
    "JAM": ("Jamaica", "1", "3"),
    "NAM": ("Namibia", "1", "2"),
    "HKG": ("Hong Kong", "0", "7"),
}
TINY_OBSERVATIONS = [
    # series, ref_area, time_period, obs_value, obs_status, vintage, footnote
    ("S.A", "COL", "2020", "0.5", "A", "v1", ""),
    ("S.A", "JAM", "2020", "0.5", "A", "v1", "note"),
    ("S.A", "NAM", "2020", "0.2", "E", "v1", ""),
    ("S.A", "HKG", "2020", "0.9", "A", "v1", ""),
    ("S.A", "COL", "2022", "0.6", "A", "v2", ""),
    ("S.A", "JAM", "2022", "0.4", "A", "v2", ""),
    ("S.B", "COL", "2020", "0.25", "A", "v1", ""),
    ("S.B", "JAM", "2020", "0", "A", "v1", ""),
    ("S.B", "NAM", "2020", "0.4", "U", "v1", ""),
]


def write_tiny(folder: Path, observations: list[tuple[str, ...]] | None = None) -> Path:
    """A data folder with four areas, three groups and nine values; returns the folder."""
    reference = folder / "reference"
    rows = []
    for code, (name, member, population) in TINY_AREAS.items():
        cells = {
            "ref_area": code,
            "iso2": code[:2],
            "name_en": name,
            "name_es": name,
            "un_member": member,
            "population": population,
        }
        rows.append([cells.get(column, "") for column in AREA_COLUMNS])
    write_rows(reference / "area.csv", AREA_COLUMNS, rows)
    groups = [("WORLD", "world"), ("SIDS", "special"), ("LDC", "special")]
    write_rows(
        reference / "group.csv",
        GROUP_COLUMNS,
        [(g, kind, n, g.title(), g.title(), "n", "n") for n, (g, kind) in enumerate(groups, start=1)],
    )
    members = [("WORLD", code, "", "") for code, (_, un, _) in TINY_AREAS.items() if un == "1"]
    members += [("SIDS", "JAM", "", ""), ("LDC", "NAM", "2000", "2020"), ("LDC", "JAM", "2021", "")]
    write_rows(reference / "area_group.csv", MEMBER_COLUMNS, members)
    write_rows(reference / "classification.csv", CLASS_COLUMNS, [("GROUP", "COL", "2020", "A", "src")])
    write_rows(reference / "footnote.csv", ("footnote", "en", "es"), [("note", "A note", "Una nota")])
    write_rows(folder / "observations" / "src.csv", COLUMNS, observations or TINY_OBSERVATIONS)
    return folder


@pytest.fixture
def tiny_data(tmp_path: Path) -> Path:
    """The tiny data folder."""
    return write_tiny(tmp_path / "data")


@pytest.fixture(scope="session")
def tiny_catalogue() -> Catalogue:
    """Five KPIs over two series."""
    return load([TINY_ENTRIES])


@pytest.fixture(scope="session")
def tiny_built(tiny_catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny warehouse, built as of 2024."""
    folder = tmp_path_factory.mktemp("tiny")
    data = write_tiny(folder / "data")
    return build(folder / "tiny.duckdb", data=data, catalogue=tiny_catalogue, today=dt.date(2024, 6, 1))


@pytest.fixture
def tiny(tiny_built: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """A copy of the tiny warehouse, open."""
    warehouse = open_warehouse(Path(shutil.copyfile(tiny_built, tmp_path / "tiny.duckdb")))
    yield warehouse
    warehouse.close()
