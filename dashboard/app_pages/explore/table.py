"""The explorer's table and download: each value with unit, year, rank, status, source, release, licence."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.figures import figure
from dashboard.charts.scalars import Row, records
from dashboard.components import explain, links, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader


def status(code: str) -> str:
    """An obs_status in words; the code itself where there are none."""
    return {"A": _("as reported"), "E": _("estimated"), "U": _("unreliable")}.get(code, code)


def markup(reader: Reader, rows: pd.DataFrame) -> str:
    """The rows as a table; UN Member States lead to their page."""
    members = set(reader.areas.index[reader.areas["un_member"]])
    kpis, names, titles = reader.kpis, reader.area_names.to_dict(), reader.sources["title"].to_dict()
    has_origin = bool(rows["reference_year"].notna().any() or rows["input_source"].notna().any())
    body: list[list[Cell]] = []
    for row in records(rows):
        area: Cell = str(names[row["ref_area"]])
        if row["ref_area"] in members:
            area = links.to(reader, "country", str(area), country=row["ref_area"], kpi=row["kpi"])
        source = str(titles.get(row["source"], row["source"]))
        body.append([area, *_cells(reader, kpis[row["kpi"]], row, source, has_origin=has_origin)])
    caption = _("Values by KPI, the newest first")
    return table.html(caption, _columns(has_origin), body, tall=True, no_data=_("no rank"))


def _cells(reader: Reader, kpi: KpiView, row: Row, source: str, *, has_origin: bool) -> list[Cell]:
    """The cells after the area. has_origin: with the year and survey that the publisher names."""
    return [
        str(row["time_period"]),
        figure(row["obs_value"], kpi, row["time_period"], reader.ctx, dated=False),
        *([explain.measured(row)] if has_origin else []),
        kpi.unit,
        MISSING if pd.isna(row["rank"]) else f"{row['rank']:.0f} / {row['n']:.0f}",
        status(str(row["obs_status"])),
        escape(kpi.name) + sources.licence_mark(kpi),
        source,
        Markup('<span class="e-nowrap">{}</span>').format(row["vintage"]),
    ]


def _columns(has_origin: bool) -> list[Column]:
    return [
        Column(_("Country or area")),
        Column(_("Year"), True),
        Column(_("Value"), True, answer=True),
        *([Column(_("Measured"))] if has_origin else []),
        Column(_("Unit")),
        Column(_("Rank / n"), True),
        Column(_("Status")),
        Column("KPI"),
        Column(_("Source")),
        Column(_("Release")),
    ]


def export(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """All rows, with names and licence in the reader's language beside the codes."""
    kpi_names = {kpi.id: kpi.name for kpi in reader.kpis.values()}
    download = rows.drop(columns=["licence_en", "licence_es"]).assign(licence=rows[f"licence_{reader.lang}"])
    download.insert(1, "kpi_name", rows["kpi"].map(kpi_names))
    download.insert(3, "area_name", rows["ref_area"].map(reader.area_names))
    return download


def how() -> None:
    """What the rows are."""
    sentences = (
        _(
            "Each row is one value as held: by KPI, the newest first, "
            "then by ISO code of the country or area."
        ),
        _("A group stands for those that were its members in the year of the value."),
        _("Rank: among the UN Member States with a value in that year; n says how many."),
    )
    st.html("".join(Markup("<p>{}</p>").format(sentence) for sentence in sentences))
