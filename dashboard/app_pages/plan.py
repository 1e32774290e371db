"""Plan: from here to a stage, an EGDI or a rank: what it takes, how ambitious it is, and in which steps."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import plan_paces, plan_words
from dashboard.components import (
    frame,
    pickers,
    plan_file,
    plan_goal,
    plan_levers,
    plan_steps,
    shell,
    stage_tables,
    table,
)
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from dashboard.components.table import Cell, Column
from dashboard.reads import plan as reads
from kpis import plan

VIEWS = ["gates", "steps", "levers", "files"]


def draw(reader: Reader) -> None:
    """The page."""
    plan_goal.open_link()
    top = st.container()
    with st.container(key="controls_plan"):
        first, second = st.columns([1, 3], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader.version, reader.lang)
        with second:
            choice = plan_goal.choose(reader, area) if area else None
    if choice is None:
        with top:
            shell.headline(
                _("From where we are to where we want to be: what does it take?"),
                lead=_("Choose a country, then a goal and a year. Or load a plan that was saved here."),
            )
            plan_goal.say_problems()
        plan_file.upload(reader)
        return
    found = reads.outlook(reader.version, choice.area, choice.goal, choice.aim, choice.dimension, choice.by)
    _answer(reader, top, found)
    view, mobile = _view(reader, choice.area)
    words = plan_goal.texts(choice.area)
    made = reads.make(found, words["owners"], words["notes"], mobile)
    if view == "gates":
        _gates(reader, found)
    elif view == "levers":
        plan_levers.show(reader, choice.area)
    elif view == "steps":
        plan_steps.show(reader, made)
    else:
        _files(reader, made)
    plan_goal.keep_link(made)


def _answer(reader: Reader, top: st.delta_generator.DeltaGenerator, found: plan.Outlook) -> None:
    areas = data.areas(reader.version, reader.lang)["name"]
    labels = data.dimensions(reader.version, reader.lang)
    kpis = {one: kpi.name for one, kpi in data.kpi_list(reader.version, reader.lang).items()}
    with top:
        shell.headline(
            plan_words.headline(str(areas[found.area]), found, labels, reader.ctx),
            lead=plan_words.ambition(found, kpis, areas.to_dict(), reader.ctx),
        )
        plan_goal.say_problems()


def _view(reader: Reader, area: str) -> tuple[str, bool]:
    """The part of the plan on screen, and whether it is the mobile-first variant."""
    said = {
        "gates": _("Gates and paces"),
        "steps": _("Steps"),
        "levers": _("What if"),
        "files": _("Save and compare"),
    }
    ldc = bool(data.areas(reader.version, reader.lang).at[area, "ldc"])
    first, second = st.columns([2.2, 1], vertical_alignment="bottom")
    with first:
        view = pickers.switch(_("View"), "show", VIEWS, "gates", lambda one: said[one])
    if not ldc:
        return view, False
    variants = {"standard": _("Standard"), plan_goal.MOBILE: _("Mobile first")}
    with second:
        chosen = pickers.switch(
            _("Variant"), "variant", list(variants), "standard", lambda one: variants[one]
        )
    return view, chosen == plan_goal.MOBILE


def _gates(reader: Reader, found: plan.Outlook) -> None:
    ctx, rows = reader.ctx, found.needed.dropna(subset=["time_period"])
    names = {one: kpi.name for one, kpi in data.kpi_list(reader.version, reader.lang).items()}
    labels = data.dimensions(reader.version, reader.lang)
    if found.goal.kind != "stage":
        rows = rows[rows["kpi"] == "EGDI"]
    if len(rows):
        ages = rows["time_period"]
        n = _("n = {n} gates; peers: {peers}").format(n=ctx.number(len(rows)), peers=_peers(reader, found))
        frame.show(
            plan_paces.figure(rows, found.by, names, ctx),
            Frame(
                key="plan_paces",
                title=plan_paces.title(rows, found.by, ctx),
                unit=_("Year in which each gate is reached, by pace"),
                alt=plan_paces.alt(rows, found.by, names, ctx),
                foot=stage_tables.foot(reader, rows["kpi"].tolist(), ages, n),
                data=_export(found),
                table=_table(reader, found.needed, names, labels, found.by),
                file=f"escala_plan_{found.area}_{found.by}",
                how=how,
                legend=plan_paces.legend(ctx),
            ),
        )
        st.html(_table(reader, found.needed, names, labels, found.by))
    if silent := plan_words.silent(found, labels, names, ctx):
        frame.foot_only(silent)


def _peers(reader: Reader, found: plan.Outlook) -> str:
    names = data.areas(reader.version, reader.lang)["name"]
    return ", ".join(str(names[one]) for one in found.peers)


def _table(reader: Reader, rows: pd.DataFrame, names: dict[str, str], labels: dict[str, str], by: int) -> str:
    ctx, kpis = reader.ctx, data.kpi_list(reader.version, reader.lang)
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
            f"{ctx.value(row['value'], kpi)} ({row['time_period']})", ctx.value(row["target"], kpi),
            ctx.number(row["change"], kpi.precision, sign=True), ctx.number(row["per_year"], fine, sign=True),
            ctx.number(row["pace_own"], fine, sign=True), ctx.number(row["pace_peers"], fine, sign=True), did,
        ])  # fmt: skip
    return table.html(_("What each gate takes"), heads, cells, no_data=_("not known"), wide=True)


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


def _files(reader: Reader, made: plan.Plan) -> None:
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        plan_file.downloads(reader, made)
        plan_file.note(made.area)
        plan_file.link(reader, made)
    with right:
        plan_file.upload(reader)
    plan_file.review(reader, made.area)
