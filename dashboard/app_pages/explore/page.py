"""Explorer: exactly the values one asks for, by filter or in SQL."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.app_pages.explore import reads, sql_panel
from dashboard.app_pages.explore import table as explore_table
from dashboard.components import frame, pickers, shell, state
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

VIEWS = ["values", "sql"]
MOST_KPIS = 10
STATUSES = ["A", "E", "U"]
SHEET = 100  # rows on screen at a time


@dataclass(frozen=True)
class Filters:
    """What is asked for; an empty choice is no filter, except for KPIs."""

    kpis: tuple[str, ...]
    areas: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[int, int]
    statuses: tuple[str, ...]
    sources: tuple[str, ...]


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    said = {"values": _("By filter"), "sql": "SQL"}
    with st.container(key="controls_explore_view"):
        view = pickers.switch(_("View"), "show", VIEWS, "values", lambda one: said[one])
    if view == "sql":
        sql_panel.show(reader, top)
    else:
        _values(reader, top)


def _values(reader: Reader, top: st.delta_generator.DeltaGenerator) -> None:
    if not data.kpis_with_data(reader.warehouse):
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    wanted, leaf = _filters(reader)
    rows = _rows(reader, wanted)
    with top:
        shell.headline(headline(rows, reader), lead=lead(rows, reader))
    if rows.empty:
        frame.said_only(_("No values"), _("No value fits all of these filters. Take one away."))
        return
    number, n = reader.ctx.number, len(rows)
    with leaf:
        start = _sheet(reader, n)
    title = _("Values {first} to {last} of {n}").format(
        first=number(start + 1), last=number(min(start + SHEET, n)), n=number(n)
    )
    frame.table_only(
        title,
        _table(reader, wanted, start),
        lambda: explore_table.export(reader, _rows(reader, wanted)),
        "escala_values",
        how=explore_table.how,
    )


def _rows(reader: Reader, wanted: Filters) -> pd.DataFrame:
    return reads.values(
        reader.warehouse,
        wanted.kpis,
        wanted.areas,
        wanted.groups,
        wanted.years,
        wanted.statuses,
        wanted.sources,
    )


@cached(16)
def _table(reader: Reader, wanted: Filters, start: int) -> str:
    """One page of rows."""
    return explore_table.markup(reader, _rows(reader, wanted).iloc[start : start + SHEET])


def _filters(reader: Reader) -> tuple[Filters, st.delta_generator.DeltaGenerator]:
    """What is asked for, and where there is room to leaf."""
    listed = reader.kpis
    held = data.kpis_with_data(reader.warehouse)
    sources = reader.sources
    with st.container(key="controls_explore"):
        first, second = st.columns([1, 1])
        with first:
            kpis = pickers.several(
                _("KPIs (up to ten)"),
                "kpi",
                held,
                ["EGDI"] if "EGDI" in held else held[:1],
                lambda one: listed[one].name,
                most=MOST_KPIS,
                needed=True,
            )
        with second:
            chosen = pickers.areas(reader, [])
        third, fourth, fifth, sixth, leaf = st.columns([0.75, 0.75, 1.2, 1.4, 1], vertical_alignment="bottom")
        years = _years(reader, third, fourth)
        with fifth:
            statuses = pickers.several(
                _("Status"), "status", STATUSES, [], explore_table.status, most=len(STATUSES)
            )
        with sixth:
            found = pickers.several(
                _("Source"),
                "source",
                sources.index[sources["n_values"] > 0].tolist(),
                [],
                lambda one: str(sources.at[one, "title"]),
                most=MOST_KPIS,
                placeholder=_("All sources"),
            )
    groups = set(reader.groups.index)
    wanted = Filters(
        kpis=tuple(kpis),
        areas=tuple(one for one in chosen if one not in groups),
        groups=tuple(one for one in chosen if one in groups),
        years=years,
        statuses=tuple(statuses),
        sources=tuple(found),
    )
    return wanted, leaf


def _years(
    reader: Reader, left: st.delta_generator.DeltaGenerator, right: st.delta_generator.DeltaGenerator
) -> tuple[int, int]:
    first, last = reads.span(reader.warehouse)
    with left:
        every = [str(year) for year in range(first, last + 1)]
        start = int(pickers.choose(_("From"), "from", every, every[0], str) or first)
    with right:
        later = [str(year) for year in range(last, start - 1, -1)]
        end = int(pickers.choose(_("To"), "to", later, later[0], str) or last)
    return start, end


def _sheet(reader: Reader, n: int) -> int:
    """The first row shown, from 0; the reader leafs where there are more than one sheet."""
    starts = [str(start + 1) for start in range(0, n, SHEET)]
    kept = state.store().values.get("row", [])
    if kept and kept[0].isdecimal() and kept[0] not in starts:
        state.store().values.pop("row")  # left over from a longer list: no mistake of the address
    if len(starts) == 1:
        return 0
    number = reader.ctx.number

    def say(start: str) -> str:
        return f"{number(int(start))}–{number(min(int(start) + SHEET - 1, n))}"

    return int(pickers.choose(_("Rows"), "row", starts, "1", say) or 1) - 1


def headline(rows: pd.DataFrame, reader: Reader) -> str:
    """How many values of what: "386 values: 1 KPI, 193 countries and areas, 2022 to 2024"."""
    if rows.empty:
        return _("No value fits the filters")
    number = reader.ctx.number
    kpis, areas = rows["kpi"].nunique(), rows["ref_area"].nunique()
    first, last = int(rows["time_period"].min()), int(rows["time_period"].max())
    parts = [
        ngettext("1 KPI", "{n} KPIs", kpis).format(n=number(kpis)),
        ngettext("1 country or area", "{n} countries and areas", areas).format(n=number(areas)),
        str(first) if first == last else _("{first} to {last}").format(first=first, last=last),
    ]
    head = ngettext("1 value", "{n} values", len(rows)).format(n=number(len(rows)))
    return f"{head}: {', '.join(parts)}"


def lead(rows: pd.DataFrame, reader: Reader) -> str:
    """How many are not as reported, and what has a rank."""
    counts = rows["obs_status"].value_counts()
    ctx = reader.ctx
    return _(
        "Estimated: {estimated}; marked as unreliable: {doubtful}. Only UN Member States have ranks. "
        "What is not held has no row; the download holds every value found."
    ).format(estimated=ctx.number(counts.get("E", 0)), doubtful=ctx.number(counts.get("U", 0)))
