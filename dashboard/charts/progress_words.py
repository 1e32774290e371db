"""Progress in words: statuses of four methods, reasons, method cards, and the sentences made of them.

Everything is looked up by code, so that the library's English never stands on a Spanish page.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.charts.context import Context
from dashboard.texts import mark
from kpis.progress import NO_RECENT_FIGURE

SHORT = {"unsd": "UNSD", "eurostat": "Eurostat", "statcan": "StatCan", "sdsn": "SDSN"}
NAMES = {
    "unsd": mark("UN Statistics Division, progress assessment of 2026"),
    "eurostat": mark("Eurostat, progress of the EU towards the SDGs"),
    "statcan": mark("Statistics Canada, as in Open SDG 2.4"),
    "sdsn": mark("SDSN, trend arrows of the SDG Index"),
}
FORMULAS = {
    "unsd": mark(
        "(projected − base) ÷ (target − base); projected = last × (1 + CAGR) ^ (target year − last year)"
    ),
    "eurostat": mark("CAGR observed ÷ CAGR required"),
    "statcan": mark("CAGR observed ÷ CAGR required, signed so that more is better; a target met is achieved"),
    "sdsn": mark("points a year observed ÷ points a year required, on a score from 0 (worst) to 100 (best)"),
}
MARKS = {
    "verified": mark("Recomputed against published figures."),
    "read": mark("Taken from the text of its source, not recomputed against published figures."),
    "unconfirmed": mark("General knowledge, not found in a source."),
}

# Status of any method: how far along (the symbol and the colour) and its word.
LEVELS = {
    "target_achieved": "met",
    "on_track": "on",
    "substantial": "on",
    "significant": "on",
    "moderate": "fair",
    "moderately_improving": "fair",
    "marginal": "slow",
    "limited": "slow",
    "insufficient": "slow",
    "stagnating": "slow",
    "stagnation": "still",
    "regression": "back",
    "deterioration": "back",
    "away": "back",
    "decreasing": "back",
    NO_RECENT_FIGURE: "past",
    "insufficient_data": "open",
    "not_available": "open",
}
SYMBOLS = {
    "met": "✓",
    "on": "↑",
    "fair": "↗",
    "slow": "→",
    "still": "=",
    "back": "↓",
    "past": "…",
    "open": "?",
    "none": "",
}
ORDER = list(SYMBOLS)
CANNOT = mark("cannot be assessed")
WORDS = {
    "target_achieved": mark("target achieved"),
    "on_track": mark("on track"),
    "substantial": mark("substantial"),
    "significant": mark("significant"),
    "moderate": mark("moderate"),
    "moderately_improving": mark("moderately improving"),
    "marginal": mark("marginal"),
    "limited": mark("limited"),
    "insufficient": mark("insufficient"),
    "stagnating": mark("stagnating"),
    "stagnation": mark("stagnation"),
    "regression": mark("regression"),
    "deterioration": mark("deterioration"),
    "away": mark("moving away"),
    "decreasing": mark("decreasing score"),
    NO_RECENT_FIGURE: mark("no recent figure"),
    "insufficient_data": CANNOT,
    "not_available": CANNOT,
}
# What the four methods say together, in plain words: level and word of each verdict.
PLAIN = {
    "on_track": ("on", mark("on track")),
    "not_on_track": ("off", mark("not on track")),
    "disagree": ("apart", mark("methods disagree")),
    NO_RECENT_FIGURE: ("past", mark("no recent figure")),
    "not_assessed": ("open", CANNOT),
}
SIGNS = SYMBOLS | {"off": "×", "apart": "≠"}
REASONS = {
    "trend_to_target": mark("The observed change is compared with the change needed to reach the target."),
    "trend_only": mark("No target is set: the yearly change is compared with fixed thresholds."),
    "no_change": mark("The last value equals the base value."),
    "on_threshold": mark("The measure lies exactly on a threshold and counts as having reached it."),
    "target_met": mark("The last value meets the target."),
    "met_at_base": mark("The target was already met at the base and still is."),
    "base_equals_target": mark("The base equals the target, which is still met: no change was required."),
    "met_and_lost": mark("The target was met at the base and is no longer met."),
    "base_equals_target_lost": mark("The base equals the target, and the last value no longer meets it."),
    "met_one_observation": mark("The last value meets the target; one year of data shows no trend."),
    "latest_zero_meets_target": mark("The last value is 0 and meets the target; growth to 0 has no rate."),
    "fell_to_zero": mark("The last value is 0, where more is better: a fall of 100%."),
    "reached_zero": mark("The last value is 0, the best there is where less is better."),
    "rose_from_zero": mark(
        "The base is 0, the best there is where less is better, and the last value is not: a change the "
        "wrong way that has no rate."
    ),
    "target_year_past": mark(
        "The target year lies before the last value: the trend is read at the target year."
    ),
    "target_year_not_after_base": mark(
        "The target year is not after the base year: no rate can be required."
    ),
    NO_RECENT_FIGURE: mark("The last value is older than its KPI allows: the formula is not applied."),
    "one_observation": mark("Only one year of data since 2015: no trend can be observed."),
    "latest_before_base": mark("The last year lies before the base year."),
    "missing_value": mark("A year or value of the base or of the last observation is missing."),
    "zero_base": mark("The base value is 0, from which growth has no rate."),
    "zero_base_replaced": mark(
        "The base value is 0 and was replaced by a thousandth, as the method prescribes."
    ),
    "zero_target": mark(
        "The target is 0: compound growth can only approach it, so −100% a year is required."
    ),
    "zero_target_replaced": mark(
        "The target is 0 and was replaced by a thousandth, as the method prescribes."
    ),
    "latest_zero": mark("The last value is 0, to which growth has no rate."),
    "negative_value": mark("A value is negative, where this method defines no growth rate."),
    "sign_change": mark("Values lie on both sides of 0, between which growth has no rate."),
    "natural_limit": mark("The base is near the natural limit of the scale: thresholds were lowered."),
    "at_natural_limit": mark("The base is at the natural limit: holding it is enough."),
    "base_beyond_limit": mark("The base lies beyond the natural limit that was given."),
    "goalposts_missing": mark("The method needs a worst and a best value, and one is missing."),
    "goalposts_equal": mark("The worst and the best value are equal: no score can be formed."),
    "direction_conflict": mark("The better side contradicts the goalposts; the goalposts were followed."),
}


def status(code: str | None, ctx: Context, *, word: bool = True) -> str:
    """A status as safe HTML: its symbol and its word; word False: the word only for screen readers.

    For legends and cards; the status of a country is an element of `charts/progress_figures.py`.
    """
    level = "none" if code is None else LEVELS[code]
    return badge(level, ctx.t("no data") if code is None else ctx.t(WORDS[code]), word=word)


def badge(level: str, text: str, *, word: bool = True) -> str:
    """The symbol of a level with a text beside it, or for screen readers alone, as safe HTML."""
    beside = escape(text) if word else f'<span class="e-sr">{escape(text)}</span>'
    return f'<span class="e-st e-st-{level}" aria-hidden="true">{SIGNS[level]}</span>{beside}'


def dated(code: str, year: float, ctx: Context) -> str:
    """The word of a status; of no recent figure with the last year: "no recent figure (last: 2019)"."""
    if code == NO_RECENT_FIGURE:
        return ctx.t("no recent figure (last: {year})").format(year=int(year))
    return ctx.t(WORDS[code])


def plain_verdict(row: dict[str, Any]) -> str:
    """What the methods say together, as a key of PLAIN. row: of `Warehouse.progress`."""
    if row["verdict"] in (NO_RECENT_FIGURE, "not_assessed", "disagree"):
        return str(row["verdict"])
    return "on_track" if row["on_track_by"] else "not_on_track"


def is_on(rows: pd.DataFrame) -> pd.Series:
    """Which rows of a progress table are on track (a target met counts)."""
    return rows["status"].map(LEVELS).isin(["met", "on"])


def is_open(rows: pd.DataFrame) -> pd.Series:
    """Which rows of a progress table cannot be assessed."""
    return rows["status"].map(LEVELS).eq("open")


def is_past(rows: pd.DataFrame) -> pd.Series:
    """Which rows of a progress table have no recent figure."""
    return rows["status"].eq(NO_RECENT_FIGURE)


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: assessed, and from a recent figure."""
    return rows[~is_open(rows) & ~is_past(rows)]
