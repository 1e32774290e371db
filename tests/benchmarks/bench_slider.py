"""A step of the time slider on World, in the browser: script, style and layout, nothing asked of the server.

What follows is the browser's painting, which a machine without a screen does in its own way. Beside the time
by the clock stands that of the processor, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, sync_playwright

from kpis.building.build import build
from tests.benchmarks.bench_first_chart import FLAGS
from tests.benchmarks.measure import limit, summed
from tests.find_browser import find
from tests.serving import served

MOST_SECONDS = 0.020
STEPS = 120
VIEWS = ("/?lang=en", "/?lang=en&view=tiles", "/?lang=en&view=ranking")
READY = "() => document.querySelector('.e-time input')?.max > 1"
# From the first year to the last and back, with a frame between two steps; milliseconds of each. In one go: a
# slider that rests has the whole page follow.
WALK = """async steps => {
  const range = document.querySelector('.e-time input'), last = Number(range.max), took = [];
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  for (let step = 1; step <= steps; step += 1) {
    const place = step % (2 * last);
    await frame();
    const start = performance.now();
    range.value = place > last ? 2 * last - place : place;
    range.dispatchEvent(new Event('input', { bubbles: true }));
    document.documentElement.getBoundingClientRect();
    took.push(performance.now() - start);
  }
  return took;
}"""
WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")


@dataclass(frozen=True)
class Walked:
    """Seconds of each step by the clock; of the processor for one, on average; what the server was asked."""

    seconds: list[float]
    work: float
    asked: int


def worked(line: CDPSession) -> float:
    """Seconds of the processor that the page has spent on its scripts, styles and layout so far."""
    told = {entry["name"]: entry["value"] for entry in line.send("Performance.getMetrics")["metrics"]}
    return float(sum(told[name] for name in WORK))


def walk(browser: Browser, address: str) -> Walked:
    """Steps through the years of a view. Counted are requests and messages on the page's socket."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    asked: list[object] = []
    page.on("websocket", lambda line: line.on("framesent", lambda sent: asked.append(sent)))
    page.goto(address)
    page.wait_for_function(READY, timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request))
    line = page.context.new_cdp_session(page)
    line.send("Performance.enable", {"timeDomain": "threadTicks"})
    asked.clear()
    before = worked(line)
    took: list[float] = page.evaluate(WALK, STEPS)
    walked = Walked([each / 1000 for each in took], (worked(line) - before) / STEPS, len(asked))
    page.close()
    return walked


def main() -> None:
    """Print the steps of each view against their limit."""
    path = find(as_readers=True)
    if path is None:
        print("no browser: run `make browser`")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        served(build(Path(folder) / "escala.duckdb")) as app,
        sync_playwright() as p,
    ):
        browser = p.chromium.launch(executable_path=path, args=FLAGS)
        for view in VIEWS:
            say(view, walk(browser, f"{app.address}{view}"))
        browser.close()


def say(view: str, walked: Walked) -> None:
    """Prints what the steps of a view took."""
    took = summed(walked.seconds)
    print(f"\n{view}: {len(walked.seconds)} steps, {walked.work * 1000:.1f} ms of the processor each")
    print(limit("a step: median", took.median * 1000, MOST_SECONDS * 1000, "ms"))
    print(limit("a step: p95", took.p95 * 1000, MOST_SECONDS * 1000, "ms"))
    print(limit("asked of the server", walked.asked, 0, ""))


if __name__ == "__main__":
    main()
