"""The table of all KPIs: latest values side by side, the best and the worst of each marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.compare import extremes
from dashboard.charts import figures
from dashboard.charts.context import MISSING, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, kpi_tables, links, own, table
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from dashboard.reads.standings import Areas, standings
from kpis.workspace.figures import OwnValue

SIGNS = {extremes.BEST: "▲", extremes.WORST: "▽"}


@dataclass(frozen=True, eq=False)
class Values:
    """What the table shows. cells: by KPI and area; years: those that most areas of a KPI share, as printed;
    marks: best and worst; kpis: those with a value, in the order of the dimensions; mine: own values."""

    cells: dict[tuple[str, str], Row]
    years: dict[str, str]
    marks: extremes.Marks
    kpis: tuple[KpiView, ...]
    mine: dict[tuple[str, str], OwnValue]


@worded(data.MANY)
def _rows(reader: Reader, areas: Areas, dimension: str) -> pd.DataFrame:
    """The standings of one dimension, or of all."""
    rows = standings(reader, areas)
    return rows[rows["dimension"] == dimension] if dimension else rows


@worded(frame.CACHED_FRAMES)
def headline(reader: Reader, areas: Areas, dimension: str = "") -> Markup:
    """Who has the best value most often, and how often the first of the areas has it, or the worst."""
    rows = _rows(reader, areas, dimension)
    marks = extremes.marks(rows, reader.kpis)
    n, number = rows["kpi"].nunique(), reader.ctx.number
    (own, name), best = areas[0], extremes.counts(marks, extremes.BEST)
    if not best:
        text = _("{name}: latest values of {n} KPIs.") if len(areas) == 1 else _("Latest values of {n} KPIs.")
        return escape(text.format(name=name, n=number(n)))
    leader = max(best, key=best.__getitem__)
    first = _("Best value most often: {leader}, in {k} of {n} KPIs.").format(
        leader=dict(areas)[leader], k=number(best[leader]), n=number(n)
    )
    worst = extremes.counts(marks, extremes.WORST)
    if own == leader or not (own in best or own in worst):
        return escape(first)
    second = _("{name}: best in {k}, worst in {m}.").format(
        name=name, k=number(best.get(own, 0)), m=number(worst.get(own, 0))
    )
    return escape(f"{first} {second}")


@worded(frame.CACHED_FRAMES)
def values(
    reader: Reader, areas: Areas, dimension: str = "", mine: tuple[tuple[str, OwnValue], ...] = ()
) -> Table:
    """Latest values of every KPI that any of the areas has, by dimension.

    mine: area and own value, which stands below the international one and is never marked best or worst.

    Where there are fewer KPIs than areas, each area has a row.
    """
    rows = _rows(reader, areas, dimension)
    shown = _values(reader, rows, {(value.kpi, area): value for area, value in reversed(mine)})
    caption = _("Latest values; ▲ best, ▽ worst of those shown; groups: median of their countries")
    sections: dict[int, str] = {}
    if len(shown.kpis) < len(areas):
        columns, body = _by_area(reader, shown, areas)
    else:
        columns, body, sections = _by_kpi(reader, shown, areas)
    return (
        reader.dimensions[dimension] if dimension else _("All KPIs"),
        table.html(caption, columns, body, sections=sections, no_data=_("no data"), style="e-side-by-side"),
        lambda: _export(rows, reader.kpis, mine),
        "escala_compare",
    )


def _values(reader: Reader, rows: pd.DataFrame, mine: dict[tuple[str, str], OwnValue]) -> Values:
    by_cell = {(row["kpi"], row["id"]): row for row in records(rows)}
    periods: dict[str, Counter[str]] = {}
    for (kpi_id, _area), row in by_cell.items():
        periods.setdefault(kpi_id, Counter())[figures.span(row["last_year"], row["first_year"])] += 1
    order = list(reader.dimensions)
    kpis = sorted(
        (kpi for kpi in reader.kpis.values() if kpi.id in periods), key=lambda kpi: order.index(kpi.dimension)
    )
    usual = {kpi_id: count.most_common(1)[0][0] for kpi_id, count in periods.items()}
    return Values(by_cell, usual, extremes.marks(rows, reader.kpis), tuple(kpis), mine)


def _by_kpi(
    reader: Reader, shown: Values, areas: Areas
) -> tuple[list[Column], list[list[Cell]], dict[int, str]]:
    """A row for each KPI, a column for each area; dimensions by the number of the row they stand above."""
    columns = [
        Column(_("KPI")),
        Column(_("Year")),
        *(kpi_tables.heading(reader, area_id, name) for area_id, name in areas),
    ]
    body: list[list[Cell]] = []
    sections: dict[int, str] = {}
    for at, kpi in enumerate(shown.kpis):
        if at == 0 or kpi.dimension != shown.kpis[at - 1].dimension:
            sections[at] = reader.dimensions[kpi.dimension]
        name = Markup("{} <small>{}</small>").format(links.kpi_link(reader, kpi.id), kpi.unit)
        cells = (_cell(reader, kpi, shown, area_id) for area_id, _name in areas)
        body.append([name, shown.years[kpi.id], *cells])
    return columns, body, sections


def _by_area(reader: Reader, shown: Values, areas: Areas) -> tuple[list[Column], list[list[Cell]]]:
    """A row for each area, a column for each KPI with the year that most values are of."""
    heads = (
        Column(f"{kpi.name} ({shown.years[kpi.id]})", True, links.address("methods", reader, kpi=kpi.id))
        for kpi in shown.kpis
    )
    body: list[list[Cell]] = [
        [name, *(_cell(reader, kpi, shown, area_id) for kpi in shown.kpis)] for area_id, name in areas
    ]
    return [Column(_("Country or group")), *heads], body


def _cell(reader: Reader, kpi: KpiView, shown: Values, area_id: str) -> Cell:
    """A value, marked where it is the best or the worst, with its year where that is not the usual one.

    Of a group's coded answer, how many are at the top level.
    """
    row, mine = shown.cells.get((kpi.id, area_id)), shown.mine.get((kpi.id, area_id))
    below = own.beside_html(mine, kpi, reader.ctx) if mine else Markup("")
    if row is None:
        return escape(MISSING) + below if mine else MISSING
    number, phrase = reader.ctx.number, ""
    if kpi.coded and row["n"] > 1:
        phrase = _("{k} of {n} at the highest level").format(k=number(row["top"]), n=number(row["n"]))
    value = figures.figure(
        row["obs_value"],
        kpi,
        row["last_year"],
        reader.ctx,
        first=row["first_year"],
        dated=figures.span(row["last_year"], row["first_year"]) != shown.years[kpi.id],
        named=False,
        phrase=phrase,
    )
    return _marked(value, shown.marks.get((kpi.id, area_id), "")) + below


def _marked(value: Markup, mark: str) -> Markup:
    """A value behind its sign, which has words for screen readers."""
    if not mark:
        return value
    word = _("best:") if mark == extremes.BEST else _("worst:")
    sign = Markup(
        '<span class="e-{0}"><span aria-hidden="true">{1}</span><span class="e-sr">{2} </span></span>'
    )
    return sign.format(mark, SIGNS[mark], word) + Markup(" ") + value


def _export(
    rows: pd.DataFrame, kpis: Mapping[str, KpiView], mine: tuple[tuple[str, OwnValue], ...]
) -> pd.DataFrame:
    """The table as it is shown, each value with unit, years, source and licence; own values beside them."""
    origin = pd.DataFrame([kpis[kpi_id].provenance() for kpi_id in rows["kpi"].unique()])
    export = rows.drop(columns="dimension").merge(origin, on="kpi")
    by_key = {f"{area} {value.kpi}": value for area, value in reversed(mine)}
    return export.assign(**own.columns(by_key, export["id"] + " " + export["kpi"]))
