"""Where the country stands in a sentence, and its three strongest and weakest KPIs."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.country.findings import best_and_worst, since_before
from dashboard.charts import figures, ranks, sentences
from dashboard.charts.scalars import Row, records, whole
from dashboard.components import frame, links, sources
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

MAIN = "EGDI"  # the KPI of the headline


@cached(frame.CACHED_FRAMES)
def standing(reader: Reader, area: str) -> Markup:
    """Value and rank of the main KPI, and the change of rank since the edition before."""
    kpis = reader.kpis
    kpi = kpis.get(MAIN) or next(iter(kpis.values()))
    trends = data.trends(reader.warehouse, area)
    since = since_before(trends[trends["kpi"] == kpi.id], reader.ctx)
    row = latest_value(reader, area, kpi.id)
    return sentences.standing(reader.area(area).name, kpi, row, since, reader.ctx)


def latest_value(reader: Reader, area: str, kpi_id: str) -> Row:
    """The latest value and standing of an area in a KPI."""
    rows = data.country(reader.warehouse, area)
    return records(rows[rows["kpi"] == kpi_id])[0]


@cached(frame.CACHED_FRAMES)
def extremes(reader: Reader, area: str) -> Markup:
    """The lists of the strongest and the weakest KPIs."""
    best, worst = best_and_worst(data.country(reader.warehouse, area), reader.kpis)
    lists = Markup("").join(
        _list(reader, area, title, rows)
        for title, rows in ((_("Three strongest KPIs"), best), (_("Three weakest KPIs"), worst))
        if not rows.empty
    )
    foot = _(
        "By percentile among UN Member States; fresh values only, of KPIs that at least {n} of them have and "
        "that measure more than a level."
    )
    return lists + Markup('<p class="e-foot">{}</p>').format(foot.format(n=reader.ctx.number(ranks.MANY)))


def _list(reader: Reader, area: str, title: str, rows: pd.DataFrame) -> Markup:
    items = Markup("").join(_item(reader, area, row) for row in records(rows))
    return Markup('<h2 class="e-title">{}</h2><ol class="e-three">{}</ol>').format(title, items)


def _item(reader: Reader, area: str, row: Row) -> Markup:
    """A KPI with its value, and in small type its year, rank and unit."""
    ctx, kpi = reader.ctx, reader.kpi(row["kpi"])
    place = _("rank {place}").format(place=ranks.place(row["rank"], row["n"], ctx))
    details = [str(whole(row["time_period"])), place, kpi.unit]
    return Markup('<li>{}<span class="e-num">{}</span><small>{}{}</small></li>').format(
        links.to(reader, "country", kpi.name, country=area, kpi=kpi.id),
        figures.figure(row["obs_value"], kpi, row["time_period"], ctx, dated=False),
        " · ".join(details),
        sources.licence_mark(kpi),
    )
