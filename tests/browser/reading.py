"""A reader at the screen: pages that listen to what they ask for, and that know when they are at rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.navigation import PATHS

DESKTOP = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60  # seconds; reached only when something is wrong or the machine is very busy
# What the browser does at "back" and "forward", with an address of ours.
FOLLOW = """path => {
  History.prototype.pushState.call(history, {}, '', path);  // as a link would: a new entry
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}"""
# Every script has come, nothing runs, nothing is missing or from the run before, the wished theme is drawn
# (for which the page is loaded once more), and so is every chart, a map with its outlines.
AT_REST = """() => {
  const { theme, drawn: themeDrawn } = window.escala?.settings ?? {};
  if (theme && theme !== 'System' && themeDrawn && themeDrawn !== theme.toLowerCase()) return false;
  if (window.escala?.complete === false) return false;
  const drawn = plot => plot?._fullLayout && !plot._transitioning && plot.querySelector('.main-svg')
    && Object.keys(plot._fullLayout).every(name => !/^geo\\d*$/.test(name)
      || !plot._fullLayout[name]._subplot || plot._fullLayout[name]._subplot.topojson);
  return Boolean(
    document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning']")
    && document.querySelector("[data-testid='stMain'] h1")
    && !document.querySelector("[data-testid='stSkeleton'], [data-testid='stSpinner'], [data-stale='true']")
    && [...document.querySelectorAll(".e-chart")].every(
      chart => drawn(chart.querySelector('.js-plotly-plot'))));
}"""
# And so it still is when the browser has nothing else to do and has painted twice.
STILL_AT_REST = f"""() => new Promise(done => requestIdleCallback(
  () => requestAnimationFrame(() => requestAnimationFrame(() => done(({AT_REST})()))),
  {{ timeout: 1000 }}))"""


@dataclass
class Heard:
    """What a page did on its lines.

    foreign: requests to other hosts. wrong: errors in the console and of scripts. requested: how many runs
    the page has asked the app for. running: whether the app has yet to end the last of them. settled:
    `requested` when the page last came to rest. fragment: what the last run was asked to run alone; empty:
    the whole. files: files to download which the page has asked for and that have not come.
    """

    foreign: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    requested: int = 0
    running: bool = False
    settled: int = 0
    fragment: str = ""
    files: set[str] = field(default_factory=set)

    def forget(self) -> None:
        """Begins the lists of what was wrong anew."""
        self.foreign.clear()
        self.wrong.clear()

    def sent(self, message: str | bytes) -> None:
        """The page asks for a run."""
        if isinstance(message, bytes):
            message_sent = BackMsg.FromString(message)
            if message_sent.WhichOneof("type") == "rerun_script":
                self.requested += 1
                self.running = True
                self.fragment = message_sent.rerun_script.fragment_id

    def received(self, message: str | bytes) -> None:
        """The app ends a run; one that was broken off for the next is not the end."""
        if isinstance(message, bytes):
            message_received = ForwardMsg.FromString(message)
            if message_received.WhichOneof("type") == "script_finished":
                self.running = message_received.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


_heard: WeakKeyDictionary[Page, Heard] = WeakKeyDictionary()


def heard(page: Page) -> Heard:
    """What was heard of a page since its test took it."""
    return _heard[page]


def listen(page: Page, own_addresses: tuple[str, ...]) -> None:
    """Begins to hear a page. own: how addresses begin that are not foreign."""
    _heard[page] = ear = Heard()

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            ear.wrong.append(f"{message.text} ({message.location.get('url', '')})")

    def line(socket: WebSocket) -> None:
        socket.on("framesent", ear.sent)
        socket.on("framereceived", ear.received)

    def asks(request: Request) -> None:
        if not request.url.startswith(own_addresses):
            ear.foreign.append(request.url)
        if "/media/" in request.url:
            ear.files.add(request.url)

    page.on("request", asks)
    page.on("response", lambda response: ear.files.discard(response.url))
    page.on("requestfailed", lambda request: ear.files.discard(request.url))
    page.on("console", console)
    page.on("pageerror", lambda fault: ear.wrong.append(f"script: {fault}"))
    page.on("websocket", line)


def asked_from_now(page: Page) -> list[str]:
    """What the page asks for from now on, a list that grows; without its icon, fetched when there is time."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.endswith("/favicon.svg"):
            asked.append(request.url)

    page.on("request", note)
    return asked


def wait(page: Page, met: Callable[[], bool], otherwise: str) -> None:
    """Waits until what is heard meets a condition; AssertionError with `otherwise` if it never does."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, otherwise
        page.wait_for_timeout(25)  # hears what has come


def settle(page: Page) -> None:
    """Waits for a run that the page was just made to ask for, and until all of it is drawn."""
    ear = heard(page)
    wait(page, lambda: ear.requested > ear.settled, "the page did not ask the app for a run")
    rest(page)


def rest(page: Page) -> None:
    """Waits until all is drawn of what the page has asked for, if anything."""
    ear = heard(page)
    while ear.requested > ear.settled:
        wait(page, lambda: not ear.running, "the app did not end its run")
        ear.settled = ear.requested
        page.wait_for_function(AT_REST, timeout=PATIENCE * 1000)
        while not _still_at_rest(page):
            page.wait_for_function(AT_REST, timeout=PATIENCE * 1000)
    # A button for a download asks whether its file is there. The next run may take it away before.
    wait(page, lambda: not ear.files, "a file to download did not come")


def _still_at_rest(page: Page) -> bool:
    try:
        return bool(page.evaluate(STILL_AT_REST))
    except Error as fault:
        if "destroyed" not in str(fault):
            raise
        return False  # the page was loaded anew meanwhile


class Desk:
    """Pages that are given back and serve the next test. Their storage is empty again."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.free: list[Page] = []

    def take(self, lang: str, viewport: dict[str, int] = DESKTOP) -> Page:
        """A page without a past, in a browser of a language and screen."""
        page = self.free.pop() if self.free else self.context.new_page()
        if page not in _heard:
            listen(page, (self.address, "data:", "blob:", "about:"))
        heard(page).forget()
        self._speak(page, lang, phone=viewport is PHONE)
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        return page

    def _speak(self, page: Page, lang: str, *, phone: bool) -> None:
        """Language and kind of device, from the next visit on; Playwright has one for all pages only."""
        usual = page.context.browser.version if page.context.browser else ""
        agent = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{usual}"
        line = page.context.new_cdp_session(page)
        line.send(
            "Emulation.setUserAgentOverride",
            {"userAgent": agent + (" Mobile" if phone else "") + " Safari/537.36", "acceptLanguage": lang},
        )

    def give_back(self, page: Page) -> None:
        """Empties what the page has stored and what a test may have changed about it."""
        if page.is_closed():
            return
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.context.clear_permissions()
        self.context.clear_cookies()
        page.emulate_media(media="null")
        page.goto("about:blank")
        self.free.append(page)


class Stroll:
    """A reader who goes from address to address within the app, as by a link: half the time of new visits.

    What was chosen on other pages is still chosen, as in the app itself; `cold` begins anew.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.begun = False

    def go(self, path: str, *, cold: bool = False) -> Page:
        """The page at an address, drawn; the first one always anew."""
        if cold or not self.begun:
            self.begun = True
            self.page.goto(self.address + path)
        else:
            self.page.evaluate(FOLLOW, path)
        settle(self.page)
        return self.page

    def follow(self, page: str) -> Page:
        """A page by its link in the navigation."""
        path = "" if page == PATHS[0] else page
        self.page.locator(f"[data-testid='stSidebarNavLink'][href$='/{path}']").click()
        settle(self.page)
        return self.page
