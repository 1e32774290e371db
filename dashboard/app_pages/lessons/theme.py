"""A theme of the Centre's papers: its KPIs and gates, actions, lessons and cases in one view."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.lessons import lesson_list
from dashboard.charts.figures import figure, threshold
from dashboard.components import frame, links, shell, sources, table
from dashboard.components.knowledge import case_list, reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader
from kpis.stages import STAGES

MOST_CASES = 6  # the page of cases has all
BARS = list(STAGES[1:])


def show(reader: Reader, theme: str) -> None:
    """The theme."""
    row = reads.theme(reader.lang, theme, "paper")
    cases = _cases(reader, row)
    kpis, actions = _kpis(reader, row), _actions(reader, row, cases)
    template = _("{theme}. KPIs: {kpis}; actions: {actions}; lessons: {lessons}; cases: {cases}.")
    number = reader.ctx.number
    shell.headline(
        template.format(
            theme=row["name"],
            kpis=number(len(kpis)),
            actions=number(len(actions)),
            lessons=number(len(row["lesson_ids"])),
            cases=number(len(cases)),
        ),
        kicker=_("Theme of the Centre’s papers"),
        lead=row["note"],
    )
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        _table_of_kpis(reader, theme, row, kpis)
        _action_list(reader, actions)
    with right:
        lessons = reads.lessons(reader.lang).loc[list(row["lesson_ids"])]
        st.html(f'<h2 class="e-title">{escape(_("Lessons"))}</h2>{lesson_list.html(reader, lessons)}')
        _case_part(reader, theme, row, cases)


def _cases(reader: Reader, row: pd.Series) -> pd.DataFrame:
    if row["group_id"]:
        return reads.search(reader.warehouse, reader.lang, "", group=row["group_id"])
    parts = [
        reads.search(reader.warehouse, reader.lang, "", dimension=dimension)
        for dimension in row["dimensions"]
    ]
    return pd.concat(parts)


def _kpis(reader: Reader, row: pd.Series) -> list[str]:
    """KPIs of the named group, else of the dimension."""
    if row["kpi_group"]:
        groups = reads.kpi_groups(reader.warehouse)
        return list(groups.loc[groups["group_id"] == row["kpi_group"], "kpi"])
    kpis = reader.kpis
    return [kpi.id for kpi in kpis.values() if kpi.dimension in row["dimensions"]]


def _actions(reader: Reader, row: pd.Series, cases: pd.DataFrame) -> pd.DataFrame:
    """Actions of the dimension; of a group of countries, the actions whose example is a case from there."""
    actions = reads.actions(reader.lang)
    if row["dimensions"]:
        return actions[actions["dimension"].isin(row["dimensions"])]
    case_ids = set(cases.index)
    return actions[actions["case_ids"].map(lambda ids: bool(case_ids & set(ids)))]


def _table_of_kpis(reader: Reader, theme: str, row: pd.Series, kpis: list[str]) -> None:
    """The KPIs with the median of the group, and their bars where they have a gate."""
    group = row["group_id"] or "WORLD"
    medians = reads.medians(reader.warehouse, group)
    bars = reads.gates().drop_duplicates("kpi").set_index("kpi")[BARS]
    columns = [Column("KPI"), Column(_("Median"), True)]
    columns += [Column(words.stage(stage), True) for stage in BARS]
    caption = _("Median of latest values, {group}; bars of the stages where the KPI has a gate")
    body = _kpi_rows(reader, kpis, medians, bars)
    download = (
        pd.DataFrame([reader.kpi(kpi_id).provenance() for kpi_id in kpis])
        .merge(medians.reset_index(), on="kpi", how="left")
        .merge(bars.reset_index(), on="kpi", how="left")
    )
    frame.table_only(
        _("KPIs and gates"),
        table.html(caption.format(group=reader.group(group).name), columns, body, no_data=_("none")),
        download,
        f"escala_theme_{theme}",
    )


def _kpi_rows(reader: Reader, kpis: list[str], medians: pd.DataFrame, bars: pd.DataFrame) -> list[list[Cell]]:
    """Name, median and bars of each KPI; the dash where it has none."""
    ctx, catalogue = reader.ctx, reader.kpis
    median_of = {row["kpi"]: row for row in medians.reset_index().to_dict("records")}
    bars_of = {row["kpi"]: row for row in bars.reset_index().to_dict("records")}
    body: list[list[Cell]] = []
    for kpi_id in kpis:
        kpi, median, gate = catalogue[kpi_id], median_of.get(kpi_id, {}), bars_of.get(kpi_id, {})
        body.append(
            [
                Html(links.kpi_link(reader, kpi_id) + sources.licence_mark(kpi)),
                figure(
                    median.get("median"), kpi, median.get("last_year"), ctx, first=median.get("first_year")
                ),
                *(threshold(gate.get(stage), kpi, ctx) for stage in BARS),
            ]
        )
    return body


def _action_list(reader: Reader, actions: pd.DataFrame) -> None:
    labels = reader.dimensions
    parts = [f'<h2 class="e-title">{escape(_("Actions"))}</h2>']
    for (dimension, stage), rows in actions.groupby(["dimension", "to_stage"], sort=False):
        step = f"{labels[str(dimension)]} → {words.stage(str(stage))}"
        items = "".join(
            f"<li>{escape(action['action'])} <small>{escape(action['typical_duration'])}</small></li>"
            for action in rows.to_dict("records")
        )
        parts.append(f'<h3 class="e-section">{escape(step)}</h3><ul class="e-plain">{items}</ul>')
    st.html("".join(parts))


def _case_part(reader: Reader, theme: str, row: pd.Series, cases: pd.DataFrame) -> None:
    first_cases = cases.sort_values("verified", ascending=False, kind="stable").head(MOST_CASES)
    frame.table_only(
        _("Cases"), case_list.entries(reader, first_cases), case_list.export(cases), f"escala_cases_{theme}"
    )
    filters = {"group": row["group_id"]} if row["group_id"] else {"dimension": row["dimensions"][0]}
    label = _("All cases ({n})").format(n=reader.ctx.number(len(cases)))
    st.html(f"<p>{links.to(reader, 'cases', label + ' →', **filters)}</p>")
