"""World: how far is digital government, everywhere?"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.world import reads, views
from dashboard.app_pages.world.views import Choice
from dashboard.charts import sentences
from dashboard.charts.context import KpiView
from dashboard.charts.zooms import WORLD, ZOOMS
from dashboard.components import choosing, frame, membership, pickers, shell, ways
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page."""
    choosing.listen("year")
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
        columns = st.columns([3.8, 0.95, 1.75, 2.1, 1.35], gap="xsmall", vertical_alignment="bottom")
        with columns[0]:
            kpi_id = pickers.kpi(reader)
        with columns[1]:
            year = pickers.year(reader, kpi_id)
        with columns[2]:
            group = pickers.group(reader)
        with columns[3]:
            view = _view(reader, reader.kpi(kpi_id), group)
        zoom = _zoom(reader, mine, columns[4]) if view == "map" else WORLD
    return kpi_id, Choice(year, group, view, mine, zoom)


def _view(reader: Reader, kpi: KpiView, group: str) -> str:
    """Map, tiles or ranking; at first the list, where a map would say less: of a group, or on a phone."""
    labels = {"map": _("Map"), "tiles": _("Tiles"), "ranking": _("Levels") if kpi.coded else _("Ranking")}
    default = "map" if group == "WORLD" and not reader.ctx.narrow else "ranking"
    return pickers.switch(_("View"), "view", list(views.VIEWS), default, labels.__getitem__)


def _zoom(reader: Reader, mine: str | None, spot: Container) -> str:
    """The part of the world that the map shows; that of the reader's own country is offered first."""
    own = reads.region_of(reader.warehouse, mine)
    names = reader.groups["name"]
    labels = {zoom: str(names.get(zoom, zoom)) for zoom in ZOOMS} | {"CARIBBEAN": _("Caribbean")}
    order = sorted(ZOOMS, key=lambda zoom: (zoom != WORLD, zoom != own))
    with spot:
        return pickers.choose(_("Map of"), "zoom", order, WORLD, labels.__getitem__) or WORLD


def _age(reader: Reader, kpi: KpiView, rows: pd.DataFrame) -> None:
    """A chip below the controls where the values shown are of several years, or beyond the KPI's limit."""
    chip = sentences.age(rows, kpi, reader.ctx)
    if chip:
        st.html(Markup('<p class="e-chip" role="note">{}</p>').format(chip))
