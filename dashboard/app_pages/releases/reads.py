"""Cached reads of the page Releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from kpis import changes
from kpis.errors import RequestError

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@cached(2)
def releases(wh: Warehouse) -> pd.DataFrame:
    """What the last release of each source changed, by source; empty where nothing was seen to change."""
    return wh.releases().set_index("source")


@cached(2)
def kpis(wh: Warehouse) -> pd.DataFrame:
    """What the last release changed of each KPI, by KPI; empty where nothing was seen to change.

    As `Warehouse.released_kpis`; of its largest revision largest_ref_area, largest_time_period and the other
    columns of `Warehouse.revisions`; ranks_moved and ranks_year: how many States have another rank because of
    the release in the last year in which any has.
    """
    kpis = wh.released_kpis().set_index("kpi")
    revised = wh.revisions(list(kpis.index)).drop_duplicates("kpi").set_index("kpi")
    moved = _moved(wh.revised_ranks(list(kpis.index)))
    newest = moved[moved["time_period"] == moved.groupby("kpi")["time_period"].transform("max")]
    ranks = newest.groupby("kpi").agg(ranks_moved=("ref_area", "size"), ranks_year=("time_period", "max"))
    return kpis.join(revised.add_prefix("largest_")).join(ranks)


@cached(64)
def revisions(wh: Warehouse, kpi: str) -> pd.DataFrame:
    """Values of a KPI that the last release replaced, the largest change first."""
    return wh.revisions(kpi)


@cached(64)
def moved_ranks(wh: Warehouse, kpi: str) -> pd.DataFrame:
    """Countries whose rank in an earlier year changed with the last release, with places gained.

    The newest year first, then the most places.
    """
    rows = _moved(wh.revised_ranks(kpi))
    rows = rows.assign(most=rows["places"].abs()).sort_values(
        ["time_period", "most", "rank_after"], ascending=[False, False, True], ignore_index=True
    )
    return rows.drop(columns="most")


def _moved(ranks: pd.DataFrame) -> pd.DataFrame:
    """Those with a rank before and after, with places gained."""
    both = ranks.dropna(subset=["rank_before", "rank_after"])
    return both.assign(places=both["rank_before"] - both["rank_after"])


@cached(512)
def why(wh: Warehouse, area: str, start: int, end: int) -> pd.Series | None:
    """Places gained or lost in the EGDI ranking by cause; None where a country was not ranked in both."""
    try:
        explanation = changes.explain(area, "RANK", start, end, store=wh.tables)
    except RequestError:
        return None
    return explanation.parts.set_index("part")["amount"]
