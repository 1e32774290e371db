"""Profiles in words: where the first of the areas stands among the others."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context


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
            name=name, best=labels[str(own.idxmax())], worst=labels[str(own.idxmin())]
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
            best=labels[str(lead.idxmax())],
            worst=labels[str(lead.idxmin())],
        )
        + "."
    )
