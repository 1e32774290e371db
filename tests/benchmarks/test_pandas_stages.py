"""The benchmark's plain pandas version and `kpis.stages` agree; otherwise their times mean nothing."""

from __future__ import annotations

import numpy as np

from kpis.queries import Warehouse
from kpis.stages import compute, readers
from tests.benchmarks import pandas_stages


def test_both_give_the_same_stages(wh: Warehouse) -> None:
    values, gates, areas = readers.inputs(wh.tables)
    years = list(range(2003, wh.as_of + 1))
    ours = compute(values, gates, areas=areas, years=years).table()
    ours = ours[ours["stage"].notna()].sort_values(pandas_stages.KEYS, ignore_index=True)
    theirs = pandas_stages.table(values, gates, areas, years).sort_values(
        pandas_stages.KEYS, ignore_index=True
    )
    assert ours[pandas_stages.KEYS].values.tolist() == theirs[pandas_stages.KEYS].values.tolist()
    for column in ("stage", "stage_all", "stage_mean"):
        assert (ours[column].to_numpy(dtype=int) == theirs[column].to_numpy(dtype=int)).all(), column
    assert ours["confidence"].tolist() == theirs["confidence"].tolist()
    assert np.allclose(ours["distance_mean"], theirs["distance_mean"], rtol=1e-9, equal_nan=True)
