"""The real app, served on a free port of this host, in a real browser that can reach no other host."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.reading import DESKTOP, PHONE, Desk, Stroll, heard, rest, settle
from tests.find_browser import find
from tests.once import alone, made_once
from tests.serving import launch, stop

# No name but this host's is ever found, so that no request of the app or the browser leaves it. Playwright's
# own way (a route) hands every request to Python and switches the browser's cache off.
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
MINISTRY = "http://localhost:*"  # may show charts; this host under its number is another site, and may not
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", NO_OTHER_HOST]


@pytest.fixture(scope="session")
def warehouse_copy(published: Path, shared: Path) -> Path:
    """A warehouse of the served app's own."""
    return made_once(shared / "served.duckdb", lambda path: shutil.copyfile(published, path))


@pytest.fixture(scope="session")
def address(warehouse_copy: Path, shared: Path) -> Iterator[str]:
    """The app as a reader starts it, from another folder: one for all workers, stopped by the last."""
    lock, register = shared / "server.lock", shared / "server.json"
    with alone(lock):
        entry = json.loads(register.read_text()) if register.exists() else {"users": []}
        if not entry["users"]:
            app, _process = launch(warehouse_copy, ("-m", "dashboard", "serve", "--embed-for", MINISTRY))
            entry |= {"address": app.address, "pid": app.pid}
        entry["users"].append(os.getpid())
        register.write_text(json.dumps(entry))
    yield entry["address"]
    with alone(lock):
        entry = json.loads(register.read_text())
        entry["users"].remove(os.getpid())
        register.write_text(json.dumps(entry))
        if not entry["users"]:
            stop(entry["pid"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the worker."""
    path = find()
    if path is None:
        pytest.fail("no browser: run `make browser` or name one in ESCALA_BROWSER")
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: what it has read and compiled of the app's scripts once serves every page.

    Its reader wishes for less motion, so that nothing is half faded when it is looked at.
    """
    shared_context = browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]
        accept_downloads=True,
        reduced_motion="reduce",
    )
    yield shared_context
    shared_context.close()


@pytest.fixture(scope="session")
def desk(context: BrowserContext, address: str) -> Desk:
    """The one desk."""
    return Desk(context, address)


Visit = Callable[..., Page]


@pytest.fixture
def visit(desk: Desk, address: str) -> Iterator[Visit]:
    """Opens an address as a new reader with nothing stored. The page of the visit before is gone then."""
    open_now: list[Page] = []

    def leave() -> None:
        while open_now:
            desk.give_back(open_now.pop())

    def opened(path: str, *, lang: str = "en-GB", viewport: dict[str, int] = DESKTOP) -> Page:
        leave()
        page = desk.take(lang, viewport)
        open_now.append(page)
        page.goto(address + path)
        settle(page)
        return page

    yield opened
    leave()


Go = Callable[..., Page]


@pytest.fixture(scope="module")
def strolls(desk: Desk) -> Iterator[dict[bool, Stroll]]:
    """Who goes through the tests of a file within the app, if they have come: with a phone, and at a desk."""
    readers: dict[bool, Stroll] = {}
    yield readers
    for stroll in readers.values():
        desk.give_back(stroll.page)


@pytest.fixture
def go(desk: Desk, strolls: dict[bool, Stroll]) -> Iterator[Go]:
    """Opens an address for a reader of this file, as by a link; `visit` costs twice as much.

    The window may be another each time. `cold` begins anew; nothing is stored by the browser in any case.
    """

    def opened(path: str, window: dict[str, int] = DESKTOP, *, cold: bool = False) -> Page:
        phone = window is PHONE
        if phone not in strolls:
            strolls[phone] = Stroll(desk.take("en-GB", window), desk.address)
        strolls[phone].page.set_viewport_size(window)  # type: ignore[arg-type]
        rest(strolls[phone].page)  # what the test before asked for would be taken for the answer
        heard(strolls[phone].page).forget()
        return strolls[phone].go(path, cold=cold)

    yield opened
    for stroll in strolls.values():
        stroll.page.emulate_media(media="null")  # it may have been printed
