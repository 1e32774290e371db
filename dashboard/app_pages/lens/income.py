"""A KPI against income: who does better or worse than income suggests."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import cloud, lens_words
from dashboard.charts.cloud import Axes
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import computed, figure, plain, span, words
from dashboard.charts.scalars import records, whole
from dashboard.components import frame, links, shell, sources, table
from dashboard.components.container import Container
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import lens as reads
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader

FARTHEST = 3  # countries marked on either side while no country is chosen


def show(reader: Reader, kpi_id: str, area: str | None, peers: str, top: Container) -> None:
    """The sentence and the cloud."""
    sentence, chart, chart_frame = framed(reader, kpi_id, area, peers)
    with top:
        shell.headline(sentence, lead=lens_words.caution(reader.ctx))
    frame.show(chart, chart_frame)


@drawn(frame.CACHED_FRAMES)
def framed(reader: Reader, kpi_id: str, area: str | None, peers: str) -> tuple[str, Chart, Frame]:
    """A KPI against income in a sentence; its cloud and frame."""
    kpi, ctx = reader.kpi(kpi_id), reader.ctx
    rows = reads.residuals(reader.warehouse, reader.lang, kpi_id)
    name = reader.area(area).name if area else None
    ends = lens_words.against_income(rows, kpi, ctx)
    standing = lens_words.standing(rows, area, name, kpi, ctx) if area and name else ""
    n = _("n = {n} countries").format(n=ctx.number(whole(rows["n"].iloc[0])))
    return (
        standing or f"{ends}.",
        _cloud(reader, rows, kpi, area, peers),
        Frame(
            key="lens_residuals",
            title=ends if area else _("{kpi} against income").format(kpi=kpi.name),
            unit=f"{lens_words.dated(kpi.name, kpi, rows['time_period'].max(), ctx)} · {kpi.unit}",
            alt=lens_words.residuals_alt(rows, kpi, plain(standing), ctx),
            foot=sources.foot(reader, kpi, rows["time_period"], n),
            data=lambda: rows.assign(**kpi.provenance()),
            table=lambda: _html(reader, rows, kpi, area),
            file=f"escala_income_{kpi.id}",
            how=_how,
            legend=cloud.legend(ctx, reader.group(peers).name if area else _("farthest from the line"), name),
        ),
    )


def _cloud(reader: Reader, rows: pd.DataFrame, kpi: KpiView, area: str | None, peers: str) -> Chart:
    """Countries by income and value, with the line; marked are the peers, or those farthest from the line."""
    line = rows.sort_values("income").iloc[[0, -1]]
    codes = list(rows["ref_area"])
    farthest = [*codes[:FARTHEST], *codes[-FARTHEST:]]
    return cloud.figure(
        rows.assign(x=rows["income"], y=rows["obs_value"], hover=_tooltips(reader, rows, kpi)),
        (line["income"].tolist(), line["predicted"].tolist()),
        Axes(_("GDP per person (PPP, international $), logarithmic"), kpi.unit, log=True),
        reader.ctx,
        area=area,
        peers=frozenset(data.members(reader.warehouse, peers) if area else farthest),
    )


def _tooltips(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> list[str]:
    ctx, suggested = reader.ctx, _("income suggests {value}")
    tooltip = Markup("<b>{}</b> {}<br>{}")
    return [
        tooltip.format(
            row["name"],
            words(row["obs_value"], kpi, row["time_period"], ctx),
            suggested.format(value=ctx.value(row["predicted"], kpi)),
        )
        for row in records(rows)
    ]


def _html(reader: Reader, rows: pd.DataFrame, kpi: KpiView, area: str | None) -> str:
    ctx = reader.ctx
    body: list[list[Cell]] = [
        [
            links.to(reader, "country", row["name"], country=row["ref_area"]),
            figure(row["obs_value"], kpi, row["time_period"], ctx, dated=False),
            computed(row["predicted"], kpi, row["time_period"], ctx),
            computed(row["residual"], kpi, row["time_period"], ctx, sign=True),
            ctx.number(row["standardised"], 1, sign=True),
        ]
        for row in records(rows)
    ]
    value = _("Value {year}").format(year=span(rows["time_period"].max()))
    columns = [Column(_("Country")), Column(value, True), Column(_("Income suggests"), True)]
    columns += [Column(_("Difference"), True), Column(_("Standard deviations"), True)]
    marked = frozenset(np.flatnonzero(rows["ref_area"] == area).tolist())
    caption = _("{kpi} against income, best first").format(kpi=kpi.name)
    return table.html(caption, columns, body, marked=marked, tall=True, no_data=_("no data"))


def _how() -> None:
    sentences = _(
        "A straight line by least squares on the logarithm of GDP per person (PPP), through the UN Member "
        "States of that year; income of the year or the three before. The difference is the value minus the "
        "line. Values that the source calls not comparable are shown and do not shape the line."
    )
    st.html(Markup("<p>{}</p>").format(sentences))
