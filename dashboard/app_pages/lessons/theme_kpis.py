"""The KPIs of a theme: medians of its group of countries, and bars where a KPI has a gate."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import KpiView
from dashboard.charts.figures import figure, threshold
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, sources, table
from dashboard.components.frame import Table
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.stages import STAGES

STAGES_WITH_BAR = list(STAGES[1:])


def of_theme(reader: Reader, theme: pd.Series) -> list[str]:
    """KPIs of the theme's own group of KPIs, else of its dimensions."""
    if theme["kpi_group"]:
        groups = reads.kpi_groups(reader.warehouse)
        return list(groups.loc[groups["group_id"] == theme["kpi_group"], "kpi"])
    return [kpi.id for kpi in reader.kpis.values() if kpi.dimension in theme["dimensions"]]


@worded(frame.CACHED_FRAMES)
def framed(reader: Reader, theme_id: str, group_id: str, kpi_ids: tuple[str, ...]) -> Table:
    """The table. group_id: the countries of the medians."""
    kpis = reader.kpis
    medians = reads.medians(reader.warehouse, group_id).reset_index()
    gates = reads.gates().drop_duplicates("kpi")[["kpi", *STAGES_WITH_BAR]]
    rows = pd.DataFrame([kpis[kpi_id].provenance() for kpi_id in kpi_ids])
    rows = rows.merge(medians, on="kpi", how="left").merge(gates, on="kpi", how="left")
    columns = [Column("KPI"), Column(_("Median"), True)]
    columns += [Column(words.stage(stage), True) for stage in STAGES_WITH_BAR]
    caption = _("Median of latest values, {group}; bars of the stages where the KPI has a gate")
    body = [_cells(reader, kpis[row["kpi"]], row) for row in records(rows)]
    caption = caption.format(group=reader.group(group_id).name)
    markup = table.html(caption, columns, body, no_data=_("none"), style="e-theme")
    return _("KPIs and gates"), markup, lambda: rows, f"escala_theme_{theme_id}"


def _cells(reader: Reader, kpi: KpiView, row: Row) -> list[Cell]:
    """Name, median and bars; the dash where there is none."""
    return [
        links.kpi_link(reader, kpi.id) + sources.licence_mark(kpi),
        figure(row["median"], kpi, row["last_year"], reader.ctx, first=row["first_year"]),
        *(threshold(row[stage], kpi, reader.ctx) for stage in STAGES_WITH_BAR),
    ]
