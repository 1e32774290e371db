"""What is found in the tables of a country before it is drawn or written."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.charts import ranks, sentences
from dashboard.charts.context import Context, KpiView
from dashboard.charts.scalars import strings

TOP_KPIS = 4
NAMED_PEERS = 6  # lines of a trend with a name; the rest of the group is its median


def best_and_worst(
    table: pd.DataFrame, kpis: Mapping[str, KpiView], keep: int = TOP_KPIS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The KPIs with the highest and the lowest percentile.

    table: rows of `Warehouse.country`. Only fresh values count, only KPIs with a better side that most States
    have, no coded answers, whose levels many share, and not the composites of dimension `overall`, which
    repeat the others. Nothing is in both lists.
    """
    directed = [
        kpi_id
        for kpi_id, kpi in kpis.items()
        if kpi.direction != "context" and kpi.dimension != "overall" and not kpi.coded
    ]
    usable = table["fresh"].fillna(False).astype(bool) & table["kpi"].isin(directed)
    ranked = table[usable & ~table["n"].map(ranks.of_few)].dropna(subset=["percentile", "rank"])
    ranked = ranked.sort_values(["percentile", "n"], ascending=[False, False], kind="stable")
    best = ranked.head(keep)
    worst = ranked.iloc[len(best) :].tail(keep).iloc[::-1]
    return best, worst


def since_before(values: pd.DataFrame, ctx: Context) -> str:
    """Change of rank since the edition before the last, in words; empty if there is none.

    values: rows of one KPI and area with time_period and rank.
    """
    ranked = values.dropna(subset=["rank"]).sort_values("time_period")
    if len(ranked) < 2:
        return ""
    before, last = ranked.iloc[-2], ranked.iloc[-1]
    return sentences.places(before["rank"] - last["rank"], int(before["time_period"]), ctx)


def nearest(values: pd.DataFrame, area: str) -> list[str]:
    """Areas whose latest values are nearest to the area's, at most NAMED_PEERS. values: rows of one KPI."""
    last = (
        values.dropna(subset=["obs_value"]).sort_values("time_period").groupby("ref_area")["obs_value"].last()
    )
    if area not in last.index:
        return strings(last.index[:NAMED_PEERS])
    distance = (last.drop(area) - last[area]).abs()
    return strings(distance.sort_values(kind="stable").index[:NAMED_PEERS])
