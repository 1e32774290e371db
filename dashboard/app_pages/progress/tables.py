"""Tables of the progress page: KPI × method of a country, the lines of a path, the download."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.progress import fan, outlook, path, reads
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_words as words
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import point, sentence
from dashboard.charts.scalars import Row, optional, records, strings
from dashboard.components import links, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.progress import METHODS, NO_RECENT_FIGURE


def to(reader: Reader, scope: str, area: str | None, method: str, **choices: str) -> str:
    """Address of this page with a view, a country and a method."""
    places = {"scope": scope, "method": method} | ({"country": area} if area else {})
    return links.address("progress", reader, **places, **choices)


def status(reader: Reader, area: str, rows: pd.DataFrame, method: str, horizon: int) -> str:
    """KPI × plain verdict, value, target, trend, what others made, and four methods; farthest along first."""
    of_method = rows[rows["method"] == method].set_index("kpi")
    place = of_method["status"].map(words.LEVELS).map(words.ORDER.index)
    years = [int(year) for year in of_method["target_year"].unique()]
    target_year = years[0] if len(years) == 1 else None
    by_kpi = {kpi_id: _by_method(part) for kpi_id, part in rows.groupby("kpi", sort=False)}
    body = [
        _row(reader, area, reader.kpi(kpi_id), by_kpi[kpi_id], method, horizon, target_year)
        for kpi_id in strings(place.sort_values(kind="stable").index)
    ]
    caption = _("Status by four methods; ● the method of the headline and of the trend")
    columns = _columns(method, horizon, target_year)
    return table.html(caption, columns, body, no_data=_("no data"), style="e-status")


def _by_method(rows: pd.DataFrame) -> dict[str, Row]:
    """The rows of progress of a KPI by method."""
    return {str(row["method"]): row for row in records(rows)}


def _columns(method: str, horizon: int, target_year: int | None) -> list[Column]:
    """target_year: of all the KPIs; None where it differs, so that each row has its own."""
    target = _("Target, {year}").format(year=target_year) if target_year else _("Target")
    return [
        Column("KPI"),
        Column(_("On track?"), answer=True),
        Column(_("Last value"), True),
        Column(target, True),
        Column(_("Trend, {year}").format(year=horizon), True),
        Column(_("Others who made it"), True),
        *(Column(f"{words.SHORT[code]}{' ●' if code == method else ''}") for code in METHODS),
    ]


def _row(
    reader: Reader,
    area: str,
    kpi: KpiView,
    by_method: dict[str, Row],
    method: str,
    horizon: int,
    target_year: int | None,
) -> list[Cell]:
    row, ctx = by_method[method], reader.ctx
    target = point(row["target"], kpi, row["target_year"], ctx)
    if target_year is None:
        target = Markup("{} <small>{}</small>").format(target, int(row["target_year"]))
    return [
        links.anchor(to(reader, "path", area, method, indicator=kpi.id), kpi.name),
        _verdict(row, kpi, ctx),
        marks.last_value(row, kpi, ctx, dated=True),
        target,
        _trend(row, kpi, horizon, ctx) + _probably(reads.outlook(reader.warehouse, area, kpi.id), kpi, ctx),
        marks.precedents(row, ctx),
        *(_by(by_method[code], kpi, ctx) for code in METHODS),
    ]


def _verdict(row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """The verdict of all methods, with a note where the trend is short."""
    verdict = marks.verdict(row, kpi, ctx)
    short = (
        marks.thin(row, ctx) if words.plain_verdict(row) in ("on_track", "not_on_track", "disagree") else ""
    )
    return Markup("{}<br><small>{}</small>").format(verdict, short) if short else verdict


def _trend(row: Row, kpi: KpiView, horizon: int, ctx: Context) -> Markup:
    """Where the trend leads; faint where no recent figure confirms it."""
    ahead = marks.projected(row, kpi, horizon, ctx)
    if row["status"] != NO_RECENT_FIGURE or pd.isna(row["projected"]):
        return ahead
    return Markup('<span class="e-faint">{}</span>').format(ahead)


def _probably(ahead: outlook.Outlook, kpi: KpiView, ctx: Context) -> Markup:
    """The forecast for the year of the target, small, below the trend; nothing where there is none."""
    row = ahead.shown
    if row is None:
        return Markup("")
    text = sentence(
        ctx.t("forecast {year}: {band}"), year=int(row["time_period"]), band=outlook.band(row, kpi, ctx)
    )
    return Markup("<br><small>{}</small>").format(text)


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
