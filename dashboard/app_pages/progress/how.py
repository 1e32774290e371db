"""How a progress status comes about: the method's card, and its formula with the numbers of one case."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_sentences as sentences
from dashboard.charts import progress_words as words
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import point, sentence, threshold
from dashboard.charts.scalars import Row
from dashboard.components import explain, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.progress import METHODS, NO_RECENT_FIGURE, REASONS, eurostat, statcan, unsd

SDSN_CUTS = (1.0, 0.5, 0.0)  # the need, half of it, none
CUTS = {
    "unsd": unsd.RATIO_CUTS,
    "eurostat": eurostat.RATIO_CUTS,
    "statcan": statcan.RATIO_CUTS,
    "sdsn": SDSN_CUTS,
}

FAN = mark(
    "How far other UN Member States got in as many years from a value near this country’s base: within ± "
    "5% of "
    "the span of the KPI (5th to 95th percentile of all its values). One start per country and number of "
    "years, the nearest. Bands are the 10th, 25th, 50th, 75th and 90th percentile of the changes, added "
    "to the "
    "base and cut at the natural limits; from 10 countries on. A working rule of this project: it says what "
    "happened, not what will."
)
FORECAST = "forecast_annual"  # the card of the method


def card(method: str, ctx: Context) -> None:
    """Name, formula, thresholds with their statuses, how far it is checked, its source."""
    method_card = METHODS[method]
    mark_of_source = Markup('{} {}: <cite lang="en">{}</cite>').format(
        _(words.MARKS[method_card.status]), _("Source"), method_card.source
    )
    _paragraphs(
        Markup("<strong>{}</strong>").format(_(words.NAMES[method])),
        _(words.FORMULAS[method]),
        _steps(method, ctx),
        _(
            "The base is 2015 or the first later year with a value. CAGR is the compound yearly growth "
            "rate. A projection carries the past on; it is no forecast."
        ),
        _(
            "The formula is applied to a last value within the limit of its KPI at the year of reading; "
            "an older one gives no status."
        ),
        mark_of_source,
    )


def vocabularies(ctx: Context) -> Markup:
    """What each method calls its statuses, from which measure on, and what the measure is."""
    item = Markup("<dt>{}</dt><dd>{}<br><small>{}</small></dd>")
    items = [
        item.format(words.SHORT[method], _steps(method, ctx), _(words.FORMULAS[method])) for method in METHODS
    ]
    box = Markup('<h3 class="e-section">{}</h3><dl class="e-facts e-vocabularies">{}</dl>')
    return box.format(_("What the four methods call it"), Markup("").join(items))


def _steps(method: str, ctx: Context) -> Markup:
    """From which measure on each status holds, as safe HTML."""
    ladder = [code for code in METHODS[method].statuses if words.LEVELS[code] not in ("met", "open")]
    step, cuts = Markup("{} ≥ {}"), CUTS[method]
    names = [words.status(code, ctx) for code in ladder]
    steps = [step.format(name, ctx.number(cut, 2)) for name, cut in zip(names, cuts, strict=False)]
    return Markup(" · ").join([*steps, Markup("{} < {}").format(names[-1], ctx.number(cuts[-1], 2))])


def _paragraphs(*texts: str) -> None:
    """Paragraphs, without the empty ones; text is escaped, safe HTML stays."""
    st.html(Markup("").join(Markup("<p>{}</p>").format(text) for text in texts if text))


def case(reader: Reader, kpi: KpiView, row: Row, horizon: int, reason: str, gate: Row) -> None:
    """The card, the numbers that went in, and what came out.

    reason: why the target is what it is. gate: what the past says of a forecast, of `kpis.forecast.gates`.
    """
    ctx = reader.ctx
    card(str(row["method"]), ctx)
    is_applied = row["status"] != NO_RECENT_FIGURE
    body = _inputs(row, kpi, ctx) + (_results(row, kpi, horizon, ctx) if is_applied else [])
    columns = [Column(_("Number")), Column(_("Year"), True), Column(_("Value"), True)]
    st.html(table.html(_("The numbers used"), columns, body, no_data=_("not defined")))
    _paragraphs(
        formula(row, kpi, ctx) if is_applied else "",
        Markup("{}. {}").format(marks.status(row, kpi, ctx), _(REASONS[row["reason"]])),
        "" if is_applied else _limit(row, ctx),
        f"{_('Target')}: {reason}.",
        Markup("<strong>{}</strong> {}").format(_("Fan of past achievements"), _(FAN)),
    )
    explain.method(reader, FORECAST)
    if gate["cases"] or gate["promised"]:
        _paragraphs(_tried(gate, ctx), _kept(gate, kpi, ctx))


def _tried(gate: Row, ctx: Context) -> str:
    """How such forecasts did in the past; empty without a case."""
    if not gate["cases"]:
        return ""
    text = _(
        "Tried on {cases} past cases, {ahead} years ahead: the band of 80% held {within}% of them, the "
        "median was {error} points off. Score (CRPS, smaller is better): {crps}, of the fan {fan_crps}."
    )
    return text.format(
        cases=ctx.number(gate["cases"]),
        ahead=ctx.number(gate["horizon"]),
        within=ctx.number(100 * gate["within_80"]),
        error=ctx.number(gate["error"], 1),
        crps=ctx.number(gate["crps"], 2),
        fan_crps=ctx.number(gate["fan_crps"], 2),
    )


def _kept(gate: Row, kpi: KpiView, ctx: Context) -> Markup:
    """What came of the promises of compound growth; empty where it made none."""
    if not gate["promised"]:
        return Markup("")
    text = _(
        "Compound growth, which most of these methods carry on, promised {level} within five to seven years "
        "in {n} past cases; {share}% of these promises came true."
    )
    share = 100 * gate["came_true"] / gate["promised"]
    return sentence(
        text,
        level=threshold(gate["nearly"], replace(kpi, precision=0), ctx),
        n=ctx.number(gate["promised"]),
        share=ctx.number(share),
    )


def _inputs(row: Row, kpi: KpiView, ctx: Context) -> list[list[Cell]]:
    """What went in, with its years."""
    method = str(row["method"])
    base, target = (row["base_year"], row["base_value"]), (row["target_year"], row["target"])
    return [
        [_("base"), str(int(base[0])), point(base[1], kpi, base[0], ctx)],
        [_("last value"), str(int(row["latest_year"])), marks.last_value(row, kpi, ctx)],
        [_("target"), str(int(target[0])), point(target[1], kpi, target[0], ctx)],
        [_("rate observed"), "", sentences.rate(row["observed_rate"], method, ctx)],
        [_("rate required"), "", sentences.rate(row["required_rate"], method, ctx)],
    ]


def _results(row: Row, kpi: KpiView, horizon: int, ctx: Context) -> list[list[Cell]]:
    """What came out of the formula."""
    return [
        [_("if the trend goes on"), str(horizon), marks.projected(row, kpi, horizon, ctx)],
        [_("measure"), "", ctx.number(row["value"], 3)],
        [_("score of the method"), "", ctx.number(row["score"], 2)],
    ]


def _limit(row: Row, ctx: Context) -> str:
    """How old the last value is, and how old it may be."""
    return _("The last value is {age} years old, and this KPI allows {limit}.").format(
        age=ctx.number(row["latest_age"]), limit=ctx.number(row["fresh_years"])
    )


def formula(row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """The formula with its numbers, empty where no measure is formed."""
    if pd.isna(row["value"]):
        return Markup("")
    method, digits = str(row["method"]), kpi.precision + 1
    measure = ctx.number(row["value"], 3)
    if method != "unsd":
        scale = 1 if METHODS[method].rate_unit == "points a year" else 100
        above = ctx.number(scale * row["observed_rate"], 3)
        below = ctx.number(scale * row["required_rate"], 3)
        sign = "" if (row["observed_rate"] / row["required_rate"] > 0) == (row["value"] > 0) else "−"
        ratio = Markup("{}({}) ÷ ({}) = <strong>{}</strong>")
        return ratio.format(sign, above, below, measure)
    ahead = row["latest_value"] * (1 + row["observed_rate"]) ** (row["target_year"] - row["latest_year"])
    base, target = ctx.number(row["base_value"], digits), ctx.number(row["target"], digits)
    share = Markup("({} − {}) ÷ ({} − {}) = <strong>{}</strong>")
    return share.format(ctx.number(ahead, digits), base, target, base, measure)
