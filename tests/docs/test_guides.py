"""Every block of the guides gives what it shows, and every page is in the index."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpis.composite.cards import METHODS
from tests.conftest import ROOT
from tests.docs.blocks import Session

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
# They build, and read values alone: what comes from matrices is left out there.
OF_VALUES = {DOCS / f"add-a-{part}.md" for part in ("kpi", "group", "source")}
HANDBOOK = DOCS / "handbook" / "README.md"
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def copy_what_it_changes(text: str, folder: Path) -> None:
    """A page that copies `data/` finds it in the folder; one with a diff finds the tree."""
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    if "cp -r data" in text or "```diff" in text:
        shutil.copytree(ROOT / "data", folder / "data")
    if "```diff" in text:
        for part in ("kpis", "dashboard", "tests"):  # with what was compiled of it
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("_data"))


def is_a_step(page: Path) -> bool:
    """Whether a page begins with the example of the handbook."""
    return page.parent == HANDBOOK.parent and page != HANDBOOK


@pytest.fixture(scope="session")
def example(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The example of the handbook, run once for all of its steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCALA_WAREHOUSE", str(published))
        session = Session(tmp_path_factory.mktemp("example"), patch)
        session.run_all(HANDBOOK.read_text(encoding="utf-8"))
    return session


@pytest.fixture
def methods() -> Iterator[None]:
    """A method that a guide registers is gone after it."""
    before = dict(METHODS)
    yield
    METHODS.clear()
    METHODS.update(before)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
@pytest.mark.usefixtures("home", "methods")
def test_every_block_of_a_page_gives_what_it_shows(
    page: Path,
    example: Session,
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """In an empty folder, or a copy of the tree; the steps of the handbook begin with its example."""
    if page in OF_VALUES:
        request.getfixturevalue("without_derived")
    text = page.read_text(encoding="utf-8")
    copy_what_it_changes(text, tmp_path)
    session = Session(tmp_path, monkeypatch, published)
    if is_a_step(page):
        shutil.copytree(example.folder, tmp_path, dirs_exist_ok=True)
        session.names |= example.names
    session.run_all(text)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_index_lists_every_page() -> None:
    index = DOCS / "README.md"
    listed = {(DOCS / target).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    listed |= {
        (HANDBOOK.parent / target).resolve() for target in LINK.findall(HANDBOOK.read_text(encoding="utf-8"))
    }
    assert [page for page in DOCS.rglob("*.md") if page not in listed and page != index] == []
