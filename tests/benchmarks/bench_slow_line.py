"""A first visit on a slow line of .8 Mbit/s and 300 ms: bytes, first words, live page, first chart.

Once packed with gzip, which is all that a browser takes from a host without HTTPS, and once with Brotli,
which Chromium also takes from this machine.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from kpis.building.build import build
from tests.benchmarks.bench_first_chart import DRAWN, FLAGS
from tests.benchmarks.measure import limit
from tests.benchmarks.slow_line import slow_line
from tests.find_browser import find
from tests.serving import served

BITS, ROUND_TRIP = 800_000.0, 0.3
NAME = "escala.test"  # this machine under a name of a host without HTTPS
ELSEWHERE = {"X-Forwarded-For": "10.0.0.9"}  # a browser on the same machine would be sent nothing packed
PATHS = ("/?lang=en", "/country?country=COL&lang=es")
MOST = {"bytes": 1.3, "requests": 125, "first words": 2.5, "live headline": 14.0, "first chart": 16.0}
PATIENCE = 120_000  # ms


@dataclass(frozen=True)
class Visit:
    """Megabytes and requests over HTTP; seconds to the first words, the live headline and the first mark."""

    megabytes: float
    requests: int
    first_words: float
    headline: float
    chart: float


def visit(browser: Browser, address: str) -> Visit:
    """A first visit with nothing in the browser's cache."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-GB", extra_http_headers=ELSEWHERE
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    line.on("Network.requestWillBeSent", lambda e: urls.__setitem__(e["requestId"], e["request"]["url"]))
    line.on("Network.loadingFinished", lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"]))
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    seconds = []
    for there in ("#e-first h1", ".e-headline", DRAWN):
        page.wait_for_selector(there, state="attached", timeout=PATIENCE)
        seconds.append(time.perf_counter() - start)
    page.wait_for_timeout(5_000)  # what comes after the chart is part of the visit
    context.close()
    asked = [size for request, size in sizes.items() if urls.get(request, "").startswith("http")]
    return Visit(sum(asked) / 1e6, len(asked), *seconds)


def main() -> None:
    """Print the visits against their limits."""
    path = find(as_readers=True)
    if path is None:
        print("no browser: run `make browser`")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        served(build(Path(folder) / "escala.duckdb")) as app,
        slow_line(urlsplit(app.address).port or 0, BITS, ROUND_TRIP) as port,
        sync_playwright() as p,
    ):
        browser = p.chromium.launch(
            executable_path=path, args=[*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
        )
        for page in PATHS:
            visit(browser, f"{app.address}{page}")  # the server's own first visit
        for packing, host in (("gzip", NAME), ("Brotli", "127.0.0.1")):
            for page in PATHS:
                _say(f"{page} ({packing})", visit(browser, f"http://{host}:{port}{page}"))
        browser.close()


def _say(name: str, seen: Visit) -> None:
    print(f"\n{name}")
    print(limit("bytes of the visit", seen.megabytes, MOST["bytes"], "MB"))
    print(limit("requests", seen.requests, MOST["requests"], ""))
    print(limit("first words, in plain HTML", seen.first_words, MOST["first words"], "s"))
    print(limit("live headline", seen.headline, MOST["live headline"], "s"))
    print(limit("first mark of the first chart", seen.chart, MOST["first chart"], "s"))


if __name__ == "__main__":
    main()
