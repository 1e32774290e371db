"""Places in a ranking in words, and when a rank says little.

A rank among few countries is no match for one among nearly all, and equal answers have no order.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.context import MISSING, Context, KpiView

MANY = 150  # UN Member States with a value, from which ranks of several KPIs may stand side by side


def of_few(n: float | None) -> bool:
    """Whether a rank among `n` countries must say that these are few; no, where there is none."""
    return n is not None and not pd.isna(n) and n < MANY


def place(rank: float | None, n: float | None, ctx: Context) -> str:
    """A rank in plain text: "41 of 57, of few countries"; the dash without a rank."""
    if rank is None or pd.isna(rank):
        return MISSING
    text = ctx.t("{rank} of {n}").format(rank=ctx.number(rank), n=ctx.number(n))
    return f"{text}, {ctx.t('of few countries')}" if of_few(n) else text


def place_html(rank: float | None, n: float | None, ctx: Context) -> Markup:
    """The same with the grey mark."""
    if rank is None or pd.isna(rank):
        return escape(MISSING)
    text = ctx.t("{rank} of {n}").format(rank=ctx.number(rank), n=ctx.number(n))
    return Markup("{}{}").format(text, mark(n, ctx))


def mark(n: float | None, ctx: Context) -> Markup:
    """The grey mark of a rank of few countries; nothing for others."""
    if not of_few(n):
        return Markup("")
    reason = ctx.t("fewer than {n} of the UN Member States have a value").format(n=ctx.number(MANY))
    return Markup(' <abbr class="e-mark" title="{}">{}</abbr>').format(reason, ctx.t("of few countries"))


def at_level(amount: float | None, tied: float | None, kpi: KpiView, ctx: Context) -> str:
    """What stands in place of a rank among equal answers: "highest level, with 96 others".

    tied: countries at this level, the one itself among them. Missing values and medians give the dash.
    """
    if amount is None or tied is None or pd.isna(amount) or pd.isna(tied) or amount != int(amount):
        return MISSING
    others = int(tied) - 1
    if amount >= kpi.top:
        alone = ctx.t("alone at the highest level")
        tie = ctx.ngettext("highest level, with one other", "highest level, with {k} others", others)
    elif amount == 0:
        alone = ctx.t("alone at the lowest level")
        tie = ctx.ngettext("lowest level, with one other", "lowest level, with {k} others", others)
    else:
        alone = ctx.t("alone at this level")
        tie = ctx.ngettext("at this level with one other", "at this level with {k} others", others)
    return (tie if others else alone).format(k=ctx.number(others))
