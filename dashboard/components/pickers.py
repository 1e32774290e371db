"""Controls bound to the address: each shows the reader's words and stores a plain code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.charts.scalars import text_by_code
from dashboard.components import memory, own_groups, state
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
KINDS = ["world", "special", "region", "subregion", "income", "organisation"]  # of groups, as lists part them
OUTSIDE = mark("not a UN Member State")
# Dimensions with a name too long for a list of KPIs.
SHORT = {"overall": mark("Overview"), "legal": mark("Legal"), "data_outcomes": mark("Data")}


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
    take: Callable[[str], None] = state.take,
) -> str | None:
    """A drop-down list for the parameter `name`; None only if there is no default and no choice.

    take: called with the name when the reader has chosen.
    """
    value = state.store().single(name, options, default, say=allowed)
    st.session_state[state.widget(name)] = value
    st.selectbox(
        label,
        options,
        index=None if default is None else 0,
        format_func=say,
        key=state.widget(name),
        placeholder=placeholder or label,
        on_change=take,
        args=(name,),
        help=help,
        filter_mode="contains",
        label_visibility="collapsed" if where == "inline" else "visible",
    )
    return value


def place_list(
    label: str,
    name: str,
    named: dict[str, str],
    value: str | None,
    on_change: Callable[..., None],
    args: tuple[str | None, ...] = (),
    *,
    placeholder: str = "",
) -> None:
    """A list of places by name, which can be emptied."""
    st.session_state[state.widget(name)] = value
    st.selectbox(
        label,
        list(named),
        index=None,
        format_func=named.__getitem__,
        key=state.widget(name),
        placeholder=placeholder or _("Search a country"),
        on_change=on_change,
        args=args,
        filter_mode="contains",
    )


def switch(
    label: str, name: str, options: Sequence[str], default: str, say: Say, *, hidden: bool = True
) -> str:
    """A row of choices for the parameter `name`."""
    value = state.store().single(name, options, default) or default
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


def search(label: str, name: str, *, placeholder: str = "") -> str:
    """A line of the reader's own words for the parameter `name`."""
    query = state.store().free(name)
    st.session_state[state.widget(name)] = query
    st.text_input(
        label,
        key=state.widget(name),
        type="search",
        max_chars=60,
        placeholder=placeholder or None,
        on_change=state.take,
        args=(name,),
    )
    return query


def kpi(reader: Reader, *, label: str = "", default: str = "EGDI") -> str:
    """A KPI that holds data, by dimension. Raises NothingHeldError if there is none."""
    labels = kpi_labels(reader.warehouse, reader.lang)
    if not labels:
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    ids = list(labels)
    kpi_id = choose(
        label or _("KPI"),
        "kpi",
        ids,
        default if default in ids else ids[0],
        labels.__getitem__,
        allowed=_("ids of KPIs with data, such as EGDI, OSI, SDG_9.c.1"),
    )
    return kpi_id or ids[0]


@cached(data.FEW)
def kpi_labels(wh: Warehouse, lang: str, *, parted: bool = True) -> dict[str, str]:
    """KPIs that hold data as a list shows them, by id: "Online Service Index (OSI) · Services".

    parted False: without the dimension, for a list of several whose choices have little room.

    In the order of the dimensions; in each, those without a fresh value last, with the year of the newest.
    `static/pick_lists.js` reads both in these words: it draws a line between dimensions, old ones in grey.
    """
    kpis, dimensions = data.kpis(wh, lang), short_dimensions(wh, lang)
    order, old = list(dimensions), data.old_kpis(wh)
    ids = sorted(
        data.kpis_with_data(wh), key=lambda kpi_id: (order.index(kpis[kpi_id].dimension), kpi_id in old)
    )
    return {
        kpi_id: kpis[kpi_id].name
        + (f" · {dimensions[kpis[kpi_id].dimension]}" if parted else "")
        + (f" ({old[kpi_id]})" if kpi_id in old else "")
        for kpi_id in ids
    }


