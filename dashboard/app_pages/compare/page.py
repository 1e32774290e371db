"""Compare: up to ten countries or groups side by side, or all members of a group between two years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.compare import all_kpis, change_view, courses, profile_view, years
from dashboard.app_pages.compare.areas import (
    course_rows,
    members,
    named,
    own_among,
    start,
    without_value,
)
from dashboard.app_pages.compare.years import Span
from dashboard.charts.context import KpiView
from dashboard.components import briefs, frame, own_table, pickers, shell, state, takeaway
from dashboard.components import own as own_figures
from dashboard.components.language import text as _
from dashboard.documents import files
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from dashboard.reads.standings import Areas
from kpis.workspace.figures import OwnValue

VIEWS = ["trend", "change", "profile", "table"]


@dataclass(frozen=True)
class Choice:
    """What the reader looks at. kpi: None in the views of many KPIs. group: whose members the areas are, or
    "". span: None where there are no two years. dimension: of the table, "" for all. drawn_as: the form of
    the view, "" where it has one only."""

    view: str
    areas: Areas
    kpi: KpiView | None = None
    group: str = ""
    span: Span | None = None
    dimension: str = ""
    drawn_as: str = ""


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    choice = _controls(reader)
    with top:
        shell.headline(_headline(reader, choice))
    if choice.areas:
        _view(reader, choice)
        if not choice.group:
            _brief(reader, choice.areas)


def _brief(reader: Reader, areas: Areas) -> None:
    """The comparison to take away, where there are two or more."""
    ids = tuple(area_id for area_id, _name in areas)
    if len(ids) < 2:
        return
    address, day, mine = takeaway.view_address(), date.today(), _own_values(reader, areas)
    briefs.offer(
        "compare",
        f"escala_compare_{reader.lang}",
        files.FORMS,
        lambda form: files.side_by_side(reader, ids, form, day, address(), mine),
        label=_("Download comparison"),
    )


def _headline(reader: Reader, choice: Choice) -> Markup:
    """The sentence of the view that is shown."""
    areas, kpi = choice.areas, choice.kpi
    if kpi is None and areas:
        if choice.view == "profile":
            return profile_view.headline(reader, areas)
        return all_kpis.headline(reader, areas, choice.dimension)
    shown = kpi or reader.kpi("EGDI")
    if choice.view == "change" and areas:
        return change_view.headline(reader, shown, areas, choice.span, choice.group)
    return courses.headline(reader, shown, areas, choice.span)


def _view(reader: Reader, choice: Choice) -> None:
    """The view itself."""
    areas, kpi = choice.areas, choice.kpi
    if kpi is None:
        if choice.view == "profile":
            profile_view.show(reader, areas)
            own_table.side_by_side(reader, _own_values(reader, areas))
        else:
            frame.table_only(*all_kpis.values(reader, areas, choice.dimension, _mine(reader, areas)))
    elif choice.view == "change":
        change_view.show(reader, kpi, areas, choice.span, choice.group, choice.drawn_as, _of(reader, choice))
    else:
        _course(reader, kpi, choice)


def _controls(reader: Reader) -> Choice:
    """The areas, the view, and what this view lets the reader choose."""
    with st.container(key="controls_compare"):
        above = st.container()
        first, second, third = st.columns([1.25, 1.1, 0.85], vertical_alignment="bottom")
        with first:
            view = pickers.switch(_("View"), "show", VIEWS, "trend", _labels().__getitem__)
        with above:
            choice = _subject(reader, view)
        with second:
            choice = replace(choice, drawn_as=_form(choice))
        with third:
            return replace(choice, span=_span(reader, choice))


def _labels() -> dict[str, str]:
    return {"trend": _("Trend"), "change": _("Change"), "profile": _("Profile"), "table": _("All KPIs")}


def _subject(reader: Reader, view: str) -> Choice:
    """Who is compared, and of which KPI or dimension where the view shows one."""
    if view == "change":
        return _change(reader)
    if view == "profile":
        return Choice(view, _chosen_areas(reader))
    left, right = st.columns([2.3, 1])
    with left:
        choice = Choice(view, _chosen_areas(reader))
    with right:
        if view == "table":
            return replace(choice, dimension=_dimension(reader))
        return replace(choice, kpi=reader.kpi(pickers.kpi(reader)))


def _change(reader: Reader) -> Choice:
    """Of the view of change: areas one by one or, in their place, all members of a group; and the KPI."""
    group_id = _linked_group(reader)
    columns = st.columns([1, 1.2] if group_id else [1.95, 0.7, 0.95])
    with columns[-2]:
        _group(reader)
    with columns[-1]:
        kpi = reader.kpi(pickers.kpi(reader))
    if group_id:
        return Choice("change", members(reader, group_id), kpi, group=reader.group(group_id).name)
    with columns[0]:
        return Choice("change", _chosen_areas(reader), kpi)


def _chosen_areas(reader: Reader) -> Areas:
    return named(reader, pickers.areas(reader, lambda: start(reader)))


def _linked_group(reader: Reader) -> str:
    """The group of the address, or ""."""
    state.store().adopt("group", state.SAME["group"])
    return state.store().single("group", list(reader.groups.index), None) or ""


def _group(reader: Reader) -> None:
    """The list of groups whose members are compared; empty while the areas are chosen one by one."""
    pickers.maybe_group(reader, "group", None, _("All members of"), placeholder=_("a group"))


def _form(choice: Choice) -> str:
    """How the view is drawn, where there is a choice."""
    if choice.kpi is None or choice.kpi.coded or not choice.areas:
        return ""
    if choice.view == "change":
        return change_view.form()
    if len(choice.areas) <= courses.MOST_TOGETHER:
        return "one"
    labels = {"each": _("A panel each"), "one": _("One chart")}
    return pickers.switch(_("Drawn as"), "panels", list(labels), "each", labels.__getitem__)


def _dimension(reader: Reader) -> str:
    """The dimension whose KPIs the table shows, or "" for all."""
    dimensions = reader.dimensions
    dimension = pickers.choose(
        _("Dimension"),
        "dimension",
        list(dimensions),
        None,
        dimensions.__getitem__,
        placeholder=_("All dimensions"),
    )
    return dimension or ""


def _span(reader: Reader, choice: Choice) -> Span | None:
    """The years between which a KPI is followed; None where there is nothing to move."""
    kpi, areas = choice.kpi, choice.areas
    if kpi is None or kpi.coded or not areas:
        return None
    periods, usual = _periods(reader, kpi.id, areas)
    if len(periods) < 2:
        return None
    default = usual if choice.view == "change" else None
    return years.choose(periods, default or (periods[0], periods[-1]), reader.ctx.as_of)


@worded(data.MANY)
def _periods(reader: Reader, kpi_id: str, areas: Areas) -> tuple[tuple[int, ...], Span | None]:
    """The years with a value, and those that a change is usually read from."""
    rows = course_rows(reader, kpi_id, areas)
    return tuple(years.present(rows)), years.usual(rows)


def _course(reader: Reader, kpi: KpiView, choice: Choice) -> None:
    areas, own, mine = choice.areas, own_among(reader, choice.areas), _of(reader, choice)
    if len(without_value(reader, kpi, areas)) == len(areas):
        frame.sentence_only(kpi.name, _("None of those chosen has a value of this KPI. Choose another KPI."))
        own_table.side_by_side(reader, mine)
    elif kpi.coded:
        frame.show(*courses.levels(reader, kpi, areas, own, mine))
    elif choice.drawn_as == "each":
        frame.show(*courses.lines(reader, kpi, areas, choice.span, apart=True, own=own, mine=mine))
    else:
        frame.show(*courses.lines(reader, kpi, areas, choice.span, mine=mine))


def _of(reader: Reader, choice: Choice) -> tuple[tuple[str, OwnValue], ...]:
    """The own values that measure the KPI of the view."""
    kpi_id = choice.kpi.id if choice.kpi else ""
    return tuple((area, value) for area, value in _mine(reader, choice.areas) if value.kpi == kpi_id)


def _own_values(reader: Reader, areas: Areas) -> tuple[tuple[str, OwnValue], ...]:
    """The reader's own values of the areas, each with its area."""
    return own_figures.of_areas(reader, (area for area, _name in areas))


def _mine(reader: Reader, areas: Areas) -> tuple[tuple[str, OwnValue], ...]:
    """Those that measure a KPI."""
    return tuple((area, value) for area, value in _own_values(reader, areas) if value.kpi)
