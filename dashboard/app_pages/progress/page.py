"""Progress: is a country on track for its targets of 2030, and do the methods agree?"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.progress import how, path_view, reads, tables, views
from dashboard.charts import progress_words as words
from dashboard.components import explain, frame, groups, links, membership, own_table, pickers, shell, state
from dashboard.components.container import Container
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
    view, area, group, horizon = _controls(reader)
    if view == "group":
        _group(reader, top, group, area)
    elif area is None:
        with top:
            shell.headline(_("Is your country on track for 2030?"), lead=_("Choose a country below."))
    elif view == "path":
        _path(reader, top, area, horizon)
        own_table.show(reader, area)
    else:
        _status(reader, top, area, horizon)
        own_table.show(reader, area)


def _controls(reader: Reader) -> tuple[str, str | None, str, int]:
    """View, country, group, year of the projection."""
    area = pickers.country_of_address(reader)
    group = groups.usual_group(reader, area) if area else groups.own_group(reader, "LDC")
    horizon = reads.TARGET_YEAR
    with st.container(key="controls_progress"):
        left, right = st.columns([3.8, 4], vertical_alignment="bottom")
        with right:
            view = _view("group" if area is None else "status")
        with left:
            if view == "group":
                group = pickers.group(reader, default=group)
            else:
                first, second = st.columns([2.6, 1.2])
                with first:
                    area = pickers.country(reader)
                with second:
                    horizon = _horizon(reader)
    return view, area, group, horizon


def _view(default: str) -> str:
    labels = {"status": _("Status"), "path": _("Path"), "group": _("Group")}
    return pickers.switch(_("View"), "scope", VIEWS, default, labels.__getitem__)


def _method() -> str:
    return pickers.switch(_("Method"), "method", list(METHODS), "unsd", words.SHORT.__getitem__, hidden=False)


def _all_methods() -> bool:
    """The switch that shows the statuses of all four methods beside the verdict."""
    name, code = "show", "methods"
    is_on = state.store().single(name, [code], None) == code
    st.session_state[state.widget(name)] = is_on

    def take() -> None:
        state.store().put(name, [code] if st.session_state[state.widget(name)] else [])

    st.toggle(_("Show all methods"), key=state.widget(name), on_change=take)
    return is_on


def _horizon(reader: Reader) -> int:
    """The year to which a trend is carried on: from that of reading, and always the usual one."""
    first, usual = min(reader.ctx.as_of, reads.TARGET_YEAR), str(reads.TARGET_YEAR)
    years = [str(year) for year in range(first, LAST_HORIZON + 1)]
    return int(pickers.choose(_("Trend to"), "horizon", years, usual, str) or usual)


def _status(reader: Reader, top: Container, area: str, horizon: int) -> None:
    head = st.container()
    with st.container(key="at_table_progress", horizontal=True, vertical_alignment="center", gap="medium"):
        method = _method()
        all_methods = _all_methods()
    sentence, below = views.headline(reader, area, method, horizon)
    with top:
        shell.headline(sentence, lead=below)
    title, markup, foot = views.status(reader, area, method, horizon, all_methods=all_methods)
    with head:
        frame.table_only(*title, how=lambda: how.card(method, reader.ctx))
    st.html(markup)
    st.html(foot)


def _path(reader: Reader, top: Container, area: str, horizon: int) -> None:
    with st.container(key="controls_path"):
        left, right = st.columns([1, 1.15], vertical_alignment="bottom")
        with left:
            kpi_id = _indicator(reader)
        with right:
            method = _method()
    path = path_view.path(reader, area, kpi_id, method, horizon)
    with top:
        shell.headline(path.headline if path else views.headline(reader, area, method, horizon)[0])
    if path is None:
        text = _("No value since 2015, so no status: {kpis}.").format(kpis=reader.kpi(kpi_id).name)
        st.html(Markup('<p class="e-lead">{}</p>').format(text))
        return
    frame.show(path.figure, path.frame)
    st.html(Markup("<p>{}</p>").format(path.verdict))
    back = links.anchor(tables.to(reader, "status", area, method), _("All KPIs with a target"))
    ways = Markup('<p class="e-ways-on">{}: {} · {}</p>')
    st.html(ways.format(reader.kpi(kpi_id).name, tables.onward(reader, area, reader.kpi(kpi_id)), back))


def _indicator(reader: Reader) -> str:
    """The KPI of the path, of those with a target."""
    labels = pickers.labels_of(reader, data.targets(reader.warehouse, reader.lang).index)
    ids = list(labels)
    usual = INDICATOR if INDICATOR in ids else ids[0]
    allowed = _("ids of KPIs with a target, such as SDG_17.8.1")
    kpi_id = pickers.choose("KPI", "indicator", ids, usual, labels.__getitem__, allowed=allowed)
    return kpi_id or usual


def _group(reader: Reader, top: Container, group: str, area: str | None) -> None:
    head = st.container()
    with st.container(key="at_table_progress"):
        method = _method()
    sentence, title, matrix, foot = views.group(reader, group, area, method)
    with top:
        shell.headline(sentence)
    with head:
        frame.table_only(*title, how=lambda: how.card(method, reader.ctx))
    st.html(matrix)
    st.html(foot)
    if to_expect := views.expected(reader, group):
        frame.table_only(*to_expect, how=lambda: explain.method(reader, how.FORECAST))
    membership.below(reader, group)
