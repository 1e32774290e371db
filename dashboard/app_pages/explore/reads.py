"""Reads of the explorer: values by filter, the schema, the answer to a reader's own query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from dashboard.reads.cached import cached
from dashboard.reads.concurrency import release_slot
from kpis.queries.box.ask import Answer, QueryError

if TYPE_CHECKING:
    from kpis.queries import Warehouse

Codes = tuple[str, ...]


class Table(NamedTuple):
    """A table of the warehouse: its name, how many rows it has, its columns with their types."""

    name: str
    n_rows: int
    columns: tuple[tuple[str, str], ...]


@cached(4)  # a wide choice holds every value, some 50 MB
def values(
    wh: Warehouse,
    kpis: Codes,
    areas: Codes,
    groups: Codes,
    years: tuple[int, int],
    statuses: Codes,
    sources: Codes,
) -> pd.DataFrame:
    """Values, the newest of each KPI first; an empty choice is no filter, except for KPIs."""
    return wh.explore(
        list(kpis), list(areas), list(groups), years, list(statuses) or None, list(sources) or None
    )


@cached(2)
def span(wh: Warehouse) -> tuple[int, int]:
    """First and last year with any value."""
    years = wh.sql("select min(time_period), max(time_period) from kpi_value").iloc[0]
    return int(years.iloc[0]), int(years.iloc[1])


@cached(2)
def schema(wh: Warehouse) -> list[Table]:
    """The tables of the warehouse, by name."""
    return [
        Table(
            str(name),
            int(part["n_rows"].iloc[0]),
            tuple(zip(part["column_name"], part["data_type"], strict=True)),
        )
        for name, part in wh.schema().groupby("table_name", sort=True)
    ]


@cached(8, limited=False)
def _ask(wh: Warehouse, query: str) -> Answer | QueryError:
    try:
        return wh.ask(query)
    except QueryError as fault:
        if fault.kind == "busy":
            raise
        return fault


def answer(wh: Warehouse, query: str) -> Answer | QueryError:
    """The answer to a query, or why there is none; cached, so that a slow query is stopped once.

    Shared by all readers: not to be changed.
    """
    try:
        with release_slot():  # the query runs in a process of its own, for seconds
            return _ask(wh, query)
    except QueryError as fault:
        return fault
