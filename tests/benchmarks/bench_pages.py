"""Pages over a real websocket session, without a browser: time of a warm run, and what is sent for it."""

from __future__ import annotations

import asyncio
import tempfile
import urllib.request
from pathlib import Path

from dashboard.serve.assets import OUTLINES
from kpis.building.build import build
from tests.benchmarks.measure import Timing, limit, summed
from tests.benchmarks.reader import Reader
from tests.benchmarks.views import REFUSED, all_views, named
from tests.serving import Served, served

LANGUAGES = ("en", "es")
REPEATS = 7
MEDIAN_SECONDS = 0.025
P95_SECONDS = 0.060
MOST_BYTES = 1.5e6


async def _measure(server: Served) -> tuple[list[float], list[float], int]:
    """Seconds of whole runs and of a page's own controls, and the most bytes of one run."""
    whole: list[float] = []
    moved: list[float] = []
    most = 0
    print(f"\n{'view':<52} {'whole run':>10} {'p95':>9} {'control':>10} {'sent':>9}")
    for lang in LANGUAGES:
        async with Reader(server, lang) as reader:
            for page, parameters in all_views():
                runs = [await reader.open(page, **parameters) for _ in range(REPEATS + 2)][2:]
                controls = [
                    control
                    for control in reader.controls.values()
                    if control.fragment and len(control.labels) > 1
                ]
                parts = []
                for control in controls[-1:]:
                    key = next(key for key, other in reader.controls.items() if other is control)
                    parts = [await reader.move(key, control.labels[at % 2]) for at in range(REPEATS)][2:]
                faults = [fault for run in [*runs, *parts] for fault in run.faults]
                if faults and (page, parameters) not in REFUSED:
                    raise RuntimeError(f"{named(page, parameters)}, {lang}: {faults[0]}")
                name = f"{named(page, parameters)}, {lang}"
                sent = max(run.sent for run in [*runs, *parts])
                time, part = summed([run.seconds for run in runs]), summed([run.seconds for run in parts])
                print(
                    f"{name:<52} {time.median * 1000:>7.0f} ms "
                    f"{time.p95 * 1000:>6.0f} ms {part.median * 1000:>7.0f} ms {sent / 1e6:>6.2f} MB"
                )
                whole += [run.seconds for run in runs]
                moved += [run.seconds for run in parts]
                most = max(most, sent)
    return whole, moved, most


def _packed(address: str) -> int:
    """Bytes of an answer as a browser receives it."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        return len(answer.read())


def main() -> None:
    """Print the table of pages and how the limits are met."""
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "escala.duckdb")
        with served(path) as server:
            whole, moved, most = asyncio.run(_measure(server))
            megabytes = server.resident_megabytes()
            outlines = _packed(f"{server.address}/{OUTLINES.removeprefix('./')}")
    for name, seconds in (("whole runs of warm pages", whole), ("a control of a warm page", moved)):
        took: Timing = summed(seconds)
        print(limit(f"{name}: median", took.median * 1000, MEDIAN_SECONDS * 1000, "ms"))
        print(limit(f"{name}: p95", took.p95 * 1000, P95_SECONDS * 1000, "ms"))
    print(limit("most sent for one run", most / 1e6, MOST_BYTES / 1e6, "MB"))
    print(limit("with the outlines of the map, packed", (most + outlines) / 1e6, MOST_BYTES / 1e6, "MB"))
    print(f"memory of the server afterwards: {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
