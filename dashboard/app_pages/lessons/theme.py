"""A theme of the Centre's papers: its KPIs and gates, actions, lessons and cases in one view."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.lessons import lessons as lesson_list
from dashboard.app_pages.lessons import theme_kpis
from dashboard.charts.scalars import records
from dashboard.components import frame, links, shell
from dashboard.components.container import Container
from dashboard.components.frame import Table
from dashboard.components.knowledge import case_list, reads, words
from dashboard.components.language import text as _
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader

MOST_CASES = 6  # the page of cases has all


def show(reader: Reader, top: Container, theme_id: str) -> None:
    """The theme, its sentence under `top`."""
    theme = reads.theme(reader.lang, theme_id, "paper")
    sentence, actions, lessons, all_cases = _parts(reader, theme_id)
    with top:
        shell.headline(sentence, kicker=_("Theme of the Centre’s papers"), lead=theme["note"])
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        kpi_ids = tuple(theme_kpis.of_theme(reader, theme))
        frame.table_only(*theme_kpis.framed(reader, theme_id, theme["group_id"] or "WORLD", kpi_ids))
        st.html(actions)
    with right:
        st.html(lessons)
        frame.table_only(*_first_cases(reader, theme_id))
        st.html(all_cases)


@worded(frame.CACHED_FRAMES)
def _parts(reader: Reader, theme_id: str) -> tuple[str, Markup, Markup, Markup]:
    """The sentence of a theme, its actions, its lessons, the link to all its cases."""
    theme = reads.theme(reader.lang, theme_id, "paper")
    cases = _cases(reader, theme)
    kpi_ids, actions = theme_kpis.of_theme(reader, theme), _actions(reader, theme, cases)
    lessons = reads.lessons(reader.lang).loc[list(theme["lesson_ids"])]
    filters = {"group": theme["group_id"]} if theme["group_id"] else {"dimension": theme["dimensions"][0]}
    label = _("All cases ({n})").format(n=reader.ctx.number(len(cases)))
    return (
        _sentence(reader, theme, kpis=len(kpi_ids), actions=len(actions), cases=len(cases)),
        _action_list(reader, actions),
        Markup('<h2 class="e-title">{}</h2>{}').format(_("Lessons"), lesson_list.html(reader, lessons)),
        Markup("<p>{}</p>").format(links.to(reader, "cases", label + " →", **filters)),
    )


def _sentence(reader: Reader, theme: pd.Series, **counts: int) -> str:
    """How many KPIs, actions, lessons and cases the theme has."""
    template = _("{theme}. KPIs: {kpis}; actions: {actions}; lessons: {lessons}; cases: {cases}.")
    counts["lessons"] = len(theme["lesson_ids"])
    numbers = {name: reader.ctx.number(n) for name, n in counts.items()}
    return template.format(theme=theme["name"], **numbers)


def _cases(reader: Reader, theme: pd.Series) -> pd.DataFrame:
    """Cases from the theme's group of countries, else those of its dimensions."""
    if theme["group_id"]:
        return reads.search(reader.warehouse, reader.lang, "", reader.further, group=theme["group_id"])
    return pd.concat(
        reads.search(reader.warehouse, reader.lang, "", reader.further, dimension=dimension)
        for dimension in theme["dimensions"]
    )


def _actions(reader: Reader, theme: pd.Series, cases: pd.DataFrame) -> pd.DataFrame:
    """Actions of the dimensions; of a group of countries, the actions whose example is a case from there."""
    actions = reads.actions(reader.lang)
    if theme["dimensions"]:
        return actions[actions["dimension"].isin(theme["dimensions"])]
    case_ids = set(cases.index)
    return actions[[not case_ids.isdisjoint(examples) for examples in actions["case_ids"]]]


def _action_list(reader: Reader, actions: pd.DataFrame) -> Markup:
    """The actions by dimension and step."""
    labels = reader.dimensions
    html = Markup('<h2 class="e-title">{}</h2>').format(_("Actions"))
    item = Markup("<li>{} <small>{}</small></li>")
    section = Markup('<h3 class="e-section">{}</h3><ul class="e-plain">{}</ul>')
    for (dimension, stage), rows in actions.groupby(["dimension", "to_stage"], sort=False):
        items = [item.format(action["action"], action["typical_duration"]) for action in records(rows)]
        step = f"{labels[str(dimension)]} → {words.stage(str(stage))}"
        html += section.format(step, Markup("").join(items))
    return html


@worded(frame.CACHED_FRAMES)
def _first_cases(reader: Reader, theme_id: str) -> Table:
    """The first cases, verified ones before others; the download has all."""
    cases = _cases(reader, reads.theme(reader.lang, theme_id, "paper"))
    first_cases = cases.sort_values("verified", ascending=False, kind="stable").head(MOST_CASES)
    entries = case_list.entries(reader, first_cases)
    return _("Cases"), entries, lambda: case_list.export(cases), f"escala_cases_{theme_id}"
