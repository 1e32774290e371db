"""A theme of the Centre's papers: its KPIs and gates, actions, lessons and cases in one view."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.lessons import lesson_list
from dashboard.charts.context import MISSING
from dashboard.charts.figures import figure, threshold
from dashboard.components import frame, links, shell, sources, table
from dashboard.components.knowledge import case_list, reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader
from kpis.stages import STAGES

CASES = 6  # shown here; the page of cases has all
BARS = list(STAGES[1:])


def show(reader: Reader, theme: str) -> None:
    """The theme."""
    row = reads.themes(reader.lang, "paper").loc[theme]
    cases = _cases(reader, row)
    kpis, actions = _kpis(reader, row), _actions(reader, row, cases)
    said = _("{theme}. KPIs: {kpis}; actions: {actions}; lessons: {lessons}; cases: {cases}.")
    number = reader.ctx.number
    shell.headline(
        said.format(
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
    parts = [reads.search(reader.warehouse, reader.lang, "", dimension=one) for one in row["dimensions"]]
    return pd.concat(parts)


def _kpis(reader: Reader, row: pd.Series) -> list[str]:
    """KPIs of the named group, else of the dimension."""
    if row["kpi_group"]:
        groups = reads.kpi_groups(reader.warehouse)
        return groups.loc[groups["group_id"] == row["kpi_group"], "kpi"].tolist()
    listed = reader.kpis
    return [one for one, kpi in listed.items() if kpi.dimension in row["dimensions"]]


def _actions(reader: Reader, row: pd.Series, cases: pd.DataFrame) -> pd.DataFrame:
    """Actions of the dimension; of a group of countries those that a case from there is the example of."""
    every = reads.actions(reader.lang)
    if row["dimensions"]:
        return every[every["dimension"].isin(row["dimensions"])]
    held = set(cases.index)
    return every[every["case_ids"].map(lambda ids: bool(held & set(ids)))]


def _table_of_kpis(reader: Reader, theme: str, row: pd.Series, kpis: list[str]) -> None:
    """The KPIs with the median of the group, and their bars where they have a gate."""
    group = row["group_id"] or "WORLD"
    listed = reader.kpis
    ctx, medians = reader.ctx, reads.medians(reader.warehouse, group)[["median", "first_year", "last_year"]]
    bars = reads.gates().drop_duplicates("kpi").set_index("kpi")[BARS]
    body: list[list[Cell]] = []
    for one in kpis:
        kpi = listed[one]
        limits = [threshold(bar, kpi, ctx) for bar in bars.loc[one]] if one in bars.index else [MISSING] * 3
        middle, first, last = medians.loc[one] if one in medians.index else (None, None, None)
        body.append(
            [
                Html(links.kpi_link(reader, one) + sources.licence_mark(kpi)),
                figure(middle, kpi, last, ctx, first=first),
                *limits,
            ]
        )
    name = reader.group(group).name
    columns = [Column("KPI"), Column(_("Median"), True)]
    columns += [Column(words.stage(stage), True) for stage in BARS]
    caption = _("Median of latest values, {group}; bars of the stages where the KPI has a gate")
    shown = pd.DataFrame([listed[one].provenance() for one in kpis]).merge(
        reads.medians(reader.warehouse, group).reset_index(), on="kpi", how="left"
    )
    frame.table_only(
        _("KPIs and gates"),
        table.html(caption.format(group=name), columns, body, no_data=_("none")),
        shown.merge(bars.reset_index(), on="kpi", how="left"),
        f"escala_theme_{theme}",
    )


def _action_list(reader: Reader, actions: pd.DataFrame) -> None:
    labels = reader.dimensions
    parts = [f'<h2 class="e-title">{escape(_("Actions"))}</h2>']
    for (dimension, stage), rows in actions.groupby(["dimension", "to_stage"], sort=False):
        step = f"{labels[str(dimension)]} → {words.stage(str(stage))}"
        items = "".join(
            f"<li>{escape(one['action'])} <small>{escape(one['typical_duration'])}</small></li>"
            for one in rows.to_dict("records")
        )
        parts.append(f'<h3 class="e-section">{escape(step)}</h3><ul class="e-plain">{items}</ul>')
    st.html("".join(parts))


def _case_part(reader: Reader, theme: str, row: pd.Series, cases: pd.DataFrame) -> None:
    shown = cases.sort_values("verified", ascending=False, kind="stable").head(CASES)
    frame.table_only(
        _("Cases"), case_list.entries(reader, shown), case_list.export(cases), f"escala_cases_{theme}"
    )
    chosen = {"group": row["group_id"]} if row["group_id"] else {"dimension": row["dimensions"][0]}
    said = _("All cases ({n})").format(n=reader.ctx.number(len(cases)))
    st.html(f"<p>{links.to(reader, 'cases', said + ' →', **chosen)}</p>")
