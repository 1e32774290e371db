"""A KPI of several areas over the years: the sentence on top, the lines, or the levels of a coded answer."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.compare import course_panels
from dashboard.app_pages.compare.areas import course_rows, last_values, without_value_note
from dashboard.app_pages.compare.years import Span, present, read_at, within
from dashboard.charts import figures, own_values, sentences, trend
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.components import explain, frame, groups, kpi_tables, level_strip, sources
from dashboard.components import own as own_figures
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from dashboard.reads.standings import Areas
from kpis.workspace.figures import OwnValue

LAST = 9999  # a year that no value is later than
MOST_TOGETHER = 4  # lines that are told apart at a glance; of more each has a panel


@worded(frame.CACHED_FRAMES)
def headline(reader: Reader, kpi: KpiView, areas: Areas, span: Span | None = None) -> Markup:
    """Who has the highest and the lowest latest value; of a coded answer, who is at the highest level."""
    every = (
        course_rows(reader, kpi.id, areas) if areas else pd.DataFrame({"time_period": [], "obs_value": []})
    )
    rows, ctx = within(every, span), read_at(reader.ctx, every, span)
    if areas and rows["obs_value"].isna().all():
        return figures.sentence(_("{kpi}: no data for this choice."), kpi=kpi.name)
    if not kpi.coded or not areas:
        return sentences.compared(last_values(rows), kpi, ctx)
    groups = level_strip.groups(reader, kpi, areas)
    return sentences.at_top(last_values(rows[~rows["id"].isin(groups["id"])]), groups, kpi, ctx)


@drawn(frame.CACHED_FRAMES)
def levels(
    reader: Reader, kpi: KpiView, areas: Areas, own: str = "", mine: tuple[tuple[str, OwnValue], ...] = ()
) -> tuple[Chart, Frame]:
    """Where each area stands among the levels of a coded answer; a line between codes would mean nothing."""
    title = sentences.climbed(level_strip.dots(reader, kpi, areas), reader.ctx)
    file = f"escala_compare_{kpi.id}"
    note = own_figures.note(mine, reader, kpi)
    return level_strip.framed(reader, kpi, areas, title, key="compare_levels", file=file, focus=own, own=note)


@drawn(frame.CACHED_FRAMES)
def lines(
    reader: Reader,
    kpi: KpiView,
    areas: Areas,
    span: Span | None = None,
    *,
    apart: bool = False,
    own: str = "",
    mine: tuple[tuple[str, OwnValue], ...] = (),
) -> tuple[Chart, Frame]:
    """A line for each area, of groups the median of their countries; apart: each in its panel.

    own: the reader's country, which every panel shows. mine: areas with an own value, each a line of its own.
    """
    every = course_rows(reader, kpi.id, areas)
    rows, ctx = within(every, span), read_at(reader.ctx, every, span)
    series = [trend.Line(area_id, name, "series", groups.initials(area_id)) for area_id, name in areas]
    title, foot = sentences.moved(rows, kpi, ctx), _lines_foot(reader, kpi, areas, rows, mine)
    names = dict(areas)
    for area, value in mine:
        said = own_figures.named(names[area])
        series.append(own_figures.line(area, value, said))
        of_own = within(own_figures.line_rows(area, value, said), _reaching(span, every))
        rows = pd.concat([rows, of_own], ignore_index=True)
    if apart:
        figure, legend = (
            course_panels.figure(rows, areas, kpi, ctx, own=own),
            course_panels.legend(ctx, own, areas, with_own_figures=bool(mine)),
        )
    else:
        figure = trend.figure(rows, series, kpi, ctx, height=360)
        legend = trend.legend(rows, series, kpi, ctx) if ctx.narrow else ""
    return (
        figure,
        Frame(
            key="compare_panels" if apart else "compare_trend",
            title=title,
            unit=_unit(reader, kpi, areas),
            alt=trend.alt(rows, series, kpi, ctx),
            foot=foot,
            data=lambda: own_values.origin(rows, kpi, ctx),
            table=lambda: kpi_tables.trend_html(reader, rows, series, kpi),
            file=f"escala_compare_{kpi.id}",
            how=lambda: explain.kpi(reader, kpi),
            legend=legend,
        ),
    )


def _reaching(span: Span | None, rows: pd.DataFrame) -> Span | None:
    """A span for own values: to their end where the span leaves out no newer international value."""
    newest = max(present(rows), default=0)
    return (span[0], LAST) if span is not None and span[1] >= newest else span


def _unit(reader: Reader, kpi: KpiView, areas: Areas) -> str:
    """KPI and unit, and what stands for a group, if there is one."""
    parts = [kpi.name, kpi.unit]
    if any(reader.is_group(area_id) for area_id, _name in areas):
        parts.append(_("groups: median of their countries"))
    return " · ".join(parts)


def _lines_foot(
    reader: Reader,
    kpi: KpiView,
    areas: Areas,
    rows: pd.DataFrame,
    mine: tuple[tuple[str, OwnValue], ...],
) -> Markup:
    n = _("n = {n} countries or groups").format(n=reader.ctx.number(rows["id"].nunique()))
    own = own_figures.note(mine, reader, kpi)
    notes = (own, without_value_note(reader, kpi, areas), trend.gap_note(rows, kpi, reader.ctx), kpi.caveat)
    return sources.foot(reader, kpi, rows["time_period"], n, note=sources.joined(*notes))
