"""The alternative that the build is measured against gives the same tables."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis.queries import Warehouse
from tests.benchmarks import pandas_build

ROUNDING = 1e-9  # sums in another order, and a least-squares line from moments


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory, wh: Warehouse) -> pandas_build.Tables:
    return pandas_build.build(tmp_path_factory.mktemp("pandas"), wh.as_of)


def aligned(ours: pd.DataFrame, theirs: pd.DataFrame, keys: list[str], column: str) -> pd.DataFrame:
    both = ours[[*keys, column]].merge(
        theirs[[*keys, column]], on=keys, how="outer", suffixes=("", "_pandas")
    )
    assert len(both) == len(ours) == len(theirs)
    return both


@pytest.mark.parametrize(
    ("table", "keys", "column"),
    [
        ("kpi_value", ["kpi", "ref_area", "time_period"], "obs_value"),
        ("standing", ["measure", "ref_area", "time_period"], "rank"),
        ("standing", ["measure", "ref_area", "time_period"], "change"),
        ("standing", ["measure", "ref_area", "time_period"], "percentile"),
        ("kpi_latest", ["kpi", "ref_area"], "percentile"),
        ("kpi_latest", ["kpi", "ref_area"], "obs_value"),
        ("group_value", ["kpi", "group_id", "time_period"], "median"),
        ("group_value", ["kpi", "group_id", "time_period"], "weighted_mean"),
        ("group_value", ["kpi", "group_id", "time_period"], "n_members"),
        ("coverage", ["kpi", "ref_area"], "gaps"),
    ],
)
def test_both_ways_agree(
    wh: Warehouse, tables: pandas_build.Tables, table: str, keys: list[str], column: str
) -> None:
    query = f"select * from {table}"
    ours = wh.sql(query)
    if table == "group_value":
        ours = ours.rename(columns={"measure": "kpi"})
    both = aligned(ours, tables[table], keys, column).astype(
        {column: "float64", f"{column}_pandas": "float64"}
    )
    assert both[column].isna().equals(both[f"{column}_pandas"].isna())
    assert (both[column] - both[f"{column}_pandas"]).abs().max() <= ROUNDING
