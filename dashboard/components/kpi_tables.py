"""Tables of the country and comparison pages."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, own_values, ranking, ranks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.scalars import Row, records
from dashboard.charts.trend import Line
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.cross_section import Counted, cross_section
from dashboard.reads.reader import Reader


def middles(reader: Reader, group: str, kpi_ids: Iterable[str]) -> dict[str, Markup]:
    """What stands for a group in a table, by KPI: the median of the fresh values, of all where none is fresh.

    Of a coded answer, which has no median, how many are at the highest level.
    """
    members = data.members(reader.warehouse, group)
    rows = cross_section(reader.warehouse).medians(members, Counted.FRESH_IF_ANY)
    rows = rows[rows["kpi"].isin(list(kpi_ids))]
    return {str(row["kpi"]): _middle(row, reader.kpi(row["kpi"]), reader.ctx) for row in records(rows)}


def _middle(row: Row, kpi: KpiView, ctx: Context) -> Markup:
    newest, oldest = row["last_year"], row["first_year"]
    if not kpi.coded:
        return figures.figure(row["obs_value"], kpi, newest, ctx, first=oldest)
    template = ctx.t("{k} of {n} at the highest level")
    phrase = template.format(k=ctx.number(row["top"]), n=ctx.number(row["n"]))
    return figures.figure(kpi.top, kpi, newest, ctx, first=oldest, phrase=phrase)


def heading(reader: Reader, code: str, name: str) -> Column:
    """The column of a country, which leads to its profile, or of a group, which leads to its countries."""
    if own_values.is_line(code):
        return Column(name, True)
    if reader.is_group(code):
        return Column(name, True, links.address("world", reader, group=code))
    return Column(name, True, links.address("country", reader, country=code))


def trend_html(reader: Reader, values: pd.DataFrame, lines: list[Line], kpi: KpiView) -> str:
    """A trend as a table: one row per year, the newest first, one column per line."""
    with_value = values.dropna(subset=["obs_value"])
    by_line = {(row["id"], int(row["time_period"])): row["obs_value"] for row in records(with_value)}
    newest = with_value.groupby("id")["time_period"].max().to_dict()

    def cell(line: Line, year: int) -> Cell:
        past = year < newest.get(line.id, year)
        if own_values.is_line(line.id):
            return own_values.figure(by_line.get((line.id, year)), kpi, reader.ctx, str(year), past=past)
        return figures.figure(by_line.get((line.id, year)), kpi, year, reader.ctx, dated=False, past=past)

    years = sorted({year for _line, year in by_line}, reverse=True)
    body: list[list[Cell]] = [[str(year), *(cell(line, year) for line in lines)] for year in years]
    columns = [Column(_("Year")), *(heading(reader, line.id, line.name) for line in lines)]
    return table.html(f"{kpi.name}, {kpi.unit}", columns, body, tall=True, no_data=_("no data"))


def _own_first(name: Markup, is_mine: bool) -> Markup:
    """A name; of the reader's own country with a mark before it."""
    return Markup("<b>▸ {}</b>").format(name) if is_mine else name


def ranking_html(reader: Reader, rows: pd.DataFrame, kpi: KpiView, mine: str | None = None) -> str:
    """Countries of a ranking as a table, best first, those without a value at the end.

    mine: the reader's own country, which is marked.
    """
    ctx = reader.ctx
    ordered = pd.concat([ranking.ordered(rows, kpi), rows[rows["obs_value"].isna()].sort_values("name")])
    body: list[list[Cell]] = [
        [
            _own_first(
                links.to(reader, "country", row["name"], country=row["ref_area"]), row["ref_area"] == mine
            ),
            figures.figure(row["obs_value"], kpi, row["time_period"], ctx, dated=False),
            figures.span(row["time_period"]),
            ctx.number(row["rank"]),
        ]
        for row in records(ordered[["ref_area", "name", "obs_value", "time_period", "rank"]])
    ]
    few = f", {_('of few countries')}" if ranks.of_few(rows["n"].max()) else ""
    columns = [
        Column(_("Country")),
        Column(kpi.name, not kpi.coded, answer=True),
        Column(_("Year"), True),
        Column(f"{_('World rank')}{few}", True),
    ]
    if kpi.coded:  # equal answers have no order
        columns, body = columns[:-1], [row[:-1] for row in body]
    return table.html(f"{kpi.name}, {kpi.unit}", columns, body, tall=True, no_data=_("no data"))
