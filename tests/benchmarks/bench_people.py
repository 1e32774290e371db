"""A hundred people at once, moving through the pages: errors, times, memory.

Each opens a page with one of a dozen countries, in one of two languages; then another page, or another choice
of a control on it, with a pause of five seconds between an answer and the next question. What a control
offers is drawn evenly, all 193 countries and 133 KPIs: people who look where everybody looks would meet more
answers that are kept.

In the first half of the time the caches fill, for a server is opened before a crowd comes; runs are timed in
the second half, in which memory must rest. The people live in a process of their own, of low priority, and
get their answers packed as browsers do: on the machine of the server their share is counted apart.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
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
LOW_PRIORITY = 10
MOST_GROWTH = 1.10  # of the last eighth of the time over the one in the middle
COUNTRIES = ("COL", "JAM", "NAM", "TUV", "DNK", "URY", "KOR", "BRB", "RWA", "EST", "PRK", "IND")


@dataclass
class Crowd:
    """What people met.

    memory: of the server in MB, second by second. cpu: its seconds of work at start, half time and end.
    """

    runs: list[Run]
    memory: list[float]
    cpu: list[float]
    half_time: float = 0.0  # by the clock of the runs
    half_runs: int = 0
    own_cpu: float = 0.0  # seconds of the people's process

    @property
    def timed(self) -> list[Run]:
        """The runs of the second half."""
        return [run for run in self.runs if run.began >= self.half_time]


async def _one(number: int, server: Served, end: float, runs: list[Run]) -> None:
    """One person: a page, perhaps another choice on it, a pause, the next page."""
    dice = random.Random(number)
    pages = [page for page, _ in addresses()]
    await asyncio.sleep(dice.random() * PAUSE_SECONDS)
    async with Reader(server, dice.choice(("en", "es")), packed=True) as reader:
        while time.monotonic() < end:
            if reader.controls and dice.random() < 0.5:
                name = dice.choice([key for key, control in reader.controls.items() if control.labels])
                runs.append(await reader.move(name, dice.choice(reader.controls[name].labels)))
            else:
                runs.append(await reader.open(dice.choice(pages), country=dice.choice(COUNTRIES)))
            await asyncio.sleep(PAUSE_SECONDS)


async def _watch(server: Served, end: float, crowd: Crowd) -> None:
    """Memory second by second; processor time and number of runs at half time."""
    half = (time.monotonic() + end) / 2
    while time.monotonic() < end:
        crowd.memory.append(server.resident_megabytes())
        if not crowd.half_time and time.monotonic() >= half:
            crowd.half_time, crowd.half_runs = time.perf_counter(), len(crowd.runs)
            crowd.cpu.append(server.cpu_seconds())
        await asyncio.sleep(1)


async def _live(server: Served) -> Crowd:
    end = time.monotonic() + SECONDS
    crowd = Crowd([], [], [server.cpu_seconds()])
    people = [_one(number, server, end, crowd.runs) for number in range(PEOPLE)]
    await asyncio.gather(_watch(server, end, crowd), *people)
    crowd.cpu.append(server.cpu_seconds())
    crowd.own_cpu = time.process_time()
    return crowd


def _lived(server: Served) -> Crowd:
    os.nice(LOW_PRIORITY)
    return asyncio.run(_live(server))


def crowd(server: Served) -> Crowd:
    """What a hundred people met, in a process of their own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(_lived, server).result()


def growth(memory: list[float]) -> float:
    """Memory in the last eighth of the time over that in the one after half time."""
    half, eighth = len(memory) // 2, max(1, len(memory) // 8)
    return sum(memory[-eighth:]) / sum(memory[half : half + eighth])


def main() -> None:
    """Print how the limits are met."""
    with tempfile.TemporaryDirectory() as folder, served(build(Path(folder) / "escala.duckdb")) as server:
        met = crowd(server)
    took = summed([run.seconds for run in met.timed])
    faults = [fault for run in met.runs for fault in run.faults]
    start, half, end = met.cpu
    filling, later = (half - start) / met.half_runs, (end - half) / (len(met.runs) - met.half_runs)
    own = met.own_cpu / len(met.runs)
    print(f"\n{PEOPLE} people, {SECONDS:.0f} s, {len(met.runs)} runs, median {took.median * 1000:.0f} ms")
    print(f"processor time of a run: {filling * 1000:.0f} ms while caches fill, {later * 1000:.0f} ms later,")
    print(f"and {own * 1000:.0f} ms of the people; load of the machine {os.getloadavg()[0]:.1f}")
    print(limit("p95 of a run", took.p95, P95_SECONDS, "s"))
    print(limit("faults shown", len(faults), 0, ""))
    print(limit("most memory of the server", max(met.memory), MOST_MEGABYTES, "MB"))
    print(limit("memory at the end over that at half time", growth(met.memory), MOST_GROWTH, "x"))
    for fault in sorted(set(faults))[:5]:
        print(f"  {fault}")


if __name__ == "__main__":
    main()
