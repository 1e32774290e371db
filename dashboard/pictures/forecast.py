"""The pictures of the record of forecasts: how often they ended inside their band, and how they missed."""

from __future__ import annotations

from dashboard.charts import record_common, record_guesses, record_of_country, record_words
from dashboard.charts.scalars import is_missing, records
from dashboard.components import record_parts, sources
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Bar, DotRange, Ranking, Role, Span
from dashboard.reads import record as reads
from dashboard.reads.reader import Reader
from kpis.errors import RequestError
from kpis.forecast import record
from kpis.forecast.panel import YEARS_APART

BY = ("edition", "group", "region", "special")
PAGE_CHARTS = ("forecast_coverage", "forecast_guesses", "forecast_common")
OF_COUNTRY = "forecast_country"


def picture(asked: Asked) -> DotRange | Ranking:
    """The chart that the address names; the first of the page is that of the shares inside the band."""
    reader = asked.reader
    horizons = reads.horizons(reader.warehouse)
    if not horizons:
        raise RequestError("no forecast can be tried on the past: too few editions of the survey are held.")
    ahead = asked.number("ahead", horizons, horizons[0])
    by = asked.one("by", list(BY), BY[0])
    area = asked.country()
    charts = (*PAGE_CHARTS, OF_COUNTRY) if area else PAGE_CHARTS
    match asked.chart(*charts):
        case "forecast_guesses":
            return guesses(reader, ahead)
        case "forecast_common":
            return common(reader, ahead)
        case "forecast_country":
            return of_country(reader, ahead, area)
        case _:
            return held_shares(asked, ahead, by)


def held_shares(asked: Asked, ahead: int, by: str) -> DotRange:
    """Shares of values and ranks inside the band, by edition, group, region or membership."""
    reader, ctx = asked.reader, asked.reader.ctx
    rows = record_parts.rows(reader, ahead, by)
    spans = tuple(_span(asked, row) for row in records(rows))
    title = record_words.headline(reads.means(reader.warehouse, ahead), ahead, ctx)
    unit = _("Share of forecasts that ended inside their band of {band}, in per cent").format(
        band=ctx.percent(record_words.BAND)
    )
    said = "; ".join(f"{span.name}: {span.label}" for span in spans)
    least = min([50.0, *(end for span in spans for end in (span.own, span.middle) if end is not None)])
    return DotRange(
        about(reader, title, unit, f"{title}. {said}.", _foot(reader, ahead)),
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


def guesses(reader: Reader, ahead: int) -> Ranking:
    """The mean error of the rank, in places, beside two plain guesses."""
    ctx, means = reader.ctx, reads.means(reader.warehouse, ahead)
    roles: dict[str, Role] = {record_guesses.GUESSES[0]: "focus"}  # the forecast itself
    bars = tuple(
        Bar(name, float(error), ctx.number(error, 1), roles.get(guess, "peer"))
        for guess, name in record_guesses.names(ctx).items()
        if not is_missing(error := means[f"rank_{guess}"])
    )
    unit = _("Mean error of the rank, in places, {ahead}").format(ahead=record_words.ahead(ahead, ctx))
    said = record_guesses.alt(means, ctx)
    return Ranking(about(reader, record_guesses.title(means, ctx), unit, said, _foot(reader, ahead)), bars)


def common(reader: Reader, ahead: int) -> Ranking:
    """How much higher or lower all countries of an edition ended than was forecast."""
    ctx = reader.ctx
    rows = record.by(reads.cases(reader.warehouse, ahead), "origin").reset_index()
    rows = rows.assign(time_period=rows["origin"] + YEARS_APART * ahead)
    bars = tuple(
        Bar(
            str(row["time_period"]),
            float(row["egdi_miss"]),
            ctx.number(row["egdi_miss"], record_words.DECIMALS, sign=True),
            "up" if row["egdi_miss"] >= 0 else "down",
        )
        for row in records(rows)
    )
    unit = _("EGDI minus its forecast {ahead}, mean of all countries, by edition that was forecast")
    return Ranking(
        about(
            reader,
            record_common.title(rows, ctx),
            unit.format(ahead=record_words.ahead(ahead, ctx)),
            record_common.alt(rows, ctx),
            _foot(reader, ahead),
        ),
        bars,
    )


def of_country(reader: Reader, ahead: int, area: str) -> DotRange:
    """The band of each forecast of a country and the rank that came. Raises RequestError without any."""
    ctx, tried = reader.ctx, reads.cases(reader.warehouse, ahead)
    rows = tried[tried["ref_area"] == area].reset_index(drop=True)
    if rows.empty:
        raise RequestError(f"no forecast of {area} {ahead} editions ahead can be compared with what came.")
    name, label = reader.area(area).name, ctx.t("{rank}; band {band}")
    spans = tuple(
        Span(
            record_words.step(row["origin"], row["time_period"]),
            float(row["rank_p10"]),
            float(row["rank_forecast"]),
            float(row["rank_p90"]),
            float(row["rank_actual"]),
            label.format(
                rank=ctx.number(row["rank_actual"]),
                band=record_words.band(row["rank_p10"], row["rank_p90"], ctx),
            ),
            "lower",
        )
        for row in records(rows)
    )
    ends = rows[["rank_p10", "rank_p90", "rank_actual"]]
    unit = _("Rank forecast {ahead}, 1 is best").format(ahead=record_words.ahead(ahead, ctx))
    title = record_of_country.missed(rows, name, ctx)
    return DotRange(
        about(reader, title, unit, record_of_country.alt(rows, name, ctx), _foot(reader, ahead, area)),
        spans,
        (_("8 of 10 such forecasts ended within"), _("middle of the forecast"), _("rank that came")),
        max(0.5, float(ends.min().min()) - 1),
        float(ends.max().max()) + 1,
    )


def _foot(reader: Reader, ahead: int, area: str = "") -> str:
    """Source and years of the cases, of one country or of all, and how many they are."""
    tried = reads.cases(reader.warehouse, ahead)
    held = tried[tried["ref_area"] == area] if area else tried
    n = _("n = {n} cases").format(n=reader.ctx.number(len(held)))
    return sources.foot_of(reader, ["EGDI"], f"{held['origin'].min()}–{held['time_period'].max()}", n)
