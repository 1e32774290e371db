"""The real app, served on a free port of this host, in a real browser that can reach no other host."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.find_browser import find
from tests.serving import served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
READY = ".escala-ready, [data-testid='stAppViewContainer'] h1"


@pytest.fixture(scope="session")
def warehouse_copy(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the served app's own."""
    path = tmp_path_factory.mktemp("served") / "escala.duckdb"
    shutil.copyfile(published, path)
    return path


@pytest.fixture(scope="session")
def address(warehouse_copy: Path) -> Iterator[str]:
    """The app as a reader starts it, from another folder."""
    with served(warehouse_copy) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session."""
    path = find()
    if path is None:
        pytest.fail("no browser: run `make browser` or name one in ESCALA_BROWSER")
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens an address cold: a new reader, other hosts blocked and counted in `page.foreign`."""
    contexts = []

    def opened(path: str, *, lang: str = "en-GB", viewport: dict[str, int] | None = None) -> Page:
        context = browser.new_context(viewport=viewport or DESKTOP, locale=lang, accept_downloads=True)  # type: ignore[arg-type]
        contexts.append(context)
        foreign: list[str] = []

        def gate(route: Route) -> None:
            if route.request.url.startswith((address, "data:", "blob:")):
                route.continue_()
            else:
                foreign.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        page = context.new_page()
        page.foreign = foreign  # type: ignore[attr-defined]
        page.goto(address + path)
        settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def stroll(browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """One Spanish reader who goes from address to address: quicker than a cold visit for each."""
    context = browser.new_context(viewport=DESKTOP, locale="es-CO")  # type: ignore[arg-type]
    page = context.new_page()

    def go(path: str) -> Page:
        page.goto("about:blank")  # so that the last page cannot be mistaken for the next one
        page.goto(address + path)
        settle(page)
        return page

    yield go
    context.close()


def settle(page: Page) -> None:
    """Wait until the page has run, drawn its charts and come to rest."""
    page.wait_for_selector("[data-testid='stAppViewContainer'] h1", timeout=30_000)
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=30_000)
    page.wait_for_timeout(400)  # Plotly draws after the script has ended
