"""Progress of every KPI with a target, country and method, against pandas row by row."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from kpis import open_warehouse, progress
from kpis.building.build import build
from tests.benchmarks.measure import row, timed

INPUTS = [
    "kpi", "ref_area", "base_year", "base_value", "latest_year", "latest_value", "direction", "target",
    "target_year", "worst", "best", "green",
]  # fmt: skip


def plain_unsd(case: pd.Series) -> str:
    """The UNSD classes of one row with a target, as a script would write them."""
    years = case["latest_year"] - case["base_year"]
    if years == 0 or case["base_value"] <= 0 or case["latest_value"] <= 0:
        return "insufficient_data"
    rate = (case["latest_value"] / case["base_value"]) ** (1 / years) - 1
    projected = case["latest_value"] * (1 + rate) ** (case["target_year"] - case["latest_year"])
    need = case["target"] - case["base_value"]
    if need == 0:
        return "on_track"
    ratio = (projected - case["base_value"]) / need
    for status, cut in (("on_track", 0.95), ("moderate", 0.5), ("marginal", 0.1), ("stagnation", 0.0)):
        if ratio >= cut:
            return status
    return "regression"


def main() -> None:
    """Print one method and all four, each against pandas row by row."""
    with tempfile.TemporaryDirectory() as folder:
        wh = open_warehouse(build(Path(folder) / "w.duckdb"))
        stored = wh.sql("select * from progress where method = 'unsd'")[INPUTS]
        plain = timed(lambda: stored.apply(plain_unsd, axis=1), 5)
        unsd = timed(lambda: progress.assess_table(stored, "unsd"), 20)
        four = timed(lambda: [progress.assess_table(stored, method) for method in progress.METHODS], 10)
        print(row(f"progress, {len(stored):,} series, one method", unsd, plain, "pandas, row by row"))
        print(row(f"progress, {len(stored):,} series, four methods", four, plain, "pandas, one method"))


if __name__ == "__main__":
    main()
