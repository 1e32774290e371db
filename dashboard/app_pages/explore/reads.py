"""Reads of the explorer: values by filter, the schema, the answer to a reader's own query."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.reads.keep import aside, kept
from dashboard.reads.shared import warehouse
from kpis.queries.box.ask import Answer, QueryError

Codes = tuple[str, ...]


@kept(4)  # a wide choice holds every value, some 50 MB
def values(
    version: str,
    kpis: Codes,
    areas: Codes,
    groups: Codes,
    years: tuple[int, int],
    statuses: Codes,
    sources: Codes,
) -> pd.DataFrame:
    """Values held, newest first; an empty choice is no filter, except for KPIs."""
    return warehouse(version).explore(
        list(kpis), list(areas), list(groups), years, list(statuses) or None, list(sources) or None
    )


@kept(2)
def span(version: str) -> tuple[int, int]:
    """First and last year with any value."""
    found = warehouse(version).sql("select min(time_period), max(time_period) from kpi_value").iloc[0]
    return int(found.iloc[0]), int(found.iloc[1])


@kept(2)
def schema(version: str) -> dict[str, list[tuple[str, str]]]:
    """Columns with their types by table."""
    rows = warehouse(version).schema()
    return {
        str(name): list(zip(part["column_name"], part["data_type"], strict=True))
        for name, part in rows.groupby("table_name", sort=True)
    }


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept(version: str, query: str) -> Answer | QueryError:
    try:
        return warehouse(version).ask(query)
    except QueryError as fault:
        if fault.kind == "busy":
            raise
        return fault


def answer(version: str, query: str) -> Answer | QueryError:
    """The answer to a query, or why there is none; kept, so that a slow query is stopped once.

    Shared by all readers: not to be changed.
    """
    try:
        with aside():  # the query runs in a process of its own, for seconds
            return _kept(version, query)
    except QueryError as fault:
        return fault
