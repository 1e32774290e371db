"""What would fill the gaps of a country: what others have, and what nobody has yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts import coverage_words as coverage
from dashboard.charts.scalars import records
from dashboard.reads import shared as data
from dashboard.reads.kept import worded

if TYPE_CHECKING:
    from dashboard.charts.context import KpiView
    from dashboard.charts.scalars import Row
    from dashboard.reads.reader import Reader

# Who could fill a gap, the nearest first: others have a fresh figure; it is computed from other KPIs; nobody
# has a fresh one; no source in use has any.
WHO = ("others", "parts", "nobody", "no_source")


@worded(64)
def gaps(reader: Reader, area: str, group_id: str) -> pd.DataFrame:
    """KPIs without a fresh value here, those first that most of the group have.

    kpi, dimension, year (latest here, missing without one), newest (of any State), have, n (countries of the
    group with a fresh value, and how many these are), who (of WHO).
    """
    rows = data.country(reader.warehouse, area)
    missing = rows[~coverage.is_fresh(rows)]
    latest = data.latest(reader.warehouse, missing["kpi"], reader.areas.index[reader.areas["un_member"]])
    fresh = latest[latest["fresh"].fillna(False).astype(bool)]
    peers = [member for member in data.members(reader.warehouse, group_id) if member != area]
    have = fresh[fresh["ref_area"].isin(peers)].groupby("kpi").size()
    table = pd.DataFrame(
        {
            "kpi": missing["kpi"],
            "dimension": missing["dimension"],
            "year": missing["time_period"].where(missing["obs_value"].notna()),
            "newest": missing["kpi"].map(latest.groupby("kpi")["time_period"].max()),
            "have": missing["kpi"].map(have).fillna(0).astype(int),
            "n": len(peers),
        }
    )
    anybody = set(fresh["kpi"])
    who = [_who(reader.kpi(row["kpi"]), row, row["kpi"] in anybody) for row in records(table)]
    ordered = table.assign(who=pd.Categorical(who, WHO, ordered=True))
    return ordered.sort_values(["who", "have"], ascending=[True, False], kind="stable", ignore_index=True)


def _who(kpi: KpiView, row: Row, is_fresh_somewhere: bool) -> str:
    if kpi.derive:
        return "parts"
    if is_fresh_somewhere:
        return "others"
    return "no_source" if pd.isna(row["newest"]) else "nobody"
