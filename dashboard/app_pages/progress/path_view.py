"""The path of a KPI in a country: headline, chart with its frame, verdict; cached."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.progress import fan as achieved
from dashboard.app_pages.progress import how, outlook, path_chart, reads
from dashboard.app_pages.progress import path as paths
from dashboard.app_pages.progress import tables as progress_tables
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_words as words
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import plain, sentence
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, sources
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.progress import REASONS, Fan, verdict_sentence


@dataclass(frozen=True)
class Path:
    """The path of a KPI: headline of the page, chart with its frame, verdict as safe HTML."""

    headline: Markup
    figure: Chart
    frame: Frame
    verdict: Markup


@dataclass(frozen=True)
class _Course:
    """A KPI in a country by one method. row: of `Warehouse.progress`; lines: of `path.table`.

    horizon: last year of the trend. compared: the country beside the others of the fan, in a sentence.
    said: the forecast in sentences, or why there is none.
    """

    area: str
    kpi: KpiView
    row: Row
    horizon: int
    lines: pd.DataFrame
    fan: Fan
    bands: pd.DataFrame
    compared: Markup
    outlook: outlook.Outlook

    said: Markup


@cached(frame.CACHED_FRAMES)
def path(reader: Reader, area: str, kpi_id: str, method: str, horizon: int) -> Path | None:
    """The path of a KPI in a country; None without a value since 2015."""
    rows = reads.statuses(reader.warehouse, area, horizon)
    rows = rows[(rows["kpi"] == kpi_id) & (rows["method"] == method)]
    if rows.empty:
        return None
    course = _course(reader, area, kpi_id, records(rows)[0], horizon)
    row, kpi, ctx = course.row, course.kpi, reader.ctx
    low, high = row["limit_low"], row["limit_high"]
    return Path(
        headline=_headline(reader, course),
        figure=path_chart.figure(
            course.lines, row, kpi, ctx, low=low, high=high, fan=course.fan, forecast=course.outlook.shown
        ),
        frame=_frame(reader, course),
        verdict=_verdict(reader, course),
    )


def _course(reader: Reader, area: str, kpi_id: str, row: Row, horizon: int) -> _Course:
    wh, kpi = reader.warehouse, reader.kpi(kpi_id)
    lines = paths.table(data.values(wh, kpi_id, (area,)), row, horizon)
    base_year, last_year = int(row["base_year"]), max(horizon, int(row["target_year"]))
    fan = reads.achieved(wh, kpi_id, area, base_year, float(row["base_value"]), last_year)
    bands = fan.bands(row["limit_low"], row["limit_high"])
    compared = achieved.compared(fan, bands, row, kpi, reader.ctx)
    ahead = reads.outlook(wh, area, kpi_id)
    said = outlook.said(ahead, kpi, int(row["latest_year"]), reader.ctx)
    return _Course(area, kpi, row, horizon, lines, fan, bands, compared, ahead, said)


def _headline(reader: Reader, course: _Course) -> Markup:
    """Where the country is and where it probably will be; without a forecast, what others made from there."""
    ctx, name = reader.ctx, reader.area(course.area).name
    if course.outlook.shown is None:
        return marks.path_headline(name, course.row, course.kpi, ctx)
    ahead = outlook.probable(course.outlook, course.kpi, ctx)
    return marks.path_headline(name, course.row, course.kpi, ctx, ahead)


def _verdict(reader: Reader, course: _Course) -> Markup:
    """How good the forecast is or why there is none, what the methods say, what others made from there."""
    ctx, kpi = reader.ctx, course.kpi
    verdicts = reads.disagreements(reader.warehouse, (course.area,))
    has_forecast = course.outlook.shown is not None
    return sentence(
        "{said} {verdict} {made} {compared}",
        said=course.said,
        verdict=verdict_sentence(records(verdicts[verdicts["kpi"] == kpi.id])[0], ctx.lang),
        made=marks.precedent_sentence(course.row, kpi, ctx) if has_forecast else "",
        compared=course.compared,
    )


def _frame(reader: Reader, course: _Course) -> Frame:
    """Title, unit, alternative text, foot, table and download of a path."""
    ctx, kpi, row, lines, bands = reader.ctx, course.kpi, course.row, course.lines, course.bands
    reason = str(data.targets(reader.warehouse, reader.lang).at[kpi.id, "reason"])
    forecast = course.outlook.shown
    parts = [lines, *([achieved.lines(bands)] if len(bands) else [])]
    drawn = pd.concat(parts + ([outlook.lines(forecast)] if forecast else []), ignore_index=True)
    return Frame(
        key="path",
        title=paths.title(row, course.horizon, kpi, ctx, forecast),
        unit=_unit(reader, course),
        alt=_alt(reader, course),
        foot=_foot(reader, course, reason),
        data=lambda: drawn.assign(ref_area=course.area, method=row["method"], **kpi.provenance()),
        table=lambda: progress_tables.lines(reader, drawn, row, kpi),
        file=f"escala_path_{kpi.id}_{course.area}",
        how=lambda: how.case(reader, kpi, row, course.horizon, reason, course.outlook.gate),
        legend=path_chart.legend(lines, bands, row, ctx, forecast),
    )


def _unit(reader: Reader, course: _Course) -> Markup:
    return sentence(
        "{kpi} · {unit} · {method}: {status}",
        kpi=course.kpi.name,
        unit=course.kpi.unit,
        method=words.with_rule(str(course.row["method"]), reader.ctx),
        status=marks.verdict_and_word(course.row, course.kpi, reader.ctx),
    )


def _alt(reader: Reader, course: _Course) -> str:
    ctx, kpi, row = reader.ctx, course.kpi, course.row
    name = reader.area(course.area).name
    reached = marks.precedent_sentence(row, kpi, ctx)
    past = plain(
        sentence("{made} {compared} {said}", made=reached, compared=course.compared, said=course.said)
    )
    return f"{paths.alt(course.lines, row, course.horizon, name, kpi, ctx, course.outlook.shown)} {past}"


def _foot(reader: Reader, course: _Course, reason: str) -> Markup:
    ctx, kpi, lines = reader.ctx, course.kpi, course.lines
    years = lines.loc[lines["line"] == paths.OBSERVED, "time_period"]
    n = _("years with a value: {n}").format(n=ctx.number(len(years)))
    note = sources.joined(paths.gap_note(lines, kpi, ctx), _note(reader, course, reason))
    return sources.foot(reader, kpi, years, n, note=note)


def _note(reader: Reader, course: _Course, reason: str) -> Markup:
    """Why the status is what it is, a short trend, where the target comes from, how the fan was made."""
    row, ctx = course.row, reader.ctx
    why = "" if words.LEVELS[row["status"]] == "open" else _(REASONS[row["reason"]])
    return sources.joined(
        sentence("{why} {target}: {reason}.", why=why, target=_("Target"), reason=reason),
        marks.thin(row, ctx).capitalize(),
        achieved.rule(course.fan, course.bands, course.kpi, ctx),
    )
