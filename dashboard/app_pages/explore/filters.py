"""The filters of the explorer: controls bound to the address, and the rows they let through."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.app_pages.explore import cross, facts, reads
from dashboard.components import pickers, state
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

MOST_KPIS = 10
STATUSES = ["A", "E", "U"]
LIST, CROSS = [0.8, 0.8, 1.4, 2, 1.2], [0.8, 0.8, 1.4, 1.2, 1.2, 1.2]  # widths of the second line of controls


@dataclass(frozen=True)
class Filters:
    """The codes to show; an empty choice is no filter, except for KPIs. years: first and last."""

    kpis: tuple[str, ...]
    areas: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[int, int]
    statuses: tuple[str, ...]
    sources: tuple[str, ...]


def controls(reader: Reader, *, crossed: bool) -> tuple[Filters, tuple[str, str], Container]:
    """The filters, what stands in rows and columns of a cross table, and the place for the pagination."""
    take_group()
    with st.container(key="controls_explore"):
        first, second = st.columns([1, 1])
        with first:
            kpi_ids = _kpis(reader)
        with second:
            area_ids = pickers.areas(reader, list)
        places = st.columns(CROSS if crossed else LIST, vertical_alignment="bottom")
        years = _years(reader, places[0], places[1])
        form = cross.choices(places[3], places[4]) if crossed else cross.START
        with places[2]:
            statuses, sources = _more(reader)
    filters = Filters(
        kpis=tuple(kpi_ids),
        areas=tuple(area_id for area_id in area_ids if not reader.is_group(area_id)),
        groups=tuple(area_id for area_id in area_ids if reader.is_group(area_id)),
        years=years,
        statuses=tuple(statuses),
        sources=tuple(sources),
    )
    return filters, form, places[-1]


def take_group() -> None:
    """Reads the groups of an address (`group=SIDS,LDC`) as choices among countries and groups."""
    store = state.store()
    if "group" in store.values and "group" not in store.elsewhere:
        store.values["area"] = [*store.values.get("area", []), *store.values.pop("group")]
    store.used["group"] = []  # it is read, and written among the areas


def _kpis(reader: Reader) -> list[str]:
    labels = pickers.kpi_labels(reader.warehouse, reader.lang, parted=False)
    options = list(labels)
    return pickers.several(
        _("KPIs (up to ten)"),
        "kpi",
        options,
        ["EGDI"] if "EGDI" in options else options[:1],
        labels.__getitem__,
        most=MOST_KPIS,
        needed=True,
    )


def _more(reader: Reader) -> tuple[list[str], list[str]]:
    """Status and source, behind a button that says how many of both are chosen."""
    values = state.store().values
    n = len(values.get("status", [])) + len(values.get("source", []))
    label = _("Status and source ({n})").format(n=n) if n else _("Status and source")
    with st.popover(label, key="more_explore", width="stretch"):
        statuses = pickers.several(_("Status"), "status", STATUSES, [], facts.status, most=len(STATUSES))
        sources = _sources(reader)
    return statuses, sources


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
