"""Stages of all countries, dimensions and years, against plain pandas in the same run, and how time grows."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from kpis import peers
from kpis.building.build import build
from kpis.links import association
from kpis.stages import compute, profile, readers
from kpis.warehouse import Store
from tests.benchmarks import pandas_stages
from tests.benchmarks.measure import peak_megabytes, row, timed

BUDGET_SECONDS = 3.0
REPEATS = 7
PEAK = """
from pathlib import Path
from kpis.stages import readers, table
from kpis.warehouse import Store
table(Store(Path({path!r})))
"""


def whole_table(store: Store) -> pd.DataFrame:
    """From the warehouse's rows to the finished table, nothing cached."""
    values, gates, areas = readers.inputs(store)
    return compute(values, gates, areas=areas, years=range(2003, store.as_of + 1)).table()


def copies(values: pd.DataFrame, areas: list[str], times: int) -> tuple[pd.DataFrame, list[str]]:
    """The same figures for `times` as many areas."""
    named = [values.assign(ref_area=values["ref_area"] + f"_{n}") for n in range(times)]
    return pd.concat(named, ignore_index=True), [f"{area}_{n}" for n in range(times) for area in areas]


def main() -> None:
    """Print the tables of times."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(build(Path(folder) / "escala.duckdb"))
        values, gates, areas = readers.inputs(store)
        years = list(range(2003, store.as_of + 1))
        print(f"\nStages: 193 countries x 7 dimensions x {len(years)} years")
        ours = timed(lambda: whole_table(store), REPEATS)
        theirs = timed(lambda: pandas_stages.table(values, gates, areas, years), 3)
        print(row("read, compute, table of 22 columns", ours, theirs, "plain pandas, 8 columns"))
        bare = timed(lambda: compute(values, gates, areas=areas, years=years), REPEATS)
        print(row("compute alone, chances included", bare, theirs, "plain pandas, 8 columns"))
        print(
            f"budget {BUDGET_SECONDS:.0f} s: {'kept' if ours.p95 <= BUDGET_SECONDS else 'MISSED'}"
            f" (p95 {ours.p95:.3f} s)"
        )
        peak = peak_megabytes(PEAK.format(path=str(store.path)))
        print(f"peak memory of a process that makes the table: {peak:.0f} MB")
        for times in (1, 3, 10, 30):
            more, codes = copies(values, areas, times)
            took = timed(lambda v=more, a=codes: compute(v, gates, areas=a, years=years).table(), 3)
            print(f"  {times * len(areas) * 7 * len(years):>9,} stages  {took.median * 1000:>9.1f} ms")
        profile("COL", store=store)
        for name, work in {
            "profile of one country": lambda: profile("COL", store=store),
            "default peers": lambda: peers.default_peers("COL", store=store),
            "trajectory peers": lambda: peers.trajectory_peers("JAM", "services", store=store),
            "one association": lambda: association.associate("EGDI", "SDG_8.10.2", store=store),
            "residuals": lambda: association.residuals("EGDI", store=store),
        }.items():
            took = timed(work, REPEATS)
            print(f"{name:<44} {took.median * 1000:>9.2f} ms   p95 {took.p95 * 1000:.2f} ms")
        store.close()


if __name__ == "__main__":
    main()
