"""A chart in the page of another site: shown to those who are named, as high as it is, with its sources."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext, expect

from dashboard.components import embed

pytestmark = pytest.mark.browser

VIEW = "/embed/country?country=COL&lang=es&look=dark"


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory, address: str) -> Iterator[int]:
    """A site of another host with the code of a chart in its page; the port it listens on."""
    folder = tmp_path_factory.mktemp("ministry")
    code = embed.code(address + VIEW.replace("&", "&amp;"), "Colombia")
    page = f"<!doctype html><h1>Ministerio</h1>{code}<p>Texto</p>"
    (folder / "index.html").write_text(page, encoding="utf-8")
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield site.server_port
        site.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


def test_a_named_site_shows_the_chart_alone_and_as_high_as_it_is(
    context: BrowserContext, ministry: int
) -> None:
    page = context.new_page()
    page.goto(f"http://localhost:{ministry}/")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
    expect(frame.locator(".e-title:visible")).to_have_count(1)
    expect(frame.get_by_text("Fuentes:")).to_be_visible()
    for chrome in ("stSidebar", "stHeader"):
        expect(frame.get_by_test_id(chrome)).to_be_hidden()
    link = frame.get_by_role("link", name="Abrir en Escala")
    expect(link).to_have_attribute("href", "../country?lang=es&look=dark&country=COL#chart-profile")
    page.wait_for_function(f"Number(document.querySelector('iframe').height) !== {embed.HEIGHT}")
    page.wait_for_timeout(500)
    scrolled = frame.locator("[data-testid=stMain]").evaluate("box => box.scrollHeight - box.clientHeight")
    assert scrolled <= 1
    page.close()


def test_a_site_that_is_not_named_shows_nothing(context: BrowserContext, ministry: int) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"http://127.0.0.1:{ministry}/", wait_until="load")
    page.wait_for_timeout(300)
    assert any("frame-ancestors" in text for text in said), said
    page.close()
