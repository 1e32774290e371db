"""Tables of the page as HTML, foot lines, and how the record is computed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.forecast import chances as chance_chart
from dashboard.charts import record_guesses as guesses
from dashboard.charts import record_words as words
from dashboard.charts.context import MISSING, Context
from dashboard.charts.figures import figure
from dashboard.charts.scalars import Row, number, records
from dashboard.components import links, sources, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.forecast import record
from kpis.forecast.summary import BAND_ENDS

HOW = (
    mark(
        "Every edition from 2008 on is taken as if it were the last: the forecast is fitted on the editions "
        "up to it, and its 2,000 draws are compared with what came. No forecast reads a later edition, but "
        "Internet use and mobile subscriptions are today’s figures of those years."
    ),
    mark(
        "A case is one country of one edition. The forecast is the median of the draws, its band of eight in "
        "ten runs from their 10th to their 90th percentile. Ranks count the countries that had a forecast "
        "and later a figure. LDC and SIDS: members in the year of the forecast. UN group: of the EGDI then."
    ),
    mark(
        "How wide the common shock is was chosen after seeing this record, so the shares of values flatter "
        "the forecast; those of ranks do not depend on it. All countries of an edition share its shock: the "
        "mean over few editions is less sure than the number of cases suggests."
    ),
)


def how(reader: Reader) -> None:
    """How the record comes about, with a link to the card of the method."""
    card = links.to(reader, "methods", _("The card of the method"), show="rules", q="forecast")
    st.html(Markup("").join(Markup("<p>{}</p>").format(part) for part in (*map(_, HOW), card)))


def explained(reader: Reader) -> partial[None]:
    """`how` for a frame."""
    return partial(how, reader)


def foot(reader: Reader, tried: pd.DataFrame, note: str = "") -> Markup:
    """Source, editions and number of cases. tried: of `record.cases`."""
    n = _("n = {n} cases").format(n=reader.ctx.number(len(tried)))
    years = f"{tried['origin'].min()}–{tried['time_period'].max()}"
    return sources.foot_of(reader, ["EGDI"], years, n, note)


def how_sure(tried: pd.DataFrame, ctx: Context) -> str:
    """How well so few editions tell a mean share; "" with one edition. tried: of `record.cases`."""
    by_edition = record.by(tried, "origin")
    if len(by_edition) < 2:
        return ""
    values, ranks = (100 * number(by_edition[f"{measure}_within_80"].sem()) for measure in ("egdi", "rank"))
    return _(
        "each of the {n} editions counts alike; they tell the mean share of values to ± {values} points, of "
        "ranks to ± {ranks}"
    ).format(n=ctx.number(len(by_edition)), values=ctx.number(values), ranks=ctx.number(ranks))


def export(reader: Reader, rows: pd.DataFrame, ahead: int) -> pd.DataFrame:
    """Rows with the columns that explain each figure."""
    entry = reader.kpi("EGDI")
    return rows.assign(
        editions_ahead=ahead, band="10–90 % of draws", source=entry.source, licence=entry.licence
    )


def coverage(rows: pd.DataFrame, caption: str, head: str, ctx: Context) -> Markup:
    """Shares within each band and errors, a row a part. rows: of `parts.rows`."""
    bands = _percentages(BAND_ENDS, ctx)
    columns = [
        Column(head),
        Column("n", True),
        Column(_("Values in {band}").format(band=bands), True),
        Column(_("Ranks in {band}").format(band=bands), True),
        Column(_("Error of EGDI, 0 to 1"), True),
        Column(_("Error of the rank, places"), True),
        Column(_("Width of the rank’s band, places"), True),
    ]
    body = [_coverage(row, ctx) for row in records(rows)]
    return table.html(caption, columns, body)


def _percentages(amounts: Iterable[float], ctx: Context) -> str:
    """Several percentages with one sign: "50 / 80 / 95%"."""
    *first, last = amounts
    return " / ".join([*(ctx.number(amount) for amount in first), ctx.percentage(last)])


def _coverage(row: Row, ctx: Context) -> list[Cell]:
    return [
        str(row["name"]),
        ctx.number(row["n"]),
        *(
            _percentages([100 * row[f"{measure}_within_{band}"] for band in BAND_ENDS], ctx)
            for measure in ("egdi", "rank")
        ),
        ctx.number(row["egdi_error"], 3),
        ctx.number(row["rank_error"], 1),
        ctx.number(row["rank_width_80"]),
    ]


def errors(means: pd.Series[float], caption: str, ctx: Context) -> Markup:
    """Mean errors of the forecast and of the plain guesses."""
    columns = [
        Column(_("Guess")),
        Column(_("Error of EGDI, 0 to 1"), True),
        Column(_("Error of the rank, places"), True),
    ]
    body: list[list[Cell]] = [
        [name, ctx.number(means[f"egdi_{guess}"], 3), ctx.number(means[f"rank_{guess}"], 1)]
        for guess, name in guesses.names(ctx).items()
    ]
    return table.html(caption, columns, body)


def misses(reader: Reader, rows: pd.DataFrame, caption: str) -> Markup:
    """Forecasts that were farthest off. rows: of `record.largest_misses`."""
    ctx = reader.ctx
    columns = [
        Column(_("Country")),
        Column(_("Edition"), True),
        Column(_("Rank before"), True),
        Column(_("Forecast (band)"), True),
        Column(_("Rank that came"), True),
    ]
    body: list[list[Cell]] = [
        [
            _linked(reader, row),
            str(row["time_period"]),
            ctx.number(row["rank_as_today"]),
            words.rank_forecast(row, ctx),
            ctx.number(row["rank_actual"]),
        ]
        for row in records(rows)
    ]
    return table.html(caption, columns, body)


def _linked(reader: Reader, row: Row) -> Html:
    code = str(row["ref_area"])
    return Html(links.to(reader, "country", str(reader.area_names[code]), country=code))


def common(rows: pd.DataFrame, caption: str, ctx: Context) -> Markup:
    """What each edition had in common. rows: of `record.by`, by origin, with time_period."""
    columns = [
        Column(_("Edition")),
        Column("n", True),
        Column(_("Mean miss of EGDI"), True),
        Column(_("Values within {band}").format(band=ctx.percent(words.BAND)), True),
        Column(_("Ranks within {band}").format(band=ctx.percent(words.BAND)), True),
    ]
    body: list[list[Cell]] = [
        [
            str(row["time_period"]),
            ctx.number(row["n"]),
            ctx.number(row["egdi_miss"], 3, sign=True),
            ctx.percent(row["egdi_within_80"]),
            ctx.percent(row["rank_within_80"]),
        ]
        for row in records(rows)
    ]
    return table.html(caption, columns, body)


def chances(bins: dict[str, pd.DataFrame], caption: str, ctx: Context) -> Markup:
    """Chances given against what came, in bins. bins: `record.calibration` by chance."""
    columns = [
        Column(_("Chance of")),
        Column(_("From – to"), True),
        Column("n", True),
        Column(_("Given on average"), True),
        Column(_("Came so"), True),
    ]
    body: list[list[Cell]] = [
        [
            chance_chart.names(ctx)[chance],
            f"{ctx.percent(row['low'])} – {ctx.percent(row['high'])}",
            ctx.number(row["n"]),
            ctx.percent(row["given"]),
            ctx.percent(row["came"]),
        ]
        for chance, rows in bins.items()
        for row in records(rows)
    ]
    return table.html(caption, columns, body)


def _past(amount: float, edition: int, reader: Reader) -> Markup:
    """A published EGDI of an edition that stands beside it, in the decimals of its forecast."""
    text = reader.ctx.number(amount, words.DECIMALS)
    return figure(amount, reader.kpi("EGDI"), edition, reader.ctx, dated=False, past=True, phrase=text)


def of_country(reader: Reader, rows: pd.DataFrame, caption: str) -> Markup:
    """A country's forecasts of the past with what came."""
    ctx = reader.ctx
    columns = [
        Column(_("From → to")),
        Column(_("Rank before"), True),
        Column(_("Forecast (band)"), True),
        Column(_("Rank that came"), True),
        Column(_("Inside")),
        Column(_("Band of EGDI"), True),
        Column(_("EGDI that came"), True),
        Column(_("Inside")),
    ]
    body: list[list[Cell]] = [
        [
            words.step(row["origin"], row["time_period"]),
            ctx.number(row["rank_as_today"]),
            words.rank_forecast(row, ctx),
            ctx.number(row["rank_actual"]),
            _("yes") if row["rank_within_80"] else _("no"),
            words.value_band(row, ctx),
            _past(row["egdi_actual"], int(row["time_period"]), reader),
            _("yes") if row["egdi_within_80"] else _("no"),
        ]
        for row in records(rows)
    ]
    return table.html(caption, columns, body)


