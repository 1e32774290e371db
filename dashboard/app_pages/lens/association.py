"""A KPI against an outcome at equal income: the cloud of countries, or why a pair is not compared."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import cloud, lens_words
from dashboard.charts.cloud import Axes
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import computed, figure, plain, sentence, span, words
from dashboard.charts.scalars import number, records
from dashboard.components import frame, links, shell, sources, table
from dashboard.components.container import Container
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import lens as reads
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader
from kpis.income import MIN_AREAS
from kpis.links.association import Association


def show(
    reader: Reader,
    kpi_id: str,
    outcome_id: str,
    area: str | None,
    peers: str,
    top: Container,
) -> None:
    """The pair with income held constant, or why it is not compared."""
    ctx, kpi, outcome = reader.ctx, reader.kpi(kpi_id), reader.kpi(outcome_id)
    if common := reads.shared(reader.warehouse, kpi_id, outcome_id):
        names = {entry.id: entry.name for entry in reader.kpis.values()}
        with top:
            shell.headline(lens_words.refusal(common, outcome, kpi, names, ctx), lead=lens_words.caution(ctx))
        return
    rows, association = reads.pair(reader.warehouse, reader.lang, kpi_id, outcome_id)
    if association is None:
        with top:
            shell.headline(_no_coefficient(len(rows), kpi, outcome, reader), lead=lens_words.caution(ctx))
        return
    with top:
        finding = lens_words.finding(association, kpi, outcome, ctx)
        shell.headline(finding, lead=lens_words.pair_lead(rows, kpi, outcome, ctx))
    frame.show(*framed(reader, association, area, peers))


def _no_coefficient(n: int, kpi: KpiView, outcome: KpiView, reader: Reader) -> str:
    """Why n countries have no association: they are too few, or a side does not vary."""
    if n < MIN_AREAS:
        return lens_words.too_few(n, MIN_AREAS, kpi, outcome, reader.ctx)
    return lens_words.flat(kpi, outcome, reader.ctx)


@drawn(frame.CACHED_FRAMES)
def framed(reader: Reader, association: Association, area: str | None, peers: str) -> tuple[Chart, Frame]:
    """The cloud of a pair and its frame."""
    ctx = reader.ctx
    kpi, outcome = reader.kpi(association.kpi), reader.kpi(association.outcome)
    rows, _association = reads.pair(reader.warehouse, reader.lang, kpi.id, outcome.id)
    name = reader.area(area).name if area else None
    place = lens_words.place_of(rows, area, name or "", kpi, outcome, ctx)
    return (
        _cloud(reader, rows, association, area, peers),
        Frame(
            key="lens_association",
            title=lens_words.strength(association, ctx),
            unit=sentence("{outcome} · {unit}. {own}", outcome=outcome.name, unit=outcome.unit, own=place),
            alt=lens_words.association_alt(association, kpi, outcome, plain(place), ctx),
            foot=_foot(reader, association),
            data=lambda: _export(rows, association),
            table=lambda: _html(reader, rows, kpi, outcome, area),
            file=f"escala_association_{kpi.id}_{outcome.id}",
            how=_how,
            legend=cloud.legend(ctx, reader.group(peers).name, name),
        ),
    )


def _cloud(
    reader: Reader, rows: pd.DataFrame, association: Association, area: str | None, peers: str
) -> Chart:
    """What income leaves of both sides, by country, with the straight line through 0."""
    kpi, outcome = reader.kpi(association.kpi), reader.kpi(association.outcome)
    ends = [number(rows["x_left"].min()), number(rows["x_left"].max())]
    against = _("against what income suggests")
    return cloud.figure(
        rows.assign(x=rows["x_left"], y=rows["y_left"], hover=_tooltips(reader, rows, kpi, outcome)),
        (ends, [association.slope * end for end in ends]),
        Axes(f"{kpi.name}, {against} ({kpi.unit})", f"{outcome.unit}, {against}", cross=True),
        reader.ctx,
        area=area,
        peers=frozenset(data.members(reader.warehouse, peers)),
    )


def _tooltips(reader: Reader, rows: pd.DataFrame, kpi: KpiView, outcome: KpiView) -> list[str]:
    tooltip = Markup("<b>{}</b><br>{} {}<br>{} {}")
    return [
        tooltip.format(
            row["name"],
            kpi.name,
            words(row["x"], kpi, row["time_period"], reader.ctx),
            outcome.name,
            words(row["y"], outcome, row["y_year"], reader.ctx),
        )
        for row in records(rows)
    ]


def _foot(reader: Reader, association: Association) -> Markup:
    write = reader.ctx.number
    years = _("KPI {year}; outcome {outcome}; income {income}").format(
        year=association.kpi_year,
        outcome=span(association.outcome_years[1], association.outcome_years[0]),
        income=span(association.income_years[1], association.income_years[0]),
    )
    n = _("n = {n} countries").format(n=write(association.n))
    raw = _("correlation without holding income constant: {r}").format(r=write(association.raw, 2))
    titles = sources.source_links(reader, (association.kpi, association.outcome))
    income = _("World Bank (GDP per person, PPP)")
    return sources.joined(Markup("{}: {}; {}").format(_("Source"), titles, income), years, n, raw)


def _export(rows: pd.DataFrame, association: Association) -> pd.DataFrame:
    return rows.assign(
        kpi=association.kpi, outcome=association.outcome, partial_correlation=association.coefficient,
        low=association.low, high=association.high, n=association.n, note="association, not effect",
    )  # fmt: skip


def _html(reader: Reader, rows: pd.DataFrame, kpi: KpiView, outcome: KpiView, area: str | None) -> str:
    ctx = reader.ctx
    ordered = rows.sort_values("y_left", ascending=False, ignore_index=True)
    body: list[list[Cell]] = [
        [
            links.to(reader, "country", row["name"], country=row["ref_area"]),
            figure(row["x"], kpi, row["time_period"], ctx, dated=False),
            computed(row["x_left"], kpi, row["time_period"], ctx, sign=True),
            figure(row["y"], outcome, row["y_year"], ctx),
            computed(row["y_left"], outcome, row["y_year"], ctx, sign=True),
        ]
        for row in records(ordered)
    ]
    left = _("against income")
    first = f"{kpi.name}, {span(rows['time_period'].max())}"
    columns = [Column(_("Country")), Column(first, True), Column(left, True), Column(outcome.name, True)]
    columns.append(Column(left, True))
    marked = frozenset(ordered.index[ordered["ref_area"] == area])
    caption = _("Countries with KPI, outcome and income")
    return table.html(caption, columns, body, marked=marked, tall=True, no_data=_("no data"))


def _how() -> None:
    sentences = _(
        "From KPI and outcome a straight line on the logarithm of GDP per person (PPP) is taken away; "
        "what is left is drawn. The partial correlation is the correlation of what is left, with its 95% "
        "interval tanh(atanh r ± 1.96 ÷ √(n − 4)). The outcome is each country’s latest value of the year of "
        "the KPI or the five before, income of that year or the three before; UN Member States only. Pairs "
        "that share a figure are refused."
    )
    st.html(Markup("<p>{}</p>").format(sentences))
