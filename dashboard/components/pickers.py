"""Controls bound to the address: each shows the reader's words and stores a plain code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import state
from dashboard.components.language import catalogue
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis import names
from kpis.matching import fold

if TYPE_CHECKING:
    from kpis.queries import Warehouse

Say = Callable[[str], str]
MOST_AREAS = 10
OUTSIDE = mark("not a UN Member State")


def choose(
    label: str,
    name: str,
    options: Sequence[str],
    default: str | None,
    say: Say,
    *,
    placeholder: str = "",
    help: str | None = None,
    where: str = "",
    allowed: str = "",
) -> str | None:
    """A drop-down list for the parameter `name`; None only if there is no default and no choice."""
    value = state.store().one(name, options, default, say=allowed)
    st.session_state[state.widget(name)] = value
    st.selectbox(
        label,
        options,
        index=None if default is None else 0,
        format_func=say,
        key=state.widget(name),
        placeholder=placeholder or label,
        on_change=state.take,
        args=(name,),
        help=help,
        filter_mode="contains",
        label_visibility="collapsed" if where == "inline" else "visible",
    )
    return value


def switch(
    label: str, name: str, options: Sequence[str], default: str, say: Say, *, hidden: bool = True
) -> str:
    """A row of choices for the parameter `name`."""
    value = state.store().one(name, options, default) or default
    st.session_state[state.widget(name)] = value
    st.segmented_control(
        label,
        options,
        format_func=say,
        key=state.widget(name),
        on_change=state.take,
        required=True,
        args=(name,),
        label_visibility="collapsed" if hidden else "visible",
    )
    return value


def several(
    label: str,
    name: str,
    options: Sequence[str],
    default: Sequence[str],
    say: Say,
    *,
    most: int,
    needed: bool = False,
    allowed: str = "",
    placeholder: str = "",
) -> list[str]:
    """Up to `most` choices for the parameter `name`; needed: none is the default."""
    value = state.store().many(name, options, default, most=most, say=allowed)
    if needed and not value:
        value = state.store().values[name] = list(default)
    st.session_state[state.widget(name)] = value
    st.multiselect(
        label,
        options,
        key=state.widget(name),
        max_selections=most,
        format_func=say,
        on_change=state.take,
        args=(name,),
        placeholder=placeholder or _("All"),
        select_all=False,
        filter_mode="contains",
    )
    return value


def search(label: str, name: str, *, placeholder: str = "", everywhere: bool = False) -> str:
    """A line of the reader's own words for the parameter `name`; everywhere: it has a magnifying glass."""
    said = state.store().free(name)
    st.session_state[state.widget(name)] = said
    st.text_input(
        label,
        key=state.widget(name),
        type="search",
        max_chars=60,
        placeholder=placeholder or None,
        icon=":material/search:" if everywhere else None,
        on_change=state.take,
        args=(name,),
    )
    return said


def kpi(reader: Reader, *, label: str = "", default: str = "EGDI") -> str:
    """A KPI that holds data, in the order of the dimensions, those without a fresh value last.

    Raises NothingHeldError if there is none.
    """
    names = _held(reader.warehouse, reader.lang)
    if not names:
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    ids = list(names)
    chosen = choose(
        label or _("KPI"),
        "kpi",
        ids,
        default if default in ids else ids[0],
        names.__getitem__,
        allowed=_("ids of KPIs with data, such as EGDI, OSI, SDG_9.c.1"),
    )
    return chosen or ids[0]


@cached(data.FEW)
def _held(wh: Warehouse, lang: str) -> dict[str, str]:
    """Name and dimension of the KPIs that hold data, by id; by dimension, old ones last with their year."""
    listed, names = data.kpis(wh, lang), data.dimensions(wh, lang)
    order, old = list(names), data.old_kpis(wh)
    ids = sorted(data.kpis_with_data(wh), key=lambda one: (one in old, order.index(listed[one].dimension)))
    return {
        one: f"{listed[one].name} · {names[listed[one].dimension]}" + (f" ({old[one]})" if one in old else "")
        for one in ids
    }


@cached(data.FEW)
def states(wh: Warehouse, lang: str) -> dict[str, str]:
    """Names of the UN Member States as the controls show them, by code, in alphabetical order."""
    table = data.areas(wh, lang)
    names = table.loc[table["un_member"], ["name"]]
    return {code: str(names.at[code, "name"]) for code in by_name(names)}