def annual_gate(reader: Reader, rows: pd.DataFrame, caption: str, most: int) -> Markup:
    """Which annual KPIs are forecast and why others are not. rows: of `reads.annual_gate`."""
    ctx = reader.ctx
    columns = [
        Column("KPI"),
        Column(_("Years ahead"), True),
        Column(_("Cases"), True),
        Column(_("Within {band}").format(band=ctx.percent(words.BAND)), True),
        Column(_("Error, points"), True),
        Column(_("Compound growth: promises that came true"), True),
        Column(_("Forecast")),
    ]
    body = [_gate(reader, row) for row in records(rows.head(most))]
    return table.html(caption, columns, body, whole=len(rows) <= most, no_data=_("no data"))


def _gate(reader: Reader, row: Row) -> list[Cell]:
    ctx, kpi = reader.ctx, reader.kpi(str(row["kpi"]))
    return [
        Html(links.kpi_link(reader, kpi.id)),
        ctx.number(row["horizon"]),
        MISSING if pd.isna(row["horizon"]) else ctx.number(row["cases"]),
        ctx.percent(row["within_80"]),
        ctx.number(row["error"], 1),
        _promises(row, ctx),
        _("yes") if row["passed"] else _("no: {reason}").format(reason=_why(str(row["reason"]))),
    ]


def _promises(row: Row, ctx: Context) -> str:
    """How many of the times that compound growth promised the target, or nearly, it was reached."""
    if not row["promised"]:
        return MISSING
    return _("{k} of {n}").format(k=ctx.number(row["came_true"]), n=ctx.number(row["promised"]))


def _why(code: str) -> str:
    """Why an annual KPI is not forecast; the code itself where it has no words."""
    return {
        "not_a_share": _("not a share of 0 to 100"),
        "too_far": _("the target lies too far from the last value"),
        "few_cases": _("too few cases to try it on"),
        "band_too_narrow": _("its bands were too narrow"),
        "band_too_wide": _("its bands were too wide"),
        "worse_than_fan": _("what others achieved says more"),
    }.get(code, code)
