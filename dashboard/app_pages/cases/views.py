"""Lists of cases and their map, kept by what was searched for."""

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
LISTS = 128  # lists that are kept, some 60 kilobytes each
Filters = tuple[tuple[str, str], ...]


@cached(LISTS)
def searched(reader: Reader, view: str, query: str, active: Filters) -> Table:
    """The cases of a search, as entries or as a table."""
    return _listed(
        reader,
        lambda: reads.search(reader.warehouse, reader.lang, query, **dict(active)),
        view,
        "escala_cases",
    )


@cached(LISTS)
def helping(reader: Reader, gate: str, dimension: str, aim: str | None, area: str | None) -> Table:
    """The cases for passing a gate. aim: the stage whose bar it is; area: countries like this one first."""
    return _listed(
        reader,
        lambda: reads.for_gate(reader.warehouse, reader.lang, gate, dimension, aim, area, GATE_CASES),
        "list",
        f"escala_cases_{gate}",
    )


def _listed(reader: Reader, find: Callable[[], pd.DataFrame], view: str, file: str) -> Table:
    found = find()
    markup = case_list.html(reader, found) if view == "table" else case_list.entries(reader, found)
    return case_map.many(len(found), reader.ctx), markup, lambda: case_list.export(find()), file


@cached(LISTS)
def on_map(reader: Reader, query: str, active: Filters) -> tuple[Chart, Frame]:
    """The cases of a search by country, and the frame."""
    found = reads.search(reader.warehouse, reader.lang, query, **dict(active))
    table = case_map.counts(found, reader.areas)
    note = _("n = {n} cases. A country without a mark has no case here; that does not mean it has none.")
    return (
        case_map.figure(table, reader.ctx),
        Frame(
            key="cases_map",
            title=case_map.title(table, reader.ctx),
            unit=_("Number of cases by country"),
            alt=case_map.alt(table, reader.ctx),
            foot=escape(note.format(n=reader.ctx.number(len(found)))),
            data=lambda: case_list.export(found),
            table=lambda: case_list.html(reader, found),
            file="escala_cases",
        ),
    )
