"""Tables of the country and comparison pages."""

from __future__ import annotations

from collections.abc import Hashable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import figures, ranking, ranks, sparkline
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.trend import Line
from dashboard.components import links, sources, table
from dashboard.components.download import csv
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

TABLES = 24  # tables of all KPIs of a country that are kept; about 250 kilobytes each


def show(reader: Reader, area: str, peers: str) -> None:
    """Every KPI of a country, a table per dimension, and the whole as CSV."""
    listed = reader.kpis
    title, corner = st.columns([3, 1], vertical_alignment="bottom")
    title.html(f'<h2 class="e-section">{escape(_("Every KPI"))}</h2>')
    with corner, st.container(key="corner_all", horizontal=True):
        st.download_button(
            "CSV",
            lambda: csv(_export(data.country(reader.warehouse, area), listed)),
            f"escala_{area}.csv",
            "text/csv",
            key="csv_all",
            on_click="ignore",
            type="tertiary",
            help=_("Download these figures"),
        )
    st.html(_html(reader, area, peers))
    st.html(f'<p class="e-foot">{_legend()}</p>')


@cached(TABLES)
def _html(reader: Reader, area: str, peers: str) -> str:
    """The tables."""
    listed = reader.kpis
    names = reader.dimensions
    peer_name = reader.group(peers).name
    rows = data.country(reader.warehouse, area)
    medians = _medians(reader, peers, rows)
    titles = data.source_titles(reader.warehouse, reader.lang)
    courses = _courses(data.trends(reader.warehouse, area))
    to = links.address("country", reader, country=area, kpi="")
    held = set(data.kpis_with_data(reader.warehouse))
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    records = rows.to_dict("records")
    for dimension in names:
        chosen = [row for row in records if row["dimension"] == dimension]
        if chosen:
            sections[len(body)] = names[dimension]
        for row in chosen:
            kpi = listed[row["kpi"]]
            trend = _spark(kpi, courses.get(kpi.id, []), reader)
            own = to + kpi.id if kpi.id in held else links.address("methods", reader, kpi=kpi.id)
            body.append(_row(reader, own, kpi, row, trend, medians.get(kpi.id, MISSING), titles))
    return table.html(
        _("Latest values"), _columns(peer_name), body, sections=sections, wide=True, no_data=_("no data")
    )


def _columns(peer_name: str) -> list[Column]:
    return [
        Column("KPI"),
        Column(_("Value"), True),
        Column(_("Unit or level")),
        Column(_("Year"), True),
        Column(_("Rank"), True),
        Column(_("Trend")),
        Column(_("Median of {group}").format(group=peer_name), True),
        Column(_("Source")),
    ]


def _row(
    reader: Reader,
    to: str,
    kpi: KpiView,
    row: dict[Hashable, Any],
    trend: str,
    median: Cell,
    titles: dict[str, str],
) -> list[Cell]:
    ctx, source, value, year = reader.ctx, str(row["source"]), row["obs_value"], row["time_period"]
    place: Cell = ranks.place_html(row["rank"], row["n"], ctx)
    if kpi.coded:
        place = ranks.at_level(value, row["tied"], kpi, ctx)
    return [
        links.anchor(to, kpi.name),
        figures.figure(value, kpi, year, ctx, dated=False, named=False),
        ctx.level(value, kpi) or kpi.unit,
        figures.span(year),
        place,
        Html(trend),
        median,
        Html(f"{escape(titles.get(source, source))}{sources.licence_mark(kpi)}"),
    ]


def _courses(rows: pd.DataFrame) -> dict[str, list[tuple[int, float]]]:
    """Year and value of every KPI that has any, years ascending."""
    known = rows.dropna(subset=["obs_value"]).sort_values("time_period")
    found: dict[str, list[tuple[int, float]]] = {}
    for kpi, year, value in zip(known["kpi"], known["time_period"], known["obs_value"], strict=True):
        found.setdefault(kpi, []).append((int(year), float(value)))
    return found


def _spark(kpi: KpiView, course: list[tuple[int, float]], reader: Reader) -> str:
    if not course or kpi.coded:  # codes of answers have no course: a line would measure between them
        return ""
    (since, first), (to, last) = course[0], course[-1]
    label = _("{first} in {since}, {last} in {to}").format(
        first=reader.ctx.value(first, kpi), since=since, last=reader.ctx.value(last, kpi), to=to
    )
    years, values = zip(*course, strict=True)
    return sparkline.image(list(years), list(values), label, reader.ctx.look, kpi.usual_step)


def _medians(reader: Reader, peers: str, rows: pd.DataFrame) -> dict[str, Cell]:
    """Median of the group's latest values by KPI, of the fresh ones where there are any.

    Of a coded answer, which has no median, how many are at the highest level.
    """
    listed = reader.kpis
    others = data.latest(reader.warehouse, rows["kpi"], data.members(reader.warehouse, peers))
    return {str(kpi): middle(part, listed[str(kpi)], reader.ctx) for kpi, part in others.groupby("kpi")}


