"""Statuses, years of arrival and projections of Progress as elements that tests can count.

A status says from which year's value it comes and whether that is beyond the KPI's limit (`data-status`,
`data-status-year`, and `data-status-old` where it is); a year of arrival stands in `data-arrival`. So a test
sees on the page itself that no status comes from an old value and that no country arrives in the past.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts import progress_words as words
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.figures import figure, old, point, sentence
from dashboard.texts import mark
from kpis.progress.fan import MIN_AREAS


def status(
    row: dict[str, Any], kpi: KpiView, ctx: Context, *, word: bool = True, dated: bool = True
) -> Markup:
    """The status by one method: symbol and word; word False: the word only for screen readers.

    row: of `Warehouse.progress`. dated False: the last year stands beside it already.
    """
    code = str(row["status"])
    text = words.dated(code, row["latest_year"], ctx) if dated else ctx.t(words.WORDS[code])
    return _element(code, words.LEVELS[code], text, row, kpi, ctx, word=word)


def verdict(row: dict[str, Any], kpi: KpiView, ctx: Context, *, dated: bool = True) -> Markup:
    """The status by one method in plain words. dated False: the last year stands beside it already."""
    level, status = words.plain_verdict(row), str(row["status"])
    text = ctx.t(words.PLAIN[level])
    if dated and level == "past":
        text = words.dated(status, row["latest_year"], ctx)
    return _element(status, level, text, row, kpi, ctx)


def verdict_and_word(row: dict[str, Any], kpi: KpiView, ctx: Context) -> Markup:
    """The same with the method's own word once in brackets, where it is another: "too slow (“moderate”)"."""
    own, plain_word = ctx.t(words.WORDS[str(row["status"])]), ctx.t(words.PLAIN[words.plain_verdict(row)])
    if own == plain_word:
        return verdict(row, kpi, ctx)
    return sentence(
        "{verdict} ({word})", verdict=verdict(row, kpi, ctx), word=ctx.t("“{words}”").format(words=own)
    )


def apart(row: dict[str, Any], ctx: Context) -> Markup:
    """The mark of a KPI on which the four methods disagree; nothing for others."""
    return (
        words.badge("apart", ctx.t(words.APART), word=False) if row["verdict"] == "disagree" else Markup("")
    )


def against_target(row: dict[str, Any], kpi: KpiView, ctx: Context, *, dated: bool = False) -> Markup:
    """Last value with its year, and the target: "79.3% (2024) → 100.0%".

    dated: with the year of the target.
    """
    target = point(row["target"], kpi, row["target_year"], ctx)
    if dated:
        target = Markup("{} <small>{}</small>").format(target, int(row["target_year"]))
    return Markup('{} <span aria-hidden="true">→</span><span class="e-sr">{}</span> {}').format(
        last_value(row, kpi, ctx, dated=True), ctx.t("target"), target
    )


def _element(
    code: str, level: str, text: str, row: dict[str, Any], kpi: KpiView, ctx: Context, *, word: bool = True
) -> Markup:
    """The element; not by `Markup.format`, which takes a second for the two thousand cells of the world."""
    year, badge = int(row["latest_year"]), words.badge(level, text, word=word)
    is_old = ' data-status-old="true"' if old(kpi, year, ctx) else ""
    return Markup(  # noqa: S704 - codes of a closed list, a year, and a badge made of escaped parts
        f'<span data-status="{code}" data-status-year="{year}"{is_old}>{badge}</span>'
    )


def last_value(row: dict[str, Any], kpi: KpiView, ctx: Context, *, dated: bool = False) -> Markup:
    """The last value, with the tag of an old one; its year stands beside it unless it is to be printed."""
    return figure(row["latest_value"], kpi, row["latest_year"], ctx, dated=dated)


def arrival(year: float) -> Markup:
    """A year of arrival: after the year of reading, from a recent value."""
    return Markup('<span data-arrival="{0}">{0}</span>').format(int(year))


def unconfirmed(year: float) -> Markup:
    """A year in which a trend would have arrived, or would arrive, and that no later figure confirms."""
    return Markup('<span data-unconfirmed="{0}">{0}</span>').format(int(year))


