"""Compare: up to ten countries or groups side by side, or all members of a group between two years."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.compare import all_kpis, change_view, courses, profile_view, years
from dashboard.app_pages.compare.areas import (
    Areas,
    course_rows,
    members,
    named,
    own_among,
    start,
    without_value,
)
from dashboard.app_pages.compare.years import Span
from dashboard.charts.context import KpiView
from dashboard.charts.scalars import text_by_code
from dashboard.components import frame, pickers, shell, state
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

VIEWS = ["trend", "change", "profile", "table"]
OF_A_KPI = ("trend", "change")  # views of one KPI; the others show many


@dataclass(frozen=True)
class Choice:
    """What the reader looks at. kpi: None in the views of many KPIs. group: whose members the areas are, or
    "". span: None where there are no two years. dimension: of the table, "" for all."""

    view: str
    areas: Areas
    kpi: KpiView | None = None
    group: str = ""
    span: Span | None = None
    dimension: str = ""


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    choice = _controls(reader)
    with top:
        shell.headline(_headline(reader, choice))
    if choice.areas:
        _view(reader, choice)


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
        else:
            frame.table_only(*all_kpis.values(reader, areas, choice.dimension))
    elif choice.view == "change":
        change_view.show(reader, kpi, areas, choice.span, choice.group)
    else:
        _course(reader, kpi, areas, choice.span)


def _controls(reader: Reader) -> Choice:
    """The areas, the view, and what this view lets the reader choose."""
    with st.container(key="controls_compare"):
        above, below = st.container(), st.container()
        with below:
            first, second, third = st.columns([1.55, 1.45, 1], vertical_alignment="bottom")
        with first:
            view = pickers.switch(_("View"), "show", VIEWS, "trend", _labels().__getitem__)
        with above:
            choice = _areas(reader, view)
        with second:
            if view in OF_A_KPI:
                choice = replace(choice, kpi=reader.kpi(pickers.kpi(reader)))
            elif view == "table":
                choice = replace(choice, dimension=_dimension(reader))
        with third:
            return replace(choice, span=_span(reader, choice))


def _labels() -> dict[str, str]:
    return {"trend": _("Trend"), "change": _("Change"), "profile": _("Profile"), "table": _("All KPIs")}


def _areas(reader: Reader, view: str) -> Choice:
    """The areas chosen one by one; of the view of change, or all members of a group."""
    if view != "change":
        return Choice(view, named(reader, pickers.areas(reader, lambda: start(reader))))
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        areas = named(reader, pickers.areas(reader, lambda: start(reader)))
    with right:
        group_id = _group(reader)
    if not group_id:
        return Choice(view, areas)
    return Choice(view, members(reader, group_id), group=reader.group(group_id).name)


def _group(reader: Reader) -> str:
    """The group whose members are compared, or "" for the areas chosen one by one."""
    names = text_by_code(reader.groups["name"])
    state.store().adopt("group", state.SAME["group"])
    group_id = pickers.choose(
        _("Or all members of"), "group", list(names), None, names.__getitem__, placeholder=_("a group")
    )
    return group_id or ""


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
    rows = course_rows(reader, kpi.id, areas)
    periods = years.present(rows)
    if len(periods) < 2:
        return None
    usual = years.usual(rows) if choice.view == "change" else None
    return years.choose(periods, usual or (periods[0], periods[-1]), reader.ctx.as_of)


def _course(reader: Reader, kpi: KpiView, areas: Areas, span: Span | None) -> None:
    if len(without_value(reader, kpi, areas)) == len(areas):
        frame.sentence_only(kpi.name, _("None of those chosen has a value of this KPI. Choose another KPI."))
        return
    own = own_among(reader, areas)
    if kpi.coded:
        frame.show(*courses.levels(reader, kpi, areas))
        return
    apart = False
    if len(areas) > courses.MOST_TOGETHER:
        with st.container(key="form_compare"):
            apart = _apart()
    frame.show(*courses.lines(reader, kpi, areas, span, apart=apart, own=own if apart else ""))


def _apart() -> bool:
    """Whether each line has a panel, as many are read best."""
    labels = {"each": _("A panel each"), "one": _("One chart")}
    return pickers.switch(_("Drawn as"), "panels", list(labels), "each", labels.__getitem__) == "each"
