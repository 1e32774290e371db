"""Profiles in words: where an area stands among all countries, or the first of several among the others."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.stage_words import inside

MIDDLE = 50  # the percentile of the middle of all countries


def of_medians(medians: pd.Series[float], labels: Mapping[str, str], ctx: Context) -> str:
    """Title of a profile: the dimensions with the highest and the lowest median, and against whom.

    medians: percentile by dimension, missing where there is none; with fewer than two there is no finding.
    """
    ordered = medians.dropna().sort_values()
    if len(ordered) < 2:
        return ctx.t("Profile")
    best, worst = ((inside(labels[str(ordered.index[at])]), float(ordered.iloc[at])) for at in (-1, 0))
    return extremes(best, worst, ctx)


def extremes(best: tuple[str, float], worst: tuple[str, float], ctx: Context) -> str:
    """Strongest and weakest by name, each with its percentile among all countries, without a full stop.

    What lies on the other side of the middle is called neither strong nor weak: "Against the world, nearest
    to the middle: services; weakest: data".
    """
    if best[1] < MIDDLE:
        template = ctx.t("Against the world, nearest to the middle: {best}; weakest: {worst}")
    elif worst[1] > MIDDLE:
        template = ctx.t("Against the world, strongest: {best}; nearest to the middle: {worst}")
    else:
        template = ctx.t("Against the world, strongest: {best}; weakest: {worst}")
    return template.format(best=best[0], worst=worst[0])


def headline(
    summary: pd.DataFrame, areas: list[tuple[str, str]], labels: dict[str, str], ctx: Context
) -> str:
    """The first area against the median of the others, dimension by dimension; alone, its best and weakest.

    summary: id, row (dimension), percentile, none missing. Ahead and behind are counted where the others have
    a median too.
    """
    area, name = areas[0]
    own = summary[summary["id"] == area].set_index("row")["percentile"]
    if own.empty:
        return ctx.t("{name}: no fresh value with a percentile; see the others.").format(name=name)
    middle = summary[summary["id"] != area].groupby("row")["percentile"].median()
    lead = (own - middle).dropna()
    if lead.empty:
        return ctx.t("{name}: highest in {best}, lowest in {worst}.").format(
            name=name, best=inside(labels[str(own.idxmax())]), worst=inside(labels[str(own.idxmin())])
        )
    other = areas[1][1] if len(areas) == 2 else ""
    return _standing(name, other, lead, labels, ctx)


def _standing(name: str, other: str, lead: pd.Series, labels: dict[str, str], ctx: Context) -> str:
    """How often an area is ahead, and where it is farthest ahead and behind.

    other: the only other area; empty where it is compared with the median of several. lead: how far ahead.
    """
    ahead = int((lead > 0).sum())
    parts = [
        ctx.ngettext(
            "{name}: ahead of {other} in {k} of {n} dimension",
            "{name}: ahead of {other} in {k} of {n} dimensions",
            len(lead),
        )
        if other
        else ctx.ngettext(
            "{name}: ahead of the others' median in {k} of {n} dimension",
            "{name}: ahead of the others' median in {k} of {n} dimensions",
            len(lead),
        )
    ]
    if ahead:
        parts.append(ctx.t("most in {best}"))
    if lead.min() < 0:
        parts.append(ctx.t("farthest behind in {worst}"))
    return (
        ", ".join(parts).format(
            name=name,
            other=other,
            k=ctx.number(ahead),
            n=ctx.number(len(lead)),
            best=inside(labels[str(lead.idxmax())]),
            worst=inside(labels[str(lead.idxmin())]),
        )
        + "."
    )
