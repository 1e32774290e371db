"""What stands on a page before its scripts: readable without them, and the same as the page says.

That it is gone when the page is there is seen at every stop of the walk.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.checks import faults_for_axe
from tests.browser.conftest import Visit
from tests.browser.reading import DESKTOP, PATIENCE, PHONE

pytestmark = pytest.mark.browser

COLOMBIA = "/country?country=COL&lang=es"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def scriptless(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(viewport=request.param, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_the_answer_stands_there_and_nothing_is_promised(
    scriptless: Page, address: str
) -> None:
    scriptless.goto(address + COLOMBIA)
    headline = scriptless.locator("h1:visible")
    end = time.monotonic() + PATIENCE  # a server that has just started is still reading
    while not headline.inner_text().startswith("Colombia: "):
        assert time.monotonic() < end
        scriptless.reload()
    assert headline.count() == 1
    box = headline.bounding_box()
    assert box is not None
    assert box["y"] < 200
    assert not scriptless.locator("[role=status]").is_visible()
    assert "JavaScript" in scriptless.inner_text("main")
    assert scriptless.locator("nav a[aria-current]").inner_text() == "País"


def test_it_is_as_accessible_as_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.route("**/static/js/index.*.js", lambda route: route.abort())
    page.goto(address + COLOMBIA)
    page.wait_for_selector("#e-first h1")
    assert page.locator("[role=status]:visible").inner_text() == "Esta página se está cargando."
    assert faults_for_axe(page) == []
    context.close()


def test_it_says_what_the_page_says(scriptless: Page, address: str, visit: Visit) -> None:
    path = "/gaps?lang=en"
    page = visit(path)
    scriptless.goto(address + path)
    assert scriptless.inner_text("h1") == page.inner_text("h1")
    assert scriptless.title() == page.title()
