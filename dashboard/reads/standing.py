"""Where an area stands in a KPI, and in a sentence in the main one, with which page and brief begin."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.charts import sentences
from dashboard.charts.findings import since_before
from dashboard.charts.scalars import Row, records
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader

MAIN = "EGDI"  # the KPI of the headline


@worded(data.MANY)
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
