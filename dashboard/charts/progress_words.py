"""Progress in words: statuses of four methods, reasons, method cards, and the sentences made of them.

Everything is looked up by code, so that the library's English never stands on a Spanish page.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import Context
from dashboard.texts import mark
from kpis.progress import METHODS, NO_RECENT_FIGURE

SHORT = {method: card.short for method, card in METHODS.items()}
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
# The status by one method in plain words, by its level, what asks for action first.
PLAIN = {
    "back": mark("moving away"),
    "still": mark("standing still"),
    "slow": mark("far too slow"),
    "fair": mark("too slow"),
    "on": mark("on track"),
    "met": mark("target met"),
    "past": mark("no recent figure"),
    "open": CANNOT,
}
OFF = ("back", "still", "slow", "fair")  # levels off track
APART = mark("methods disagree")
SIGNS = SYMBOLS | {"apart": "≠"}


def with_rule(method: str, ctx: Context) -> str:
    """The short name of a method; that of UNSD with what it is, beside a forecast: the UN's rule."""
    return ctx.t("UNSD, the UN’s rule") if method == "unsd" else SHORT[method]


def status(code: str | None, ctx: Context, *, word: bool = True) -> Markup:
    """A status as safe HTML: its symbol and its word; word False: the word only for screen readers.

    For legends and cards; the status of a country is an element of `charts/progress_figures.py`.
    """
    level = "none" if code is None else LEVELS[code]
    return badge(level, ctx.t("no data") if code is None else ctx.t(WORDS[code]), word=word)


def badge(level: str, text: str, *, word: bool = True) -> Markup:
    """The symbol of a level with a text beside it, or for screen readers alone, as safe HTML."""
    beside = escape(text) if word else f'<span class="e-sr">{escape(text)}</span>'
    hidden = ' aria-hidden="true"' if SIGNS[level] else ""  # an empty sign is not read out anyway
    return Markup(  # noqa: S704 - level and sign from closed lists, the text is escaped
        f'<span class="e-st e-st-{level}"{hidden}>{SIGNS[level]}</span>{beside}'
    )


def dated(code: str, year: float, ctx: Context) -> str:
    """The word of a status; of no recent figure with the last year: "no recent figure (last: 2019)"."""
    if code == NO_RECENT_FIGURE:
        return ctx.t("no recent figure (last: {year})").format(year=int(year))
    return ctx.t(WORDS[code])


def plain_verdict(row: dict[str, Any]) -> str:
    """The status by the method of the row as a key of PLAIN: its level, but "met" for all whose last value is
    on the target and that count as on track, also where the method has no word for that.

    row: of `Warehouse.progress`.
    """
    level = LEVELS[row["status"]]
    is_there = row["direction"] * (row["latest_value"] - row["target"]) >= 0
    return "met" if level == "on" and is_there else level


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
