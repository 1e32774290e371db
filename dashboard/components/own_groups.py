"""Groups of the reader's own: those offered in lists, and the form that makes one.

An own group is its id (`kpis/groups.py`), so a link with it opens for any other reader. What a reader has
made or opened in this session stays in the lists; so do the groups of the catalogue folder and those kept in
the workspace, which are read again when anybody changes one.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.scalars import text_by_code
from dashboard.components import alone, messages, state, workspace
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis import paths
from kpis.errors import CatalogueError
from kpis.groups import FEWEST, LONGEST_NAME, OwnGroup, in_catalogue, is_own, own_group
from kpis.matching import fold
from kpis.messages import TranslatedError
from kpis.workspace import Item, Person, Role, Workspace
from kpis.workspace import groups as store

if TYPE_CHECKING:
    from kpis.queries import Warehouse

NEW = "my:"  # the entry of a list that opens the form
KEPT, ASKED, FAULT, DONE = (f"own_groups_{part}" for part in ("kept", "asked", "fault", "done"))
NAME, AREAS, KEEP = "own_group_name", "own_group_areas", "own_group_keep"
OF_WORKSPACE = "own_groups_workspace"


def names(reader: Reader, chosen: list[str]) -> dict[str, str]:
    """Own groups as a list offers them, by id, marked as own; then the entry of the form."""
    for group_id in filter(is_own, chosen):
        remember(group_id)
    label = _("{name} (my group)")
    named = {one: label.format(name=reader.group(one).name) for one in offered(reader)}
    return named | {NEW: _("My group…")}


def offered(reader: Reader) -> list[str]:
    """The own groups that lists offer: of this session, of the workspace, of the catalogue folder."""
    kept = of_workspace(reader.lang)
    return list(dict.fromkeys([*known(), *kept, *_of_catalogue(reader.warehouse)]))


def of_workspace(lang: str) -> dict[str, Item]:
    """Entries of the groups kept in the workspace, by id of the group; none where it is off or new.

    None in a chart alone: it goes to a slide, a frame or a file, for whom the workspace is not.
    """
    if alone.wanted() is not None:
        return {}
    place = paths.workspace_place()
    if not ("://" in place or Path(place).is_file()):
        return {}
    access = workspace.access(lang)
    if access.workspace is None or access.person is None or not access.is_open:
        return {}
    with suppress(TranslatedError):  # the pages of the workspace say why; a list of groups goes without
        return _read(access.workspace, access.person)
    return {}


def _read(of: Workspace, person: Person) -> dict[str, Item]:
    """The entries as this session read them last, read again only when one of them has changed."""
    stamp = f"{person.id} {of.stamp(store.KIND)}"
    if st.session_state.get(OF_WORKSPACE, ("",))[0] != stamp:
        entries = {group.id: item for item, group in store.kept(of, person)}
        st.session_state[OF_WORKSPACE] = stamp, entries
    kept: dict[str, Item] = st.session_state[OF_WORKSPACE][1]
    return kept


def known() -> list[str]:
    """The own groups of this session, the oldest first."""
    return list(st.session_state.get(KEPT, ()))


def remember(group_id: str) -> None:
    """Keeps an own group in the lists of this session."""
    st.session_state[KEPT] = list(dict.fromkeys([*known(), group_id]))


def forget(group_id: str, lang: str) -> None:
    """Takes an own group out of the lists and of the workspace; a link with it still opens.

    Raises RightsError, ConflictError and faults of the workspace.
    """
    if item := of_workspace(lang).get(group_id):
        access = workspace.access(lang)
        assert access.workspace is not None
        assert access.person is not None
        store.remove(access.workspace, access.person, item)
    st.session_state[KEPT] = [one for one in known() if one != group_id]


def take(name: str) -> None:
    """Callback of a list with own groups: takes the choice; the last entry asks for the form."""
    value = st.session_state.get(state.widget(name))
    codes = value if isinstance(value, list) else [value]
    if NEW not in codes:
        state.take(name)
        return
    st.session_state[ASKED] = name
    if isinstance(value, list):
        state.store().put(name, [str(code) for code in codes if code != NEW])


def ask() -> None:
    """Callback of a button: asks for the form, from no list."""
    st.session_state[ASKED] = ""


def form(reader: Reader, name: str) -> None:
    """The form, once it was asked for from the list of the parameter; "": from no list."""
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
    if workspace.access(reader.lang).may(Role.EDITOR):
        st.checkbox(_("Keep it in the workspace"), key=KEEP)
    if fault := st.session_state.pop(FAULT, None):
        messages.warning(fault.say(reader.lang))
    st.caption(
        _("{n} countries or more. The group stands in the link, so that others can open it.").format(n=FEWEST)
    )
    st.button(
        _("Use this group"), type="primary", key="own_group_make", on_click=_make, args=(name, reader.lang)
    )


def _make(name: str, lang: str) -> None:
    """Callback: the group becomes the choice of its list; what is wrong with it is said in the form."""
    try:
        made = own_group(st.session_state.get(NAME, ""), st.session_state.get(AREAS, []))
        if st.session_state.get(KEEP):
            _keep(made, lang)
    except TranslatedError as fault:
        st.session_state[FAULT], st.session_state[ASKED] = fault, name
        return
    remember(made.id)
    if name:
        others = state.store().values.get(name, []) if name == "area" else []
        state.store().put(name, [*others, made.id])
    st.session_state[DONE] = True


def _keep(made: OwnGroup, lang: str) -> None:
    access = workspace.access(lang)
    if access.workspace is not None and access.person is not None:
        store.keep(access.workspace, access.person, made)


def _states(reader: Reader) -> dict[str, str]:
    """Names of the UN Member States by code, in alphabetical order."""
    table = reader.areas
    named = text_by_code(table.loc[table["un_member"], "name"])
    return dict(sorted(named.items(), key=lambda item: fold(item[1])))


@cached(data.FEW)
def _of_catalogue(_wh: Warehouse) -> list[str]:
    """The groups of the catalogue folder, read again with every build.

    None while a definition in it is wrong: the last good figures are shown then, and the page says why.
    """
    try:
        return [group.id for group in in_catalogue()]
    except CatalogueError:
        return []
