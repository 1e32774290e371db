"""The tables held, in the session or in the workspace: kept, removed, downloaded; the worked example."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.mydata.choice import EXAMPLE
from dashboard.components import download, messages, own, workspace
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.own import Dataset
from dashboard.components.workspace import Access
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.messages import TranslatedError
from kpis.workspace import Role
from kpis.workspace.figures import OwnFigures
from kpis.workspace.figures.example import example, files
from kpis.workspace.figures.keep import keep, remove

OPENED = "escala_own_example"


@cached(2)
def worked_example(reader: Reader) -> Dataset | None:
    """The example, read once for all: it is nobody's own."""
    opened = example(own.known(reader), reader.lang)
    return None if opened is None else Dataset(EXAMPLE, opened)


def tables(reader: Reader) -> dict[str, Dataset]:
    """What the page can show: the reader's tables, and the example where it was opened."""
    held = own.datasets(reader)
    if not st.session_state.get(OPENED):
        return held
    opened = worked_example(reader)
    return held if opened is None else {**held, EXAMPLE: opened}


def open_example() -> None:
    """Shows the example."""
    st.session_state[OPENED] = True
    st.session_state[own.SHOW] = EXAMPLE
    own.forget_choice()


def offer_example() -> None:
    """The button that opens the example, where it lies in the data and is not open."""
    if not st.session_state.get(OPENED) and files() is not None:
        st.button(
            _("Open the example: fixed Internet in Colombia’s municipalities"),
            key="mydata_example",
            on_click=open_example,
        )


def show(reader: Reader, held: dict[str, Dataset]) -> None:
    """The list, each table with what can be done with it."""
    if not held:
        return
    to = workspace.access(reader.lang)
    st.html(Markup('<h2 class="e-section">{}</h2>').format(_("Tables held")))
    for at, one in enumerate(held.values()):
        _table(reader, to, one, at)
    if not to.is_open:
        messages.info(to.reason)


def _table(reader: Reader, to: Access, one: Dataset, at: int) -> None:
    number, rows = reader.ctx.number, one.own.figures
    place = _("kept in the workspace") if one.item else _("in this session only")
    if one.id == EXAMPLE:
        place = _("the worked example")
    line = _("figures: {n}; areas: {areas}; series: {series}").format(
        n=number(len(rows)), areas=number(rows["ref_area"].nunique()), series=number(len(one.own.series))
    )
    with st.container(key=f"mydata_table_{at}", horizontal=True, vertical_alignment="center"):
        st.html(Markup("<p><b>{}</b> <small>{} · {}</small></p>").format(one.own.name, line, place))
        file_button(
            _("Download (CSV)"),
            lambda: download.csv(export(one.own)),
            "escala_own.csv",
            "text/csv",
            key=f"mydata_csv_{at}",
            is_quiet=True,
        )
        if one.item is None and one.id != EXAMPLE and to.is_open and to.may(Role.EDITOR):
            st.button(
                _("Keep in the workspace"),
                key=f"mydata_keep_{at}",
                on_click=_keep,
                args=(reader, to, one),
                type="tertiary",
            )
        if one.item is None or to.may(Role.EDITOR):
            st.button(
                _("Close") if one.id == EXAMPLE else _("Remove"),
                key=f"mydata_remove_{at}",
                on_click=_remove,
                args=(reader, to, one),
                type="tertiary",
            )


def export(own_figures: OwnFigures) -> pd.DataFrame:
    """The figures with the names of their areas and series, as the command and the page read them back."""
    areas = own_figures.areas.rename(columns={"name": "area_name"})
    series = own_figures.series.rename(columns={"name": "series_name"}).drop(columns="kpi")
    rows = own_figures.figures.merge(
        areas[["ref_area", "area_name", "parent", "level"]], on="ref_area", how="left"
    )
    return rows.merge(series, on="series", how="left")


def _keep(reader: Reader, to: Access, one: Dataset) -> None:
    assert to.workspace is not None
    assert to.person is not None
    try:
        item = keep(to.workspace, to.person, one.own)
    except TranslatedError as fault:
        st.session_state["escala_own_says"] = fault.say(reader.lang)
        return
    own.drop(one.own.name)
    st.session_state[own.SHOW] = item.id
    own.forget_choice()


def _remove(reader: Reader, to: Access, one: Dataset) -> None:
    if one.id == EXAMPLE:
        st.session_state[OPENED] = False
    elif one.item is None:
        own.drop(one.own.name)
    elif to.workspace is not None and to.person is not None:
        try:
            remove(to.workspace, to.person, one.item)
        except TranslatedError as fault:
            st.session_state["escala_own_says"] = fault.say(reader.lang)
            return
    own.forget_choice()
