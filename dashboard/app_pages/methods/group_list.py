"""Groups of countries: which there are, who belongs to them in which years, and those of the reader's own."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts.scalars import records
from dashboard.components import faults, frame, links, own_groups, pickers, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.errors import EscalaError
from kpis.groups import read_id
from kpis.matching import fold

KINDS = {
    "world": mark("World"),
    "special": mark("Country group"),
    "region": mark("Region"),
    "subregion": mark("Subregion"),
    "income": mark("Income"),
    "organisation": mark("Organisation"),
}
FAULT = "group_list_fault"
_LINE = Markup('<p class="e-foot"><b>{name}</b> ({where}): {names}</p>')


def show(reader: Reader) -> None:
    """The reader's own groups, then the published ones."""
    _own(reader)
    rows = reader.groups.loc[list(pickers.group_names(reader))].reset_index()
    title = _("{n} groups: who belongs to them").format(n=reader.ctx.number(len(rows)))
    rows["kind"] = rows["kind"].map(lambda kind: _(KINDS[kind]))
    columns = ["group_id", "name", "kind", "n_members", "note", "source_url"]
    frame.table_only(title, _html(reader, rows), rows[columns], "escala_groups")
    frame.foot_only(
        _("A value counts for the members of its year. A link opens the members on the page World.")
    )


def _html(reader: Reader, rows: pd.DataFrame) -> str:
    columns = [
        Column(_("Group")),
        Column(_("Kind")),
        Column(_("Countries today"), True),
        Column(_("What counts")),
        Column(_("Members listed at")),
    ]
    body: list[list[Cell]] = [
        [
            links.to(reader, "world", row["name"], group=row["group_id"]),
            row["kind"],
            reader.ctx.number(row["n_members"]),
            row["note"] or "",
            _site(row["source_url"]),
        ]
        for row in records(rows)
    ]
    return table.html(_("Groups of countries"), columns, body, tall=True)


def _site(url: object) -> Cell:
    """The page that lists the members, named by its host."""
    if not isinstance(url, str):
        return ""
    return links.external_link(url.split("/")[2].removeprefix("www."), url)


def _own(reader: Reader) -> None:
    st.button(_("New group…"), key="group_list_new", on_click=own_groups.ask)
    own_groups.form(reader, "")
    if fault := st.session_state.pop(FAULT, None):
        faults.say(fault)
    kept = own_groups.of_workspace(reader.lang)
    for place, group_id in enumerate(own_groups.offered(reader)):
        names = reader.area_names[list(read_id(group_id).areas)]
        with st.container(horizontal=True, vertical_alignment="center", key=f"own_group_{place}"):
            where = (
                _("a group kept in the workspace")
                if group_id in kept
                else _("a group of this session and of its link")
            )
            name = links.to(reader, "world", reader.group(group_id).name, group=group_id)
            listed = ", ".join(sorted(map(str, names), key=fold))
            st.html(_LINE.format(name=name, names=listed, where=where))
            st.button(
                _("Remove"), key=f"own_group_remove_{place}", on_click=_remove, args=(group_id, reader.lang)
            )


def _remove(group_id: str, lang: str) -> None:
    """Callback: the group leaves the lists; why it could not is said on the page."""
    try:
        own_groups.forget(group_id, lang)
    except EscalaError as fault:
        st.session_state[FAULT] = fault
