"""Every KPI of a country: a table per dimension, and all of them as CSV."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.country import reads, sparkline
from dashboard.charts import figures, own_values, ranks
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import groups, kpi_tables, links, own, sources, table
from dashboard.components.download import csv
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.workspace.figures import OwnValue

CACHED_TABLES = 24  # about 250 kilobytes each
EXPORT = [
    "kpi", "dimension", "obs_value", "time_period", "rank", "n", "percentile", "obs_status", "source",
    "vintage",
]  # fmt: skip
Course = list[tuple[int, float]]  # year and value, years ascending


def show(reader: Reader, area: str, peers: str) -> None:
    """The tables, and the download of all."""
    with st.container(key="titled_all"):
        title, corner = st.columns([3, 1], vertical_alignment="bottom")
    title.html(Markup('<h2 class="e-section e-sheet">{}</h2>').format(_("Every KPI")))
    mine = own.values(reader, area)
    with corner, st.container(key="corner_all", horizontal=True):
        file_button(
            _("Download as CSV"),
            lambda: csv(_export(reader, area, mine)),
            f"escala_{area}.csv",
            "text/csv",
            key="csv_all",
            says=_("Download these figures"),
            is_quiet=True,
        )
    with st.container(key="every_kpi"):
        st.html(sparkline.painted(_html(reader, area, peers, mine), reader.ctx.look))
    st.html(Markup('<p class="e-foot">{}</p>').format(_legend()))


@worded(CACHED_TABLES)
def _html(reader: Reader, area: str, peers: str, mine: tuple[OwnValue, ...] = ()) -> str:
    """The tables, one after the other, with sparklines in no colours yet.

    mine: own values, below the international ones and after them.
    """
    kpis, labels = reader.kpis, reader.dimensions
    rows = records(data.country(reader.warehouse, area))
    medians = _medians(reader, peers)
    titles = data.source_titles(reader.warehouse, reader.lang)
    courses, scales = _courses(data.trends(reader.warehouse, area)), reads.scales(reader.warehouse)
    addresses = _addresses(reader, area)
    beside = {value.kpi: value for value in reversed(mine) if value.kpi}
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for dimension, label in labels.items():
        of_dimension = [row for row in rows if row["dimension"] == dimension]
        if of_dimension:
            sections[len(body)] = label
        for row in of_dimension:
            kpi = kpis[row["kpi"]]
            source = titles.get(row["source"], str(row["source"]))
            body.append(
                [
                    _name(addresses[kpi.id], kpi, row, source, reader),
                    *_value_cells(reader, kpi, row, beside.get(kpi.id)),
                    Html(_sparkline(kpi, courses.get(kpi.id, []), scales, reader)),
                    medians.get(kpi.id, MISSING),
                ]
            )
    if of_own := [_own_row(value, reader) for value in mine if not value.kpi]:
        sections[len(body)] = _("Own figures")
        body += of_own
    columns = _columns(groups.short(reader, peers))
    return table.html(_("Latest values"), columns, body, sections=sections, wide=True, no_data=_("no data"))


def _name(address: str, kpi: KpiView, row: Row, source: str, reader: Reader) -> Markup:
    """A KPI, which leads to its chart; in small type its unit, or the country's level, and its source."""
    unit = reader.ctx.level(row["obs_value"], kpi) if kpi.coded else "" if kpi.symbol == "%" else kpi.unit
    small = sources.joined(unit, escape(source) + sources.licence_mark(kpi))
    return links.anchor(address, kpi.name) + Markup('<small class="e-sub">{}</small>').format(small)


def _own_row(value: OwnValue, reader: Reader) -> list[Cell]:
    """A series of the reader's own: it has no rank and no median."""
    kpi = own_values.kpi_of(value, {})
    small = sources.joined(value.unit, value.dataset)
    name = Markup('{}<small class="e-sub">{}</small>').format(value.name, small)
    said = own.beside_html(value, kpi, reader.ctx, is_alone=True)
    return [
        name,
        own_values.figure(value.value, kpi, reader.ctx, value.period) + said,
        value.period,
        "",
        "",
        "",
    ]