@cached(data.FEW)
def places(wh: Warehouse, lang: str) -> dict[str, str]:
    """Names of the UN Member States and of other areas with figures, which are marked, by code; in order."""
    table, said = data.areas(wh, lang)[["name"]], catalogue(lang).gettext(OUTSIDE)
    outside = {one: f"{table.at[one, 'name']} · {said}" for one in data.outside(wh)}
    found = states(wh, lang) | outside
    return {code: found[code] for code in by_name(table.loc[list(found)])}


def asked(reader: Reader) -> str | None:
    """The UN Member State that is chosen, for a page that needs it before its list is drawn."""
    if beyond := _outside(reader.warehouse):
        _keep(reader, beyond)
        return None
    return state.store().one(
        "country", list(states(reader.warehouse, reader.lang)), None, say=_states_allowed()
    )


def country(reader: Reader, *, label: str = "", others: bool = False) -> str | None:
    """A UN Member State, by name; none at first. others: or another area with figures, marked as such.

    Another area can be chosen on a page that assesses Member States only, too; the page says so of it.
    """
    named = places(reader.warehouse, reader.lang)
    chosen = choose(
        label or _("Country"),
        "country",
        list(named),
        None,
        named.__getitem__,
        placeholder=_("Search a country"),
        allowed=_states_allowed(),
    )
    if chosen is None or others or chosen not in data.outside(reader.warehouse):
        return chosen
    _keep(reader, chosen)
    return None


def _keep(reader: Reader, area: str) -> None:
    """Keeps an area in the address that the page does not assess, and has the page say so."""
    store = state.store()
    store.used["country"] = [area]
    store.outside = str(reader.area(area).name)


def _outside(wh: Warehouse) -> str:
    """The area that is chosen, if it has figures and is no UN Member State."""
    held = state.store().values.get("country")
    found = names.index().find(held[0]) if held else []
    return found[0] if len(found) == 1 and found[0] in data.outside(wh) else ""


def _states_allowed() -> str:
    return _("ISO codes of the UN Member States, such as COL, JAM, NAM")


def group(reader: Reader, *, name: str = "group", default: str = "WORLD", label: str = "") -> str:
    """A group of countries: world, special groups, regions, income, subregions."""
    names = reader.groups["name"].astype(str).to_dict()
    state.store().adopt(name, state.SAME[name])
    chosen = choose(label or _("Group"), name, list(names), default, names.__getitem__)
    return chosen or default


def linked_group(reader: Reader, name: str, default: str) -> str:
    """The group that an address names, for a view without a list of groups."""
    state.store().adopt(name, state.SAME[name])
    return state.store().one(name, list(reader.groups.index), default) or default


def year(reader: Reader, kpi_id: str) -> int | None:
    """A year with data or each country's latest value (None)."""
    other = data.shorter_scales(reader.warehouse).get(kpi_id, [])
    held = [str(one) for one in reversed(data.years(reader.warehouse, kpi_id)) if one not in other]
    options = ["latest", *held]
    default = held[0] if held and _whole(reader.warehouse, kpi_id, int(held[0])) else "latest"
    span = f"{held[-1]}–{held[0]}" if held else ""
    chosen = choose(
        _("Year"),
        "year",
        options,
        default,
        lambda one: _("latest") if one == "latest" else one,
        allowed=_("years with data: {years}").format(years=", ".join(held[:14]) or span),
    )
    return None if chosen in (None, "latest") else int(chosen)


@cached(data.MANY)
def _whole(wh: Warehouse, kpi_id: str, last: int) -> bool:
    """Whether the last year alone covers nearly all countries that have a value at all."""
    newest = data.world(wh, "en", kpi_id, last)["obs_value"].notna().sum()
    any_year = data.world(wh, "en", kpi_id, None)["obs_value"].notna().sum()
    return bool(newest >= 0.9 * any_year)


def areas(reader: Reader, default: Sequence[str]) -> list[str]:
    """Up to ten countries or groups, groups first."""
    named = reader.groups["name"].astype(str).to_dict() | places(reader.warehouse, reader.lang)
    options = list(named)
    value = state.store().many(
        "area", options, default, most=MOST_AREAS, say=_("up to ten ISO codes or group ids")
    )
    st.session_state[state.widget("area")] = value
    st.multiselect(
        _("Countries and groups (up to ten)"),
        options,
        key=state.widget("area"),
        max_selections=MOST_AREAS,
        format_func=named.__getitem__,
        on_change=state.take,
        args=("area",),
        placeholder=_("Add a country or group"),
        select_all=False,
        filter_mode="contains",
    )
    return value


def by_name(table: pd.DataFrame) -> list[str]:
    """Codes in the alphabetical order of their names, accents aside."""
    return table["name"].map(fold).sort_values().index.tolist()
