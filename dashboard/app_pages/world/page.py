"""World: how far is digital government, everywhere?"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.world import views
from dashboard.app_pages.world.views import Choice
from dashboard.charts import sentences
from dashboard.charts.context import KpiView
from dashboard.charts.zooms import WORLD, ZOOMS
from dashboard.components import choosing, frame, membership, pickers, shell, state, ways
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page."""
    choosing.listen("year", "zoom")
    top = st.container()
    kpi_id, choice = _controls(reader)
    kpi = reader.kpi(kpi_id)
    headline, own_line, age = _sentences(reader, kpi, choice.year, choice.group, choice.mine)
    if age:
        st.html(Markup('<p class="e-chip" role="note">{}</p>').format(age))
    with top:
        shell.headline(headline, lead=own_line)
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
    """Map, tiles or ranking; at first the list, where a map would say less: of a group, or on a phone.

    An address that names a part of the map asks for the map.
    """
    labels = {"map": _("Map"), "tiles": _("Tiles"), "ranking": _("Levels") if kpi.coded else _("Ranking")}
    has_room = not reader.ctx.narrow or "zoom" in state.store().values
    default = "map" if group == "WORLD" and has_room else "ranking"
    return pickers.switch(_("View"), "view", list(views.VIEWS), default, labels.__getitem__)


def _zoom() -> str:
    """The part of the world that the map shows. Its control stands below the map (`static/steps.js`)."""
    return state.store().single("zoom", list(ZOOMS), WORLD) or WORLD


@worded(data.MANY)
def _sentences(
    reader: Reader, kpi: KpiView, year: int | None, group: str, mine: str | None
) -> tuple[Markup, Markup, str]:
    """Who is first, the line of the reader's own country, and a chip below the controls.

    The line is empty without an own country, the chip unless the values are of several years or beyond the
    KPI's limit.
    """
    rows, ctx = views.values(reader, kpi.id, year, group), reader.ctx
    name = reader.group(group).name if group != "WORLD" else ""
    return (
        sentences.leader(rows, kpi, ctx, name),
        views.own_line(reader, rows, kpi, mine),
        sentences.age(rows, kpi, ctx),
    )
