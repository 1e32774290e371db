"""Monte Carlo ranks against plain pandas, in the same run, and how time grows with the draws.

Run: python -m tests.benchmarks.bench_composite
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np
import pandas as pd

from kpis.composite import Choices, Draws, draw, normalise, uncertainty
from kpis.composite.draws import MILLION

AREAS, INDICATORS, PILLARS = 193, 15, 3
DRAWS = 10_000
PLAIN_DRAWS = 200
MIXED = Choices(
    imputation=("none", "column median"),
    treatment=("none", "winsorise 5"),
    normalisation=("min-max", "z-score"),
    aggregation=("arithmetic", "geometric"),
)
SCALES = {"min-max": (1.0, 100.0), "z-score": (100.0, 10.0)}


def case(gaps: float = 0.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values of 193 areas and 15 indicators, and a structure of three pillars."""
    rng = np.random.default_rng(193)
    values = rng.lognormal(size=(AREAS, INDICATORS))
    values[rng.uniform(size=values.shape) < gaps] = np.nan
    names = [f"x{i:02d}" for i in range(INDICATORS)]
    rows = [(name, f"P{i % PILLARS}", 1.0 + i % 4) for i, name in enumerate(names)]
    rows += [(f"P{i}", "I", 1.0) for i in range(PILLARS)]
    structure = pd.DataFrame([*rows, ("I", None, 1.0)], columns=["code", "parent", "weight"])
    return pd.DataFrame(values, index=[f"a{i:03d}" for i in range(AREAS)], columns=names), structure


def plain_pandas(values: pd.DataFrame, structure: pd.DataFrame, draws: Draws, n: int) -> pd.DataFrame:
    """The same ranks with one pass of pandas per draw: what one would write without this package."""
    scores = normalise(values)
    base = structure.set_index("code")["weight"]
    children = {parent: list(group["code"]) for parent, group in structure.groupby("parent")}
    factors = draws.to_frame().iloc[1 : n + 1].filter(like="weight:").rename(columns=lambda name: name[7:])
    weights = factors / MILLION * base[list(factors.columns)]
    ranks = {}
    for at in weights.index:
        weight = weights.loc[at]
        nodes = scores.copy()
        for parent, codes in children.items():
            if parent != "I":
                nodes[parent] = (nodes[codes] * weight[codes]).sum(axis=1) / weight[codes].sum()
        index = (nodes[children["I"]] * weight[children["I"]]).sum(axis=1) / weight[children["I"]].sum()
        ranks[at] = index.rank(ascending=False, method="min")
    return pd.DataFrame(ranks)


def seconds(run: Callable[[], object], repeats: int = 3) -> float:
    """Shortest of a few runs."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    values, structure = case()
    draws = draw(structure, DRAWS, seed=1)
    ours = seconds(lambda: uncertainty(values, structure, draws))
    plain = seconds(lambda: plain_pandas(values, structure, draws, PLAIN_DRAWS), 1) * DRAWS / PLAIN_DRAWS
    same = np.array_equal(
        uncertainty(values, structure, draws).ranks[:PLAIN_DRAWS].T,
        plain_pandas(values, structure, draws, PLAIN_DRAWS).to_numpy(),
    )
    print(f"{DRAWS:,} draws × {AREAS} areas × {INDICATORS} indicators, ranks included")
    print(f"  this package              {ours:8.3f} s")
    print(f"  plain pandas              {plain:8.3f} s  (from {PLAIN_DRAWS} draws; same ranks: {same})")
    print(f"  ratio                     {plain / ours:8.0f} ×")
    gappy, _ = case(gaps=0.1)
    mixed = draw(structure, DRAWS, seed=1, choices=MIXED)
    seconds_taken = seconds(lambda: uncertainty(gappy, structure, mixed, scales=SCALES))
    print(f"  10 % gaps, 16 variants    {seconds_taken:8.3f} s")
    for name, n in (("geometric", DRAWS), ("median", DRAWS), ("mpi", DRAWS), ("copeland", DRAWS // 50)):
        choices = Choices(normalisation=("z-score",), aggregation=(name,))
        draws = draw(structure, n, seed=1, choices=choices)
        seconds_taken = seconds(lambda draws=draws: uncertainty(values, structure, draws, scales=SCALES), 1)
        print(f"  {name + f', {n:,} draws':<25} {seconds_taken:8.3f} s")
    for n in (1_000, 10_000, 100_000):
        more = draw(structure, n, seed=1)
        seconds_taken = seconds(lambda more=more: uncertainty(values, structure, more), 1)
        print(f"  {n:>7,} draws             {seconds_taken:8.3f} s  {seconds_taken / n * 1e6:6.1f} µs a draw")
        print(f"  peak memory so far        {peak_megabytes():8.0f} MB")


def peak_megabytes() -> float:
    """Highest memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
