"""Explorer: exactly the values one asks for, by filter or in SQL."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.app_pages.explore import filters, sql_panel
from dashboard.app_pages.explore import table as explore_table
from dashboard.app_pages.explore.filters import Filters
from dashboard.app_pages.explore.pagination import PAGE_ROWS, first_row
from dashboard.charts.scalars import whole
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

VIEWS = ["values", "sql"]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    labels = {"values": _("By filter"), "sql": "SQL"}
    with st.container(key="controls_explore_view"):
        view = pickers.switch(_("View"), "show", VIEWS, "values", labels.__getitem__)
    if view == "sql":
        sql_panel.show(reader, top)
    else:
        _values(reader, top)


def _values(reader: Reader, top: Container) -> None:
    if not data.kpis_with_data(reader.warehouse):
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    choice, pagination = filters.controls(reader)
    rows = filters.rows(reader, choice)
    with top:
        shell.headline(headline(rows, reader), lead=lead(rows, reader))
    if rows.empty:
        frame.sentence_only(_("No values"), _("No value fits all of these filters. Take one away."))
        return
    with pagination:
        start = first_row(reader, len(rows))
    frame.table_only(
        _title(reader, start, len(rows)),
        _table(reader, choice, start),
        lambda: explore_table.export(reader, filters.rows(reader, choice)),
        "escala_values",
        how=explore_table.how,
    )


def _title(reader: Reader, start: int, n: int) -> str:
    """Which rows are on screen."""
    number = reader.ctx.number
    return _("Values {first} to {last} of {n}").format(
        first=number(start + 1), last=number(min(start + PAGE_ROWS, n)), n=number(n)
    )


@cached(16)
def _table(reader: Reader, choice: Filters, start: int) -> str:
    """One page of rows."""
    return explore_table.markup(reader, filters.rows(reader, choice).iloc[start : start + PAGE_ROWS])


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
    ]
    head = ngettext("1 value", "{n} values", len(rows)).format(n=number(len(rows)))
    return f"{head}: {', '.join(parts)}"


def lead(rows: pd.DataFrame, reader: Reader) -> str:
    """How many values are estimated or unreliable, and what has a rank."""
    counts = rows["obs_status"].value_counts()
    ctx = reader.ctx
    return _(
        "Estimated: {estimated}; marked as unreliable: {doubtful}. Only UN Member States have ranks. "
        "What is not held has no row; the download holds every value found."
    ).format(estimated=ctx.number(counts.get("E", 0)), doubtful=ctx.number(counts.get("U", 0)))
