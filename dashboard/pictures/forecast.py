"""The picture of the record of forecasts: how often they ended inside their band."""

from __future__ import annotations

from dashboard.charts import record_words
from dashboard.charts.scalars import records
from dashboard.components import record_parts, sources
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import DotRange, Span
from dashboard.reads import record as reads
from kpis.errors import RequestError

BY = ("edition", "group", "region", "special")


def picture(asked: Asked) -> DotRange:
    """Shares of values and ranks inside the band, by edition, group, region or membership."""
    reader, ctx = asked.reader, asked.reader.ctx
    horizons = reads.horizons(reader.warehouse)
    if not horizons:
        raise RequestError("no forecast can be tried on the past: too few editions of the survey are held.")
    ahead = asked.number("ahead", horizons, horizons[0])
    by = asked.one("by", list(BY), BY[0])
    asked.country()
    asked.check()
    rows, tried = record_parts.rows(reader, ahead, by), reads.cases(reader.warehouse, ahead)
    spans = tuple(_span(asked, row) for row in records(rows))
    title = record_words.headline(reads.means(reader.warehouse, ahead), ahead, ctx)
    unit = _("Share of forecasts that ended inside their band of {band}, in per cent").format(
        band=ctx.percent(record_words.BAND)
    )
    n = _("n = {n} cases").format(n=ctx.number(len(tried)))
    years = f"{tried['origin'].min()}–{tried['time_period'].max()}"
    said = "; ".join(f"{span.name}: {span.label}" for span in spans)
    least = min([50.0, *(end for span in spans for end in (span.own, span.middle) if end is not None)])
    return DotRange(
        about(reader, title, unit, f"{title}. {said}.", sources.foot_of(reader, ["EGDI"], years, n)),
        spans,
        ("", _("ranks"), _("values")),
        least,
        100.0,
    )


def _span(asked: Asked, row: dict[str, object]) -> Span:
    ctx = asked.reader.ctx
    values, ranks = (float(str(row[f"{name}_within_80"])) for name in ("egdi", "rank"))
    label = _("values {values}, ranks {ranks}").format(values=ctx.percent(values), ranks=ctx.percent(ranks))
    return Span(str(row["name"]), None, 100 * ranks, None, 100 * values, label)
