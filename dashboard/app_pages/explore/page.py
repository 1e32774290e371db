"""Explorer: exactly the values one asks for, as a list, as a cross table or in SQL."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.explore import cross, facts, filters, sql_panel
from dashboard.app_pages.explore import table as explore_table
from dashboard.app_pages.explore.filters import Filters
from dashboard.app_pages.explore.layout import Crossed
from dashboard.app_pages.explore.pagination import PAGE_ROWS, first_row
from dashboard.charts.scalars import whole
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader

VIEWS = ["values", "cross", "sql"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    labels = {"values": _("List"), "cross": _("Cross table"), "sql": "SQL"}
    with st.container(key="controls_explore_view"):
        view = pickers.switch(_("View"), "show", VIEWS, "values", labels.__getitem__)
    if view == "sql":
        sql_panel.show(reader, top)
    else:
        _values(reader, top, crossed=view == "cross")


def _values(reader: Reader, top: Container, *, crossed: bool) -> None:
    if not data.kpis_with_data(reader.warehouse):
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    choice, form, pagination = filters.controls(reader, crossed=crossed)
    rows = filters.rows(reader, choice)
    with top:
        shell.headline(headline(rows, reader))
    if rows.empty:
        frame.sentence_only(_("No values"), _("No value fits all of these filters. Take one away."))
    elif crossed:
        _show_cross(reader, choice, form, pagination)
    else:
        _show_list(reader, choice, len(rows), pagination)


def _show_list(reader: Reader, choice: Filters, n: int, pagination: Container) -> None:
    with pagination:
        start = first_row(reader, n)
    frame.table_only(
        _title(reader, start, n),
        _list(reader, choice, start),
        lambda: explore_table.export(reader, filters.rows(reader, choice)),
        "escala_values",
        how=explore_table.how,
    )


def _show_cross(reader: Reader, choice: Filters, form: tuple[str, str], pagination: Container) -> None:
    n = len(_crossed(reader, choice, form).keys)
    with pagination:
        start = first_row(reader, n)
    title = _("Rows {first} to {last} of {n}").format(
        first=reader.ctx.number(start + 1),
        last=reader.ctx.number(min(start + PAGE_ROWS, n)),
        n=reader.ctx.number(n),
    )
    frame.table_only(
        title,
        _cross(reader, choice, form, start),
        lambda: cross.export(reader, filters.rows(reader, choice), _crossed(reader, choice, form)),
        "escala_cross",
        how=cross.how,
    )


def _title(reader: Reader, start: int, n: int) -> str:
    """Which rows are on screen."""
    number = reader.ctx.number
    return _("Values {first} to {last} of {n}").format(
        first=number(start + 1), last=number(min(start + PAGE_ROWS, n)), n=number(n)
    )


@worded(16)
def _list(reader: Reader, choice: Filters, start: int) -> Markup:
    """One page of the list, below what all values share."""
    rows = filters.rows(reader, choice)
    shared = facts.common(rows)
    part = rows.iloc[start : start + PAGE_ROWS]
    return facts.line(reader, rows, shared) + explore_table.markup(
        reader, part, shared, whole=len(part) == len(rows)
    )


@cached(4)  # as wide as the values it is made of
def _crossed(reader: Reader, choice: Filters, form: tuple[str, str]) -> Crossed:
    return cross.make(reader, filters.rows(reader, choice), *form)


@worded(16)
def _cross(reader: Reader, choice: Filters, form: tuple[str, str], start: int) -> Markup:
    """One page of the cross table, below what all values share."""
    rows = filters.rows(reader, choice)
    table = _crossed(reader, choice, form)
    shared = facts.common(rows)
    return facts.line(reader, rows, shared) + cross.markup(reader, rows, table, start, PAGE_ROWS)


def headline(rows: pd.DataFrame, reader: Reader) -> str:
    """How many values of what: "386 values: 1 KPI, 193 countries and areas, 2022 to 2024"."""
    if rows.empty:
        return _("No value fits the filters")
    number = reader.ctx.number
    kpis, areas = rows["kpi"].nunique(), rows["ref_area"].nunique()
    first, last = whole(rows["time_period"].min()), whole(rows["time_period"].max())
    parts = [
        ngettext("1 KPI", "{n} KPIs", kpis).format(n=number(kpis)),
        ngettext("1 country or area", "{n} countries and areas", areas).format(n=number(areas)),
        str(first) if first == last else _("{first} to {last}").format(first=first, last=last),
        *_not_as_reported(rows, reader),
    ]
    head = ngettext("1 value", "{n} values", len(rows)).format(n=number(len(rows)))
    return f"{head}: {', '.join(parts)}"


def _not_as_reported(rows: pd.DataFrame, reader: Reader) -> list[str]:
    """How many values are estimated and how many unreliable, as far as there are any."""
    counts = rows["obs_status"].value_counts()
    estimated, doubtful = int(counts.get("E", 0)), int(counts.get("U", 0))
    number = reader.ctx.number
    return [
        *(
            [ngettext("1 estimated", "{n} estimated", estimated).format(n=number(estimated))]
            if estimated
            else []
        ),
        *(
            [ngettext("1 unreliable", "{n} unreliable", doubtful).format(n=number(doubtful))]
            if doubtful
            else []
        ),
    ]
