"""Who moved from stage to stage, and how a country came where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.shared import MANY, members
from kpis import stages

if TYPE_CHECKING:
    from dashboard.reads.reader import Reader
    from kpis.queries import Warehouse

WHOLE = "overall"  # the dimension that stands for all


@cached(MANY)
def overall_moves(wh: Warehouse, start: int, end: int) -> pd.DataFrame:
    """Every country with an overall stage in both years, and the change on the same KPIs."""
    return stages.overall_movers(start, end, store=wh.tables)


@cached(MANY)
def history(wh: Warehouse, area: str) -> pd.DataFrame:
    """Stages of a country: one row per dimension and year."""
    return stages.history(area, store=wh.tables)


@cached(MANY)
def moves(wh: Warehouse, start: int, end: int) -> pd.DataFrame:
    """Every dimension and country with stages in both years, and the change on the same KPIs."""
    return stages.movers(start, end, store=wh.tables)


def of_group(reader: Reader, group: str, span: tuple[int, int], dimension: str | None) -> pd.DataFrame:
    """Stages in both years of a group's members, with names; dimension None: all of them."""
    if dimension == WHOLE:
        both = overall_moves(reader.warehouse, *span)
    else:
        both = moves(reader.warehouse, *span)
        both = both if dimension is None else both[both["dimension"] == dimension]
    both = both[both["ref_area"].isin(members(reader.warehouse, group))]
    return both.assign(name=both["ref_area"].map(reader.area_names))


def confirmed(rows: pd.DataFrame) -> pd.Series:
    """Which changes the KPIs with data in both years confirm."""
    return rows["change"] * rows["change_same_kpis"].astype("Int64").fillna(0) > 0
