"""axe-core finds nothing serious on any page, in either language, in any look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from dashboard.components.state import PAGES
from dashboard.components.style import THEMES
from tests.browser.conftest import DESKTOP, Desk, Stroll, Visit

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Style sheets are not fetched once more: only a rule that is off by default reads them.
RUN = """() => axe.run(document, {
  resultTypes: ['violations'],
  preload: false,
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(found => found.violations)"""
GRAVE = {"serious", "critical"}
LANGUAGES = ["en", "es"]
LOOKS = ["light", "dark", "contrast"]
# Streamlit's own markup that no style sheet or script of ours can mend: rule and part of the selector.
EXCEPTIONS: list[tuple[str, str]] = []


# A reader's browser remembers the theme of an address; without it a first visit is loaded twice.
REMEMBER = "localStorage.setItem('stActiveTheme-/-v2', '\"%s\"')"


@pytest.fixture(scope="module", params=LOOKS)
def reader(request: pytest.FixtureRequest, desk: Desk, address: str) -> Iterator[tuple[str, Stroll]]:
    """A look, and a reader whose browser knows it already.

    Streamlit is told of a wish for less motion, so that nothing is half faded.
    """
    page = desk.take("en-GB", DESKTOP)
    page.emulate_media(reduced_motion="reduce")
    line = page.context.new_cdp_session(page)
    line.send("Page.setBypassCSP", {"enabled": True})  # or axe could not run
    page.goto(f"{address}/favicon.svg")
    page.evaluate(REMEMBER % THEMES[request.param])
    yield request.param, Stroll(page, address, f"/?look={request.param}")
    line.detach()
    desk.give_back(page)


def found(page: Page) -> list[str]:
    """What axe calls serious or critical, with the place, but for the exceptions."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    violations: list[dict[str, Any]] = page.evaluate(RUN)
    told = []
    for rule in violations:
        for node in rule["nodes"]:
            target = " ".join(str(part) for part in node["target"])
            known = any(rule["id"] == name and part in target for name, part in EXCEPTIONS)
            if rule["impact"] in GRAVE and not known:
                told.append(f"{rule['id']}: {target}: {node['html'][:160]}: {node['failureSummary'][:300]}")
    return told


def languages(look: str, path: str) -> list[str]:
    """Every page is seen in every look, in turns of language from page to page, to save time.

    With ESCALA_AXE=all every language in every look.
    """
    if os.environ.get("ESCALA_AXE") == "all":
        return LANGUAGES
    return [LANGUAGES[(PAGES.index(path) + LOOKS.index(look)) % 2]]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(reader: tuple[str, Stroll], path: str) -> None:
    look, stroll = reader
    for lang in languages(look, path):
        page = stroll.go(f"/{path}?lang={lang}&look={look}&country=COL")
        assert found(page) == [], lang
        assert page.locator("[data-testid='stMain'] h1").count() == 1


def test_the_navigation_is_groups_of_links_for_those_who_listen(visit: Visit) -> None:
    page = visit("/?lang=es")
    bar = page.get_by_role("navigation", name="Páginas del tablero")
    assert bar.get_by_role("group", name="¿Dónde estamos?", exact=True).get_by_role("link").count() >= 3
    assert bar.get_by_role("link").count() == len(PAGES)
