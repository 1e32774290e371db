"""axe-core finds nothing serious on any page, in either language, in any look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from dashboard.components.state import PAGES
from dashboard.components.style import THEMES
from tests.browser.conftest import DESKTOP, settle

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run(document, {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(found => found.violations)"""
GRAVE = {"serious", "critical"}
LANGUAGES = ["en", "es"]
LOOKS = ["light", "dark", "contrast"]
# Streamlit's own markup that no style sheet or script of ours can mend: rule and part of the selector.
EXCEPTIONS: list[tuple[str, str]] = []


# A reader's browser remembers the theme of every address; without it each first visit is loaded twice.
REMEMBER = "localStorage.setItem(`stActiveTheme-${location.pathname}-v2`, '\"%s\"')"


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[dict[str, Page]]:
    """A page for each look, which its browser knows already.

    Streamlit is told of a wish for less motion, so that nothing is half faded.
    """
    made = {}
    for look in LOOKS:
        context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", bypass_csp=True)  # type: ignore[arg-type]
        context.add_init_script(REMEMBER % THEMES[look])
        made[look] = context.new_page()
    yield made
    for page in made.values():
        page.context.close()


def found(page: Page) -> list[str]:
    """What axe calls serious or critical, with the place, but for the exceptions."""
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


def views(path: str) -> list[tuple[str, str]]:
    """Languages and looks of a page: every look, in turns of language from page to page, to save time.

    With ESCALA_AXE=all every language in every look.
    """
    if os.environ.get("ESCALA_AXE") == "all":
        return list(product(LANGUAGES, LOOKS))
    start = PAGES.index(path)
    return [(LANGUAGES[(start + at) % 2], look) for at, look in enumerate(LOOKS)]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(pages: dict[str, Page], address: str, path: str) -> None:
    for lang, look in views(path):
        page = pages[look]
        page.goto(f"{address}/{path}?lang={lang}&look={look}&country=COL")
        settle(page)
        assert found(page) == [], f"{lang}, {look}"
        assert page.locator("[data-testid='stMain'] h1").count() == 1


def test_the_navigation_is_groups_of_links_for_those_who_listen(pages: dict[str, Page], address: str) -> None:
    page = pages["light"]
    page.goto(f"{address}/?lang=es")
    settle(page)
    bar = page.get_by_role("navigation", name="Páginas del tablero")
    assert bar.get_by_role("group", name="¿Dónde estamos?", exact=True).get_by_role("link").count() >= 3
    assert bar.get_by_role("link").count() == len(PAGES)
