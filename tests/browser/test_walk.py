"""One walk through the app: at every stop every check. A failure names the stop and all its faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dashboard.components.style import THEMES
from tests.browser.checks import CHECKS
from tests.browser.reading import DESKTOP, PHONE, Desk, Stroll, heard
from tests.browser.stops import STOPS, Stop

pytestmark = pytest.mark.browser

BROWSERS = {"en": "es-CO", "es": "en-GB"}  # the other language, over which the address wins
# A reader's browser remembers the theme of an address; without it a first visit is loaded twice.
REMEMBER = """theme => {
  localStorage.clear();
  localStorage.setItem('stActiveTheme-/-v2', JSON.stringify(theme));
}"""


@pytest.fixture(scope="session")
def arrive(desk: Desk) -> Callable[[Stop], Page]:
    """Brings the reader of a stop there. Each reader has one page of the browser for the whole walk."""
    readers: dict[str, Stroll] = {}

    def at(stop: Stop) -> Page:
        if stop.reader not in readers:
            page = desk.take(BROWSERS[stop.lang], PHONE if stop.phone else DESKTOP)
            page.goto(f"{desk.address}/favicon.svg")
            page.evaluate(REMEMBER, THEMES[stop.look])
            readers[stop.reader] = Stroll(page, desk.address)
        stroll = readers[stop.reader]
        heard(stroll.page).forget()
        if not stop.by_link:
            return stroll.go(stop.address, cold=stop.cold)
        if not stroll.begun:
            stroll.go(f"/?lang={stop.lang}&look={stop.look}&country=COL")
        return stroll.follow(stop.page)

    return at


def visits() -> list[object]:
    """The stops as parameters; those of one reader stay together."""
    return [pytest.param(stop, id=str(stop), marks=pytest.mark.xdist_group(stop.reader)) for stop in STOPS]


@pytest.mark.parametrize("stop", visits())
def test_nothing_is_wrong_at(stop: Stop, arrive: Callable[[Stop], Page]) -> None:
    page = arrive(stop)
    faults = [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(page, stop)]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
