"""First chart visible in a cold browser, against a bare Streamlit page with one Plotly bar chart."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kpis.building.build import build
from tests.benchmarks.measure import limit, summed
from tests.find_browser import find
from tests.serving import served

REPEATS = 7
MOST = 1.0
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DRAWN = (
    ".js-plotly-plot .main-svg .trace, .js-plotly-plot path.choroplethlocation, .js-plotly-plot path.point"
)


def first_chart(browser: Browser, address: str) -> float:
    """Seconds from the question to the first drawn mark, with nothing in the browser's cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB")
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(DRAWN, state="attached", timeout=60_000)
    took = time.perf_counter() - start
    context.close()
    return took


def main() -> None:
    """Print the times in turns and their ratio."""
    path = find(as_readers=True)
    if path is None:
        print("no browser: run `make browser`")
        return
    bare = ("-m", "tests.benchmarks.bare_server")
    ours: list[float] = []
    theirs: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        served(build(Path(folder) / "escala.duckdb")) as app,
        served(Path(folder) / "none.duckdb", bare) as other,
        sync_playwright() as p,
    ):
        browser = p.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(REPEATS + 1):  # in turns, so that both meet the same machine; the first is not counted
            ours.append(first_chart(browser, app.address))
            theirs.append(first_chart(browser, other.address))
        browser.close()
    mine, least = summed(ours[1:]), summed(theirs[1:])
    print(f"\nfirst mark of the first chart: {mine.median:.2f} s; bare page: {least.median:.2f} s")
    print(limit("ratio to a bare page", mine.median / least.median, MOST, "x"))


if __name__ == "__main__":
    main()
