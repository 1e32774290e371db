"""Where the country stands and what holds it back, each in a sentence; where to go from here."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.app_pages.country.findings import since_before
from dashboard.charts import sentences, stage_words
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links
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
def stage(reader: Reader, area: str) -> Markup:
    """The stage, and what holds back the next one, as a link to the ladder; nothing where none is held."""
    if not data.stage_years(reader.warehouse):
        return Markup("")
    profile = data.stage_profile(reader.warehouse, area)
    name = reader.area(area).name
    words = stage_words.standing(name, profile, reader.dimensions, reader.ctx).removeprefix(f"{name}: ")
    return links.to(reader, "stages", words[:1].upper() + words[1:], country=area)


def onward(reader: Reader, area: str) -> Markup:
    """The pages that go on with this country, in one line."""
    pages = (
        ("stages", _("Stages")),
        ("progress", _("Progress")),
        ("plan", _("Plan")),
        ("compare", _("Compare")),
    )
    name = reader.area(area).name
    items = Markup("").join(
        Markup("<li>{}</li>").format(links.to(reader, page, title, country=area)) for page, title in pages
    )
    nav = Markup('<nav class="e-goon" aria-label="{0}"><span aria-hidden="true">{0}</span><ul>{1}</ul></nav>')
    return nav.format(_("More on {name}").format(name=name), items)