def labels_of(reader: Reader, kpi_ids: Iterable[str]) -> dict[str, str]:
    """The labels of some of these KPIs, in the order of the list of all; those without data last, by name."""
    labels, ids = kpi_labels(reader.warehouse, reader.lang), list(kpi_ids)
    listed = {kpi_id: label for kpi_id, label in labels.items() if kpi_id in ids}
    rest = (kpi_id for kpi_id in ids if kpi_id not in labels)
    return listed | {kpi_id: reader.kpi(kpi_id).name for kpi_id in rest}


def short_dimensions(wh: Warehouse, lang: str) -> dict[str, str]:
    """Names of the dimensions for a line that has little room, by id, in their order."""
    t = catalogue(lang).gettext
    return {
        dimension: t(SHORT[dimension]) if dimension in SHORT else name
        for dimension, name in data.dimensions(wh, lang).items()
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
    table, remark = data.areas(wh, lang)[["name"]], catalogue(lang).gettext(OUTSIDE)
    names_of_areas = text_by_code(table["name"])
    outside = {area_code: f"{names_of_areas[area_code]} · {remark}" for area_code in data.outside(wh)}
    labels = states(wh, lang) | outside
    return {code: labels[code] for code in by_name(table.loc[list(labels)])}


def place_of_address(reader: Reader) -> str | None:
    """The country or other area with figures that is chosen, for a page that has no list of them."""
    return _shown(reader, places(reader.warehouse, reader.lang))


def country_of_address(reader: Reader) -> str | None:
    """The UN Member State that is chosen, for a page that needs it before its list is drawn."""
    if beyond := _outside(reader.warehouse):
        _keep(reader, beyond)
        return None
    return _shown(reader, states(reader.warehouse, reader.lang))


def country(reader: Reader, *, label: str = "", others: bool = False) -> str | None:
    """A UN Member State, by name; at first the reader's own, if there is one.

    others: or another area with figures, marked as such. Another area can be chosen on a page that assesses
    Member States only, too; the page says so of it. Emptied, the list goes back to the reader's own country;
    emptied there, to none.
    """
    named, own = places(reader.warehouse, reader.lang), my_country(reader)
    area_code = _shown(reader, named)
    heading = label or _("Country")
    if own and area_code not in (own, None):
        heading = _("{label} (mine: {name})").format(label=heading, name=named[own])
    place_list(heading, "country", named, area_code, _take_country, (area_code, own))
    if area_code is None or others or area_code not in data.outside(reader.warehouse):
        return area_code
    _keep(reader, area_code)
    return None


def _shown(reader: Reader, named: dict[str, str]) -> str | None:
    """The country that the page shows: the one of the address, else the reader's own."""
    store, own = state.store(), my_country(reader)
    if store.values.get("country") == [state.NOBODY]:
        store.used["country"] = [state.NOBODY] if own else []
        return None
    return store.single("country", list(named), own, say=_states_allowed())


def _take_country(shown: str | None, own: str | None) -> None:
    """Callback of the list of countries. shown: what it showed; own: the reader's own country."""
    area_code = st.session_state.get(state.widget("country"))
    if area_code is None and own and shown == own:
        state.store().put("country", [state.NOBODY])
    else:
        state.take("country")


def my_country(reader: Reader) -> str | None:
    """The reader's own country: of the address, else the one that the browser remembers; None if unknown."""
    members = states(reader.warehouse, reader.lang)
    code = memory.remembered()
    usual = code if code in members else None
    return state.store().single("mine", list(members), usual, say=_states_allowed())


def _keep(reader: Reader, area: str) -> None:
    """Keeps an area in the address that the page does not assess, and has the page say so."""
    store = state.store()
    store.used["country"] = [area]
    store.outside = str(reader.area(area).name)


def _outside(wh: Warehouse) -> str:
    """The area that is chosen, if it has figures and is no UN Member State."""
    codes = state.store().values.get("country")
    areas = names.index().find(codes[0]) if codes else []
    return areas[0] if len(areas) == 1 and areas[0] in data.outside(wh) else ""


def _states_allowed() -> str:
    return _("ISO codes of the UN Member States, such as COL, JAM, NAM")


def group(reader: Reader, *, name: str = "group", default: str = "WORLD", label: str = "") -> str:
    """A group of countries: published ones by their kind, then the reader's own."""
    return maybe_group(reader, name, default, label or _("Group")) or default


def maybe_group(
    reader: Reader, name: str, default: str | None, label: str, *, placeholder: str = ""
) -> str | None:
    """The same; None only if there is no default and no choice."""
    state.store().adopt(name, state.SAME[name])
    chosen = state.store().many(name, list(reader.groups.index), [default] if default else [], most=1)
    named = group_names(reader) | own_groups.names(reader, chosen)
    group_id = choose(
        label, name, list(named), default, named.__getitem__, placeholder=placeholder, take=own_groups.take
    )
    own_groups.form(reader, name)
    return group_id


def group_names(reader: Reader) -> dict[str, str]:
    """Names of the published groups by id, as lists show them: by kind, then in their order.

    `static/pick_lists.js` draws a line between kinds.
    """
    table = reader.groups
    kinds = table["kind"].map(KINDS.index)
    return text_by_code(table.assign(_kind=kinds).sort_values(["_kind", "position"])["name"])


def linked_group(reader: Reader, name: str, default: str) -> str:
    """The group that an address names, for a view without a list of groups."""
    state.store().adopt(name, state.SAME[name])
    return state.store().single(name, list(reader.groups.index), default) or default


def year(reader: Reader, kpi_id: str) -> int | None:
    """A year with data or each country's latest value (None)."""
    other = data.shorter_scales(reader.warehouse).get(kpi_id, [])
    years = [str(period) for period in reversed(data.years(reader.warehouse, kpi_id)) if period not in other]
    options = ["latest", *years]
    default = years[0] if years and is_whole(reader.warehouse, kpi_id, int(years[0])) else "latest"
    span = f"{years[-1]}–{years[0]}" if years else ""
    period = choose(
        _("Year"),
        "year",
        options,
        default,
        lambda period: _("latest") if period == "latest" else period,
        allowed=_("years with data: {years}").format(years=", ".join(years[:14]) or span),
    )
    return None if period in (None, "latest") else int(period)


@cached(data.MANY)
def is_whole(wh: Warehouse, kpi_id: str, last: int) -> bool:
    """Whether the last year alone covers nearly all countries that have a value at all."""
    newest = data.world(wh, "en", kpi_id, last)["obs_value"].notna().sum()
    any_year = data.world(wh, "en", kpi_id, None)["obs_value"].notna().sum()
    return bool(newest >= 0.9 * any_year)


def areas(reader: Reader, start: Callable[[], Sequence[str]]) -> list[str]:
    """Up to ten countries or groups, groups first. start: those shown until the reader chooses."""
    named = group_names(reader) | places(reader.warehouse, reader.lang)
    default = [] if state.store().values.get("area") else start()
    value = state.store().many(
        "area", list(named), default, most=MOST_AREAS, say=_("up to ten ISO codes or group ids")
    )
    named |= own_groups.names(reader, value)
    options = list(named)
    st.session_state[state.widget("area")] = value
    st.multiselect(
        _("Countries and groups (up to ten)"),
        options,
        key=state.widget("area"),
        max_selections=MOST_AREAS,
        format_func=named.__getitem__,
        on_change=own_groups.take,
        args=("area",),
        placeholder=_("Add a country or group"),
        select_all=False,
        filter_mode="contains",
    )
    own_groups.form(reader, "area")
    return value


def by_name(table: pd.DataFrame) -> list[str]:
    """Codes in the alphabetical order of their names, accents aside."""
    return table["name"].map(fold).sort_values().index.tolist()
