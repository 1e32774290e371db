"""Strongest and weakest KPIs."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Kpi
from dashboard.findings import best_and_worst, nearest


def test_only_fresh_directed_parts_count_and_none_is_in_both_lists():
    kpis = {name: Kpi(name, name, "", "", "higher", 0, "services") for name in "ABCDE"}
    kpis["C"] = Kpi("C", "C", "", "", "context", 0, "services")
    kpis["E"] = Kpi("E", "E", "", "", "higher", 0, "overall")
    table = pd.DataFrame({"kpi": list("ABCDE"), "fresh": [True, False, True, True, True],
                          "percentile": [90.0, 99.0, 50.0, 10.0, 1.0], "rank": 1, "n": 10})  # fmt: skip
    best, worst = best_and_worst(table, kpis, keep=1)
    assert best["kpi"].tolist() == ["A"]
    assert worst["kpi"].tolist() == ["D"]


def test_nearest_by_latest_value():
    values = pd.DataFrame({"ref_area": ["A", "B", "C", "B"], "time_period": [2024, 2024, 2024, 2020],
                           "obs_value": [1.0, 5.0, 2.0, 1.0]})  # fmt: skip
    assert nearest(values, "A") == ["C", "B"]
