"""An index of a reader's own in words: who moves, by how much, and what was chosen."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts import rank_moves
from dashboard.charts import robustness_words as words
from dashboard.charts.context import MISSING, Context
from kpis.egdi.reweighting import Reweighted


def headline(run: Reweighted, row: pd.Series | None, year: str, near: int, ctx: Context) -> str:
    """What the choices change: the move of a country, else how many move far.

    row: of `Reweighted.table` with name, None without a country; year: as `words.edition` writes it.
    """
    n = ctx.number(run.table["own_rank"].notna().sum())
    if row is None:
        counts = {"k": ctx.number(run.moved(near)), "near": ctx.number(near), "n": n}
        return _of_all(run, run.moved(near), ctx).format(index=run.index, year=year, **counts)
    places = 0 if pd.isna(row["shift"]) else int(abs(row["shift"]))
    return _of_country(run, row, places, ctx).format(
        name=row["name"],
        index=run.index,
        year=year,
        own=ctx.number(row["own_rank"]),
        rank=ctx.number(row["published_rank"]),
        places=ctx.number(places),
        n=n,
    )


def _of_all(run: Reweighted, moved: int, ctx: Context) -> str:
    if run.as_published:
        return ctx.t("{index} {year}: set weights of your own and see which of {n} countries move")
    return ctx.ngettext(
        "{index} {year} rebuilt this way: {k} of {n} countries moves by more than {near} places",
        "{index} {year} rebuilt this way: {k} of {n} countries move by more than {near} places",
        moved,
    )


def _of_country(run: Reweighted, row: pd.Series, places: int, ctx: Context) -> str:
    if pd.isna(row["own_rank"]):
        return ctx.t("{name}: no rank in {index} {year} rebuilt this way; published: {rank}")
    if run.as_published:
        return ctx.t("{name}: rank {rank} of {n} in {index} {year} as published")
    if places == 0:
        return ctx.t("{name}: rank {own} of {n} in {index} {year} rebuilt this way, as published")
    if row["shift"] > 0:
        return ctx.ngettext(
            "{name}: rank {own} of {n} in {index} {year} rebuilt this way, {places} place better than "
            "published ({rank})",
            "{name}: rank {own} of {n} in {index} {year} rebuilt this way, {places} places better than "
            "published ({rank})",
            places,
        )
    return ctx.ngettext(
        "{name}: rank {own} of {n} in {index} {year} rebuilt this way, {places} place worse than "
        "published ({rank})",
        "{name}: rank {own} of {n} in {index} {year} rebuilt this way, {places} places worse than "
        "published ({rank})",
        places,
    )


def lead(run: Reweighted, near: int, ctx: Context) -> str:
    """How many move far, or what to do while nothing is changed."""
    if run.as_published:
        return ctx.t("Nothing is changed yet: set a weight below, or another scale or mean under the method.")
    moved = run.moved(near)
    template = ctx.ngettext(
        "{k} of {n} countries moves by more than {near} places.",
        "{k} of {n} countries move by more than {near} places.",
        moved,
    )
    return template.format(
        k=ctx.number(moved), n=ctx.number(run.table["own_rank"].notna().sum()), near=ctx.number(near)
    )


def chosen(run: Reweighted, names: dict[str, str], ctx: Context) -> str:
    """Weights, scale and mean in a sentence. names: of the components."""
    weights = ", ".join(f"{names[part]} {ctx.percent(share, 1)}" for part, share in run.weights.items())
    return ctx.t("Weights: {weights}. Scale: {scale}. Mean: {mean}.").format(
        weights=weights, scale=words.scale(run.normalisation, ctx), mean=words.mean(run.aggregation, ctx)
    )


def unsure(run: Reweighted, ctx: Context) -> str:
    """How far ranks rebuilt with the publisher's own weights lie from the published ones; "" if nowhere."""
    if run.off == 0 or run.as_published:
        return ""
    template = ctx.ngettext(
        "Rebuilt with the published weights, {k} of {n} countries has another rank than published",
        "Rebuilt with the published weights, {k} of {n} countries have another rank than published",
        run.off,
    )
    most = ctx.ngettext("by 1 place", "by up to {places} places", run.most_off)
    reason = ctx.t("parts are published rounded. So much of a shift is not your choice.")
    counted = template.format(k=ctx.number(run.off), n=ctx.number(len(run.table)))
    return f"{counted}, {most.format(places=ctx.number(run.most_off))}: {reason}"


def shift(places: float, ctx: Context) -> str | Markup:
    """Places gained or lost, with a sign to see and words to hear; the dash where there is no rank."""
    if pd.isna(places):
        return MISSING
    if places == 0:
        return Markup('= 0 <span class="e-sr">{}</span>').format(ctx.t("no change"))
    kind, spoken = ("e-up", ctx.t("places up")) if places > 0 else ("e-down", ctx.t("places down"))
    sign = rank_moves.directed(int(places), ctx)
    return Markup('<span class="{}">{}</span> <span class="e-sr">{}</span>').format(kind, sign, spoken)
