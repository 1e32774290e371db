"""The explorer's table and download: each value with unit, year, rank, status, source, release, licence."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.explore import facts
from dashboard.charts.context import MISSING
from dashboard.charts.figures import figure
from dashboard.charts.scalars import Row, records
from dashboard.components import explain, links, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader

HEADS = ("ref_area", "kpi", "time_period")  # what may head a row, the best first


def markup(reader: Reader, rows: pd.DataFrame, common: Collection[str], *, whole: bool = True) -> str:
    """The rows as a table; UN Member States lead to their page.

    common: columns of `facts.COMMON` that all values share, so that they are not repeated. The first of those
    that differ heads its row; the country where none does. whole: these are all rows of the list.
    """
    shown = [name for name in _columns(rows) if name not in common] or ["obs_value"]
    head = next((name for name in HEADS if name in shown), "ref_area")
    order = [head, *(name for name in shown if name != head)]
    columns = _columns(rows)
    cells = Cells(reader)
    body = [[cells.of(name, row) for name in order] for row in records(rows)]
    caption = _("Values by KPI, the newest first")
    heads = [columns[name] for name in order]
    return table.html(caption, heads, body, tall=True, whole=whole, no_data=_("no rank"))


def _columns(rows: pd.DataFrame) -> dict[str, Column]:
    """The columns of the table in their order, by what they show."""
    has_origin = bool(rows["reference_year"].notna().any() or rows["input_source"].notna().any())
    return {
        "ref_area": Column(_("Country or area")),
        "kpi": Column("KPI"),
        "time_period": Column(_("Year"), True),
        "obs_value": Column(_("Value"), True, answer=True),
        **({"measured": Column(_("Measured"))} if has_origin else {}),
        "unit_measure": Column(_("Unit")),
        "rank": Column(_("Rank / n"), True),
        "obs_status": Column(_("Status")),
        "source": Column(_("Source")),
        "vintage": Column(_("Release")),
    }


class Cells:
    """Makes the cells of rows of values."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.kpis = reader, reader.kpis
        self.members = set(reader.areas.index[reader.areas["un_member"]])
        self.names, self.titles = reader.area_names.to_dict(), reader.sources["title"].to_dict()
        self.makers: dict[str, Callable[[Row], Cell]] = {
            "ref_area": lambda row: self.area(row["ref_area"], row["kpi"]),
            "kpi": lambda row: (
                escape(self.kpis[row["kpi"]].name) + sources.licence_mark(self.kpis[row["kpi"]])
            ),
            "time_period": lambda row: str(row["time_period"]),
            "obs_value": self._value,
            "measured": explain.measured,
            "unit_measure": lambda row: self.kpis[row["kpi"]].unit,
            "rank": lambda row: MISSING if pd.isna(row["rank"]) else f"{row['rank']:.0f} / {row['n']:.0f}",
            "obs_status": lambda row: facts.status(str(row["obs_status"])),
            "source": lambda row: str(self.titles.get(row["source"], row["source"])),
            "vintage": lambda row: Markup('<span class="e-nowrap">{}</span>').format(row["vintage"]),
        }

    def of(self, name: str, row: Row) -> Cell:
        return self.makers[name](row)

    def area(self, code: str, kpi: str) -> Cell:
        name = str(self.names[code])
        return links.to(self.reader, "country", name, country=code, kpi=kpi) if code in self.members else name

    def _value(self, row: Row) -> Cell:
        kpi = self.kpis[row["kpi"]]
        return figure(row["obs_value"], kpi, row["time_period"], self.reader.ctx, dated=False)


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
        _("What is not held has no row. The download holds every value found, with its unit and source."),
    )
    st.html("".join(Markup("<p>{}</p>").format(sentence) for sentence in sentences))
