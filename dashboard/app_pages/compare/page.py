"""Compare: up to ten countries or groups side by side."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.compare import all_kpis, courses, profile_view
from dashboard.app_pages.compare.areas import Areas, named, start, without_value
from dashboard.charts.context import KpiView
from dashboard.components import frame, pickers, shell
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

VIEWS = ["trend", "profile", "table"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    areas, kpi, view = _controls(reader)
    with top:
        shell.headline(courses.headline(reader, kpi, areas))
    if not areas:
        return
    if view == "trend":
        _course(reader, kpi, areas)
    elif view == "profile":
        profile_view.show(reader, areas)
    else:
        frame.table_only(*all_kpis.values(reader, areas))


def _controls(reader: Reader) -> tuple[Areas, KpiView, str]:
    """The areas, the KPI and the view."""
    with st.container(key="controls_compare"):
        area_ids = pickers.areas(reader, lambda: start(reader))
        first, second = st.columns([2, 1], vertical_alignment="bottom")
        with first:
            kpi = reader.kpi(pickers.kpi(reader))
        with second:
            first_view = _("Levels") if kpi.coded else _("Trend")
            labels = {"trend": first_view, "profile": _("Profile"), "table": _("Table")}
            view = pickers.switch(_("View"), "show", VIEWS, "trend", labels.__getitem__)
    return named(reader, area_ids), kpi, view


def _course(reader: Reader, kpi: KpiView, areas: Areas) -> None:
    if len(without_value(reader, kpi, areas)) == len(areas):
        frame.sentence_only(kpi.name, _("None of those chosen has a value of this KPI. Choose another KPI."))
    else:
        frame.show(*(courses.levels if kpi.coded else courses.lines)(reader, kpi, areas))
