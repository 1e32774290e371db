"""The table of all KPIs: latest values, a column for each area or group."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.compare.areas import Areas
from dashboard.app_pages.compare.standings import standings
from dashboard.charts import figures
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, kpi_tables, links, table
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader


@cached(frame.CACHED_FRAMES)
def values(reader: Reader, areas: Areas) -> Table:
    """Latest values of every KPI that any of the areas has, by dimension."""
    columns = [
        Column("KPI"),
        Column(_("Unit")),
        *(kpi_tables.heading(reader, area_id, name) for area_id, name in areas),
    ]
    body, sections = _body(reader, areas)
    caption = _("Latest values with their year; groups: median of their countries")
    return (
        _("All KPIs"),
        table.html(caption, columns, body, sections=sections, no_data=_("no data")),
        lambda: _export(standings(reader, areas), reader.kpis),
        "escala_compare",
    )


def _body(reader: Reader, areas: Areas) -> tuple[list[list[Cell]], dict[int, str]]:
    """The rows, and the dimensions by the number of the row they stand above."""
    kpis = reader.kpis
    cells = {
        (row["kpi"], row["id"]): _cell(reader, kpis[row["kpi"]], row)
        for row in records(standings(reader, areas))
    }
    kpi_ids = {kpi_id for kpi_id, _area_id in cells}
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension, title in reader.dimensions.items():
        entries = [kpi for kpi in kpis.values() if kpi.dimension == dimension and kpi.id in kpi_ids]
        if entries:
            sections[len(body)] = title
        body += [
            [
                links.kpi_link(reader, kpi.id),
                kpi.unit,
                *(cells.get((kpi.id, area_id), MISSING) for area_id, _name in areas),
            ]
            for kpi in entries
        ]
    return body, sections


def _cell(reader: Reader, kpi: KpiView, row: Row) -> Markup:
    """A value with the year or years it is of; of a group's coded answer, how many are at the top level."""
    number, phrase = reader.ctx.number, ""
    if kpi.coded and row["n"] > 1:
        phrase = _("{k} of {n} at the highest level").format(k=number(row["top"]), n=number(row["n"]))
    return figures.figure(
        row["obs_value"],
        kpi,
        row["last_year"],
        reader.ctx,
        first=row["first_year"],
        named=False,
        phrase=phrase,
    )


def _export(rows: pd.DataFrame, kpis: Mapping[str, KpiView]) -> pd.DataFrame:
    """The table as it is shown, each value with unit, years, source and licence."""
    origin = pd.DataFrame([kpis[kpi_id].provenance() for kpi_id in rows["kpi"].unique()])
    return rows.drop(columns="dimension").merge(origin, on="kpi")
