"""One tab of a browser over many pages: what it holds after a collection comes to rest."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, sync_playwright

from dashboard.navigation import PATHS
from tests.benchmarks.bench_first_chart import FLAGS
from tests.browser.reading import AT_REST
from tests.find_browser import find
from tests.serving import served
from tests.soak.figures import built

CHANGES = 60
LOOK_EVERY = len(PATHS)  # so that the same page is looked at
MOST_GROWTH = 1.10  # of the last look over the second: by then every script has been loaded
PATIENCE = 60_000  # ms
FOLLOW = """where => [...document.querySelectorAll("[data-testid='stSidebarNavLink']")]
  .find(link => new URL(link.href).pathname === where).click()"""


@dataclass(frozen=True)
class Held:
    """What a tab holds: megabytes of its scripts, elements (also those that are in no page), listeners."""

    megabytes: float
    nodes: int
    listeners: int


def held(page: Page, line: CDPSession) -> Held:
    """What is left after a collection. Twice: what the first one frees lets go of more."""
    for _ in range(2):
        line.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    told = {entry["name"]: entry["value"] for entry in line.send("Performance.getMetrics")["metrics"]}
    return Held(told["JSHeapUsedSize"] / 1e6, int(told["Nodes"]), int(told["JSEventListeners"]))


def walk(page: Page, line: CDPSession, changes: int) -> list[Held]:
    """Goes from page to page by the links of the side bar; what is held each time it is back at the first."""
    seen = []
    for change in range(1, changes + 1):
        path = PATHS[change % len(PATHS)]
        where = "/" if path == PATHS[0] else f"/{path}"
        page.evaluate(FOLLOW, where)
        page.wait_for_function("where => location.pathname === where", arg=where, timeout=PATIENCE)
        page.wait_for_timeout(300)
        page.wait_for_function(AT_REST, timeout=PATIENCE)
        if change % LOOK_EVERY == 0:
            seen.append(held(page, line))
            print(
                f"  {change:3} pages: {seen[-1].megabytes:.1f} MB, {seen[-1].nodes} elements, "
                f"{seen[-1].listeners} listeners",
                flush=True,
            )
    return seen


def main() -> int:
    """Prints what the tab held; a failure for each measure that grows."""
    with tempfile.TemporaryDirectory() as home, served(built(home)) as app, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        line = page.context.new_cdp_session(page)
        line.send("Performance.enable")
        page.goto(f"{app.address}/?lang=en&mine=COL")
        page.wait_for_function(AT_REST, timeout=PATIENCE)
        seen = walk(page, line, CHANGES)
        browser.close()
    second, last = seen[1], seen[-1]
    grown = {
        "scripts": last.megabytes / second.megabytes,
        "elements": last.nodes / second.nodes,
        "listeners": last.listeners / second.listeners,
    }
    for what, ratio in grown.items():
        print(f"{what}: {ratio:.2f} times as many at the end as after {2 * LOOK_EVERY} pages")
    return sum(ratio > MOST_GROWTH for ratio in grown.values())
