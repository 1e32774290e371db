"""The SDG lens, clouds: a KPI against an outcome at equal income, and a KPI against income."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.lens import reads
from dashboard.app_pages.lens import scatter as lens_scatter
from dashboard.app_pages.lens import words as lens_words
from dashboard.app_pages.lens.scatter import Axes
from dashboard.charts.context import KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import computed, plain, sentence, span, words
from dashboard.charts.figures import figure as written
from dashboard.components import frame, links, shell, sources, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.links.association import MIN_AREAS, Association


def association(
    reader: Reader,
    kpi_id: str,
    outcome_id: str,
    area: str | None,
    peers: str,
    top: st.delta_generator.DeltaGenerator,
) -> None:
    """An outcome against a KPI with income held constant, or why the pair is not compared."""
    listed, ctx = reader.kpis, reader.ctx
    kpi, outcome = listed[kpi_id], listed[outcome_id]
    if common := reads.shared(reader.warehouse, kpi_id, outcome_id):
        names = {one: entry.name for one, entry in listed.items()}
        with top:
            shell.headline(lens_words.refusal(common, outcome, kpi, names, ctx), lead=lens_words.caution(ctx))
        return
    rows, found = reads.pair(reader.warehouse, reader.lang, kpi_id, outcome_id)
    if found is None:
        few = len(rows) < MIN_AREAS
        why = (
            lens_words.too_few(len(rows), MIN_AREAS, kpi, outcome, ctx)
            if few
            else lens_words.flat(kpi, outcome, ctx)
        )
        with top:
            shell.headline(why, lead=lens_words.caution(ctx))
        return
    with top:
        said = lens_words.finding(found, kpi, outcome, ctx)
        shell.headline(said, lead=lens_words.pair_lead(rows, kpi, outcome, ctx))
    frame.show(*draw_pair(reader, found, area, peers))


@cached(frame.CACHED_FRAMES)
def draw_pair(reader: Reader, found: Association, area: str | None, peers: str) -> tuple[Chart, Frame]:
    """The cloud of a pair and its frame."""
    rows, _found = reads.pair(reader.warehouse, reader.lang, found.kpi, found.outcome)
    listed, ctx = reader.kpis, reader.ctx
    kpi, outcome = listed[found.kpi], listed[found.outcome]
    name = _name(reader, area)
    own = lens_words.own_place(rows, area, name, kpi, outcome, ctx)
    ends = [float(rows["x_left"].min()), float(rows["x_left"].max())]
    against = _("against what income suggests")
    shown = rows.assign(x=rows["x_left"], y=rows["y_left"], hover=_pair_hover(reader, rows, kpi, outcome))
    figure = lens_scatter.figure(
        shown,
        (ends, [found.slope * one for one in ends]),
        Axes(f"{kpi.name}, {against} ({kpi.unit})", f"{outcome.unit}, {against}", cross=True),
        ctx,
        area=area,
        peers=_members(reader, peers),
    )
    return (
        figure,
        Frame(
            key="lens_association",
            title=lens_words.strength(found, ctx),
            unit=sentence("{outcome} · {unit}. {own}", outcome=outcome.name, unit=outcome.unit, own=own),
            alt=lens_words.association_alt(found, kpi, outcome, plain(own), ctx),
            foot=_pair_foot(reader, found),
            data=lambda: _pair_export(rows, found),
            table=lambda: _pair_html(reader, rows, kpi, outcome, area),
            file=f"escala_association_{kpi.id}_{outcome.id}",
            how=_pair_how,
            legend=lens_scatter.legend(ctx, _group(reader, peers), name if area else None),
        ),
    )


def _pair_hover(reader: Reader, rows: pd.DataFrame, kpi: KpiView, outcome: KpiView) -> list[str]:
    ctx = reader.ctx
    return [
        f"<b>{escape(row.name)}</b><br>{escape(kpi.name)} {words(row.x, kpi, row.time_period, ctx)}<br>"
        f"{escape(outcome.name)} {words(row.y, outcome, row.y_year, ctx)}"
        for row in rows[["name", "x", "y", "time_period", "y_year"]].itertuples(index=False, name="Row")
    ]


def _pair_foot(reader: Reader, found: Association) -> str:
    years = _("KPI {year}; outcome {outcome}; income {income}").format(
        year=found.kpi_year,
        outcome=span(found.outcome_years[1], found.outcome_years[0]),
        income=span(found.income_years[1], found.income_years[0]),
    )
    n = _("n = {n} countries").format(n=reader.ctx.number(found.n))
    raw = _("correlation without holding income constant: {r}").format(r=reader.ctx.number(found.raw, 2))
    titles = sources.source_links(reader, (found.kpi, found.outcome))
    income = _("World Bank (GDP per person, PPP)")
    return sources.joined(Markup("{}: {}; {}").format(_("Source"), titles, income), years, n, raw)


def _pair_export(rows: pd.DataFrame, found: Association) -> pd.DataFrame:
    return rows.assign(
        kpi=found.kpi, outcome=found.outcome, partial_correlation=found.coefficient, low=found.low,
        high=found.high, n=found.n, note="association, not effect",
    )  # fmt: skip


def _pair_html(reader: Reader, rows: pd.DataFrame, kpi: KpiView, outcome: KpiView, area: str | None) -> str:
    ctx = reader.ctx
    ordered = rows.sort_values("y_left", ascending=False, ignore_index=True)
    body: list[list[Cell]] = [
        [
            _link(reader, row["ref_area"], row["name"]),
            written(row["x"], kpi, row["time_period"], ctx, dated=False),
            computed(row["x_left"], kpi, row["time_period"], ctx, sign=True),
            written(row["y"], outcome, row["y_year"], ctx),
            computed(row["y_left"], outcome, row["y_year"], ctx, sign=True),
        ]
        for row in ordered.to_dict("records")
    ]
    left = _("against income")
    first = f"{kpi.name}, {span(rows['time_period'].max())}"
    columns = [Column(_("Country")), Column(first, True), Column(left, True), Column(outcome.name, True)]
    columns.append(Column(left, True))
    marked = frozenset(ordered.index[ordered["ref_area"] == area])
    caption = _("Countries with KPI, outcome and income")
    return table.html(caption, columns, body, marked=marked, tall=True, no_data=_("no data"))


def _pair_how() -> None:
    said = _(
        "From KPI and outcome a straight line on the logarithm of GDP per person (PPP) is taken away; "
        "what is left "
        "is drawn. The partial correlation is the correlation of what is left, with its 95% interval "
        "tanh(atanh r ± 1.96 ÷ √(n − 4)). The outcome is each country’s latest value of the year of the "
        "KPI or the "
        "five before, income of that year or the three before; UN Member States only. Pairs that share a "
        "figure "
        "are refused."
    )
    st.html(f"<p>{escape(said)}</p>")


def residuals(
    reader: Reader, kpi_id: str, area: str | None, peers: str, top: st.delta_generator.DeltaGenerator
) -> None:
    """A KPI against income: who does better or worse than income suggests."""
    said, figure, framed = draw_residuals(reader, kpi_id, area, peers)
    with top:
        shell.headline(said, lead=lens_words.caution(reader.ctx))
    frame.show(figure, framed)


@cached(frame.CACHED_FRAMES)
def draw_residuals(reader: Reader, kpi_id: str, area: str | None, peers: str) -> tuple[str, Chart, Frame]:
    """A KPI against income in a sentence; its cloud and frame."""
    kpi, ctx = reader.kpi(kpi_id), reader.ctx
    rows = reads.residuals(reader.warehouse, reader.lang, kpi_id)
    name = _name(reader, area)
    ends = lens_words.against_income(rows, kpi, ctx)
    own = lens_words.standing(rows, area, name, kpi, ctx) if area else ""
    line = rows.sort_values("income").iloc[[0, -1]]
    income = _("GDP per person (PPP, international $), logarithmic")
    both = frozenset([*rows["ref_area"].head(3), *rows["ref_area"].tail(3)])
    shown = rows.assign(x=rows["income"], y=rows["obs_value"], hover=_income_hover(reader, rows, kpi))
    figure = lens_scatter.figure(
        shown,
        (line["income"].tolist(), line["predicted"].tolist()),
        Axes(income, kpi.unit, log=True),
        ctx,
        area=area,
        peers=_members(reader, peers) if area else both,
    )
    n, year = int(rows["n"].iloc[0]), rows["time_period"]
    group = _group(reader, peers) if area else _("farthest from the line")
    return (
        own or f"{ends}.",
        figure,
        Frame(
            key="lens_residuals",
            title=ends if area else _("{kpi} against income").format(kpi=kpi.name),
            unit=f"{lens_words.dated(kpi.name, kpi, year.max(), ctx)} · {kpi.unit}",
            alt=lens_words.residuals_alt(rows, kpi, plain(own), ctx),
            foot=sources.foot(reader, kpi, year, _("n = {n} countries").format(n=ctx.number(n))),
            data=lambda: rows.assign(**kpi.provenance()),
            table=lambda: _income_html(reader, rows, kpi, area),
            file=f"escala_income_{kpi.id}",
            how=_income_how,
            legend=lens_scatter.legend(ctx, group, name if area else None),
        ),
    )


def _income_hover(reader: Reader, rows: pd.DataFrame, kpi: KpiView) -> list[str]:
    suggested = _("income suggests {value}")
    ctx = reader.ctx
    return [
        f"<b>{escape(row.name)}</b> {words(row.obs_value, kpi, row.time_period, ctx)}<br>"
        f"{suggested.format(value=ctx.value(row.predicted, kpi))}"
        for row in rows[["name", "obs_value", "predicted", "time_period"]].itertuples(index=False, name="Row")
    ]


def _income_html(reader: Reader, rows: pd.DataFrame, kpi: KpiView, area: str | None) -> str:
    ctx = reader.ctx
    body: list[list[Cell]] = [
        [
            _link(reader, row["ref_area"], row["name"]),
            written(row["obs_value"], kpi, row["time_period"], ctx, dated=False),
            computed(row["predicted"], kpi, row["time_period"], ctx),
            computed(row["residual"], kpi, row["time_period"], ctx, sign=True),
            ctx.number(row["standardised"], 1, sign=True),
        ]
        for row in rows.to_dict("records")
    ]
    value = _("Value {year}").format(year=span(rows["time_period"].max()))
    columns = [Column(_("Country")), Column(value, True), Column(_("Income suggests"), True)]
    columns += [Column(_("Difference"), True), Column(_("Standard deviations"), True)]
    marked = frozenset(np.flatnonzero(rows["ref_area"] == area).tolist())
    caption = _("{kpi} against income, best first").format(kpi=kpi.name)
    return table.html(caption, columns, body, marked=marked, tall=True, no_data=_("no data"))


def _income_how() -> None:
    said = _(
        "A straight line by least squares on the logarithm of GDP per person (PPP), through the UN "
        "Member States "
        "of that year; income of the year or the three before. The difference is the value minus the "
        "line. Values "
        "that the source calls not comparable are shown and do not shape the line."
    )
    st.html(f"<p>{escape(said)}</p>")


def _link(reader: Reader, area: str, name: str) -> Html:
    return Html(links.to(reader, "country", name, country=area))


def _name(reader: Reader, area: str | None) -> str:
    return "" if area is None else reader.area(area).name


def _group(reader: Reader, peers: str) -> str:
    return reader.group(peers).name


def _members(reader: Reader, peers: str) -> frozenset[str]:
    return frozenset(data.members(reader.warehouse, peers))
