"""The real app, served on a free port of this host, in a real browser that can reach no other host."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.find_browser import find
from tests.serving import served

# No name but this host's is ever found, so that no request of the app or the browser leaves it. Playwright's
# own way (a route) hands every request to Python and switches the browser's cache off.
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", NO_OTHER_HOST]
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


class Desk:
    """Pages for one language and size of screen. A page that was given back serves the next test.

    Its storage is empty again, but the scripts of the app are read and compiled already: a visit takes a
    third of the time that it takes in a new page.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.own = (address, "data:", "blob:", "about:")
        self.free: list[Page] = []

    def take(self) -> Page:
        """A page without a past; `page.foreign` will list its requests to other hosts."""
        page = self.free.pop() if self.free else self._new()
        page.foreign.clear()  # type: ignore[attr-defined]
        return page

    def _new(self) -> Page:
        page = self.context.new_page()
        page.foreign = foreign = []  # type: ignore[attr-defined]
        page.on(
            "request", lambda asked: None if asked.url.startswith(self.own) else foreign.append(asked.url)
        )
        return page

    def give_back(self, page: Page) -> None:
        """Empties what the page has stored and what a test may have changed about it."""
        if page.is_closed():
            return
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.context.clear_permissions()
        page.emulate_media(media="null")
        page.goto("about:blank")
        self.free.append(page)


@pytest.fixture(scope="session")
def desks(browser: Browser, address: str) -> Iterator[Callable[..., Desk]]:
    """A desk for each language and size of screen."""
    kept: dict[tuple[str, str], Desk] = {}

    def desk(lang: str, viewport: dict[str, int]) -> Desk:
        key = (lang, str(viewport))
        if key not in kept:
            context = browser.new_context(viewport=viewport, locale=lang, accept_downloads=True)  # type: ignore[arg-type]
            kept[key] = Desk(context, address)
        return kept[key]

    yield desk
    for one in kept.values():
        one.context.close()


@pytest.fixture
def visit(desks: Callable[..., Desk], address: str) -> Iterator[Visit]:
    """Opens an address as a new reader with nothing stored."""
    taken: list[tuple[Desk, Page]] = []

    def opened(path: str, *, lang: str = "en-GB", viewport: dict[str, int] | None = None) -> Page:
        desk = desks(lang, viewport or DESKTOP)
        page = desk.take()
        taken.append((desk, page))
        page.goto(address + path)
        settle(page)
        return page

    yield opened
    for desk, page in taken:
        desk.give_back(page)


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
    page.wait_for_selector("[data-testid='stSkeleton']", state="detached", timeout=30_000)  # controls to come
    page.wait_for_timeout(400)  # Plotly draws after the script has ended
