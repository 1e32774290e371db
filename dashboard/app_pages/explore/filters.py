"""The filters of the explorer: controls bound to the address, and the rows they let through."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.app_pages.explore import reads
from dashboard.app_pages.explore import table as explore_table
from dashboard.components import pickers
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

MOST_KPIS = 10
STATUSES = ["A", "E", "U"]


@dataclass(frozen=True)
class Filters:
    """The codes to show; an empty choice is no filter, except for KPIs. years: first and last."""

    kpis: tuple[str, ...]
    areas: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[int, int]
    statuses: tuple[str, ...]
    sources: tuple[str, ...]


def controls(reader: Reader) -> tuple[Filters, Container]:
    """The filters, and the place for the pagination beside them."""
    with st.container(key="controls_explore"):
        first, second = st.columns([1, 1])
        with first:
            kpi_ids = _kpis(reader)
        with second:
            area_ids = pickers.areas(reader, list)
        third, fourth, fifth, sixth, pagination = st.columns(
            [0.75, 0.75, 1.2, 1.4, 1], vertical_alignment="bottom"
        )
        years = _years(reader, third, fourth)
        with fifth:
            statuses = pickers.several(
                _("Status"), "status", STATUSES, [], explore_table.status, most=len(STATUSES)
            )
        with sixth:
            sources = _sources(reader)
    groups = set(reader.groups.index)
    filters = Filters(
        kpis=tuple(kpi_ids),
        areas=tuple(area_id for area_id in area_ids if area_id not in groups),
        groups=tuple(area_id for area_id in area_ids if area_id in groups),
        years=years,
        statuses=tuple(statuses),
        sources=tuple(sources),
    )
    return filters, pagination


def _kpis(reader: Reader) -> list[str]:
    kpis, options = reader.kpis, data.kpis_with_data(reader.warehouse)
    return pickers.several(
        _("KPIs (up to ten)"),
        "kpi",
        options,
        ["EGDI"] if "EGDI" in options else options[:1],
        lambda kpi_id: kpis[kpi_id].name,
        most=MOST_KPIS,
        needed=True,
    )


def _sources(reader: Reader) -> list[str]:
    sources = reader.sources
    return pickers.several(
        _("Source"),
        "source",
        sources.index[sources["n_values"] > 0].tolist(),
        [],
        lambda source: str(sources.at[source, "title"]),
        most=MOST_KPIS,
        placeholder=_("All sources"),
    )


def _years(reader: Reader, left: Container, right: Container) -> tuple[int, int]:
    """First and last year; the second list offers no year before the first."""
    first, last = reads.span(reader.warehouse)
    with left:
        ascending = [str(year) for year in range(first, last + 1)]
        start = int(pickers.choose(_("From"), "from", ascending, ascending[0], str) or first)
    with right:
        descending = [str(year) for year in range(last, start - 1, -1)]
        end = int(pickers.choose(_("To"), "to", descending, descending[0], str) or last)
    return start, end


def rows(reader: Reader, filters: Filters) -> pd.DataFrame:
    """The values that pass the filters, the newest of each KPI first."""
    return reads.values(
        reader.warehouse,
        filters.kpis,
        filters.areas,
        filters.groups,
        filters.years,
        filters.statuses,
        filters.sources,
    )
