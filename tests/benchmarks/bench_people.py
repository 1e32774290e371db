"""A hundred people at once, moving through the pages: errors, times, memory.

Four minutes: in the first two the caches fill, in the last two memory must rest.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from pathlib import Path

from kpis.building.build import build
from tests.benchmarks.measure import limit, summed
from tests.benchmarks.reader import Reader, Run, addresses
from tests.serving import Served, served

PEOPLE = 100
PAUSE_SECONDS = 5.0
SECONDS = float(os.environ.get("ESCALA_BENCH_SECONDS", "240"))
P95_SECONDS = 0.6
MOST_MEGABYTES = 700.0
MOST_GROWTH = 1.10  # of the last eighth of the time over the one in the middle
COUNTRIES = ("COL", "JAM", "NAM", "TUV", "DNK", "URY", "KOR", "BRB", "RWA", "EST", "PRK", "IND")


async def _one(number: int, server: Served, end: float, runs: list[Run]) -> None:
    """One person: a page, perhaps another choice on it, a pause, the next page."""
    dice = random.Random(number)
    pages = [page for page, _ in addresses()]
    await asyncio.sleep(dice.random() * PAUSE_SECONDS)
    async with Reader(server, dice.choice(("en", "es"))) as reader:
        while time.monotonic() < end:
            if reader.controls and dice.random() < 0.5:
                name = dice.choice([key for key, control in reader.controls.items() if control.labels])
                runs.append(await reader.move(name, dice.choice(reader.controls[name].labels)))
            else:
                runs.append(await reader.open(dice.choice(pages), country=dice.choice(COUNTRIES)))
            await asyncio.sleep(PAUSE_SECONDS)


async def _watch(server: Served, end: float, memory: list[float]) -> None:
    while time.monotonic() < end:
        memory.append(server.resident_megabytes())
        await asyncio.sleep(1)


async def crowd(server: Served) -> tuple[list[Run], list[float]]:
    """The runs of all people, and the memory of the server in MB, second by second."""
    runs: list[Run] = []
    memory: list[float] = []
    end = time.monotonic() + SECONDS
    people = [_one(number, server, end, runs) for number in range(PEOPLE)]
    await asyncio.gather(_watch(server, end, memory), *people)
    return runs, memory


def growth(memory: list[float]) -> float:
    """Memory in the last eighth of the time over that in the one after half time."""
    half, eighth = len(memory) // 2, max(1, len(memory) // 8)
    return sum(memory[-eighth:]) / sum(memory[half : half + eighth])


def main() -> None:
    """Print how the limits are met."""
    with tempfile.TemporaryDirectory() as folder, served(build(Path(folder) / "escala.duckdb")) as server:
        before = server.cpu_seconds()
        runs, memory = asyncio.run(crowd(server))
        spent = server.cpu_seconds() - before
    took = summed([run.seconds for run in runs])
    faults = [fault for run in runs for fault in run.faults]
    print(f"\n{PEOPLE} people, {SECONDS:.0f} s, {len(runs)} runs, median {took.median * 1000:.0f} ms")
    print(f"processor time of the server: {spent / len(runs) * 1000:.0f} ms a run")
    print(limit("p95 of a run", took.p95, P95_SECONDS, "s"))
    print(limit("faults shown", len(faults), 0, ""))
    print(limit("most memory of the server", max(memory), MOST_MEGABYTES, "MB"))
    print(limit("memory at the end over that at half time", growth(memory), MOST_GROWTH, "x"))
    for fault in sorted(set(faults))[:5]:
        print(f"  {fault}")


if __name__ == "__main__":
    main()
