"""Progress in words: statuses of four methods, reasons, method cards, and the sentences made of them.

Everything is looked up by code, so that the library's English never stands on a Spanish page.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

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
NAMED = 3  # KPIs that a title names
SIGNS = SYMBOLS | {"off": "×", "apart": "≠"}


def status(code: str | None, ctx: Context, *, word: bool = True) -> str:
    """A status as safe HTML: its symbol and its word; word False: the word only for those who listen.

    For legends and cards; the status of a country is an element of `charts/progress_figures.py`.
    """
    level = "none" if code is None else LEVELS[code]
    return badge(level, ctx.t("no data") if code is None else ctx.t(WORDS[code]), word=word)


def badge(level: str, text: str, *, word: bool = True) -> str:
    """The symbol of a level with a text beside it, or for those who listen alone, as safe HTML."""
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


def legend(ctx: Context, method: str) -> str:
    """The symbols of one method's vocabulary, of no recent figure and of missing values, as HTML."""
    codes: list[str | None] = [*METHODS[method].statuses, NO_RECENT_FIGURE, None]
    return f'<ul class="legend">{"".join(f"<li>{status(code, ctx)}</li>" for code in codes)}</ul>'


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


def country(name: str, rows: pd.DataFrame, verdicts: pd.DataFrame, method: str, ctx: Context) -> str:
    """The headline of a country: how many KPIs are on track by a method, on how many the methods disagree,
    and how many have no recent figure.

    rows: progress by this method; verdicts: `kpis.progress.disagreement`.
    """
    parts = [_counts(name, rows, method, ctx), _agreement(verdicts, ctx) if len(judged(rows)) else ""]
    parts.append(_without_recent(int(is_past(rows).sum()), ctx))
    return f"{'; '.join(part for part in parts if part)}."


def _counts(name: str, rows: pd.DataFrame, method: str, ctx: Context) -> str:
    n, k = len(judged(rows)), int(is_on(rows).sum())
    if n == 0:
        said = ctx.t("{name}: no KPI with a target can be assessed by the {method} method")
    elif n == 1:
        said = (
            ctx.t("{name}: the only KPI with a target and a trend is on track by the {method} method")
            if k
            else ctx.t(
                "{name}: the only KPI with a target and a trend is not on track by the {method} method"
            )
        )
    elif k == 0:
        said = ctx.t("{name}: none of {n} KPIs with a target and a trend is on track by the {method} method")
    else:
        said = ctx.ngettext(
            "{name}: 1 of {n} KPIs with a target and a trend is on track by the {method} method",
            "{name}: {k} of {n} KPIs with a target and a trend are on track by the {method} method",
            k,
        )
    return said.format(name=name, k=ctx.number(k), n=ctx.number(n), method=SHORT[method])


def _agreement(verdicts: pd.DataFrame, ctx: Context) -> str:
    """On how many KPIs the methods disagree; empty where nothing was compared."""
    if apart := int((verdicts["verdict"] == "disagree").sum()):
        return ctx.t("the methods disagree on {n}").format(n=ctx.number(apart))
    compared = verdicts["verdict"].isin(["all_on_track", "none_on_track"]).any()
    return ctx.t("the methods agree") if compared else ""


def _without_recent(n: int, ctx: Context) -> str:
    if n == 0:
        return ""
    template = ctx.ngettext("1 has no recent figure", "{n} have no recent figure", n)
    return template.format(n=ctx.number(n))


def group(name: str, rows: pd.DataFrame, method: str, ctx: Context) -> str:
    """The headline of a group: which share of what can be assessed is on track, how much has no recent
    figure. rows: by this method.
    """
    counted, past = judged(rows), int(is_past(rows).sum())
    if counted.empty:
        said = ctx.t("{name}: no KPI with a target can be assessed by the {method} method")
        first = said.format(name=name, method=SHORT[method])
    else:
        said = ctx.t(
            "{name}: {share}% of the assessed pairs of KPI and country are on track by the {method} method"
        )
        first = said.format(name=name, share=ctx.number(100 * is_on(counted).mean()), method=SHORT[method])
    if not past:
        return f"{first}."
    rest = ctx.ngettext("1 pair has no recent figure", "{n} pairs have no recent figure", past)
    return f"{first}; {rest.format(n=ctx.number(past))}."


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """By KPI, best first: `mean` (share on track) and `size` (areas that can be assessed), by one method.

    KPIs assessed in fewer than half as many areas as the best-covered one (`few`) come last: two of two is
    no finding.
    """
    counted = judged(rows)
    by = counted.assign(on=is_on(counted)).groupby("kpi", sort=False)["on"].agg(["mean", "size"])
    by["few"] = by["size"] < by["size"].max() / 2
    return by.sort_values(["few", "mean"], ascending=[True, False], kind="stable")


def ends(rows: pd.DataFrame, kpis: dict[str, str], ctx: Context) -> str:
    """The finding of a group: which KPI is most and which least often on track.

    kpis: names by id.
    """
    by = shares(rows)
    by = by[~by["few"]]
    if by.empty or by["mean"].iloc[0] == by["mean"].iloc[-1]:
        return ctx.t("KPIs with a target, by country")
    said = ctx.t("Most often on track: {best}; least often: {worst}")
    return said.format(best=kpis[str(by.index[0])], worst=kpis[str(by.index[-1])])


def findings(rows: pd.DataFrame, kpis: dict[str, str], ctx: Context) -> str:
    """The title of a country's table: what is off track, else where the methods disagree.

    rows: of one method. kpis: names by id.
    """
    verdicts = pd.Series(
        [plain_verdict(row) for row in rows.to_dict("records")], index=rows["kpi"], dtype=str
    )
    if off := [kpis[kpi] for kpi in verdicts.index[verdicts == "not_on_track"]]:
        return ctx.t("Not on track: {kpis}").format(kpis=_listed(off, ctx))
    if apart := [kpis[kpi] for kpi in verdicts.index[verdicts == "disagree"]]:
        return ctx.t("The methods disagree: {kpis}").format(kpis=_listed(apart, ctx))
    return ctx.t("KPIs with a target, farthest along first")


def _listed(names: list[str], ctx: Context) -> str:
    """Names with commas; of many the first ones and how many more."""
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    more = ctx.t("and {n} more").format(n=ctx.number(len(names) - NAMED))
    return f"{', '.join(names[:NAMED])} {more}"


def rate(amount: float, method: str, ctx: Context) -> str:
    """A yearly rate in the unit of its method."""
    if pd.isna(amount):
        return ctx.number(amount)
    if METHODS[method].rate_unit == "points a year":
        return ctx.t("{rate} points a year").format(rate=ctx.number(amount, 2, sign=True))
    return ctx.t("{rate}% a year").format(rate=ctx.number(100 * amount, 2, sign=True))
