"""The cross table of the explorer: what stands in rows and columns, the table, its download."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.explore import facts
from dashboard.app_pages.explore import table as explore_table
from dashboard.app_pages.explore.layout import COLUMN, DIMENSIONS, Crossed, crossed, layout
from dashboard.charts.context import MISSING
from dashboard.charts.figures import figure
from dashboard.charts.scalars import is_missing, whole
from dashboard.components import pickers, table
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.matching import fold

MOST_COLUMNS = 24  # on screen; the download holds all
START = ("area", "year")  # rows and columns until the reader chooses
REPORTED = "A"  # the status that needs no mark


def choices(left: Container, right: Container) -> tuple[str, str]:
    """The lists of what stands in the rows (first) and in the columns."""
    labels = words()
    with left:
        first = pickers.choose(_("Rows by"), "rows", DIMENSIONS, START[0], labels.__getitem__) or START[0]
    others = [dimension for dimension in DIMENSIONS if dimension != first]
    usual = START[1] if first != START[1] else START[0]
    with right:
        across = pickers.choose(_("Columns by"), "columns", others, usual, labels.__getitem__) or usual
    return first, across


def words() -> dict[str, str]:
    """The dimensions of a value in words."""
    return {"area": _("Country or area"), "kpi": "KPI", "year": _("Year"), "source": _("Source")}


def make(reader: Reader, rows: pd.DataFrame, first: str, across: str) -> Crossed:
    """The values in a cross table, areas by name, KPIs as in the catalogue, years from the newest."""
    names, titles = reader.area_names, reader.sources["title"].to_dict()
    kpis = {kpi_id: at for at, kpi_id in enumerate(reader.kpis)}
    keys: dict[str, Callable[[object], object]] = {
        "area": lambda code: fold(str(names[str(code)])),
        "kpi": lambda code: kpis[str(code)],
        "year": lambda year: -int(str(year)),
        "source": lambda code: fold(str(titles.get(code, code))),
    }
    form = layout(rows, first, across)
    order = {
        dimension: sorted(rows[COLUMN[dimension]].unique(), key=keys[dimension])  # type: ignore[arg-type]
        for dimension in (*form.rows, form.columns)
    }
    return crossed(rows, form, order)


def markup(reader: Reader, rows: pd.DataFrame, cross: Crossed, start: int, n: int) -> Markup:
    """The rows from `start` on, n of them, as a table. rows: the values that are crossed."""
    same = facts.common(rows)
    makers = _Words(reader, str(same.get("kpi", "")), "unit_measure" not in same)
    heads = list(cross.values.columns[:MOST_COLUMNS])
    labels = words()
    columns = [Column(labels[dimension]) for dimension in cross.layout.rows]
    columns += [Column(makers.plain(cross.layout.columns, code), True) for code in heads]
    fixed = {"kpi": same.get("kpi"), "year": same.get("time_period")}
    body: list[list[Cell]] = []
    for at in range(start, min(start + n, len(cross.keys))):
        keys = fixed | cross.keys.iloc[at].to_dict()
        cells = [makers.heading(dimension, keys[dimension]) for dimension in cross.layout.rows]
        amounts, statuses = cross.values.iloc[at], cross.statuses.iloc[at]
        for code in heads:
            place = keys | {cross.layout.columns: code}
            cells.append(makers.value(amounts[code], statuses[code], str(place["kpi"]), whole(place["year"])))
        body.append(cells)
    shown, caption = len(body) == len(cross.keys), _caption(cross, len(heads), reader)
    return table.html(caption, columns, body, tall=True, whole=shown, no_data=_("no data"))


def _caption(cross: Crossed, shown: int, reader: Reader) -> str:
    labels, number = words(), reader.ctx.number
    across = labels[cross.layout.columns]
    if shown < cross.values.shape[1]:
        template = _("Columns: {dimension}, the first {shown} of {n}; the download holds all")
        return template.format(dimension=across, shown=number(shown), n=number(cross.values.shape[1]))
    return _("Columns: {dimension}").format(dimension=across)


class _Words:
    """Makes headings and cells of a cross table."""

    def __init__(self, reader: Reader, kpi: str, units: bool) -> None:
        self.units = units  # whether the name of a KPI needs its unit beside it
        self.reader, self.kpis = reader, reader.kpis
        self.kpi, self.names, self.titles = kpi, reader.area_names, reader.sources["title"].to_dict()
        self.cells = explore_table.Cells(reader)

    def plain(self, dimension: str, code: object) -> str:
        """A code of a dimension in words."""
        if dimension == "area":
            return str(self.names[str(code)])
        if dimension == "kpi":
            kpi = self.kpis[str(code)]
            return f"{kpi.name}, {kpi.unit}" if self.units else kpi.name
        return str(self.titles.get(code, code)) if dimension == "source" else str(code)

    def heading(self, dimension: str, code: object) -> Cell:
        """The same at the head of a row; UN Member States lead to their page."""
        if dimension == "area":
            return self.cells.area(str(code), self.kpi or next(iter(self.kpis)))
        return self.plain(dimension, code)

    def value(self, amount: float, status: object, kpi: str, year: int) -> Cell:
        """A value; one that is not as reported has a mark."""
        if is_missing(amount):
            return MISSING
        cell = figure(amount, self.kpis[kpi], year, self.reader.ctx, dated=False, past=True)
        if status == REPORTED:
            return cell
        word = facts.status(str(status))
        return cell + Markup(' <abbr class="e-mark" title="{}">{}</abbr>').format(word, word[:1])


def export(reader: Reader, rows: pd.DataFrame, cross: Crossed) -> pd.DataFrame:
    """The cross table with all its rows and columns: what all values share, codes and names, values."""
    same = facts.common(rows)
    kpis = {kpi.id: kpi for kpi in reader.kpis.values()}
    named = _Words(reader, "", units=False)
    shared = {
        name: value for name, value in same.items() if name not in {COLUMN[d] for d in cross.layout.rows}
    }
    heads: dict[str, object] = dict(shared)
    for dimension in cross.layout.rows:
        codes = cross.keys[dimension]
        heads[COLUMN[dimension]] = codes
        if dimension != "year":
            heads[f"{dimension}_name"] = codes.map(lambda code, d=dimension: named.plain(d, code))
    across = cross.layout.columns
    label = (lambda code: f"{code} ({kpis[code].unit})") if across == "kpi" else str
    values = cross.values.set_axis([label(code) for code in cross.values.columns], axis=1)
    return pd.concat([pd.DataFrame(heads, index=values.index), values], axis=1)


def how() -> None:
    """What the rows and cells are."""
    sentences = (
        _("A cell holds one value as held, never a mean: what varies and is no column stands in the rows."),
        _("Years run from the newest, KPIs as in the catalogue. A dash: no value is held."),
        _("A letter behind a value: estimated or unreliable; the pointer says which."),
    )
    st.html("".join(str(Markup("<p>{}</p>").format(escape(sentence))) for sentence in sentences))
