"""The gates of a plan: when each is reached at three paces, and what each takes."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import escape

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import paces as plan_paces
from dashboard.app_pages.plan import reads
from dashboard.app_pages.plan import words as plan_words
from dashboard.charts import figures
from dashboard.charts.figure import Chart
from dashboard.components import frame, stage_tables, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis import plan


def show(reader: Reader, choice: plan_goal.Choice) -> None:
    """When each gate is reached at three paces, and what each takes."""
    paces, silent = draw_paces(reader, choice)
    if paces:
        frame.show(*paces)
        st.html(paces[1].table())
        st.html(_milestones(reader, choice))
    if silent:
        frame.foot_only(silent)


@cached(frame.CACHED_FRAMES)
def draw_paces(reader: Reader, choice: plan_goal.Choice) -> tuple[tuple[Chart, Frame] | None, str]:
    """The chart and its frame, None without a gate that has figures; what has none, in a sentence."""
    found = reads.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    ctx, rows = reader.ctx, found.needed.dropna(subset=["time_period"])
    names = {one: kpi.name for one, kpi in reader.kpis.items()}
    labels = reader.dimensions
    silent = plan_words.silent(found, labels, names, ctx)
    if found.goal.kind != "stage":
        rows = rows[rows["kpi"] == "EGDI"]
    if rows.empty:
        return None, silent
    n = _("gates: {n}; peers: {peers}").format(n=ctx.number(len(rows)), peers=_peers(reader, found))
    markup = _table(reader, found.needed, names, labels, found.by)  # shown below the chart as well
    framed = Frame(
        key="plan_paces",
        title=plan_paces.title(rows, found.by, ctx),
        unit=_("Year in which each gate is reached, by pace"),
        alt=plan_paces.alt(rows, found.by, names, ctx),
        foot=stage_tables.foot(reader, rows["kpi"].tolist(), rows["time_period"], n),
        data=lambda: _export(found),
        table=lambda: markup,
        file=f"escala_plan_{found.area}_{found.by}",
        how=how,
        legend=plan_paces.legend(ctx),
    )
    return (plan_paces.figure(rows, found.by, names, ctx), framed), silent


def _peers(reader: Reader, found: plan.Outlook) -> str:
    names = reader.area_names
    return ", ".join(str(names[one]) for one in found.peers)


def _table(reader: Reader, rows: pd.DataFrame, names: dict[str, str], labels: dict[str, str], by: int) -> str:
    ctx, kpis = reader.ctx, reader.kpis
    heads = [
        Column("KPI"),
        Column(_("Dimension")),
        Column(_("Now"), True),
        Column(_("Target"), True),
        Column(_("Change"), True),
        Column(_("A year until {by}").format(by=by), True),
        Column(_("Past pace, a year"), True),
        Column(_("Best quarter, a year"), True),
        Column(_("Did it in that time"), True),
    ]
    cells: list[list[Cell]] = []
    for row in rows.to_dict("records"):
        kpi = kpis[row["kpi"]]
        fine = kpi.precision + (0 if kpi.precision >= 3 else 1)
        did = _("{k} of {n}").format(k=row["n_did"], n=row["n_stood"]) if row["n_stood"] else _("not known")
        cells.append([
            names[row["kpi"]], labels.get(row["dimension"], ""),
            figures.figure(row["value"], kpi, row["time_period"], ctx),
            figures.threshold(row["target"], kpi, ctx),
            ctx.number(row["change"], kpi.precision, sign=True), ctx.number(row["per_year"], fine, sign=True),
            ctx.number(row["pace_own"], fine, sign=True), ctx.number(row["pace_peers"], fine, sign=True), did,
        ])  # fmt: skip
    return table.html(_("What each gate takes"), heads, cells, no_data=_("not known"), wide=True)


@cached(frame.CACHED_FRAMES)
def _milestones(reader: Reader, choice: plan_goal.Choice) -> str:
    """Where each needed KPI should stand every year to the goal, and when its next figure is due, as HTML."""
    found = reads.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    made = reads.make(reader.warehouse, found, {}, {}, False)
    kpis, due = reader.kpis, reads.publications(reader.warehouse, reader.lang)
    years = sorted({point.time_period for point in made.milestones})
    if not years:
        return ""
    values = {(point.kpi, point.time_period): point.value for point in made.milestones}
    body: list[list[Cell]] = [
        [
            kpis[kpi].name,
            *(figures.point(values.get((kpi, year)), kpis[kpi], year, reader.ctx) for year in years),
            due.get(kpi, ""),
        ]
        for kpi in dict.fromkeys(point.kpi for point in made.milestones)
    ]
    heads = [Column("KPI"), *(Column(str(year), True) for year in years), Column(_("Next figure"))]
    title = _("Milestones on the straight line to each bar, year by year")
    markup = table.html(title, heads, body, no_data=_("not known"), wide=True)
    return f'<h2 class="e-section">{escape(_("Milestones"))}</h2>{markup}'


def _export(found: plan.Outlook) -> pd.DataFrame:
    shown = found.targets.assign(ref_area=found.area, by=found.by, who=found.targets["who"].map(
        lambda who: " ".join(who) if isinstance(who, list) else ""))  # fmt: skip
    return shown[["ref_area", "by", *[name for name in shown if name not in ("ref_area", "by")]]]


def how() -> None:
    """How gates, paces and precedents are computed."""
    st.markdown(
        _(
            "**Gates**: as many KPIs as two thirds of those with data still ask for, the nearest to their "
            "bar first. KPIs without figures do not count. **Required**: the gap divided by the years from "
            "the year of the figure. **Past pace**: the change a year over the five years before the latest "
            "figure. **Best quarter**: the pace that a quarter of eight peers reached or passed. Straight "
            "lines. **Did it**: countries that stood within a quarter of a step of here, long enough ago to "
            "know, and reached the bar in as many years. Precedents are no forecast."
        )
    )
