"""Every page of the app, whatever data there is: no fault, and a sentence where something is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.navigation import PATHS
from kpis.building.build import build
from tests.benchmarks.views import all_views, named
from tests.conftest import TODAY
from tests.dashboard.seen import Views, html_of
from tests.dashboard.serve.whole_app import opened
from tests.few import ONE, folder

NO_FIGURE = "No KPI holds a figure yet."
NO_STAGE = "No country has a stage yet: too few figures are held."
NO_TARGET = "for no target can it be said whether it is on track"
NO_TRIAL = "No forecast can be tried on the past"
NO_INDEX = "No index can be rebuilt: none is held with all of its parts."
# What a page says with Colombia chosen where there is no figure at all, and where there is one of Jamaica.
# None of it is said where all data is there.
MISSING: dict[str, dict[str, str]] = {
    "nothing": {
        "world": NO_FIGURE,
        "country": NO_FIGURE,
        "compare": NO_FIGURE,
        "stages": NO_STAGE,
        "progress": NO_TARGET,
        "plan": NO_STAGE,
        "robustness": NO_INDEX,
        "forecast": NO_TRIAL,
        "gaps": "Colombia: none of",
        "releases": NO_FIGURE,
        "explore": NO_FIGURE,
        "methods": "from 0 sources",
    },
    "one": {
        "world": "First of 1 in the group",
        "country": "Colombia: no value of E-Government Development Index (EGDI)",
        "compare": "(EGDI): no data for this choice.",
        "stages": NO_STAGE,
        "progress": NO_TARGET,
        "plan": NO_STAGE,
        "robustness": NO_INDEX,
        "forecast": NO_TRIAL,
        "gaps": "Colombia: none of",
        "releases": "no ranks to compare",
        "explore": "1 value: 1 KPI",
        "methods": "from 1 sources",
    },
}
# pages of what the Centre learnt, of stories, and our own
ON_NO_FIGURE = {"lens", "cases", "lessons", "present", "exercise", "mydata", "knowledge"}
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
    warehouses: dict[str, tuple[Path, Path | None]] = {"all": (published, None)}
    for name, rows in (("nothing", []), ("one", ONE)):
        figures = folder(root / name, rows)
        warehouses[name] = (build(root / f"{name}.duckdb", data=figures, today=TODAY), figures)
    return warehouses


@pytest.fixture(scope="module")
def holding(warehouses: dict[str, tuple[Path, Path | None]]) -> Iterator[Callable[[str], None]]:
    """Serves one of the warehouses, which pages only read: what is open serves the next page too."""
    with pytest.MonkeyPatch.context() as patched:
        served = ""

        def serve(name: str) -> None:
            nonlocal served
            if name == served:
                return
            served = name
            path, figures = warehouses[name]
            st.cache_resource.clear()
            patched.setenv("ESCALA_WAREHOUSE", str(path))
            if figures is not None:
                patched.setenv("ESCALA_DATA", str(figures))
            else:
                patched.delenv("ESCALA_DATA", raising=False)

        yield serve
    st.cache_resource.clear()  # the next test must not be served from here


def heads(app: AppTest) -> list[str]:
    """The headline, of which there is one, and the titles below it."""
    return heads_in(html_of(app))


def heads_in(html: str) -> list[str]:
    """The same in the HTML of a page."""
    assert html.count("<h1") == 1
    return [plain(part) for part in re.findall(r"<h1.*?</h1>|<h2.*?</h2>", html)]


def plain(html: str) -> str:
    """Text without tags."""
    return re.sub(r"<[^>]+>", " ", html)


def faults(app: AppTest) -> list[str]:
    """Exceptions and errors on the page."""
    return [part.value for part in app.exception] + [part.value for part in app.error]


@pytest.mark.parametrize("page", PATHS)
@pytest.mark.parametrize("few", MISSING)
def test_a_page_with_hardly_any_data_says_so(page: str, few: str, holding: Callable[[str], None]) -> None:
    holding(few)
    for name, address in CHOICES.items():
        app = opened(page, address, "en")
        assert faults(app) == [], name
        headlines = heads(app)
        assert headlines, name
    if page not in ON_NO_FIGURE:
        assert MISSING[few][page] in headlines[0]


@pytest.mark.parametrize(
    ("few", "page"),
    [
        pytest.param(few, page, marks=() if (turn + place) % 2 else pytest.mark.whole)
        for turn, few in enumerate(MISSING)
        for place, page in enumerate(PATHS)
    ],
)
def test_every_view_opens_with_hardly_any_data(page: str, few: str, holding: Callable[[str], None]) -> None:
    holding(few)
    for path, address in all_views():
        if (path or PATHS[0]) == page:
            app = opened(page, address, "en")
            assert faults(app) == [], address
            assert heads(app), address


@pytest.mark.parametrize("page", PATHS)
def test_a_page_with_all_data_opens(page: str, holding: Callable[[str], None], views: Views) -> None:
    """In English; the walk in the browser opens every view in Spanish."""
    holding("all")
    for name, address in CHOICES.items():
        if address:
            app = opened(page, address, "en")
            found, headline = faults(app), heads(app)[0]
        else:
            view = views[named(page, {})]
            found, headline = [*view.faults], heads_in(view.html)[0]
        assert found == [], name
        assert not [text for sentences in MISSING.values() if (text := sentences.get(page, "\n")) in headline]
