"""Groups of the reader's own: those offered in lists, and the form that makes one.

An own group is its id (`kpis/groups.py`), so a link with it opens for any other reader. What a reader has made
or opened in this session stays in the lists, as do the groups of the catalogue folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.scalars import text_by_code
from dashboard.components import messages, state
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.groups import FEWEST, LONGEST_NAME, OwnGroupError, in_catalogue, is_own, own_group
from kpis.matching import fold

if TYPE_CHECKING:
    from kpis.queries import Warehouse

NEW = "my:"  # the entry of a list that opens the form
KEPT, ASKED, FAULT, DONE = (f"own_groups_{part}" for part in ("kept", "asked", "fault", "done"))
NAME, AREAS = "own_group_name", "own_group_areas"


def names(reader: Reader, chosen: list[str]) -> dict[str, str]:
    """Own groups as a list offers them, by id: the chosen ones and those known, marked as own; then the form."""
    for group_id in filter(is_own, chosen):
        remember(group_id)
    ids = dict.fromkeys([*known(), *_of_catalogue(reader.warehouse)])
    label = _("{name} (my group)")
    return {one: label.format(name=reader.group(one).name) for one in ids} | {NEW: _("My group…")}


def known() -> list[str]:
    """The own groups of this session, the oldest first."""
    return list(st.session_state.get(KEPT, ()))


def remember(group_id: str) -> None:
    """Keeps an own group in the lists of this session."""
    st.session_state[KEPT] = list(dict.fromkeys([*known(), group_id]))


def forget(group_id: str) -> None:
    """Takes an own group out of the lists of this session; a link with it still opens."""
    st.session_state[KEPT] = [one for one in known() if one != group_id]


def take(name: str) -> None:
    """Callback of a list with own groups: the choice becomes the parameter's; the last entry asks for the form."""
    value = st.session_state.get(state.widget(name))
    several = isinstance(value, list)
    if value != NEW and not (several and NEW in value):
        state.take(name)
        return
    st.session_state[ASKED] = name
    if several:
        state.store().put(name, [code for code in value if code != NEW])


def form(reader: Reader, name: str) -> None:
    """The form, once it was asked for from the list of the parameter."""
    if st.session_state.get(ASKED) != name:
        return
    del st.session_state[ASKED]
    st.dialog(_("A group of your own"))(_fields)(reader, name)


def _fields(reader: Reader, name: str) -> None:
    if st.session_state.pop(DONE, False):
        st.rerun()
    states = _states(reader)
    st.text_input(_("Name"), key=NAME, max_chars=LONGEST_NAME)
    st.multiselect(
        _("Countries"),
        list(states),
        key=AREAS,
        format_func=states.__getitem__,
        placeholder=_("Add a country"),
        select_all=False,
        filter_mode="contains",
    )
    if fault := st.session_state.pop(FAULT, None):
        messages.warning(fault.say(reader.lang))
    st.caption(
        _("{n} countries or more. The group stands in the link, so that others can open it.").format(n=FEWEST)
    )
    st.button(_("Use this group"), type="primary", key="own_group_make", on_click=_make, args=(name,))


def _make(name: str) -> None:
    """Callback: the group becomes the choice of its list; what is wrong with it is said in the form."""
    try:
        made = own_group(st.session_state.get(NAME, ""), st.session_state.get(AREAS, []))
    except OwnGroupError as fault:
        st.session_state[FAULT], st.session_state[ASKED] = fault, name
        return
    remember(made.id)
    others = state.store().values.get(name, []) if name == "area" else []
    state.store().put(name, [*others, made.id])
    st.session_state[DONE] = True


def _states(reader: Reader) -> dict[str, str]:
    """Names of the UN Member States by code, in alphabetical order."""
    table = reader.areas
    named = text_by_code(table.loc[table["un_member"], "name"])
    return dict(sorted(named.items(), key=lambda item: fold(item[1])))


@cached(data.FEW)
def _of_catalogue(_wh: Warehouse) -> list[str]:
    """The groups of the catalogue folder, read again with every build."""
    return [group.id for group in in_catalogue()]
