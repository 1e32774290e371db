"""Lists of cases and their map, cached by search."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd

from dashboard.app_pages.cases import case_map
from dashboard.charts.figure import Chart
from dashboard.components.frame import Frame, Table
from dashboard.components.knowledge import case_list, reads
from dashboard.components.language import text as _
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

GATE_CASES = 8
CACHED_LISTS = 128  # some 60 kilobytes each
Filters = tuple[tuple[str, str], ...]


@cached(CACHED_LISTS)
def searched(reader: Reader, view: str, query: str, active: Filters) -> Table:
    """The cases of a search, as entries or as a table."""
    return _case_table(
        reader,
        lambda: reads.search(reader.warehouse, reader.lang, query, **dict(active)),
        view,
        "escala_cases",
    )


@cached(CACHED_LISTS)
def helping(reader: Reader, gate: str, dimension: str, aim: str | None, area: str | None) -> Table:
    """The cases for passing a gate. aim: the stage whose bar it is; area: countries like this one first."""
    return _case_table(
        reader,
        lambda: reads.for_gate(reader.warehouse, reader.lang, gate, dimension, aim, area, GATE_CASES),
        "list",
        f"escala_cases_{gate}",
    )


def _case_table(reader: Reader, find: Callable[[], pd.DataFrame], view: str, file: str) -> Table:
    matches = find()
    markup = case_list.html(reader, matches) if view == "table" else case_list.entries(reader, matches)
    return case_map.many(len(matches), reader.ctx), markup, lambda: case_list.export(find()), file


@cached(CACHED_LISTS)
def on_map(reader: Reader, query: str, active: Filters) -> tuple[Chart, Frame]:
    """The cases of a search by country, and the frame."""
    matches = reads.search(reader.warehouse, reader.lang, query, **dict(active))
    table = case_map.counts(matches, reader.areas)
    note = _("n = {n} cases. A country without a mark has no case here; that does not mean it has none.")
    return (
        case_map.figure(table, reader.ctx),
        Frame(
            key="cases_map",
            title=case_map.title(table, reader.ctx),
            unit=_("Number of cases by country"),
            alt=case_map.alt(table, reader.ctx),
            foot=escape(note.format(n=reader.ctx.number(len(matches)))),
            data=lambda: case_list.export(matches),
            table=lambda: case_list.html(reader, matches),
            file="escala_cases",
        ),
    )
