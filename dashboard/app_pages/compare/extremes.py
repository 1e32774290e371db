"""The best and the worst value of each KPI among several areas. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.context import KpiView

BEST, WORST = "best", "worst"
Marks = dict[tuple[str, str], str]  # by KPI and area: BEST or WORST


def marks(rows: pd.DataFrame, kpis: Mapping[str, KpiView]) -> Marks:
    """Who has the best and who the worst value, ties together.

    rows: kpi, id, obs_value, n. Nobody where all have the same value as it is printed, where a KPI has no
    better side, or where one area alone has a value. The coded answers of a group are counts, not a level:
    they take no part.
    """
    marked: Marks = {}
    for kpi_id, of_kpi in rows.dropna(subset=["obs_value"]).groupby("kpi", sort=False):
        kpi = kpis[str(kpi_id)]
        part = of_kpi[of_kpi["n"] == 1] if kpi.coded else of_kpi
        if kpi.direction == "context" or len(part) < 2:
            continue
        values = dict(zip(part["id"], part["obs_value"].round(kpi.precision), strict=True))
        high, low = max(values.values()), min(values.values())
        best, worst = (low, high) if kpi.direction == "lower" else (high, low)
        if high != low:
            marked |= {(kpi.id, area): BEST for area, value in values.items() if value == best}
            marked |= {(kpi.id, area): WORST for area, value in values.items() if value == worst}
    return marked


def counts(marked: Marks, what: str) -> dict[str, int]:
    """By area, in how many KPIs it is best, or worst, alone or with others."""
    areas = [area for (_kpi, area), mark in marked.items() if mark == what]
    return {area: areas.count(area) for area in dict.fromkeys(areas)}
