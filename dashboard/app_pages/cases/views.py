"""Lists of cases and their map, cached by search."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
from markupsafe import Markup

from dashboard.charts import case_map, own
from dashboard.charts.figure import Chart
from dashboard.components.frame import Frame, Table
from dashboard.components.knowledge import case_list, reads
from dashboard.components.language import text as _
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader

GATE_CASES = 8
CACHED_LISTS = 64  # some 60 kilobytes each
Filters = tuple[tuple[str, reads.Codes], ...]


@worded(CACHED_LISTS)
def searched(reader: Reader, view: str, query: str, active: Filters, area: str | None, most: int) -> Table:
    """The cases of a search, as entries or as a table. area: nearest to it first; most: entries shown."""

    def find() -> pd.DataFrame:
        matches = reads.search(reader.warehouse, reader.lang, query, reader.further, **dict(active))
        return reads.nearest(reader.warehouse, matches, area) if area and not query else matches

    return _case_table(reader, find, view, "escala_cases", most, _order(reader, query, area))


def _order(reader: Reader, query: str, area: str | None) -> str:
    """In which order the cases stand, in a line; empty where it says nothing."""
    if query:
        return _("The best match for your words first.")
    if area is None:
        return ""
    return _(
        "Order: {country}, then the countries most like it by subregion, region, income and special group "
        "(SIDS, LDC, landlocked); among these, cases at its next stage first."
    ).format(country=reader.area(area).name)


@worded(CACHED_LISTS)
def helping(reader: Reader, gate: str, dimension: str, aim: str | None, area: str | None) -> Table:
    """The cases for passing a gate. aim: the stage whose bar it is; area: countries like this one first."""
    return _case_table(
        reader,
        lambda: reads.for_gate(
            reader.warehouse, reader.lang, gate, dimension, aim, area, GATE_CASES, reader.further
        ),
        "list",
        f"escala_cases_{gate}",
    )


def _case_table(
    reader: Reader,
    find: Callable[[], pd.DataFrame],
    view: str,
    file: str,
    most: int | None = None,
    note: str = "",
) -> Table:
    """most: entries shown of a list that goes on behind a button; None: all that are counted."""
    matches = find()
    markup = case_list.entries(reader, matches, len(matches) if most is None else most)
    if view == "table":
        markup = case_list.html(reader, matches)
    order = Markup('<p class="e-unit e-order">{}</p>').format(note) if note else ""
    title = case_map.many(len(matches), reader.ctx)
    return title, f"{order}{markup}", lambda: case_list.export(find()), file


@drawn(CACHED_LISTS)
def on_map(reader: Reader, query: str, active: Filters, area: str | None) -> tuple[Chart, Frame]:
    """The cases of a search by country, and the frame. area: the reader's country, outlined."""
    matches = reads.search(reader.warehouse, reader.lang, query, reader.further, **dict(active))
    table = case_map.counts(matches, reader.areas)
    note = _("n = {n} cases. A country without a mark has no case here; that does not mean it has none.")
    return (
        case_map.figure(table, reader.ctx, mine=own.row_of(reader.areas.reset_index(), area)),
        Frame(
            key="cases_map",
            title=case_map.title(table, reader.ctx),
            unit=_("Number of cases by country"),
            alt=case_map.alt(table, reader.ctx),
            foot=escape(note.format(n=reader.ctx.number(len(matches)))),
            alone=escape(f"{_(case_map.SOURCE)} · {note.format(n=reader.ctx.number(len(matches)))}"),
            data=lambda: case_list.export(matches),
            table=lambda: case_list.html(reader, matches),
            file="escala_cases",
        ),
    )
