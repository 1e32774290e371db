"""Charts of the record in their frames, cached by reader and choice."""

from __future__ import annotations

from functools import partial

import pandas as pd

from dashboard.app_pages.forecast import chances, coverage, tables
from dashboard.charts import record_common as common
from dashboard.charts import record_guesses as guesses
from dashboard.charts import record_of_country as of_country
from dashboard.charts import record_words as words
from dashboard.charts.figure import Chart
from dashboard.components import frame
from dashboard.components import record_parts as parts
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import record as reads
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from kpis.forecast import record
from kpis.forecast.panel import YEARS_APART

Framed = tuple[Chart, Frame]


@drawn(frame.CACHED_FRAMES)
def held_shares(reader: Reader, ahead: int, by: str) -> Framed:
    """Shares of values and ranks within the band of 80 %, by edition, group, region or membership."""
    ctx, rows, tried = reader.ctx, parts.rows(reader, ahead, by), reads.cases(reader.warehouse, ahead)
    unit = _(
        "Share of forecasts {ahead} that ended inside their band of {band}: circle values, diamond ranks"
    ).format(ahead=words.ahead(ahead, ctx), band=ctx.percent(words.BAND))
    head = {"edition": _("From → to"), "group": _("UN group"), "region": _("Region")}.get(by, _("Group"))
    framed = Frame(
        key="forecast_coverage",
        title=coverage.title(rows, ctx),
        unit=unit,
        alt=coverage.alt(rows, ctx),
        foot=tables.foot(reader, tried, tables.how_sure(tried, ctx)),
        data=partial(tables.export, reader, rows, ahead),
        table=lambda: tables.coverage(rows, unit, head, ctx),
        file=f"escala_forecast_record_{by}_{ahead}",
        how=tables.explained(reader),
    )
    return coverage.figure(rows, ctx), framed


@drawn(frame.CACHED_FRAMES)
def against_guesses(reader: Reader, ahead: int) -> Framed:
    """The error of ranks beside the plain guesses."""
    ctx = reader.ctx
    means = reads.means(reader.warehouse, ahead)
    unit = _("Mean error of the rank, in places, {ahead}").format(ahead=words.ahead(ahead, ctx))
    framed = Frame(
        key="forecast_guesses",
        title=guesses.title(means, ctx),
        unit=unit,
        alt=guesses.alt(means, ctx),
        foot="",
        data=partial(tables.export, reader, means.rename("mean").rename_axis("figure").reset_index(), ahead),
        table=lambda: tables.errors(means, unit, ctx),
        file=f"escala_forecast_guesses_{ahead}",
        how=tables.explained(reader),
        narrow=True,
    )
    return guesses.figure(means, ctx), framed


@drawn(frame.CACHED_FRAMES)
def common_misses(reader: Reader, ahead: int) -> Framed:
    """What all countries of each edition had in common."""
    ctx = reader.ctx
    rows = record.by(reads.cases(reader.warehouse, ahead), "origin").reset_index()
    rows = rows.assign(time_period=rows["origin"] + YEARS_APART * ahead)
    unit = _("EGDI minus its forecast {ahead}, mean of all countries, by edition that was forecast").format(
        ahead=words.ahead(ahead, ctx)
    )
    framed = Frame(
        key="forecast_common",
        title=common.title(rows, ctx),
        unit=unit,
        alt=common.alt(rows, ctx),
        foot=_("Such a miss is mostly a change of the survey’s method, which nobody can forecast."),
        data=partial(tables.export, reader, rows, ahead),
        table=lambda: tables.common(rows, unit, ctx),
        file=f"escala_forecast_editions_{ahead}",
        how=tables.explained(reader),
        narrow=True,
    )
    return common.figure(rows, ctx), framed


@drawn(frame.CACHED_FRAMES)
def given_chances(reader: Reader, ahead: int) -> Framed:
    """Chances of a better rank and of a higher UN group against what came."""
    ctx, tried = reader.ctx, reads.cases(reader.warehouse, ahead)
    bins = {chance: record.calibration(tried, chance) for chance in record.CHANCES}
    unit = _(
        "Chances given {ahead} against what came: diamond a better rank, circle a higher UN group, small "
        "under {few} cases"
    ).format(ahead=words.ahead(ahead, ctx), few=ctx.number(chances.FEW))
    rows = pd.concat(bins, names=["chance"]).reset_index(level="chance")
    framed = Frame(
        key="forecast_chances",
        title=chances.title(bins, ctx),
        unit=unit,
        alt=chances.alt(bins, ctx),
        foot=_brier(reader, tried),
        data=partial(tables.export, reader, rows, ahead),
        table=lambda: tables.chances(bins, unit, ctx),
        file=f"escala_forecast_chances_{ahead}",
        how=tables.explained(reader),
        narrow=True,
    )
    return chances.figure(bins, ctx), framed


def _brier(reader: Reader, tried: pd.DataFrame) -> str:
    """The Brier scores beside those of the plain share, for which a country would not matter."""
    ctx = reader.ctx
    template = _("Brier score of {chance}: {score}; saying the same share to all: {base}")
    lines = []
    for chance, name in chances.names(ctx).items():
        score = record.brier(tried, chance)
        numbers = {"score": ctx.number(score.score, 3), "base": ctx.number(score.base, 3)}
        lines.append(template.format(chance=name, **numbers))
    return ". ".join(lines) + "."


@worded(frame.CACHED_FRAMES)
def record_of(reader: Reader, ahead: int, area: str) -> str:
    """How often forecasts of a country were right, in a sentence; empty where it had none."""
    tried = reads.cases(reader.warehouse, ahead)
    rows = tried[tried["ref_area"] == area]
    return "" if rows.empty else of_country.title(rows, reader.area(area).name, reader.ctx)


@drawn(frame.CACHED_FRAMES)
def of_one_country(reader: Reader, ahead: int, area: str) -> Framed | None:
    """A country's forecasts of the past; None where it had none."""
    ctx, tried = reader.ctx, reads.cases(reader.warehouse, ahead)
    rows = tried[tried["ref_area"] == area].reset_index(drop=True)
    if rows.empty:
        return None
    name = reader.area(area).name
    unit = _(
        "Rank forecast {ahead}: bar the band of {band}, stroke its middle; dot the rank that came, cross "
        "where outside"
    ).format(ahead=words.ahead(ahead, ctx), band=ctx.percent(words.BAND))
    framed = Frame(
        key="forecast_country",
        title=of_country.missed(rows, name, ctx),
        unit=unit,
        alt=of_country.alt(rows, name, ctx),
        foot=tables.foot(reader, rows),
        data=partial(tables.export, reader, rows, ahead),
        table=lambda: tables.of_country(reader, rows, unit),
        file=f"escala_forecast_record_{area}_{ahead}",
        how=tables.explained(reader),
    )
    return of_country.figure(rows, ctx), framed
