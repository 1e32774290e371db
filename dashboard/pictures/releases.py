"""The picture of the page What changed: the largest moves of ranks between the last two editions."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.charts import rank_moves
from dashboard.charts.scalars import records
from dashboard.components import sources
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Bar, Ranking
from dashboard.reads import rank_moves as reads
from dashboard.reads.reader import Reader
from kpis.errors import RequestError


def picture(asked: Asked) -> Ranking:
    """Who moved in a KPI and a group. Raises RequestError for the view of sources and without ranks."""
    reader, area = asked.reader, asked.country()
    kpi_id, group = asked.kpi(), asked.group()
    view = asked.one("show", ["ranks", "sources"], "ranks")
    asked.chart("rank_moves")
    if view == "sources":
        raise RequestError("the view show=sources has no picture; that of 'releases' that has one: ranks.")
    rows = reads.of_group(reader, kpi_id, group)
    if rows.empty:
        raise RequestError(f"{kpi_id} has no ranks of two years to compare in {group}.")
    years = [int(rows["year_from"].iloc[0]), int(rows["year_to"].iloc[0])]
    unit = _("Places gained (▲) or lost (▼), {start} to {end}; the largest of each").format(
        start=years[0], end=years[1]
    )
    n = _("n = {n} States").format(n=reader.ctx.number(len(rows)))
    foot = sources.foot(reader, reader.kpi(kpi_id), pd.Series(years, dtype=float), n)
    names = {str(row["ref_area"]): str(row["name"]) for row in records(rows)}
    return bars(reader, rows, names, area, f"{reader.kpi(kpi_id).name} · {unit}", foot)


def bars(
    reader: Reader, rows: pd.DataFrame, names: Mapping[str, str], area: str, unit: str, foot: str
) -> Ranking:
    """The largest rises and falls; area: always among them. rows: as of `rank_moves.largest`."""
    ctx, drawn = reader.ctx, rank_moves.largest(rows, area or None)
    shown = tuple(
        Bar(
            f"▸ {names[row['ref_area']]}" if row["ref_area"] == area else names[row["ref_area"]],
            float(row["rank_change"]),
            rank_moves.directed(int(row["rank_change"]), ctx),
            "up" if row["rank_change"] > 0 else "down",
        )
        for row in records(drawn)
    )
    title, alt = rank_moves.title(rows, names, ctx), rank_moves.alt(drawn, names, ctx)
    return Ranking(about(reader, title, unit, alt, foot), shown)
