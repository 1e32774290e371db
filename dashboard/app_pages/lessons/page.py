"""Lessons: what has been learnt in LDCs and SIDS, and how does a KPI serve the SDGs?"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.lessons import lessons, linkage
from dashboard.app_pages.lessons import theme as theme_page
from dashboard.components import links, pickers, state
from dashboard.components.knowledge import reads
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

VIEWS = ["lessons", "links"]


def draw(reader: Reader) -> None:
    """The page."""
    papers = reads.themes(reader.lang, "paper")["name"]
    theme_id = state.store().single("theme", list(papers.index), None)
    if theme_id is None:
        _overview(reader, papers)
        return
    back = links.to(reader, "lessons", "← " + _("All lessons and themes"))
    st.html(Markup("<p>{}</p>").format(back))
    theme_page.show(reader, theme_id)


def _overview(reader: Reader, papers: pd.Series) -> None:
    """Lessons or links, below the themes."""
    top = st.container()
    _themes(reader, papers)
    with st.container(key="controls_lessons"):
        first, second, third = st.columns([1.6, 1.2, 1.2], vertical_alignment="bottom")
        with first:
            labels = {"lessons": _("Lessons"), "links": _("KPIs and SDG targets")}
            view = pickers.switch(_("View"), "show", VIEWS, "lessons", labels.__getitem__)
        if view == "lessons":
            with second:
                group = lessons.pick_group()
        else:
            with second:
                kpi_id = linkage.pick_kpi(reader)
            with third:
                target = linkage.pick_target(reader)
    if view == "lessons":  # outside of the controls, which are not printed
        lessons.show(reader, top, group)
    else:
        linkage.show(reader, top, kpi_id, target)


def _themes(reader: Reader, papers: pd.Series) -> None:
    """The four themes of the Centre's papers as ways in."""
    item = Markup("<li>{}</li>")
    items = Markup("").join(
        item.format(links.to(reader, "lessons", str(name), theme=str(theme_id)))
        for theme_id, name in papers.items()
    )
    st.html(
        Markup('<nav aria-label="{title}"><ul class="e-doors"><li>{title}:</li>{items}</ul></nav>').format(
            title=_("Themes of the Centre’s papers"), items=items
        )
    )
