"""A KPI of a country in depth: trend with peers, or ranking or levels; the source rows of its value."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import figures, own_values, ranking, sentences, trend
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.findings import nearest
from dashboard.components import alone, explain, frame, groups, kpi_tables, level_strip, own, pickers, sources
from dashboard.components.frame import Frame
from dashboard.components.groups import trend_rows
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN, latest_value
from kpis.workspace.figures import OwnValue


@worded(data.MANY)
def _usual(reader: Reader, area: str) -> str:
    """The EGDI; of an area without it the first KPI that it has."""
    kpi_ids = data.country(reader.warehouse, area).dropna(subset=["obs_value"])["kpi"].tolist()
    return MAIN if MAIN in kpi_ids or not kpi_ids else str(kpi_ids[0])


def show(reader: Reader, area: str, peers: str) -> None:
    """The section: a picker, the chart, the source rows behind the latest value."""
    st.html(Markup('<h2 class="e-section e-sheet">{}</h2>').format(_("One KPI in depth")))
    with st.container(key="controls_kpi"):
        kpi_id = pickers.kpi(reader, default=_usual(reader, area))
    kpi = reader.kpi(kpi_id)
    mine = tuple(value for value in own.values(reader, area) if value.kpi == kpi_id)
    values = _values(reader, kpi, area, peers)
    of_area = values[values["ref_area"] == area].dropna(subset=["obs_value"])
    if kpi.coded:
        frame.show(*_levels(reader, kpi, area, peers, mine))
    elif mine or values["time_period"].nunique() > 1 or area in data.outside(reader.warehouse):
        frame.show(*draw_trend(reader, kpi, area, peers, mine))
    else:
        frame.show(*draw_ranking(reader, kpi, area, peers))
    if not of_area.empty:
        _evidence(reader, kpi, area, of_area.sort_values("time_period").iloc[-1])


@drawn(frame.CACHED_FRAMES)
def _levels(
    reader: Reader, kpi: KpiView, area: str, peers: str, mine: tuple[OwnValue, ...] = ()
) -> tuple[Chart, Frame]:
    """The level of the country, beside how many of its peers and of the world stand at each."""
    name = reader.area(area).name
    groups = ((group_id, reader.group(group_id).name) for group_id in dict.fromkeys([peers, "WORLD"]))
    level = sentences.level(name, kpi, latest_value(reader, area, kpi.id), reader.ctx)
    title = figures.sentence("{kpi}. {level}", kpi=kpi.name, level=level)
    file = f"escala_{kpi.id}_{area}"
    areas = ((area, name), *groups)
    note = own.note(((area, value) for value in mine), reader, kpi)
    return level_strip.framed(reader, kpi, areas, title, key="one_kpi", file=file, focus=area, own=note)


def _values(reader: Reader, kpi: KpiView, area: str, peers: str) -> pd.DataFrame:
    """Values of the country and of its peers."""
    members = [member for member in data.members(reader.warehouse, peers) if member != area]
    return data.values(reader.warehouse, kpi.id, (area, *members))


@drawn(frame.CACHED_FRAMES)
def draw_trend(
    reader: Reader, kpi: KpiView, area: str, peers: str, mine: tuple[OwnValue, ...] = ()
) -> tuple[Chart, Frame]:
    """The trend of the country beside its peers. mine: own values of the country, each a line of its own."""
    values = _values(reader, kpi, area, peers)
    names = reader.area_names
    peer_name = reader.group(peers).name
    lines = [
        trend.Line(area, names[area], "focus"),
        *(trend.Line(code, names[code]) for code in nearest(values, area)),
        trend.Line(
            peers,
            _("median of {group}").format(group=peer_name),
            "median",
            _("median of {group}").format(group=groups.letters(reader, peers)),
        ),
    ]
    rows = trend_rows(reader, kpi.id, [line.id for line in lines])
    said = {value: _("own figure, {table}").format(table=value.dataset) for value in mine}
    lines += [own.line(area, value, name) for value, name in said.items()]
    years = rows["time_period"]
    of_own = [own.line_rows(area, value, name) for value, name in said.items()]
    rows = pd.concat([rows, *of_own], ignore_index=True)
    return _framed(
        reader,
        kpi,
        area,
        trend.figure(rows, lines, kpi, reader.ctx, height=300),
        title=_title(values[values["ref_area"] == area], kpi, names[area], reader),
        alt=trend.alt(rows, lines, kpi, reader.ctx),
        rows=rows,
        table=lambda: kpi_tables.trend_html(reader, rows, lines, kpi),
        n=values["ref_area"].nunique(),
        years=years,
        legend=trend.legend(rows, lines, kpi, reader.ctx) if reader.ctx.narrow else "",
        note=sources.joined(
            own.note(((area, value) for value in mine), reader, kpi), trend.gap_note(rows, kpi, reader.ctx)
        ),
    )


def draw_ranking(reader: Reader, kpi: KpiView, area: str, peers: str) -> tuple[Chart, Frame]:
    world = data.world(reader.warehouse, reader.lang, kpi.id, None)
    rows = world[world["ref_area"].isin([area, *data.members(reader.warehouse, peers)])]
    name = reader.area(area).name
    return _framed(
        reader,
        kpi,
        area,
        ranking.figure(rows, kpi, reader.ctx, marked=frozenset({area}), height=300),
        title=_title(rows[rows["ref_area"] == area], kpi, name, reader),
        alt=ranking.alt(rows, kpi, reader.ctx),
        rows=rows.drop(columns=["lat", "lon"]),
        table=lambda: kpi_tables.ranking_html(reader, rows, kpi),
        n=int(rows["obs_value"].notna().sum()),
    )


def _title(rows: pd.DataFrame, kpi: KpiView, name: str, reader: Reader) -> Markup:
    """The KPI and how its values went: what is heard by who comes here by a link."""
    course = sentences.course(rows, kpi.brief, name, reader.ctx)
    return figures.sentence("{kpi}. {course}", kpi=kpi.name, course=course)


def _framed(
    reader: Reader,
    kpi: KpiView,
    area: str,
    figure: Chart,
    *,
    title: str,
    alt: str,
    rows: pd.DataFrame,
    table: Callable[[], str],
    n: int,
    years: pd.Series[float] | None = None,
    legend: str = "",
    note: str = "",
) -> tuple[Chart, Frame]:
    count = _("n = {n} countries").format(n=reader.ctx.number(n))
    return (
        figure,
        Frame(
            key="one_kpi",
            title=title,
            unit=f"{kpi.name} · {kpi.unit}" if alone.on_slide() else kpi.unit,
            alt=alt,
            foot=sources.foot(
                reader,
                kpi,
                rows["time_period"] if years is None else years,
                count,
                note=sources.joined(note, kpi.caveat),
            ),
            data=lambda: rows.assign(kpi=kpi.id, unit=kpi.unit, source=_sources(rows, kpi)),
            table=table,
            file=f"escala_{kpi.id}_{area}",
            how=lambda: explain.kpi(reader, kpi),
            legend=legend,
        ),
    )


def _sources(rows: pd.DataFrame, kpi: KpiView) -> list[str]:
    """The source of each row: that of the KPI, or the table of the reader's own."""
    if "id" not in rows:
        return [kpi.source] * len(rows)
    tables = [own_values.table_of(str(line)) for line in rows["id"]]
    return [f"{_('own figure')}: {table}" if table else kpi.source for table in tables]


def _evidence(reader: Reader, kpi: KpiView, area: str, last: pd.Series) -> None:
    year = int(last["time_period"])
    template = _("Source rows behind {value}")
    with st.expander(template.format(value=figures.words(last["obs_value"], kpi, year, reader.ctx))):
        st.html(explain.evidence(reader, kpi, area, year))
