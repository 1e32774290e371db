"""One walk through the app: at every stop every check. A failure names the stop and all its faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dashboard.components.style import THEMES
from tests.browser.checks import CHECKS
from tests.browser.reading import DESKTOP, PHONE, Desk, Stroll, heard
from tests.browser.stops import (
    BY_LINKS,
    BY_SHARED_LINKS,
    IN_SPANISH,
    IN_SPANISH_TOO,
    ON_A_PHONE,
    SHARE,
    STOPS,
    Stop,
)

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
            stroll.go(f"/country?lang={stop.lang}&look={stop.look}&country=COL")  # a page that uses it
        return stroll.follow(stop.page)

    return at


class Walk:
    """The stops of one reader, in order. A class for each, because tests of a class stay on one worker."""

    def test_nothing_is_wrong_at(self, stop: Stop, arrive: Callable[[Stop], Page]) -> None:
        page = arrive(stop)
        faults = [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(page, stop)]
        if faults:
            pytest.fail("\n".join(faults), pytrace=False)


def stops_of(reader: str) -> pytest.MarkDecorator:
    """The stops of a reader as parameters."""
    stops = [
        pytest.param(stop, id=str(stop), marks=() if stop in SHARE else pytest.mark.whole)
        for stop in STOPS
        if stop.reader == reader
    ]
    return pytest.mark.parametrize("stop", stops)


@stops_of(IN_SPANISH)
class TestInSpanish(Walk):
    pass


@stops_of(IN_SPANISH_TOO)
class TestInSpanishToo(Walk):
    pass


@stops_of(BY_LINKS)
class TestByLinks(Walk):
    pass


@stops_of(BY_SHARED_LINKS)
class TestBySharedLinks(Walk):
    pass


@stops_of(ON_A_PHONE)
class TestOnAPhone(Walk):
    pass
