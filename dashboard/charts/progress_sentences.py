"""Progress in sentences: of a country, of a group, of a KPI."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import Context
from dashboard.charts.progress_words import OFF, PLAIN, SHORT, is_on, is_past, judged, plain_verdict, status
from dashboard.charts.scalars import Row, records
from dashboard.charts.sentences import listed
from dashboard.texts import mark
from kpis.progress import METHODS, NO_RECENT_FIGURE

OFF_TRACK = (mark("too slow for {n}"), mark("standing still on {n}"), mark("moving away from {n}"))


def legend(ctx: Context, method: str) -> Markup:
    """The symbols of one method's vocabulary, of no recent figure and of missing values, as HTML."""
    codes: list[str | None] = [*METHODS[method].statuses, NO_RECENT_FIGURE, None]
    items = Markup("").join(Markup("<li>{}</li>").format(status(code, ctx)) for code in codes)
    return Markup('<ul class="legend">{}</ul>').format(items)


def country(name: str, rows: pd.DataFrame, ctx: Context) -> str:
    """The headline of a country: of how many targets it is on track, too slow, still or moving away.

    rows: progress by one method.
    """
    n = len(judged(rows))
    if n == 0:
        return ctx.t("{name}: for no target can it be said whether it is on track.").format(name=name)
    first = ctx.t("{name}: on track for {k} of {n} targets that can be assessed")
    first = first.format(name=name, k=ctx.number(int(is_on(rows).sum())), n=ctx.number(n))
    levels = pd.Series([plain_verdict(row) for row in records(rows)], dtype=str).value_counts()
    counts = (levels.get("fair", 0) + levels.get("slow", 0), levels.get("still", 0), levels.get("back", 0))
    parts = [ctx.t(text).format(n=ctx.number(int(k))) for text, k in zip(OFF_TRACK, counts, strict=True) if k]
    return f"{'; '.join([first, ', '.join(parts)] if parts else [first])}."


def by_which(rows: pd.DataFrame, verdicts: pd.DataFrame, method: str, ctx: Context) -> str:
    """What stands below the headline: by which method, on how many KPIs the methods disagree, and how many
    have no recent figure.

    rows: progress by this method; verdicts: `kpis.progress.disagreement`.
    """
    by = ctx.t("By the {method} method").format(method=SHORT[method])
    parts = [by, _agreement(verdicts, ctx) if len(judged(rows)) else ""]
    parts.append(_without_recent(int(is_past(rows).sum()), ctx))
    return f"{'; '.join(part for part in parts if part)}."


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
        template = ctx.t("{name}: no KPI with a target can be assessed by the {method} method")
        first = template.format(name=name, method=SHORT[method])
    else:
        template = ctx.t(
            "{name}: {share}% of the assessed pairs of KPI and country are on track by the {method} method"
        )
        first = template.format(
            name=name, share=ctx.number(100 * is_on(counted).mean()), method=SHORT[method]
        )
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
    """The finding of a group: which KPI, or which that tie, is most and which least often on track.

    kpis: names by id.
    """
    every = shares(rows)
    by = every[~every["few"]]
    if by.empty or by["mean"].iloc[0] == by["mean"].iloc[-1]:
        return ctx.t("KPIs with a target, by country")
    best, worst = (
        listed([kpis[str(kpi)] for kpi in by.index[by["mean"] == by["mean"].iloc[at]]], ctx) for at in (0, -1)
    )
    template = ctx.t("Most often on track: {best}; least often: {worst}")
    if every["few"].any():
        template = ctx.t(
            "Most often on track, of KPIs judged for most countries: {best}; least often: {worst}"
        )
    return template.format(best=best, worst=worst)


def findings(rows: pd.DataFrame, kpis: dict[str, str], ctx: Context) -> str:
    """The title of a country's table: what is off track, the worst first, with the verdict.

    rows: of one method. kpis: names by id.
    """
    by_level: dict[str, list[Row]] = {level: [] for level in PLAIN}
    for row in records(rows):
        by_level[plain_verdict(row)].append(row)
    off = [f"{kpis[str(row['kpi'])]} ({ctx.t(PLAIN[level])})" for level in OFF for row in by_level[level]]
    if off:
        return ctx.t("Off track: {kpis}").format(kpis=listed(off, ctx))
    if len(judged(rows)):
        return ctx.t("Nothing that can be assessed is off track")
    return ctx.t("KPIs with a target")


def rate(amount: float, method: str, ctx: Context) -> str:
    """A yearly rate in the unit of its method."""
    if pd.isna(amount):
        return ctx.number(amount)
    if METHODS[method].rate_unit == "points a year":
        return ctx.t("{rate} points a year").format(rate=ctx.number(amount, 2, sign=True))
    return ctx.t("{rate}% a year").format(rate=ctx.number(100 * amount, 2, sign=True))
