"""Data and gaps: what is known of a country or a group, how old is it, and what could come next?"""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.gaps import fill, frames
from dashboard.app_pages.gaps.kpi_years import kpi_years
from dashboard.charts import coverage_words as coverage
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

OF_COUNTRY = ["dimensions", "kpis", "next"]
OF_GROUP = ["tiles", "ranking", "dimensions"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    area, group_id, view = _controls(reader)
    if area is None:
        _group(reader, top, group_id, view)
    else:
        _country(reader, top, area, group_id, view)


def _controls(reader: Reader) -> tuple[str | None, str, str]:
    """The country, or None; the group, or the one to compare with; the view."""
    with st.container(key="controls_gaps"):
        first, second, third = st.columns([1.5, 1.5, 1.8], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader)
        with second:
            group_id = pickers.group(
                reader,
                name="peers" if area else "group",
                label=_("Compared with") if area else "",
                default=usual_group(reader, area) if area else "WORLD",
            )
        with third:
            view = _view(area, group_id)
    return area, group_id, view


def _view(area: str | None, group_id: str) -> str:
    labels = {
        "dimensions": _("By dimension"),
        "kpis": _("Every KPI"),
        "next": _("Filling gaps"),
        "tiles": _("Tiles"),
        "ranking": _("Ranking"),
    }
    views = OF_COUNTRY if area else OF_GROUP
    default = "dimensions" if area or group_id != "WORLD" else "tiles"
    return pickers.switch(_("View"), "show" if area else "by", views, default, labels.__getitem__)


def _country(reader: Reader, top: Container, area: str, group_id: str, view: str) -> None:
    rows = data.country(reader.warehouse, area)
    with_value, old = int(rows["obs_value"].notna().sum()), int(coverage.is_old(rows).sum())
    with top:
        shell.headline(
            coverage.country_sentence(reader.area(area).name, with_value, old, len(rows), reader.ctx),
            lead=fill.lead(reader, area, group_id, linked=view != "next"),
        )
    if view == "dimensions":
        frame.show(*frames.country_bars(reader, area))
    elif view == "kpis":
        frame.table_only(*kpi_years(reader, area))
    else:
        fill.show(reader, area, group_id)


def _group(reader: Reader, top: Container, group_id: str, view: str) -> None:
    mine = pickers.my_country(reader)
    sentence, chart, chart_frame = frames.group(reader, group_id, view, mine)
    with top:
        shell.headline(sentence, lead=frames.own_share(reader, mine) if mine else "")
    frame.show(chart, chart_frame)
