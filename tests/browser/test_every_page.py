"""Every page: its shared link opens cold, and a walk through all in each language stays on this host."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.components.state import PAGES
from tests.browser.conftest import Stroll, Visit, settle

pytestmark = pytest.mark.browser


def listen(page: Page) -> list[str]:
    """Collects what goes wrong in the page from now on: errors in the console and of scripts."""
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"console: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda fault: wrong.append(f"page: {fault}"))
    return wrong


@pytest.mark.parametrize("path", PAGES)
def test_a_shared_link_of_every_page_opens_cold(visit: Visit, path: str) -> None:
    page = visit(f"/{path}?country=COL&lang=es&look=dark", lang="en-GB")
    assert page.locator("[data-testid='stMain'] h1").count() == 1
    assert page.locator("[data-testid='stException'], .st-key-notes .e-note").count() == 0
    assert page.evaluate("document.documentElement.lang") == "es"
    kept = parse_qs(urlsplit(page.url).query)
    assert kept["lang"] == ["es"]
    assert kept["look"] == ["dark"]
    assert urlsplit(page.url).path.strip("/") == ("" if path == PAGES[0] else path)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_walk_through_all_pages_calls_no_other_host_and_logs_no_error(
    visit: Visit, address: str, lang: str
) -> None:
    page = visit(f"/?lang={lang}")
    wrong = listen(page)
    stroll = Stroll(page, address, f"/?lang={lang}")
    links = page.locator("[data-testid='stSidebarNavLink']")
    assert links.count() == len(PAGES)
    for at in range(links.count()):
        stroll.after(links.nth(at).click)
        assert page.locator("[data-testid='stMain'] h1").count() == 1
        assert page.locator("[data-testid='stException']").count() == 0
    stroll.after(page.go_back)
    assert page.foreign == []  # type: ignore[attr-defined]
    assert wrong == []


def test_a_control_reruns_its_page_alone_and_the_table_its_frame_alone(visit: Visit) -> None:
    page = visit("/?lang=en")
    asked: list[str] = []

    def tap(line: WebSocket) -> None:
        line.on("framesent", lambda data: asked.append(BackMsg.FromString(data).rerun_script.fragment_id))

    page.on("websocket", tap)
    page.reload()
    settle(page)
    asked.clear()
    page.get_by_text("Table", exact=True).click()
    settle(page)
    frame = asked[-1]
    page.get_by_text("Tiles", exact=True).click()
    settle(page)
    assert "view=tiles" in page.url
    assert "" not in (frame, asked[-1])  # a fragment each,
    assert frame != asked[-1]  # and not the same


def test_the_back_button_returns_to_the_view_before(visit: Visit) -> None:
    page = visit("/?lang=en")
    page.get_by_text("Tiles", exact=True).click()
    settle(page)
    page.get_by_text("Ranking", exact=True).click()
    settle(page)
    assert "view=ranking" in page.url
    page.go_back()
    settle(page)
    assert "view=tiles" in page.url
