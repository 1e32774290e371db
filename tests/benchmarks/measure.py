"""Times two ways of doing the same thing in one run and prints the ratio."""

from __future__ import annotations

import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Seconds of one way: median and the 95th percentile of the repeats."""

    median: float
    p95: float


def timed(work: Callable[[], object], repeats: int, *, warm: int = 1) -> Timing:
    """Median and p95 of repeated runs after `warm` unmeasured ones."""
    for _ in range(warm):
        work()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return summed(seconds)


def summed(seconds: Sequence[float]) -> Timing:
    """Median and p95 of some seconds; nothing measured gives NaN."""
    if not seconds:
        return Timing(math.nan, math.nan)
    ordered = sorted(seconds)
    return Timing(statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))])


def limit(name: str, figure: float, most: float, unit: str) -> str:
    """One line: a figure, its limit, the ratio, and whether it is kept."""
    share = f"{figure / most:>5.2f}" if most else "    –"
    verdict = "kept" if figure <= most else "MISSED"
    return f"{name:<44} {figure:>9.2f} {unit:<3} limit {most:>8.2f} {unit:<3} ratio {share}   {verdict}"


def row(name: str, ours: Timing, theirs: Timing, against: str) -> str:
    """One line: our time, the alternative's, and how many times faster ours is."""
    return (
        f"{name:<44} {ours.median * 1000:>9.2f} ms   {against:<22} {theirs.median * 1000:>9.2f} ms"
        f"   {theirs.median / ours.median:>6.1f}x"
    )


def peak_megabytes(code: str) -> float:
    """Peak resident memory of a Python program run in a process of its own, in MB."""
    program = f"{code}\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def own_peak_megabytes() -> float:
    """Peak resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
