"""Tables of the progress page: KPI × method of one country, KPI × country of a group."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.progress import fan, path
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_words as words
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import point
from dashboard.components import shell, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.progress import METHODS, NO_RECENT_FIGURE

WIDE = 24  # countries that fit side by side; more stand one below the other


def to(reader: Reader, scope: str, area: str | None, method: str, **chosen: str) -> str:
    """Address of this page with a view, a country and a method."""
    places = {"scope": scope, "method": method} | ({"country": area} if area else {})
    return shell.link("progress", reader, **places, **chosen)


def status(reader: Reader, area: str, rows: pd.DataFrame, method: str, horizon: int) -> str:
    """KPI × plain verdict, value, target, trend, what others made, and four methods; farthest along first."""
    listed, chosen = reader.kpis, rows[rows["method"] == method]
    place = chosen.set_index("kpi")["status"].map(words.LEVELS).map(words.ORDER.index)
    years = chosen["target_year"].unique()
    one_year = len(years) == 1
    by_kpi = {kpi: part.set_index("method").to_dict("index") for kpi, part in rows.groupby("kpi", sort=False)}
    body = [
        _row(reader, area, listed[kpi], by_kpi[kpi], method, horizon, one_year)
        for kpi in place.sort_values(kind="stable").index
    ]
    columns = [
        Column("KPI"),
        Column(_("On track?")),
        Column(_("Last value"), True),
        Column(_("Target, {year}").format(year=int(years[0])) if one_year else _("Target"), True),
        Column(_("Trend, {year}").format(year=horizon), True),
        Column(_("Others who made it"), True),
        *(Column(f"{words.SHORT[each]}{' ●' if each == method else ''}") for each in METHODS),
    ]
    caption = _("Status by four methods; ● the method of the headline and of the trend")
    made = table.html(caption, columns, body, no_data=_("no data"))
    return made.replace('class="e-table"', 'class="e-table e-status"', 1)


def _row(
    reader: Reader,
    area: str,
    kpi: KpiView,
    by_method: dict[str, dict[str, Any]],
    method: str,
    horizon: int,
    one_year: bool,
) -> list[Cell]:
    row, ctx = by_method[method], reader.ctx
    link = to(reader, "path", area, method, indicator=kpi.id)
    target = point(row["target"], kpi, row["target_year"], ctx)
    return [
        Markup('<a target="_self" href="{}">{}</a>').format(link, kpi.name),
        _verdict(row, kpi, ctx),
        marks.last_value(row, kpi, ctx, dated=True),
        target if one_year else Markup("{} <small>{}</small>").format(target, int(row["target_year"])),
        _trend(row, kpi, horizon, ctx),
        marks.precedents(row, ctx),
        *(_by(by_method[each], kpi, ctx) for each in METHODS),
    ]


def _verdict(row: dict[str, Any], kpi: KpiView, ctx: Context) -> Markup:
    """What the methods say together; of a short trend that it is one."""
    said = marks.verdict(row, kpi, ctx)
    short = (
        marks.thin(row, ctx) if words.plain_verdict(row) in ("on_track", "not_on_track", "disagree") else ""
    )
    return Markup("{}<br><small>{}</small>").format(said, short) if short else said


def _trend(row: dict[str, Any], kpi: KpiView, horizon: int, ctx: Context) -> Markup:
    """Where the trend leads; faint where no recent figure confirms it."""
    ahead = marks.projected(row, kpi, horizon, ctx)
    if row["status"] != NO_RECENT_FIGURE or pd.isna(row["projected"]):
        return ahead
    return Markup('<span class="e-faint">{}</span>').format(ahead)


def _by(row: dict[str, Any], kpi: KpiView, ctx: Context) -> Markup:
    """The status by one method; of no recent figure the symbol alone, the plain verdict has the words."""
    return marks.status(row, kpi, ctx, word=row["status"] != NO_RECENT_FIGURE)


def matrix(reader: Reader, areas: list[str], rows: pd.DataFrame, method: str, mine: str | None) -> str:
    """Legend and KPI × country with the status symbols of one method; more than WIDE countries as rows.

    rows: progress by this method. mine: the reader's country, in bold.
    """
    names = reader.area_names
    listed = reader.kpis
    order = list(words.shares(rows).index)
    kpis = order + [one for one in data.targets(reader.warehouse, reader.lang).index if one not in order]
    pairs = {(row["kpi"], row["ref_area"]): row for row in rows.to_dict("records")}
    heads = {
        one: f'<a target="_self" href="{escape(to(reader, "status", one, method))}">{escape(names[one])}</a>'
        for one in areas
    }
    said = {one: _entry(reader, listed[one]) for one in kpis}
    many = len(areas) > WIDE
    across, down = (kpis, areas) if many else (areas, kpis)
    top, side = (said, heads) if many else (heads, said)
    strong = {mine}
    head = "".join(f'<th scope="col"{_strong(one in strong)}><span>{top[one]}</span></th>' for one in across)
    body = "".join(
        f'<tr><th scope="row"{_strong(one in strong)}>{side[one]}</th>'
        + "".join(f"<td>{_cell(pairs, one, other, many, listed, reader.ctx)}</td>" for other in across)
        + f'<td class="e-num">{_count(pairs, one, across, many, reader)}</td></tr>'
        for one in down
    )
    caption = escape(_("Status by the {method} method").format(method=words.SHORT[method]))
    corner, last = (_("Country") if many else "KPI"), escape(_("on track"))
    layout, box = ("e-level", "e-scroll e-tall") if many else ("e-upright", "e-scroll")
    return (
        f"{words.legend(reader.ctx, method)}"
        f'<div class="{box}" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="e-table e-matrix {layout}"><caption class="e-sr">{caption}</caption><thead><tr>'
        f'<th scope="col">{escape(corner)}</th>{head}<th scope="col"><span>{last}</span></th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _entry(reader: Reader, kpi: KpiView) -> str:
    """A KPI's name, which leads to its entry."""
    address = escape(shell.link("methods", reader, kpi=kpi.id))
    return f'<a target="_self" href="{address}">{escape(kpi.name)}</a>'


