"""World: how far is digital government, everywhere?"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.world import views
from dashboard.charts import sentences
from dashboard.charts.context import KpiView
from dashboard.components import frame, membership, pickers, shell, ways
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    kpi_id, year, group, view = _controls(reader)
    kpi, rows = reader.kpi(kpi_id), views.values(reader, kpi_id, year, group)
    _age(reader, kpi, rows)
    with top:
        group_name = reader.group(group).name if group != "WORLD" else ""
        mine = pickers.my_country(reader)
        own_line = views.own_line(reader, rows, kpi, mine)
        shell.headline(sentences.leader(rows, kpi, reader.ctx, group_name), lead=own_line)
        if ways.is_first_visit() and not own_line:
            ways.line(reader)
    frame.show(*views.chart(reader, kpi, year, group, view, mine))
    membership.below(reader, group)


def _controls(reader: Reader) -> tuple[str, int | None, str, str]:
    with st.container(key="controls_world"):
        first, second, third, fourth = st.columns([2.9, 1.15, 2.1, 2.85], vertical_alignment="bottom")
        with first:
            kpi_id = pickers.kpi(reader)
        with second:
            year = pickers.year(reader, kpi_id)
        with third:
            group = pickers.group(reader)
        with fourth:
            view = _view(reader.kpi(kpi_id), group)
    return kpi_id, year, group, view


def _view(kpi: KpiView, group: str) -> str:
    labels = {"map": _("Map"), "tiles": _("Tiles"), "ranking": _("Levels") if kpi.coded else _("Ranking")}
    default = "map" if group == "WORLD" else "ranking"
    return pickers.switch(_("View"), "view", list(views.VIEWS), default, labels.__getitem__)


def _age(reader: Reader, kpi: KpiView, rows: pd.DataFrame) -> None:
    """A chip below the controls where the values shown are of several years, or beyond the KPI's limit."""
    chip = sentences.age(rows, kpi, reader.ctx)
    if chip:
        st.html(Markup('<p class="e-chip" role="note">{}</p>').format(chip))
