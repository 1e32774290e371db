"""The real app, served on a free port of this host, in a real browser that can reach no other host."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.find_browser import find
from tests.serving import served

# No name but this host's is ever found, so that no request of the app or the browser leaves it. Playwright's
# own way (a route) hands every request to Python and switches the browser's cache off.
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", NO_OTHER_HOST]
DESKTOP = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
RUN_ENDED = "script_finished"  # the name of the message
# What the browser does at "back" and "forward", with an address of ours.
FOLLOW = """path => {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}"""


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


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: what it has read and compiled of the app's scripts once serves every page."""
    made = browser.new_context(viewport=DESKTOP, accept_downloads=True)  # type: ignore[arg-type]
    yield made
    made.close()


def speak(page: Page, lang: str) -> None:
    """Gives the page's browser a language, from the next visit on; Playwright has one for all pages only."""
    page.context.new_cdp_session(page).send(
        "Emulation.setUserAgentOverride",
        {"userAgent": page.evaluate("navigator.userAgent"), "acceptLanguage": lang},
    )


Visit = Callable[..., Page]


class Desk:
    """Pages that are given back and serve the next test. Their storage is empty again."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.own = (address, "data:", "blob:", "about:")
        self.free: list[Page] = []

    def take(self, lang: str, viewport: dict[str, int]) -> Page:
        """A page without a past; `page.foreign` will list its requests to other hosts."""
        page = self.free.pop() if self.free else self._new()
        page.foreign.clear()  # type: ignore[attr-defined]
        speak(page, lang)
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
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
        page.emulate_media(media="null", reduced_motion="null")
        page.goto("about:blank")
        self.free.append(page)


@pytest.fixture(scope="session")
def desk(context: BrowserContext, address: str) -> Desk:
    """The one desk."""
    return Desk(context, address)


@pytest.fixture
def visit(desk: Desk, address: str) -> Iterator[Visit]:
    """Opens an address as a new reader with nothing stored. The page of the visit before is gone then."""
    open_now: list[Page] = []

    def leave() -> None:
        while open_now:
            desk.give_back(open_now.pop())

    def opened(path: str, *, lang: str = "en-GB", viewport: dict[str, int] | None = None) -> Page:
        leave()
        page = desk.take(lang, viewport or DESKTOP)
        open_now.append(page)
        page.goto(address + path)
        settle(page)
        return page

    yield opened
    leave()


class Stroll:
    """A reader who goes from address to address within the app, as by a link: half the time of new visits.

    What was chosen before is still chosen, as in the app itself; `cold` begins anew.
    """

    def __init__(self, page: Page, address: str, start: str = "/") -> None:
        self.page = page
        self.address = address
        self.runs = 0
        page.on("websocket", lambda line: line.on("framereceived", self._hear))
        self.go(start, cold=True)

    def _hear(self, message: str | bytes) -> None:
        if isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == RUN_ENDED:
            self.runs += 1

    def go(self, path: str, *, cold: bool = False) -> Page:
        """The page at an address, drawn."""
        if cold:
            self.page.goto(self.address + path)
            settle(self.page)
        else:
            self.after(lambda: self.page.evaluate(FOLLOW, path))
        return self.page

    def after(self, act: Callable[[], object]) -> None:
        """Does something that makes the app run, and waits until what it draws is there."""
        before, end = self.runs, time.monotonic() + 30
        act()
        while self.runs == before and time.monotonic() < end:
            self.page.wait_for_timeout(20)
        assert self.runs > before, "the app did not run"
        settle(self.page)


@pytest.fixture(scope="session")
def stroll(desk: Desk, address: str) -> Stroll:
    """One Spanish reader for many addresses."""
    return Stroll(desk.take("es-CO", DESKTOP), address)


def settle(page: Page) -> None:
    """Wait until the page has run, drawn its charts and come to rest."""
    page.wait_for_selector("[data-testid='stAppViewContainer'] h1", timeout=30_000)
    for _ in range(2):  # a run begins a moment after a click, and Plotly draws after a run has ended
        page.wait_for_timeout(200)
        page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=30_000)
        page.wait_for_selector("[data-testid='stSkeleton']", state="detached", timeout=30_000)
