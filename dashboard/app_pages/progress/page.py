"""Progress: is a country on track for its targets of 2030, and do the methods agree?"""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.app_pages.progress import how as explain_progress
from dashboard.app_pages.progress import views as progress_views
from dashboard.charts import progress_words as words
from dashboard.components import frame, membership, pickers, shell
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.progress import METHODS

LAST_HORIZON = 2040
VIEWS = ["status", "path", "group"]
INDICATOR = "SDG_17.8.1"  # held for every UN Member State


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    if data.targets(reader.warehouse, reader.lang).empty:
        shell.headline(_("No KPI of this catalogue has a target."))
        return
    view, area, group, method, horizon = _controls(reader)
    if view == "group":
        _group(reader, top, group, area, method)
        return
    if area is None:
        with top:
            shell.headline(_("Is your country on track for 2030?"), lead=_("Choose a country below."))
        return
    if view == "path":
        _path(reader, top, area, method, horizon)
        return
    with top:
        shell.headline(progress_views.headline(reader, area, method, horizon))
    table, foot = progress_views.status(reader, area, method, horizon)
    frame.table_only(*table, how=lambda: explain_progress.card(method, reader.ctx))
    st.html(foot)


def _controls(reader: Reader) -> tuple[str, str | None, str, str, int]:
    """View, country, group, method, year of the projection."""
    area = pickers.asked(reader)
    group, horizon = "CARIBBEAN_SIDS", str(progress_views.TARGET_YEAR)
    with st.container(key="controls_progress"):
        first, second, third, fourth = st.columns([2.3, 1.1, 2.5, 2.8], vertical_alignment="bottom")
        with third:
            said = {"status": _("Status"), "path": _("Path"), "group": _("Group")}
            default = "group" if area is None else "status"
            view = pickers.switch(_("View"), "scope", VIEWS, default, lambda one: said[one])
        with first:
            if view == "group":
                group = pickers.group(reader, default=group)
            else:
                area = pickers.country(reader)
        if view != "group":
            with second:
                horizon = pickers.choose(_("Trend to"), "horizon", _horizons(reader), horizon, str) or horizon
        with fourth:
            method = pickers.switch(
                _("Method"), "method", list(METHODS), "unsd", lambda one: words.SHORT[one], hidden=False
            )
    return view, area, group, method, int(horizon)


def _horizons(reader: Reader) -> list[str]:
    """Years to which a trend may be carried on: from that of reading, and always the usual one."""
    first = min(reader.ctx.as_of, progress_views.TARGET_YEAR)
    return [str(year) for year in range(first, LAST_HORIZON + 1)]


def _path(
    reader: Reader, top: st.delta_generator.DeltaGenerator, area: str, method: str, horizon: int
) -> None:
    listed, targets = (
        reader.kpis,
        data.targets(reader.warehouse, reader.lang),
    )
    with st.container(key="path_verdict"):  # no key of controls: the verdict is printed
        left, right = st.columns([1, 1.15], vertical_alignment="bottom")
    with left:
        usual = INDICATOR if INDICATOR in targets.index else str(targets.index[0])
        allowed = _("ids of KPIs with a target, such as SDG_17.8.1")
        ids = list(targets.index)
        chosen = (
            pickers.choose("KPI", "indicator", ids, usual, lambda one: listed[one].name, allowed=allowed)
            or usual
        )
    found = progress_views.path(reader, area, chosen, method, horizon)
    with top:
        shell.headline(found.headline if found else progress_views.headline(reader, area, method, horizon))
    if found is None:
        text = _("No value since 2015, so no status: {kpis}.").format(kpis=listed[chosen].name)
        st.html(f'<p class="e-lead">{escape(text)}</p>')
        return
    right.html(f"<p>{found.verdict}</p>")
    frame.show(found.figure, found.frame)


def _group(
    reader: Reader, top: st.delta_generator.DeltaGenerator, group: str, area: str | None, method: str
) -> None:
    said, table, foot = progress_views.group(reader, group, area, method)
    with top:
        shell.headline(said)
    frame.table_only(*table, how=lambda: explain_progress.card(method, reader.ctx))
    st.html(foot)
    membership.below(reader, group)
