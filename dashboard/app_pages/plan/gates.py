"""The gates of a plan: when each is reached at three paces, and what each takes."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import paces as plan_paces
from dashboard.app_pages.plan import reads
from dashboard.charts import figures, plan_words
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import Row, records
from dashboard.components import alone, frame, sources, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import plans
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from kpis import plan

ON_SLIDE = 6  # gates: each has three lines of type of 18 px, and a slide 720


def show(reader: Reader, choice: plan_goal.Choice) -> None:
    """When each gate is reached at three paces, and what each takes."""
    paces, silent = draw_paces(reader, choice, ON_SLIDE if alone.on_slide() else None)
    if paces:
        frame.show(*paces)
        st.html(frame.table_of(paces[1]))
        st.html(_milestones(reader, choice))
    if silent:
        frame.foot_only(silent)


@drawn(frame.CACHED_FRAMES)
def draw_paces(
    reader: Reader, choice: plan_goal.Choice, most: int | None = None
) -> tuple[tuple[Chart, Frame] | None, str]:
    """The chart and its frame, None if no gate has figures; and a sentence on gates without figures.

    most: gates that are drawn, all unless given; the title counts all.
    """
    outlook = plans.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    rows = outlook.needed.dropna(subset=["time_period"])
    names = {kpi_id: kpi.name for kpi_id, kpi in reader.kpis.items()}
    silent = plan_words.silent(outlook, reader.dimensions, names, reader.ctx)
    if outlook.goal.kind != "stage":
        rows = rows[rows["kpi"] == "EGDI"]
    if rows.empty:
        return None, silent
    drawn = len(rows.iloc[:most])
    figure = plan_paces.figure(rows.iloc[:drawn], outlook.by, names, reader.ctx)
    return (figure, _paces_frame(reader, outlook, rows, names, drawn)), silent


def _paces_frame(
    reader: Reader, outlook: plan.Outlook, rows: pd.DataFrame, names: dict[str, str], drawn: int
) -> Frame:
    """The frame. rows: all gates with figures; drawn: how many of them the chart shows."""
    ctx, unit = reader.ctx, _("Year in which each gate is reached, by pace")
    if drawn < len(rows):
        unit += " · " + _("{k} of {n}").format(k=ctx.number(drawn), n=ctx.number(len(rows)))
    n = _("gates: {n}; peers: {peers}").format(n=ctx.number(len(rows)), peers=_peers(reader, outlook))
    years = sources.span_of(rows["time_period"])
    markup = _table(reader, outlook.needed, outlook.by)  # shown below the chart as well
    return Frame(
        key="plan_paces",
        title=plan_paces.title(rows, outlook.by, ctx),
        unit=unit,
        alt=plan_paces.alt(rows, outlook.by, names, ctx),
        foot=sources.foot_of(reader, rows["kpi"], years, n, label=_("Sources")),
        data=lambda: _export(outlook),
        table=lambda: markup,
        file=f"escala_plan_{outlook.area}_{outlook.by}",
        how=how,
        legend=plan_paces.legend(ctx),
    )


def _peers(reader: Reader, outlook: plan.Outlook) -> str:
    names = reader.area_names
    return ", ".join(str(names[code]) for code in outlook.peers)


def _table(reader: Reader, rows: pd.DataFrame, by: int) -> str:
    kpis, labels = reader.kpis, reader.dimensions
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
    body = [_gate(row, kpis[row["kpi"]], labels, reader.ctx) for row in records(rows)]
    return table.html(_("What each gate takes"), heads, body, no_data=_("not known"), wide=True)


def _gate(row: Row, kpi: KpiView, labels: dict[str, str], ctx: Context) -> list[Cell]:
    digits = kpi.precision + (0 if kpi.precision >= 3 else 1)  # of a pace
    did = _("{k} of {n}").format(k=row["n_did"], n=row["n_stood"]) if row["n_stood"] else _("not known")
    return [
        kpi.name,
        labels.get(row["dimension"], ""),
        figures.figure(row["value"], kpi, row["time_period"], ctx),
        figures.threshold(row["target"], kpi, ctx),
        ctx.number(row["change"], kpi.precision, sign=True),
        *(ctx.number(row[pace], digits, sign=True) for pace in ("per_year", "pace_own", "pace_peers")),
        did,
    ]


@worded(frame.CACHED_FRAMES)
def _milestones(reader: Reader, choice: plan_goal.Choice) -> Markup:
    """Where each needed KPI should stand every year to the goal, and when its next figure is due, as HTML."""
    outlook = plans.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    milestones = reads.make(reader.warehouse, outlook, {}, False).milestones
    years = sorted({point.time_period for point in milestones})
    if not years:
        return Markup("")
    due = reads.publications(reader.warehouse, reader.lang)
    values = {(point.kpi, point.time_period): point.value for point in milestones}
    kpis = [reader.kpi(kpi_id) for kpi_id in dict.fromkeys(point.kpi for point in milestones)]
    body: list[list[Cell]] = [
        [
            kpi.name,
            *(figures.point(values.get((kpi.id, year)), kpi, year, reader.ctx) for year in years),
            due.get(kpi.id, ""),
        ]
        for kpi in kpis
    ]
    return _milestones_table(body, years)


def _milestones_table(body: list[list[Cell]], years: list[int]) -> Markup:
    heads = [Column("KPI"), *(Column(str(year), True) for year in years), Column(_("Next figure"))]
    caption = _("Milestones on the straight line to each bar, year by year")
    markup = table.html(caption, heads, body, no_data=_("not known"), wide=True)
    return Markup('<h2 class="e-section">{}</h2>{}').format(_("Milestones"), markup)


def _export(outlook: plan.Outlook) -> pd.DataFrame:
    targets = outlook.targets.assign(ref_area=outlook.area, by=outlook.by, who=outlook.targets["who"].map(
        lambda who: " ".join(who) if isinstance(who, list) else ""))  # fmt: skip
    return targets[["ref_area", "by", *[name for name in targets if name not in ("ref_area", "by")]]]


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
