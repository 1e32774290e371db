"""Lessons: what has been learnt in LDCs and SIDS, and how does a KPI serve the SDGs?"""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.lessons import lessons, linkage, theme_kpis
from dashboard.app_pages.lessons import theme as theme_page
from dashboard.charts.scalars import text_by_code
from dashboard.components import pickers
from dashboard.components.knowledge import reads
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

VIEWS = ["lessons", "links"]
ANY = "any"


def draw(reader: Reader) -> None:
    """The page: of a theme of the Centre's papers, or of all, the lessons or the SDG targets."""
    top = st.container()
    with st.container(key="controls_lessons"):
        theme_id = _theme(reader)
        first, second, third = st.columns([1.8, 1.2, 1.2], vertical_alignment="bottom")
        with first:
            labels = {"lessons": _("What has been learnt"), "links": _("Which SDG targets it serves")}
            view = pickers.switch(_("View"), "show", VIEWS, "lessons", labels.__getitem__)
        kpi_ids = _kpi_ids(reader, theme_id)
        if view == "links":
            with second:
                kpi_id = linkage.pick_kpi(reader, kpi_ids)
            with third:
                target = linkage.pick_target(reader)
        elif theme_id is None:
            with second:
                group = lessons.pick_group()
    if view == "links":  # outside of the controls, which are not printed
        linkage.show(reader, top, kpi_id, target, kpi_ids)
    elif theme_id is None:
        lessons.show(reader, top, group)
    else:
        theme_page.show(reader, top, theme_id)


def _theme(reader: Reader) -> str | None:
    """A theme as one of the tabs; None for all."""
    names = {ANY: _("All themes")} | text_by_code(reads.themes(reader.lang, "paper")["name"])
    label = _("Themes of the Centre’s papers")
    theme_id = pickers.switch(label, "theme", list(names), ANY, names.__getitem__)
    return None if theme_id == ANY else theme_id


def _kpi_ids(reader: Reader, theme_id: str | None) -> tuple[str, ...] | None:
    """The KPIs of a theme; None for all."""
    if theme_id is None:
        return None
    return tuple(theme_kpis.of_theme(reader, reads.theme(reader.lang, theme_id, "paper")))
