"""Tables of the progress page: KPI × method of a country, the lines of a path, the download."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.progress import fan, outlook, path, reads
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_words as words
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.figures import point
from dashboard.charts.scalars import Row, optional, records, strings
from dashboard.components import links, table
from dashboard.components.knowledge import reads as knowledge
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.progress import METHODS, NO_RECENT_FIGURE


def to(reader: Reader, scope: str, area: str | None, method: str, **choices: str) -> str:
    """Address of this page with a view, a country and a method."""
    places = {"scope": scope, "method": method} | ({"country": area} if area else {})
    return links.address("progress", reader, **places, **choices)


def status(
    reader: Reader, area: str, rows: pd.DataFrame, method: str, horizon: int, *, all_methods: bool = False
) -> Markup:
    """KPI × verdict, value and target, trend; then what others made and where to go on, or the four methods.

    What asks for action comes first, what cannot be judged last.
    """
    of_method = rows[rows["method"] == method]
    verdicts = pd.Series([words.plain_verdict(row) for row in records(of_method)], dtype=str)
    place = pd.Series(verdicts.map(list(words.PLAIN).index).to_numpy(), index=of_method["kpi"])
    years = [int(year) for year in of_method["target_year"].unique()]
    target_year = years[0] if len(years) == 1 else None
    by_kpi = _by_kpi_and_method(rows)
    body = []
    for kpi_id in strings(place.sort_values(kind="stable").index):
        kpi, by_method = reader.kpi(kpi_id), by_kpi[kpi_id]
        start = _start(reader, area, kpi, by_method[method], horizon, dated=target_year is None)
        further = (
            [_by(by_method[code], kpi, reader.ctx) for code in METHODS]
            if all_methods
            else _further(reader, area, kpi, by_method[method])
        )
        body.append([*start, *further])
    caption = _("Verdict by the {method} method in plain words").format(method=words.SHORT[method])
    columns = _columns(method, horizon, target_year, all_methods=all_methods)
    style = "e-status e-methods" if all_methods else "e-status"
    return table.html(caption, columns, body, no_data=_("no data"), style=style)


def _by_kpi_and_method(rows: pd.DataFrame) -> dict[str, dict[str, Row]]:
    """The rows of progress of each KPI by method."""
    by_kpi: dict[str, dict[str, Row]] = {}
    for row in records(rows):
        by_kpi.setdefault(str(row["kpi"]), {})[str(row["method"])] = row
    return by_kpi


def _columns(method: str, horizon: int, target_year: int | None, *, all_methods: bool) -> list[Column]:
    """target_year: of all the KPIs; None where it differs, so that each row has its own."""
    value = _("Last value → target")
    columns = [
        Column("KPI"),
        Column(_("On track?"), answer=True),
        Column(f"{value}, {target_year}" if target_year else value, True),
        Column(_("Trend, {year}").format(year=horizon), True),
    ]
    if not all_methods:
        columns += [Column(_("Forecast"), True), Column(_("Others who made it"), True)]
        return [*columns, Column(_("What next?"))]
    return columns + [Column(f"{words.SHORT[code]}{' ●' if code == method else ''}") for code in METHODS]


def _start(reader: Reader, area: str, kpi: KpiView, row: Row, horizon: int, *, dated: bool) -> list[Cell]:
    """The columns that stand in both forms of the table. dated: with the year of the target."""
    ctx, method = reader.ctx, str(row["method"])
    return [
        links.anchor(to(reader, "path", area, method, indicator=kpi.id), kpi.name),
        _verdict(row, kpi, ctx),
        marks.against_target(row, kpi, ctx, dated=dated),
        _trend(row, kpi, horizon, ctx),
    ]


def _verdict(row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """The verdict, with a mark where the methods disagree and a note where the trend is short."""
    short = "" if words.plain_verdict(row) in ("past", "open") else marks.thin(row, ctx)
    below = Markup("<br><small>{}</small>").format(short) if short else Markup("")
    return Markup("{} {}{}").format(marks.verdict(row, kpi, ctx), marks.apart(row, ctx), below)


def _further(reader: Reader, area: str, kpi: KpiView, row: Row) -> list[Cell]:
    """What is to expect, what others made from there, and where to go on."""
    probably = _probably(
        reads.outlook(reader.warehouse, area, kpi.id), int(row["target_year"]), kpi, reader.ctx
    )
    return [probably, marks.precedents(row, reader.ctx), onward(reader, area, kpi)]


def onward(reader: Reader, area: str, kpi: KpiView) -> Markup:
    """To the plan of the country, and to the cases for the gate of the KPI, where it has one."""
    gates = knowledge.gates()
    dimensions = [str(dimension) for dimension in gates.loc[gates["kpi"] == kpi.id, "dimension"]]
    of_gate = {"dimension": dimensions[0]} if dimensions else {}
    ways = [links.to(reader, "plan", _("Plan"), country=area, **of_gate)]
    if dimensions:
        ways.append(links.to(reader, "cases", _("Cases"), gate=kpi.id, country=area, **of_gate))
    return Markup(" · ").join(ways)


def _trend(row: Row, kpi: KpiView, horizon: int, ctx: Context) -> Markup:
    """Where the trend leads; faint where no recent figure confirms it."""
    ahead = marks.projected(row, kpi, horizon, ctx)
    if row["status"] != NO_RECENT_FIGURE or pd.isna(row["projected"]):
        return ahead
    return Markup('<span class="e-faint">{}</span>').format(ahead)


def _probably(ahead: outlook.Outlook, target_year: int, kpi: KpiView, ctx: Context) -> str:
    """The forecast for the year of the target, median and band; the year where it is another."""
    row = ahead.shown
    if row is None:
        return MISSING
    band, year = outlook.band(row, kpi, ctx), int(row["time_period"])
    return band if year == target_year else Markup("{} <small>{}</small>").format(band, year)


def _by(row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """The status by a method; without a recent figure the symbol alone, for the verdict has the words."""
    return marks.status(row, kpi, ctx, word=row["status"] != NO_RECENT_FIGURE)


def lines(reader: Reader, drawn: pd.DataFrame, row: Row, kpi: KpiView) -> str:
    """The lines of a path by year, and what other countries achieved. row: of `Warehouse.progress`."""
    ctx = reader.ctx
    names = path.names(row, ctx) | outlook.names(ctx) | fan.names(ctx)
    wide = drawn.pivot(index="time_period", columns="line", values="obs_value").sort_index()
    present = [line for line in names if line in wide.columns]
    years = [int(year) for year in wide.index]
    views = {line: outlook.of_line(line, drawn, kpi) for line in present}
    body: list[list[Cell]] = [
        [str(year), *(_on_line(line, optional(cells[line]), year, row, views[line], ctx) for line in present)]
        for year, cells in zip(years, records(wide), strict=True)
    ]
    columns = [Column(_("Year")), *(Column(names[line], True) for line in present)]
    return table.html(f"{kpi.name} · {kpi.unit}", columns, body, tall=True, no_data=_("no data"))


def _on_line(line: str, amount: float | None, year: int, row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """A value of a line; only the last one observed stands for today, with its tag."""
    if line == path.OBSERVED and year == row["latest_year"]:
        return marks.last_value(row, kpi, ctx)
    return point(amount, kpi, year, ctx)


def export(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """What a download of statuses holds: every figure that went in and came out, with unit and licence."""
    kpis = reader.kpis
    origin = pd.DataFrame([kpis[kpi_id].provenance() for kpi_id in rows["kpi"].unique()])
    if rows.empty:
        return rows
    targets = data.targets(reader.warehouse, reader.lang)["reason"].rename("target_source")
    export = rows.drop(columns=["scenario"], errors="ignore").merge(origin, on="kpi")
    return export.join(targets, on="kpi")
