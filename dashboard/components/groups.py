"""Groups beside countries: which one a country is compared with, and lines of both in one table."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.components import pickers
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.texts import mark

# By group: letters that stand for its name where there is little room.
SHORT = {
    "LDC": mark("LDCs"),
    "LLDC": mark("LLDCs"),
    "SIDS": mark("SIDS"),
    "SUB_419": mark("LAC"),
}


def usual_group(reader: Reader, area: str) -> str:
    """The group that a country is compared with unless another is chosen.

    SIDS (Caribbean SIDS if it is one), LDC, else the subregion. The countries most like it, one by one, are
    `kpis.peers.default_peers`.
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


def own_group(reader: Reader, otherwise: str = "WORLD") -> str:
    """The group shown while no country is: the usual one of the reader's own country, else `otherwise`."""
    own = pickers.my_country(reader)
    if own:
        return usual_group(reader, own)
    return otherwise if otherwise in reader.groups.index else "WORLD"


def trend_rows(reader: Reader, kpi: str, ids: list[str]) -> pd.DataFrame:
    """Values of areas and medians of groups over the years: id, name, time_period, obs_value, obs_status."""
    names = reader.area_names
    single = tuple(code for code in ids if not reader.is_group(code))
    several = tuple(code for code in ids if reader.is_group(code))
    parts = []
    if single:
        rows = data.values(reader.warehouse, kpi, single)
        parts.append(rows.assign(id=rows["ref_area"], name=rows["ref_area"].map(names)))
    if several:
        rows = data.group_values(reader.warehouse, (kpi,), several)
        parts.append(
            rows.assign(
                id=rows["group_id"],
                name=rows["group_id"].map({code: reader.group(code).name for code in several}),
                obs_value=rows["median"],
                obs_status="",
            )
        )
    table = pd.concat(parts, ignore_index=True)
    return table.reindex(columns=["id", "name", "time_period", "obs_value", "obs_status"])


def letters(reader: Reader, group_id: str) -> str:
    """The letters in use for a group, else its name."""
    return initials(group_id) or reader.group(group_id).name


def initials(area: str) -> str:
    """The letters in use for a group; "" for one without, and for a country."""
    return _(SHORT[area]) if area in SHORT else ""


def short(reader: Reader, group_id: str) -> Markup:
    """The name of a group as safe HTML; where letters are in use for it, these, with the name as a title."""
    name = reader.group(group_id).name
    if group_id not in SHORT:
        return escape(name)
    return Markup('<abbr title="{}">{}</abbr>').format(name, _(SHORT[group_id]))
