"""A crowd on a real server: nobody sees a fault, and memory comes to rest."""

from __future__ import annotations

import tempfile

from tests.benchmarks.bench_people import MOST_GROWTH, MOST_MEGABYTES, PEOPLE, SECONDS, crowd, growth
from tests.serving import served
from tests.soak.figures import built


def main() -> int:
    """Prints what the crowd met and how much memory it took; times are for `make bench`."""
    with tempfile.TemporaryDirectory() as home, served(built(home)) as server:
        met = crowd(server)
    runs, memory = met.runs, met.memory
    faults = sorted({fault for run in runs for fault in run.faults})
    for fault in faults[:5]:
        print(f"  {fault}")
    too_much, grown = max(memory) > MOST_MEGABYTES, growth(memory)
    print(
        f"{PEOPLE} people, {SECONDS:.0f} s, {len(runs)} runs, {len(faults)} kinds of faults; at most "
        f"{max(memory):.0f} MB, {grown:.2f} times as much at the end as at half time"
    )
    return bool(faults) + too_much + (grown > MOST_GROWTH) + (len(runs) < PEOPLE)
