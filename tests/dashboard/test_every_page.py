"""Every page of the app, whatever data there is: no fault, and a sentence where something is missing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import dashboard
from dashboard.components.state import PAGES
from kpis.build import build
from tests.dashboard.few import ONE, folder

APP = Path(dashboard.__file__).parent / "app.py"
# What says in English that something is not there.
MISSING = re.compile(
    r"\b(no|not|none|nothing|without|missing|too (few|little)|only|0|choose)\b", re.IGNORECASE
)
KNOWLEDGE = {"cases", "lessons"}  # pages of what the Centre has learnt, which rest on no figure
CHOICES: dict[str, dict[str, str]] = {
    "nothing chosen": {},
    "the country that has the figure": {"country": "JAM"},
    "another country in a group": {"country": "COL", "peers": "SIDS", "group": "SIDS"},
}


@pytest.fixture(scope="module")
def warehouses(
    published: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, Path | None]]:
    """Warehouse and data folder (None: the real one) by what they hold."""
    root = tmp_path_factory.mktemp("few")
    made: dict[str, tuple[Path, Path | None]] = {"all": (published, None)}
    for name, rows in (("nothing", []), ("one", ONE)):
        figures = folder(root / name, rows)
        made[name] = (build(root / f"{name}.duckdb", data=figures), figures)
    return made


@pytest.fixture
def holding(
    warehouses: dict[str, tuple[Path, Path | None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Serves one of the warehouses, from a copy of its own."""

    def serve(name: str) -> None:
        source, figures = warehouses[name]
        copy = tmp_path / f"{name}.duckdb"
        shutil.copyfile(source, copy)
        monkeypatch.setenv("ESCALA_WAREHOUSE", str(copy))
        if figures is not None:
            monkeypatch.setenv("ESCALA_DATA", str(figures))

    yield serve
    st.cache_resource.clear()  # the next test must not be served from here


def opened(page: str, address: dict[str, str], lang: str) -> AppTest:
    """A page of the whole app, opened by a link."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in {"lang": lang, **address}.items():
        app.query_params[name] = value
    app._page_hash = calc_hash("" if page == PAGES[0] else page)  # `switch_page` knows pages in files only
    return app.run()


def heads(app: AppTest) -> list[str]:
    """The headline, of which there is one, and the titles below it."""
    html = "".join(str(part.proto.body) for part in app.get("html"))
    assert html.count("<h1") == 1
    return [plain(part) for part in re.findall(r"<h1.*?</h1>|<h2.*?</h2>", html)]


def words(app: AppTest) -> str:
    """What the page says, without style sheets and scripts."""
    html = "\n".join(str(part.proto.body) for part in app.get("html"))
    return plain(re.sub(r"<(style|script)>.*?</\1>", " ", html, flags=re.DOTALL))


def plain(html: str) -> str:
    """Text without tags."""
    return re.sub(r"<[^>]+>", " ", html)


def faults(app: AppTest) -> list[str]:
    """Exceptions and errors on the page."""
    return [part.value for part in app.exception] + [part.value for part in app.error]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("held", ["nothing", "one"])
def test_a_page_with_hardly_any_data_says_so(page: str, held: str, holding: Callable[[str], None]) -> None:
    holding(held)
    for name, address in CHOICES.items():
        app = opened(page, address, "en")
        assert faults(app) == [], name
        found = heads(app)
        assert found, name
        if page in KNOWLEDGE:
            continue
        assert MISSING.search(words(app)), name
        if held == "nothing" and "country" in address:
            assert MISSING.search(" ".join(found)), name


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_page_with_all_data_opens(page: str, lang: str, holding: Callable[[str], None]) -> None:
    holding("all")
    for name, address in list(CHOICES.items())[:2]:
        app = opened(page, address, lang)
        assert faults(app) == [], name
        assert heads(app), name
