"""Tables of the country and comparison pages."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, ranking, ranks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.scalars import records
from dashboard.charts.trend import Line
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader


def middle(latest: pd.DataFrame, kpi: KpiView, ctx: Context) -> Markup:
    """What stands for a group in a table. latest: obs_value, time_period, fresh of its countries."""
    fresh = latest["fresh"].to_numpy(bool)
    counted = latest[fresh] if fresh.any() and not fresh.all() else latest
    newest, oldest = figures.ends(counted["time_period"].unique())
    if not kpi.coded:
        return figures.figure(counted["obs_value"].median(), kpi, newest, ctx, first=oldest)
    top = counted["obs_value"] == kpi.top
    phrase = ctx.t("{k} of {n} at the highest level").format(
        k=ctx.number(top.sum()), n=ctx.number(len(counted))
    )
    return figures.figure(kpi.top, kpi, newest, ctx, first=oldest, phrase=phrase)


def heading(reader: Reader, code: str, name: str) -> Column:
    """The column of a country, which leads to its profile, or of a group, which leads to its countries."""
    if code in reader.groups.index:
        return Column(name, True, links.address("world", reader, group=code))
    return Column(name, True, links.address("country", reader, country=code))


def trend_html(reader: Reader, values: pd.DataFrame, lines: list[Line], kpi: KpiView) -> str:
    """A trend as a table: one row per year, the newest first, one column per line."""
    with_value = values.dropna(subset=["obs_value"])
    by_line = {(row["id"], int(row["time_period"])): row["obs_value"] for row in records(with_value)}
    newest = with_value.groupby("id")["time_period"].max().to_dict()

    def cell(line: Line, year: int) -> Cell:
        past = year < newest.get(line.id, year)
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
