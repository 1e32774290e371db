"""The explorer's table and download: each value with unit, year, rank, status, source, release, licence."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.charts.context import MISSING
from dashboard.charts.figures import figure
from dashboard.components import explain, links, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader


def status(code: str) -> str:
    """An obs_status in words; the code itself where there are none."""
    return {"A": _("as reported"), "E": _("estimated"), "U": _("unreliable")}.get(code, code)


def markup(reader: Reader, rows: pd.DataFrame) -> str:
    """The rows as a table; UN Member States lead to their page."""
    listed = reader.kpis
    places = reader.areas
    titles = reader.sources["title"]
    names, members = places["name"].to_dict(), set(places.index[places["un_member"]])
    known = rows["reference_year"].notna().any() or rows["input_source"].notna().any()
    body: list[list[Cell]] = []
    for row in rows.to_dict("records"):
        kpi, area = listed[row["kpi"]], str(row["ref_area"])
        name = str(names[area])
        if area in members:
            name = links.to(reader, "country", name, country=area, kpi=kpi.id)
        body.append(
            [
                name,
                str(row["time_period"]),
                figure(row["obs_value"], kpi, row["time_period"], reader.ctx, dated=False),
                *([explain.measured(row)] if known else []),
                kpi.unit,
                MISSING if pd.isna(row["rank"]) else f"{row['rank']:.0f} / {row['n']:.0f}",
                status(str(row["obs_status"])),
                Html(f"{escape(kpi.name)}{sources.licence_mark(kpi)}"),
                str(titles.get(row["source"], row["source"])),
                Html(f'<span class="e-nowrap">{escape(str(row["vintage"]))}</span>'),
            ]
        )
    columns = [
        Column(_("Country or area")),
        Column(_("Year"), True),
        Column(_("Value"), True),
        *([Column(_("Measured"))] if known else []),
        Column(_("Unit")),
        Column(_("Rank / n"), True),
        Column(_("Status")),
        Column("KPI"),
        Column(_("Source")),
        Column(_("Release")),
    ]
    return table.html(_("Values by KPI, the newest first"), columns, body, tall=True, no_data=_("no rank"))


def export(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """Every row found, with names and licence in the reader's language beside the codes."""
    listed = reader.kpis
    names = reader.area_names
    shown = rows.drop(columns=["licence_en", "licence_es"]).assign(licence=rows[f"licence_{reader.lang}"])
    shown.insert(1, "kpi_name", rows["kpi"].map({one: kpi.name for one, kpi in listed.items()}))
    shown.insert(3, "area_name", rows["ref_area"].map(names))
    return shown


def how() -> None:
    """What the rows are."""
    said = (
        _(
            "Each row is one value as held: by KPI, the newest first, "
            "then by ISO code of the country or area."
        ),
        _("A group stands for those that were its members in the year of the value."),
        _("Rank: among the UN Member States with a value in that year; n says how many."),
    )
    st.html("".join(f"<p>{escape(part)}</p>" for part in said))
