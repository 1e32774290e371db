"""Where the country will be in the next editions if nothing new happens: a sentence, chances, a fan."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.country import to_2030_table
from dashboard.charts import forecast_fan, forecast_words, trend
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart
from dashboard.charts.figures import sentence
from dashboard.charts.forecast_fan import Measure
from dashboard.charts.scalars import Row, records
from dashboard.components import explain, frame, links, pickers, sources
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.navigation import PATHS
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn, worded
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN, latest_value
from kpis.forecast import INDICES
from kpis.forecast.panel import INTERNET, MOBILE

ANCHOR = "to-2030"
METHOD = "forecast"  # id of the method card
RECORD = "forecast"  # the page of the record
SHOWN = ("rank", "egdi")


def show(reader: Reader, area: str) -> None:
    """The section; nothing where no forecast could be made for any country."""
    rows = data.forecast(reader.warehouse, area)
    if rows.empty or MAIN not in reader.kpis:
        return
    last = int(rows["time_period"].max())
    has_forecast = bool(rows["p50"].notna().all())
    text = _answer(reader, area) if has_forecast else _why_none(reader, area, int(rows["origin"].iloc[0]))
    title = _("To {year}").format(year=last)
    st.html(Markup('<h2 class="e-section" id="{}">{}</h2>{}').format(ANCHOR, title, text))
    if has_forecast:
        frame.show(*framed(reader, area, _measure()))


@worded(frame.CACHED_FRAMES)
def in_short(reader: Reader, area: str) -> Markup:
    """The next edition in one line, which leads to the section; nothing without a forecast."""
    rows = data.forecast(reader.warehouse, area).dropna(subset=["p50"])
    if rows.empty or MAIN not in reader.kpis:
        return Markup("")
    words = forecast_words.in_short(records(rows)[0], reader.ctx)
    return Markup('<a href="#{}">{}</a>').format(ANCHOR, words)


def _measure() -> str:
    """What the fan shows."""
    labels = {"rank": _("Rank"), "egdi": MAIN}
    return pickers.switch(_("What the fan shows"), "show", list(SHOWN), SHOWN[0], labels.__getitem__)


def _why_none(reader: Reader, area: str, edition: int) -> Markup:
    """Which of the three indices the last edition lacks."""
    held = data.trends(reader.warehouse, area)
    held = held[(held["time_period"] == edition) & held["obs_value"].notna() & (held["obs_status"] != "U")]
    missing = [reader.kpi(index).name for index in INDICES if index not in set(held["kpi"])]
    reason = forecast_words.no_forecast(reader.area(area).name, missing, edition, reader.ctx)
    return Markup('<p class="e-lead">{}</p>').format(reason)


@worded(frame.CACHED_FRAMES)
def _answer(reader: Reader, area: str) -> Markup:
    """The sentence of the next edition, and its chances."""
    ctx, row = reader.ctx, records(data.forecast(reader.warehouse, area))[0]
    chances = (
        forecast_words.chance_of_rank(row, _places(reader, area), ctx),
        forecast_words.chance_of_group(row, reader.kpi(MAIN), ctx),
        forecast_words.others_move(row, ctx),
    )
    paragraphs = Markup('<p class="e-lead">{}</p><p class="e-lead">{}</p>')
    outlook = forecast_words.outlook(reader.area(area).name, row, ctx)
    return paragraphs.format(outlook, " ".join(filter(None, chances)))


def _places(reader: Reader, area: str) -> int:
    """Among how many the country is ranked."""
    return int(latest_value(reader, area, MAIN)["n"])


@drawn(frame.CACHED_FRAMES)
def framed(reader: Reader, area: str, shown: str) -> tuple[Chart, Frame]:
    """The fan and its frame. shown: of SHOWN."""
    ctx, kpi, name = reader.ctx, reader.kpi(MAIN), reader.area(area).name
    rows = data.forecast(reader.warehouse, area)
    measure = _axis(reader, area, shown)
    published = _published(reader, area, shown)
    fan = forecast_fan.fan(rows, measure)
    return (
        forecast_fan.figure(published, [fan], measure, name, ctx),
        Frame(
            key="to_2030",
            title=_title(name, rows, shown, kpi, ctx),
            unit=f"{kpi.name} · {measure.kpi.unit}",
            alt=forecast_fan.alt(published, fan, measure, name, ctx),
            foot=_foot(reader, rows, trend.gap_note(published, kpi, ctx)),
            data=lambda: to_2030_table.download(reader, area),
            table=lambda: to_2030_table.html(reader, area),
            file=f"escala_forecast_{area}",
            how=lambda: explain.method(reader, METHOD),
            legend=forecast_fan.legend(ctx) if ctx.narrow else "",
        ),
    )


def _axis(reader: Reader, area: str, shown: str) -> Measure:
    kpi = reader.kpi(MAIN)
    if shown == "egdi":
        return forecast_fan.of_value(kpi)
    return forecast_fan.of_rank(kpi, _places(reader, area), _("rank, 1 is best"))


def _published(reader: Reader, area: str, shown: str) -> pd.DataFrame:
    """Value or rank by edition: id, time_period, obs_value, obs_status."""
    rows = data.trends(reader.warehouse, area)
    rows = rows[rows["kpi"] == MAIN]
    column = "rank" if shown == "rank" else "obs_value"
    table = rows.assign(id=area, obs_value=rows[column].astype(float))
    return table[["id", "time_period", "obs_value", "obs_status"]].dropna(subset=["obs_value"])


def _title(name: str, rows: pd.DataFrame, shown: str, kpi: KpiView, ctx: Context) -> Markup:
    """The next edition and the last one that is forecast."""
    first, last = records(rows)[0], records(rows)[-1]
    template, words = _("{name}: rank {first} in {since}, {last} in {to}"), forecast_words.row_place
    if shown == "egdi":
        template, words = _("{name}: EGDI {first} in {since}, {last} in {to}"), partial(_value, kpi)
    return sentence(
        template,
        name=name,
        first=words(first, ctx),
        since=int(first["time_period"]),
        last=words(last, ctx),
        to=int(last["time_period"]),
    )


def _value(kpi: KpiView, row: Row, ctx: Context) -> Markup:
    return forecast_words.row_value(row, kpi, ctx)


def _foot(reader: Reader, rows: pd.DataFrame, gaps: str) -> Markup:
    """Whose figures these are, what no band says, and what the dots across gaps are."""
    source = sentence(
        _("Forecast by Escala from {source}, editions {first}–{origin}; not a published figure"),
        source=sources.source_link(reader, reader.kpi(MAIN)),
        first=data.years(reader.warehouse, MAIN)[0],
        origin=int(rows["origin"].iloc[0]),
    )
    held = set(data.kpis_with_data(reader.warehouse))
    notes = forecast_words.notes(bool(held & {INTERNET, MOBILE}), reader.ctx)
    return sources.joined(
        source, _record(reader, str(rows["ref_area"].iloc[0])), *(note.rstrip(".") for note in notes), gaps
    )


def _record(reader: Reader, area: str) -> Markup:
    """The way to the page that shows how often such forecasts were right, with those of the country."""
    if RECORD not in PATHS:
        return Markup("")
    return links.to(reader, RECORD, _("how often such forecasts were right"), country=area)
