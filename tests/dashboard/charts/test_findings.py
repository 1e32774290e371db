"""Strongest and weakest KPIs."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import sentences
from dashboard.charts.context import Context, KpiView
from dashboard.charts.findings import best_and_worst, nearest


def test_only_fresh_directed_measures_of_many_states_count_and_none_is_in_both_lists():
    kpis = {name: KpiView(name, name, "", "", "higher", 0, "services") for name in "ABCDE"}
    kpis["C"] = KpiView("C", "C", "", "", "context", 0, "services")
    kpis["E"] = KpiView("E", "E", "", "", "higher", 0, "overall")
    kpis["F"] = KpiView("F", "F", "", "", "higher", 0, "services", unit_kind="answer")
    kpis["G"] = KpiView("G", "G", "", "", "higher", 0, "services")
    table = pd.DataFrame(
        {
            "kpi": list("ABCDEFG"),
            "fresh": [True, False, True, True, True, True, True],
            "percentile": [90.0, 99.0, 50.0, 10.0, 1.0, 95.0, 99.0],
            "rank": 1,
            "n": [150, 193, 193, 193, 193, 193, 149],
        }
    )
    best, worst = best_and_worst(table, kpis, keep=1)
    assert best["kpi"].tolist() == ["A"]
    assert worst["kpi"].tolist() == ["D"]


def test_nearest_by_latest_value():
    values = pd.DataFrame({"ref_area": ["A", "B", "C", "B"], "time_period": [2024, 2024, 2024, 2020],
                           "obs_value": [1.0, 5.0, 2.0, 1.0]})  # fmt: skip
    assert nearest(values, "A") == ["C", "B"]


def test_the_largest_change_is_named_with_its_years(ctx: Context, share: KpiView) -> None:
    rows = pd.DataFrame(
        [
            ("COL", "Colombia", 2003, 0.4432),
            ("COL", "Colombia", 2024, 0.7793),
            ("JAM", "Jamaica", 2003, 0.4324),
            ("JAM", "Jamaica", 2024, 0.6678),
        ],
        columns=["id", "name", "time_period", "obs_value"],
    )
    sentence = sentences.moved(rows, share, ctx)
    assert "Colombia" in sentence
    assert "2003" in sentence
    assert ctx.number(0.3361, share.precision, sign=True) in sentence


def test_without_a_second_year_there_is_no_change(ctx: Context, share: KpiView) -> None:
    rows = pd.DataFrame([("COL", "Colombia", 2024, 0.7)], columns=["id", "name", "time_period", "obs_value"])
    assert share.name in sentences.moved(rows, share, ctx)
    assert share.name in sentences.moved(rows.head(0), share, ctx)


def test_the_widest_dimension_is_named(ctx: Context) -> None:
    dots = pd.DataFrame(
        [("services", 75.0), ("services", 49.0), ("legal", 50.0), ("legal", 52.0)],
        columns=["row", "percentile"],
    )
    labels = {"services": "Services", "legal": "Legal framework"}
    assert sentences.widest(dots, labels, ctx) == "Widest apart: Services, 26 points"
    assert "seven" in sentences.widest(dots.iloc[[0]], labels, ctx)