def _strong(wanted: bool) -> str:
    return ' class="e-on"' if wanted else ""


Pairs = dict[tuple[Any, Any], dict[Any, Any]]  # row of progress by KPI and area


def _cell(pairs: Pairs, one: str, other: str, many: bool, listed: dict[str, KpiView], ctx: Context) -> str:
    kpi, area = (other, one) if many else (one, other)
    row = pairs.get((kpi, area))
    if row is None:
        return words.status(None, ctx, word=False)
    return marks.status(row, listed[kpi], ctx, word=False)


def _count(pairs: Pairs, one: str, across: list[str], many: bool, reader: Reader) -> str:
    """How many of a row's cells are on track, of those that are assessed from a recent figure."""
    found = [pairs.get((other, one) if many else (one, other)) for other in across]
    levels = [words.LEVELS[row["status"]] for row in found if row is not None]
    counted = [level for level in levels if level not in ("open", "past")]
    if not counted:
        return f'<span aria-hidden="true">–</span><span class="e-sr">{escape(_("no recent figure"))}</span>'
    on = sum(level in ("met", "on") for level in counted)
    return f"{reader.ctx.number(on)}/{reader.ctx.number(len(counted))}"


def lines(reader: Reader, shown: pd.DataFrame, row: dict[str, Any], kpi: KpiView) -> str:
    """The lines of a path by year, and what other countries achieved. row: of `Warehouse.progress`."""
    ctx = reader.ctx
    names = path.names(row, ctx) | fan.names(ctx)
    wide = shown.pivot(index="time_period", columns="line", values="obs_value").sort_index()
    present = [line for line in names if line in wide.columns]
    body: list[list[Cell]] = [
        [str(int(year)), *(_on_line(line, wide.at[year, line], int(year), row, kpi, ctx) for line in present)]
        for year in wide.index
    ]
    columns = [Column(_("Year")), *(Column(names[line], True) for line in present)]
    return table.html(f"{kpi.name} · {kpi.unit}", columns, body, tall=True, no_data=_("no data"))


def _on_line(line: str, amount: float, year: int, row: dict[str, Any], kpi: KpiView, ctx: Context) -> Markup:
    """A value of a line; only the last one observed stands for today, with its tag."""
    if line == path.OBSERVED and year == row["latest_year"]:
        return marks.last_value(row, kpi, ctx)
    return point(amount, kpi, year, ctx)


def export(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """What a download of statuses holds: every figure that went in and came out, with unit and licence."""
    listed = reader.kpis
    origin = pd.DataFrame([listed[one].provenance() for one in rows["kpi"].unique()])
    if rows.empty:
        return rows
    targets = data.targets(reader.warehouse, reader.lang)["reason"].rename("target_source")
    kept = rows.drop(columns=["scenario"], errors="ignore").merge(origin, on="kpi")
    return kept.join(targets, on="kpi")
