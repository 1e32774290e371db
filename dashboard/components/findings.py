"""What pages find in tables before they draw; what reads, reads through `dashboard.reads.shared`."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.charts import ranks, sentences
from dashboard.charts.context import Context, KpiView
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

KEPT = 3
NAMED_PEERS = 6  # lines of a trend with a name; the rest of the group is its median


def best_and_worst(
    table: pd.DataFrame, kpis: Mapping[str, KpiView], keep: int = KEPT
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The KPIs with the highest and the lowest percentile.

    table: rows of `Warehouse.country`. Only fresh values count, only KPIs with a better side that most States
    have, no coded answers, whose levels many share, and not the composites of dimension `overall`, which
    repeat the others. Nothing is in both lists.
    """
    directed = [
        one
        for one, kpi in kpis.items()
        if kpi.direction != "context" and kpi.dimension != "overall" and not kpi.coded
    ]
    usable = table["fresh"].fillna(False).astype(bool) & table["kpi"].isin(directed)
    ranked = table[usable & ~table["n"].map(ranks.of_few)].dropna(subset=["percentile", "rank"])
    ranked = ranked.sort_values(["percentile", "n"], ascending=[False, False], kind="stable")
    best = ranked.head(keep)
    worst = ranked.iloc[len(best) :].tail(keep).iloc[::-1]
    return best, worst


def usual_group(reader: Reader, area: str) -> str:
    """Group that pages compare an area with first: SIDS (Caribbean SIDS if there), LDC, else subregion.

    The countries most like an area, one by one, are `kpis.peers.default_peers`.
    """
    row = reader.areas.loc[area]
    group_ids = reader.groups.index
    if row["sids"]:
        caribbean = "CARIBBEAN_SIDS"
        if caribbean in group_ids and area in data.members(reader.warehouse, caribbean):
            return caribbean
        return "SIDS"
    if row["ldc"]:
        return "LDC"
    subregion = f"SUB_{row['subregion_m49']}"
    return subregion if subregion in group_ids else "WORLD"


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
        return last.index[:NAMED_PEERS].tolist()
    distance = (last.drop(area) - last[area]).abs()
    return distance.sort_values(kind="stable").index[:NAMED_PEERS].tolist()


def trend_rows(reader: Reader, kpi: str, ids: list[str]) -> pd.DataFrame:
    """Values of areas and medians of groups over the years: id, name, time_period, obs_value, obs_status."""
    names, grouped = reader.area_names, reader.groups["name"]
    single = tuple(one for one in ids if one not in grouped.index)
    several = tuple(one for one in ids if one in grouped.index)
    parts = []
    if single:
        rows = data.values(reader.warehouse, kpi, single)
        parts.append(rows.assign(id=rows["ref_area"], name=rows["ref_area"].map(names)))
    if several:
        rows = data.group_values(reader.warehouse, (kpi,), several)
        parts.append(
            rows.assign(
                id=rows["group_id"],
                name=rows["group_id"].map(grouped),
                obs_value=rows["median"],
                obs_status="",
            )
        )
    table = pd.concat(parts, ignore_index=True)
    return table.reindex(columns=["id", "name", "time_period", "obs_value", "obs_status"])
