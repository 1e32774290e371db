"""The pictures of the page Country: the profile, what is to come, or one KPI over the years."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import figures, gaps, sentences, trend
from dashboard.charts.context import KpiView
from dashboard.charts.findings import nearest
from dashboard.charts.scalars import is_missing, whole
from dashboard.components import sources
from dashboard.components.groups import trend_rows
from dashboard.components.language import text as _
from dashboard.pictures import makers, world
from dashboard.pictures.around import about, alone
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Course, Picture, Role, Trend
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN, latest_value, standing
from kpis.errors import RequestError


def picture(asked: Asked) -> Picture:
    """Of a named KPI its course beside its peers; with `show` the forecast; else the profile."""
    reader, area = asked.reader, asked.a_country(others=True)
    peers, shown = asked.peers(area), asked.maybe("show", ["rank", "egdi"])
    is_member = area not in data.outside(reader.warehouse)
    kpi_id = asked.kpi() if "kpi" in asked.store.values or not is_member else ""
    chart = asked.chart(*_order(kpi_id, shown))
    if chart == "one_kpi":
        return of_kpi(reader, reader.kpi(kpi_id or MAIN), area, peers)
    fan = None
    if chart == "to_2030":
        fan = makers.fan(reader, area, reader.kpi(MAIN), of_rank=shown != "egdi")
    if fan is not None:
        kpi = reader.kpi(MAIN)
        return alone(
            fan, reader, fan.about.title, fan.about.source, sources.foot(reader, kpi, pd.Series(), "")
        )
    profile = makers.profile_range(reader, area, peers)
    if profile is None:
        return of_kpi(reader, reader.kpi(MAIN), area, peers)
    name = reader.area(area).name
    title = profile.about.title
    return alone(
        profile,
        reader,
        f"{name}. {title}",
        figures.plain(standing(reader, area)),
        _("latest fresh values of {n} KPIs").format(n=reader.ctx.number(_fresh(reader, area))),
    )


def _order(kpi_id: str, shown: str) -> tuple[str, ...]:
    """The charts of the page, first the one that an address without a chart speaks of."""
    first = "one_kpi" if kpi_id else "to_2030" if shown else "profile"
    return (first, *(key for key in ("profile", "to_2030", "one_kpi") if key != first))


def _fresh(reader: Reader, area: str) -> int:
    rows = data.country(reader.warehouse, area)
    return int((rows["fresh"].fillna(False).astype(bool) & rows["percentile"].notna()).sum())


def of_kpi(reader: Reader, kpi: KpiView, area: str, peers: str) -> Picture:
    """A KPI of a country as on the page: its course, or its place where there is one year, or its level."""
    rows = world.values(reader, kpi.id, None, peers)
    if area not in set(rows["ref_area"]):
        every = data.world(reader.warehouse, reader.lang, kpi.id, None)
        rows = pd.concat([rows, every[every["ref_area"] == area]], ignore_index=True)
    if kpi.coded:
        row = latest_value(reader, area, kpi.id)
        at: int | None = None if is_missing(row["obs_value"]) else whole(row["obs_value"])
        counted = world.counted(reader, rows, kpi, peers, at)
        level = sentences.level(reader.area(area).name, kpi, row, reader.ctx)
        foot = sources.foot(reader, kpi, rows["time_period"], reader.group(peers).name)
        return alone(counted, reader, f"{kpi.name}. {figures.plain(level)}", foot)
    members = [member for member in data.members(reader.warehouse, peers) if member != area]
    values = data.values(reader.warehouse, kpi.id, (area, *members))
    own = values[values["ref_area"] == area]
    if values["time_period"].nunique() > 1:
        return _course(reader, kpi, area, peers, values)
    if rows["obs_value"].notna().sum() == 0:
        raise RequestError(
            f"{kpi.id} holds no value of {area} or of its peers ({peers}); choose another KPI."
        )
    ranked = world.ranked(reader, rows, kpi, peers, area)
    foot = sources.foot(reader, kpi, rows["time_period"], reader.group(peers).name)
    return alone(ranked, reader, _title(own, kpi, area, reader), foot)


def _title(rows: pd.DataFrame, kpi: KpiView, area: str, reader: Reader) -> str:
    """The KPI and how its values went."""
    course = sentences.course(rows, kpi.brief, reader.area(area).name, reader.ctx)
    return f"{kpi.name}. {figures.plain(course)}"


def _course(reader: Reader, kpi: KpiView, area: str, peers: str, values: pd.DataFrame) -> Trend:
    names = reader.area_names
    lines: list[tuple[str, str, Role]] = [
        (area, str(names[area]), "focus"),
        *((code, str(names[code]), "peer") for code in nearest(values, area)[:5]),
        (peers, _("median of {group}").format(group=reader.group(peers).name), "median"),
    ]
    n = _("n = {n} countries").format(n=reader.ctx.number(values["ref_area"].nunique()))
    title = _title(values[values["ref_area"] == area], kpi, area, reader)
    return courses(reader, kpi, lines, title, n)


def courses(
    reader: Reader,
    kpi: KpiView,
    lines: list[tuple[str, str, Role]],
    title: str,
    n: str,
    span: tuple[int, int] | None = None,
) -> Trend:
    """Lines of areas and groups, as pages draw them. span: first and last year; None: all.

    A line without a value is kept, so that its absence is told; a gap longer than is usual interrupts a line.
    """
    ctx = reader.ctx
    table = trend_rows(reader, kpi.id, [line for line, _name, _role in lines])
    if span is not None:
        table = table[table["time_period"].between(*span)]
    points = trend.by_line(table)
    newest = max((rows[-1][0] for rows in points.values()), default=0)
    drawn = tuple(
        Course(name, points_of(held, kpi), role, _label(reader, kpi, held, newest))
        for name, role, held in ((name, role, points.get(line, [])) for line, name, role in lines)
    )
    named = [trend.Line(line, name, role) for line, name, role in lines]
    foot = sources.foot(reader, kpi, table.dropna(subset=["obs_value"])["time_period"], n, note=kpi.caveat)
    return Trend(about(reader, title, kpi.unit, trend.alt(table, named, kpi, ctx), foot), drawn)


def points_of(rows: list[trend.Row], kpi: KpiView) -> tuple[tuple[int, float | None], ...]:
    """Year and value; None between two that lie further apart than usual, and where the series breaks."""
    after = {end for _start, end in gaps.between([year for year, _value, _status in rows], kpi.usual_step)}
    points: list[tuple[int, float | None]] = []
    for year, value, status in rows:
        if points and (year in after or status == trend.BREAK):
            points.append((year, None))
        points.append((year, value))
    return tuple(points)


def _label(reader: Reader, kpi: KpiView, rows: list[trend.Row], newest: int) -> str:
    """The last value, with its year where others go on; that there is none."""
    if not rows:
        return reader.ctx.t("no data")
    year, value, _status = rows[-1]
    if figures.old(kpi, year, reader.ctx):
        return figures.words(value, kpi.brief, year, reader.ctx)
    said = reader.ctx.value(value, kpi.brief)
    return said if year == newest else f"{said} ({year})"
