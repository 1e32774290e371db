"""The countries and groups that stand side by side, by id and name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.charts.context import KpiView
from dashboard.components import pickers
from dashboard.components.groups import trend_rows
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from dashboard.reads.standings import Areas
from kpis import peers

if TYPE_CHECKING:
    from kpis.queries import Warehouse

GROUPS = ["WORLD", "LDC", "SIDS"]  # to start with where the reader's country is not known: none is assumed
SIZE = 5  # lines that can still be told apart


def start(reader: Reader) -> list[str]:
    """What stands side by side until the reader chooses, SIZE at most.

    Their own country, the one looked at on another page, and the peers of the first; without either, groups.
    """
    chosen = [area for area in (pickers.my_country(reader), pickers.place_of_address(reader)) if area]
    if not chosen:
        return GROUPS
    members = pickers.states(reader.warehouse, reader.lang)
    like_it = _peers(reader.warehouse, chosen[0]) if chosen[0] in members else []
    return list(dict.fromkeys([*chosen, *like_it]))[:SIZE]


@cached(data.MANY)
def _peers(wh: Warehouse, area: str) -> list[str]:
    """The countries to compare one with, the nearest first."""
    return list(peers.default_peers(area, SIZE, store=wh.tables)["ref_area"])


def named(reader: Reader, area_ids: list[str]) -> Areas:
    """The areas and groups with their names."""
    return tuple(
        (code, reader.group(code).name if reader.is_group(code) else reader.area(code).name)
        for code in area_ids
    )


def ids_of(areas: Areas) -> list[str]:
    """The ids alone."""
    return [area_id for area_id, _name in areas]


@worded(data.MANY)
def course_rows(reader: Reader, kpi_id: str, areas: Areas) -> pd.DataFrame:
    """Values of the areas, and medians of the groups, over the years: as `trend_rows`; not to be changed."""
    return trend_rows(reader, kpi_id, ids_of(areas))


@worded(data.MANY)
def members(reader: Reader, group_id: str) -> Areas:
    """The countries of a group by name, as areas."""
    codes = data.members(reader.warehouse, group_id)
    return named(reader, pickers.by_name(reader.areas.loc[codes]))


def own_among(reader: Reader, areas: Areas) -> str:
    """The reader's own country, or the one looked at on other pages, if it is among the areas; else ""."""
    area_ids = ids_of(areas)
    own = (pickers.my_country(reader), pickers.place_of_address(reader))
    return next((code for code in own if code in area_ids), "")


def without_value(reader: Reader, kpi: KpiView, areas: Areas) -> list[str]:
    """Names of the areas and groups that have no value of the KPI in any year."""
    rows = course_rows(reader, kpi.id, areas)
    area_ids = set(rows.loc[rows["obs_value"].notna(), "id"])
    return [name for area_id, name in areas if area_id not in area_ids]


def without_value_note(reader: Reader, kpi: KpiView, areas: Areas) -> str:
    """Which areas are not drawn, for the foot; empty where all are."""
    names = ", ".join(without_value(reader, kpi, areas))
    return _("no value of this KPI: {names}").format(names=names) if names else ""


def last_values(rows: pd.DataFrame) -> pd.DataFrame:
    """The last value of each area or group. rows: id, time_period, obs_value."""
    if rows.empty:
        return rows
    return rows.dropna(subset=["obs_value"]).sort_values("time_period").groupby("id", as_index=False).last()
