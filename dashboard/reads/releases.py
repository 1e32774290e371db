"""Reads of the page of what changed."""

from __future__ import annotations

import pandas as pd

from dashboard.data import warehouse
from dashboard.keep import kept
from kpis import changes
from kpis.errors import RequestError


@kept(64)
def moved(version: str, kpi: str) -> pd.DataFrame:
    """Who changed rank between the last two full years of a KPI."""
    return warehouse().moved(kpi)


@kept(2)
def releases(version: str) -> pd.DataFrame:
    """What the last release of each source changed, by source; empty where nothing was seen to change."""
    return warehouse().releases().set_index("source")


@kept(64)
def kpi_release(version: str, kpi: str) -> pd.DataFrame:
    """What the last releases changed in the figures of one KPI; empty where they changed nothing."""
    return warehouse().kpi_release(kpi)


@kept(64)
def revised_ranks(version: str, kpi: str) -> pd.DataFrame:
    """Ranks that differ because the last release changed values of a year held before."""
    return warehouse().revised_ranks(kpi)


@kept(512)
def why(version: str, area: str, start: int, end: int) -> pd.Series | None:
    """Places gained or lost in the EGDI ranking by cause; None where a country was not ranked in both."""
    try:
        found = changes.explain(area, "RANK", start, end, store=warehouse().tables)
    except RequestError:
        return None
    return found.parts.set_index("part")["amount"]
