"""Whatever is wrong with files, disk or memory: one sentence names it, and the last good one is served."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpis.building import opening
from kpis.building.build import build, data_version, source_stamp
from kpis.errors import CatalogueError, DataError, EscalaError
from kpis.steps import PassingError
from tests.conftest import ROOT
from tests.few import ONE, folder
from tests.kpis.warehouse.test_place import without_rights

pytestmark = pytest.mark.long

KPI = '[[index]]\nindex = "EGDI"\neditions = [2024]\n'


def area(few: Path) -> Path:
    """A copy of the reference tables to be spoilt; the file of the areas."""
    reference = few / "reference"
    kept = {path.name: path.read_bytes() for path in reference.iterdir()}
    reference.unlink()
    reference.mkdir()
    for name, content in kept.items():
        (reference / name).write_bytes(content)
    return reference / "area.csv"


def replaced(path: Path, by: Callable[[Path], object]) -> None:
    path.unlink()
    by(path)


def twice(few: Path) -> None:
    path = area(few)
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("COL,"))
    path.write_text(f"{text}{row}\n", encoding="utf-8")


def entries(few: Path, text: str) -> None:
    more = few / "entries"
    more.mkdir()
    (more / "own.toml").write_text(text, encoding="utf-8")


FIGURES = "observations/undesa_egovkb.csv"
FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder for figures": (lambda few: replaced(few / FIGURES, Path.mkdir), "undesa_egovkb.csv"),
    "a folder for a table": (lambda few: replaced(area(few), Path.mkdir), "area.csv"),
    "a dangling link": (lambda few: replaced(area(few), lambda p: p.symlink_to("gone")), "area.csv"),
    "a link to itself": (lambda few: replaced(few / FIGURES, lambda p: p.symlink_to(p)), "undesa_egovkb.csv"),
    "an area twice": (twice, ""),
    "a cell beyond all measure": (
        lambda few: area(few).write_text("ref_area\n" + "x" * 200_000 + "\n"), "area.csv"),
    "a KPI that is a number": (lambda few: entries(few, "kpi = [1]"), "own.toml"),
    "nesting": (lambda few: entries(few, "x = " + "[" * 2000 + "]" * 2000), "own.toml"),
    "a folder of that name": (lambda few: (few / "entries" / "x.toml").mkdir(parents=True), "x.toml"),
    "an index without parts": (lambda few: entries(few, KPI + "components = []"), ""),
}  # fmt: skip


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one figure."""
    home = folder(tmp_path / "few", ONE)
    monkeypatch.setenv("ESCALA_DATA", str(home))
    return home


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The builds that were begun."""
    made: list[Path] = []
    real = opening.build

    def build(*args: object, **named: object) -> Path:
        made.append(opening.warehouse_path())
        return real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "build", build)
    return made


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_sentence_and_the_last_good_one_is_served(
    own_home: Path, few: Path, tried: list[Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    spoil, named = FAULTS[name]
    before = own_home.read_bytes()
    monkeypatch.setenv("ESCALA_CATALOGUE", str(few / "entries"))
    (few / "entries").mkdir()
    if name.startswith(("a KPI", "nesting", "a folder of", "an index")):
        (few / "entries").rmdir()
    spoil(few)
    with pytest.raises(EscalaError) as found:
        build()
    assert named in str(found.value)
    assert "\n" not in str(found.value)
    for _ in range(2):  # what is met first may be another reader of the same file
        assert named in str(opening.refresh())
    assert len(tried) <= 1  # it was remembered, or the figures could not even be read
    assert own_home.read_bytes() == before
    assert [path.name for path in own_home.parent.iterdir()] == [own_home.name]


@pytest.mark.usefixtures("own_home")
def test_figures_without_rights_are_one_sentence(few: Path) -> None:
    path = few / FIGURES
    path.chmod(0)
    os.chmod(few, 0o755)
    with without_rights(few):
        if os.access(path, os.R_OK, effective_ids=True):
            pytest.fail("the figures can be read after all")
        fault = _built()
    assert "\n" not in str(fault)
    assert isinstance(fault, EscalaError)


def _built() -> EscalaError:
    with pytest.raises(EscalaError) as found:
        build()
    return found.value


@pytest.mark.usefixtures("few")
def test_without_rights_nothing_is_set_aside(own_home: Path) -> None:
    own_home.write_text("a text of somebody")
    with without_rights(own_home.parent), pytest.raises(EscalaError, match="rights|Permission denied"):
        opening.refresh()
    assert own_home.read_text() == "a text of somebody"


@pytest.mark.usefixtures("own_home")
def test_a_remembered_fault_is_tried_again_when_the_figures_change(few: Path, tried: list[Path]) -> None:
    figures = few / FIGURES
    good = figures.read_text(encoding="utf-8")
    figures.write_text(good.replace("JAM", "XXX"), encoding="utf-8")
    assert isinstance(opening.refresh(), DataError)
    assert isinstance(opening.refresh(), DataError)
    assert len(tried) == 1
    figures.write_text(good.replace("JAM", "YYY"), encoding="utf-8")
    assert "YYY" in str(opening.refresh())
    assert len(tried) == 2
    figures.write_text(good, encoding="utf-8")
    assert opening.refresh() is None
    assert len(tried) == 3


@pytest.mark.usefixtures("own_home", "few")
def test_a_fault_of_the_machine_is_tried_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def full(**_: object) -> None:
        made.append(1)
        raise PassingError("no room left")

    monkeypatch.setattr(opening, "build", full)
    now = [1000.0]
    monkeypatch.setattr(opening.time, "monotonic", lambda: now[0])
    assert [str(opening.refresh()) for _ in range(3)] == ["no room left"] * 3
    assert len(made) == 1
    now[0] += opening.PAUSE
    opening.refresh()
    assert len(made) == 2


@pytest.mark.parametrize("fault", [ZeroDivisionError(), MemoryError(), RecursionError(), ValueError("odd")])
@pytest.mark.usefixtures("few")
def test_a_step_that_fails_is_named(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fails(*_: object) -> None:
        raise fault

    before = own_home.read_bytes()
    monkeypatch.setattr("kpis.building.build.run_models", lambda *_: None)
    monkeypatch.setattr("kpis.building.derived.scores", fails)
    with pytest.raises(EscalaError, match="table score"):
        build()
    assert own_home.read_bytes() == before


@pytest.mark.usefixtures("few")
def test_a_full_disk_is_one_sentence(own_home: Path) -> None:
    limited = (
        "import resource, sys; from dashboard.command import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "sys.argv = ['escala', 'build']; main()"
    )
    before = own_home.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", limited],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no room left on the disk" in done.stderr
    assert own_home.read_bytes() == before
    assert [path.name for path in own_home.parent.iterdir()] == [own_home.name]


def test_the_stamp_of_the_sources_changes_with_a_file_and_never_fails(few: Path) -> None:
    stamps = [source_stamp(), source_stamp()]
    (few / FIGURES).write_text("x", encoding="utf-8")
    stamps.append(source_stamp())
    replaced(few / FIGURES, lambda path: path.symlink_to("gone"))
    stamps.append(source_stamp())
    assert stamps[0] == stamps[1]
    assert len(set(stamps)) == 3
    with pytest.raises(DataError, match="undesa_egovkb"):
        data_version()


@pytest.mark.usefixtures("own_home")
def test_a_fault_of_the_catalogue_is_of_its_family(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries(few, "kpi = [1]")
    monkeypatch.setenv("ESCALA_CATALOGUE", str(few / "entries"))
    assert isinstance(opening.refresh(), CatalogueError)