def middle(latest: pd.DataFrame, kpi: KpiView, ctx: Context) -> Markup:
    """What stands for a group in a table. latest: obs_value, time_period, fresh of its countries."""
    fresh = latest[latest["fresh"].astype(bool)]
    held = latest if fresh.empty else fresh
    newest, oldest = figures.ends(held["time_period"])
    if not kpi.coded:
        return figures.figure(held["obs_value"].median(), kpi, newest, ctx, first=oldest)
    top = held["obs_value"] == kpi.top
    phrase = ctx.t("{k} of {n} at the highest level").format(k=ctx.number(top.sum()), n=ctx.number(len(held)))
    return figures.figure(kpi.top, kpi, newest, ctx, first=oldest, phrase=phrase)


def _legend() -> str:
    parts = [
        f'<span class="e-mark">NC</span> {escape(_("non-commercial reuse only"))}',
        f'<span class="e-mark">{escape(_("old"))}</span> {escape(_("older than the KPI’s limit"))}',
        f"– {escape(_('no data'))}",
    ]
    return " · ".join(parts)


def _export(rows: pd.DataFrame, listed: dict[str, KpiView]) -> pd.DataFrame:
    kept = rows[
        [
            "kpi",
            "dimension",
            "obs_value",
            "time_period",
            "rank",
            "n",
            "percentile",
            "obs_status",
            "source",
            "vintage",
        ]
    ]
    kept = kept.astype({"time_period": "Int64", "rank": "Int64", "n": "Int64"})
    return kept.assign(
        name=[listed[one].name for one in kept["kpi"]],
        unit=[listed[one].unit for one in kept["kpi"]],
        redistribution=[listed[one].redistribution for one in kept["kpi"]],
    )


def heading(reader: Reader, one: str, name: str) -> Column:
    """The column of a country, which leads to its profile, or of a group, which leads to its countries."""
    if one in reader.groups.index:
        return Column(name, True, links.address("world", reader, group=one))
    return Column(name, True, links.address("country", reader, country=one))


def profile_html(reader: Reader, rows: pd.DataFrame, dots: pd.DataFrame, name: str, peer_name: str) -> str:
    """The profile as a table: percentile per dimension of a country and its peers, and of how many KPIs."""
    wide = dots[dots["kind"] != "single"].pivot_table(index="row", columns="kind", values="percentile")
    body: list[list[Cell]] = [
        [row.label, row.note]
        + [reader.ctx.number(wide[kind].get(row.row) if kind in wide else None) for kind in ("main", "peer")]
        for row in rows.itertuples()
    ]
    columns = [Column(_("Dimension")), Column("KPI"), Column(name, True), Column(peer_name, True)]
    return table.html(
        _("Percentile among UN Member States, 100 is best"), columns, body, no_data=_("no data")
    )


def trend_html(reader: Reader, shown: pd.DataFrame, lines: list[Line], kpi: KpiView) -> str:
    """A trend as a table: one row per year, the newest first, one column per line."""
    known = shown.dropna(subset=["obs_value"])
    values = {(row.id, row.time_period): row.obs_value for row in known.itertuples()}
    newest = known.groupby("id")["time_period"].max().to_dict()

    def cell(line: Line, year: int) -> Cell:
        past = year < newest.get(line.id, year)
        return figures.figure(values.get((line.id, year)), kpi, year, reader.ctx, dated=False, past=past)

    years = sorted(known["time_period"].unique(), reverse=True)
    body: list[list[Cell]] = [[str(int(year)), *(cell(line, year) for line in lines)] for year in years]
    columns = [Column(_("Year")), *(heading(reader, line.id, line.name) for line in lines)]
    return table.html(f"{kpi.name}, {kpi.unit}", columns, body, tall=True, no_data=_("no data"))


def ranking_html(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> str:
    """Countries of a ranking as a table, best first, those without a value at the end."""
    ctx = reader.ctx
    ordered = pd.concat([ranking.ordered(rows, kpi), rows[rows["obs_value"].isna()].sort_values("name")])
    body = [
        [
            Html(links.to(reader, "country", row.name, country=row.ref_area)),
            figures.figure(row.obs_value, kpi, row.time_period, ctx, dated=False),
            figures.span(row.time_period),
            MISSING if pd.isna(row.rank) else ctx.number(row.rank),
        ]
        for row in ordered[["ref_area", "name", "obs_value", "time_period", "rank"]].itertuples(
            index=False, name="Row"
        )
    ]
    few = f", {_('of few countries')}" if ranks.of_few(rows["n"].max()) else ""
    columns = [
        Column(_("Country")),
        Column(kpi.name, not kpi.coded),
        Column(_("Year"), True),
        Column(f"{_('World rank')}{few}", True),
    ]
    if kpi.coded:  # equal answers have no order
        columns, body = columns[:-1], [row[:-1] for row in body]
    return table.html(f"{kpi.name}, {kpi.unit}", columns, body, tall=True, no_data=_("no data"))