def _columns(peer_name: Markup) -> list[Column]:
    return [
        Column("KPI"),
        Column(_("Value"), True, answer=True),
        Column(_("Year"), True),
        Column(_("Rank"), True),
        Column(_("Trend")),
        Column(figures.sentence(_("Median {group}"), group=peer_name), True),
    ]


def _addresses(reader: Reader, area: str) -> dict[str, str]:
    """Where each KPI leads: to its chart on this page; to its card where nobody has a value."""
    return {
        kpi_id: links.chart_address("country", reader, country=area, kpi=kpi_id) for kpi_id in reader.kpis
    }


def _value_cells(reader: Reader, kpi: KpiView, row: Row, mine: OwnValue | None) -> list[Cell]:
    """Value, year and rank; of a coded answer how many share the level. mine: stands below the value."""
    ctx, value, year = reader.ctx, row["obs_value"], row["time_period"]
    place: Cell = (
        ranks.at_level(value, row["tied"], kpi, ctx)
        if kpi.coded
        else ranks.place_html(row["rank"], row["n"], ctx)
    )
    return [
        figures.figure(value, kpi, year, ctx, dated=False, named=False)
        + (own.beside_html(mine, kpi, ctx) if mine else Markup("")),
        figures.span(year),
        place,
    ]


def _courses(rows: pd.DataFrame) -> dict[str, Course]:
    """The course of every KPI that has a value."""
    rows = rows.dropna(subset=["obs_value"]).sort_values("time_period")
    courses: dict[str, Course] = {}
    for kpi_id, year, value in zip(rows["kpi"], rows["time_period"], rows["obs_value"], strict=True):
        courses.setdefault(kpi_id, []).append((int(year), float(value)))
    return courses


def _sparkline(kpi: KpiView, course: Course, scales: dict[str, reads.Scale], reader: Reader) -> str:
    if not course or kpi.coded:  # codes of answers have no course: a line would measure between them
        return ""
    (since, first), (to, last) = course[0], course[-1]
    (low, high), value = scales[kpi.id], reader.ctx.value
    label = _("{first} in {since}, {last} in {to}; scale from {low} to {high}").format(
        first=value(first, kpi),
        since=since,
        last=value(last, kpi),
        to=to,
        low=value(low, kpi),
        high=value(high, kpi),
    )
    years, values = zip(*course, strict=True)
    return sparkline.image(list(years), list(values), label, kpi.usual_step, scale=(low, high))


@worded(data.MANY)
def _medians(reader: Reader, peers: str) -> dict[str, Markup]:
    """What stands for a group, by KPI."""
    return kpi_tables.middles(reader, peers, reader.kpis)


def _legend() -> Markup:
    mark = Markup('<span class="e-mark">{}</span> {}')
    parts = [
        mark.format("NC", _("non-commercial reuse only")),
        mark.format(_("old"), _("older than the KPI’s limit")),
        f"{MISSING} {_('no data')}",
        _(
            "trend between two hairlines, the same for every country: the KPI’s goalposts or limits, else "
            "the lowest and the highest value of any country"
        ),
    ]
    return Markup(" · ").join(parts)


def _export(reader: Reader, area: str, mine: tuple[OwnValue, ...] = ()) -> pd.DataFrame:
    download = data.country(reader.warehouse, area)[EXPORT]
    catalogue = reader.kpis
    kpis = [catalogue[kpi_id] for kpi_id in download["kpi"]]
    return download.astype({"time_period": "Int64", "rank": "Int64", "n": "Int64"}).assign(
        name=[kpi.name for kpi in kpis],
        unit=[kpi.unit for kpi in kpis],
        redistribution=[kpi.redistribution for kpi in kpis],
        **own.columns({value.kpi: value for value in reversed(mine) if value.kpi}, download["kpi"]),
    )
