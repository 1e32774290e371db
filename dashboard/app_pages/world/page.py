"""World: how far is digital government, everywhere?"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.world import views
from dashboard.app_pages.world.views import Choice
from dashboard.charts import sentences
from dashboard.charts.context import KpiView
from dashboard.charts.zooms import WORLD, ZOOMS
from dashboard.components import choosing, frame, membership, pickers, shell, state, ways
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page."""
    choosing.listen("year", "zoom")
    top = st.container()
    kpi_id, choice = _controls(reader)
    kpi, rows = reader.kpi(kpi_id), views.values(reader, kpi_id, choice.year, choice.group)
    _age(reader, kpi, rows)
    with top:
        group_name = reader.group(choice.group).name if choice.group != "WORLD" else ""
        own_line = views.own_line(reader, rows, kpi, choice.mine)
        shell.headline(sentences.leader(rows, kpi, reader.ctx, group_name), lead=own_line)
        if ways.is_first_visit() and not own_line:
            ways.line(reader)
    frame.show(*views.chart(reader, kpi, choice))
    membership.below(reader, choice.group)


def _controls(reader: Reader) -> tuple[str, Choice]:
    mine = pickers.my_country(reader)
    with st.container(key="controls_world"):
        first, second, third, fourth = st.columns(4, gap="xsmall", vertical_alignment="bottom")
        with first:
            kpi_id = pickers.kpi(reader)
        with second:
            year = pickers.year(reader, kpi_id)
        with third:
            group = pickers.group(reader)
        with fourth:
            view = _view(reader, reader.kpi(kpi_id), group)
    zoom = _zoom() if view == "map" else WORLD
    return kpi_id, Choice(year, group, view, mine, zoom)


def _view(reader: Reader, kpi: KpiView, group: str) -> str:
    """Map, tiles or ranking; at first the list, where a map would say less: of a group, or on a phone."""
    labels = {"map": _("Map"), "tiles": _("Tiles"), "ranking": _("Levels") if kpi.coded else _("Ranking")}
    default = "map" if group == "WORLD" and not reader.ctx.narrow else "ranking"
    return pickers.switch(_("View"), "view", list(views.VIEWS), default, labels.__getitem__)


def _zoom() -> str:
    """The part of the world that the map shows. Its control stands below the map (`static/steps.js`)."""
    return state.store().single("zoom", list(ZOOMS), WORLD) or WORLD


def _age(reader: Reader, kpi: KpiView, rows: pd.DataFrame) -> None:
    """A chip below the controls where the values shown are of several years, or beyond the KPI's limit."""
    chip = sentences.age(rows, kpi, reader.ctx)
    if chip:
        st.html(Markup('<p class="e-chip" role="note">{}</p>').format(chip))