def projected(row: dict[str, Any], kpi: KpiView, horizon: int, ctx: Context) -> Markup:
    """Where the trend leads in a year; beyond a natural limit of the scale that limit: "100% before 2028".

    The year is the first in which the trend is past the limit; of an old value, or where the year is not
    ahead, the limit alone.
    """
    limit = _limit_passed(row)
    if limit is None:
        return point(row["projected"], kpi, horizon, ctx)
    if pd.isna(row["limit_year"]) or row["limit_year"] > horizon:
        return point(limit, kpi, horizon, ctx)
    year = int(row["limit_year"])
    return sentence(ctx.t("{value} before {year}"), value=point(limit, kpi, year, ctx), year=arrival(year))


def _limit_passed(row: dict[str, Any]) -> float | None:
    """The natural limit beyond which the projection lies."""
    for limit, side in ((row["limit_high"], 1), (row["limit_low"], -1)):
        if pd.notna(limit) and side * (row["projected"] - limit) > 0:
            return float(limit)
    return None


def path_headline(
    name: str, row: dict[str, Any], kpi: KpiView, ctx: Context, ahead: Markup | None = None
) -> Markup:
    """A country and a KPI in a sentence: last value, status by a method, and what others made from there.

    ahead: a sentence that stands instead of what others made.
    """
    template = ctx.t("{name}, {kpi}: {value}, {status} by the {method} method. {made}")
    if words.plain_verdict(row) in ("met", "past"):  # which no method decides
        template = ctx.t("{name}, {kpi}: {value}, {status}. {made}")
    return sentence(
        template,
        name=name,
        kpi=kpi.name,
        value=last_value(row, kpi, ctx, dated=True),
        status=verdict(row, kpi, ctx, dated=False),
        method=words.SHORT[str(row["method"])],
        made=precedent_sentence(row, kpi, ctx) if ahead is None else ahead,
    )


def precedents(row: dict[str, Any], ctx: Context) -> str:
    """How many other countries at the level of the base made what the target asks, short: "2 of 81".

    The dash where the target was met at the base: nothing was asked. row: of `Warehouse.progress`.
    """
    if pd.isna(row["precedents"]):
        return MISSING
    if row["precedents"] == 0:
        return ctx.t("no precedent")
    if row["precedents_made"] == 0:
        return ctx.t("none of {n}").format(n=ctx.number(row["precedents"]))
    return ctx.t("{made} of {n}").format(
        made=ctx.number(row["precedents_made"]), n=ctx.number(row["precedents"])
    )


def precedent_sentence(row: dict[str, Any], kpi: KpiView, ctx: Context) -> Markup:
    """The same as a sentence, with the level and the years; empty where nothing was asked."""
    n, k = row["precedents"], row["precedents_made"]
    if pd.isna(n):
        return Markup("")
    parts = {
        "n": ctx.number(n),
        "made": ctx.number(k),
        "since": int(row["base_year"]),
        "years": int(row["target_year"] - row["base_year"]),
        "base": point(row["base_value"], kpi, row["base_year"], ctx),
    }
    return sentence(ctx.t(_precedent_template(int(n), int(k))), **parts)


def _precedent_template(n: int, k: int) -> str:
    if n == 0:
        return mark("No other country at its level of {since} ({base}) has a value {years} years later.")
    if n < MIN_AREAS:
        return mark(
            "Few precedents: {made} of {n} once at its level of {since} ({base}) made it in {years} years."
        )
    if k == 0:
        return mark("None of {n} countries once at its level of {since} ({base}) made it in {years} years.")
    return mark("{made} of {n} countries once at its level of {since} ({base}) made it in {years} years.")


def thin(row: dict[str, Any], ctx: Context) -> str:
    """That a trend rests on less than three years, in words; empty for others."""
    if not row["thin"]:
        return ""
    years = int(row["latest_year"] - row["base_year"])
    if years == 0:
        return ctx.t("one year of data only")
    template = ctx.ngettext(
        "trend of one year only ({since}–{last})", "trend of {n} years only ({since}–{last})", years
    )
    return template.format(n=ctx.number(years), since=int(row["base_year"]), last=int(row["latest_year"]))
