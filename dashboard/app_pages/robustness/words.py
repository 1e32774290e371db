"""Robustness in words: how sure a rank is, who can be told apart, what was varied."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.charts.context import NBSP, Context, KpiView
from dashboard.charts.figures import old

NAMED = 4  # countries named in a sentence; the others are counted


def share(part: float, ctx: Context) -> str:
    """A share (0–1) in whole percent; one that is not quite all or none does not read as such."""
    shown = int(np.clip(round(100 * part), 1, 99)) if 0 < part < 1 else round(100 * part)
    return f"{ctx.number(shown)}{'' if ctx.lang == 'en' else NBSP}%"


def scale(code: str, ctx: Context) -> str:
    """A normalisation by name."""
    return {
        "goalposts": ctx.t("fixed ends, as published"),
        "min-max": ctx.t("between the lowest and the highest country"),
        "z-score": ctx.t("z-scores"),
        "percentile-rank": ctx.t("percentile rank"),
    }[code]


def mean(code: str, ctx: Context) -> str:
    """An aggregation by name."""
    return {"arithmetic": ctx.t("arithmetic mean"), "geometric": ctx.t("geometric mean")}[code]


def choice(code: str, ctx: Context) -> str:
    """A cause of variance by name."""
    return {
        "normalisation": ctx.t("Scale"),
        "aggregation": ctx.t("Mean"),
        "weights": ctx.t("Weights"),
        "joint": ctx.t("Combinations"),
    }[code]


def edition(index: KpiView, year: int, ctx: Context) -> str:
    """The year of an edition, with the word for an old one: "2024", "2012 (old)"."""
    return f"{year} ({ctx.t('old')})" if old(index, year, ctx) else str(year)


def standing(name: str, row: pd.Series, n: int, index: str, year: str, draws: int, ctx: Context) -> str:
    """A country's headline. row: of `Robustness.table`; n: ranked countries; year: as `edition` writes it;
    draws: how many indices."""
    words = {
        "name": name,
        "rank": ctx.number(row["published_rank"]),
        "n": ctx.number(n),
        "index": index,
        "year": year,
    }
    if pd.isna(row["low"]):
        said = ctx.t("{name}: rank {rank} of {n} in {index} {year}; some of its parts are missing, no range.")
        return said.format(**words)
    if draws == 1:
        said = ctx.t("{name}: rank {own} in the index as chosen; published: {rank} of {n} in {index} {year}.")
        return said.format(own=ctx.number(row["nominal_rank"]), **words)
    if row["low"] == row["high"]:
        said = ctx.t(
            "{name}: rank {rank} of {n} in {index} {year}; nine of ten reasonable indices say {low}."
        )
    else:
        said = ctx.t(
            "{name}: rank {rank} of {n} in {index} {year}; nine of ten reasonable indices place it between "
            "{low} and {high}."
        )
    return said.format(low=ctx.number(row["low"]), high=ctx.number(row["high"]), **words)


def world(holding: int, n: int, near: int, index: str, year: str, draws: int, ctx: Context) -> str:
    """The headline without a country. year: as `edition` writes it."""
    words = {
        "k": ctx.number(holding),
        "n": ctx.number(n),
        "near": ctx.number(near),
        "index": index,
        "year": year,
    }
    if draws == 1:
        said = ctx.t(
            "{index} {year}: {k} of {n} countries stay within {near} places of their rank in the index as "
            "chosen."
        )
    else:
        said = ctx.t(
            "{index} {year}: {k} of {n} countries stay within {near} places of their rank in nine of ten "
            "reasonable indices."
        )
    return said.format(**words)


def chosen(nominal: float, ctx: Context) -> str:
    """The rank in the reader's own index, where something was fixed."""
    return ctx.t("With the chosen weights, scale and mean: rank {rank}.").format(rank=ctx.number(nominal))


def alike(names: list[str], ctx: Context) -> str:
    """Whom a country cannot be told apart from. names: nearest first."""
    if not names:
        return ctx.t("It can be told apart from every other country.")
    first, rest = ", ".join(names[:NAMED]), len(names) - NAMED
    if rest <= 0:
        return ctx.t("Cannot be told apart from: {names}.").format(names=first)
    return ctx.t("Cannot be told apart from: {names} and {k} more.").format(names=first, k=ctx.number(rest))


def pair(name: str, other: str, row: pd.Series, rule: float, ctx: Context) -> tuple[str, str]:
    """Whether two countries can be told apart, and the shares behind it. row: of `Robustness.ahead`."""
    first, second = (name, other) if row["ahead"] >= row["behind"] else (other, name)
    most, least = max(row["ahead"], row["behind"]), min(row["ahead"], row["behind"])
    words = {"first": first, "second": second, "most": share(most, ctx), "least": share(least, ctx)}
    said = (
        ctx.t("{first} is ahead of {second}.")
        if row["distinct"]
        else ctx.t("{first} · {second}: cannot be told apart.")
    )
    counted = ctx.t(
        "{first} is ahead in {most} of the indices, {second} in {least}. Rule: told apart from {rule} on."
    )
    return said.format(**words), counted.format(rule=share(rule, ctx), **words)


def varied(
    options: dict[str, tuple[str, ...]],
    spread: float,
    draws: int,
    seed: int,
    ctx: Context,
    *,
    own: dict[str, float] | None = None,
) -> str:
    """What was varied, how often, and the seed. own: the reader's weights by name, if not published ones."""
    scales = ", ".join(scale(one, ctx) for one in options["normalisation"])
    means = ", ".join(mean(one, ctx) for one in options["aggregation"])
    weights = f"± {share(spread, ctx)}" if spread else ctx.t("fixed")
    if own:
        chosen = ", ".join(f"{name} {share(weight, ctx)}" for name, weight in own.items())
        weights = f"{chosen}; {weights}"
    said = ctx.t(
        "Indices rebuilt: {draws} (seed {seed}). Scale: {scales}. Mean: {means}. Weights: {weights}. The "
        "figures themselves are taken as published."
    )
    return said.format(draws=ctx.number(draws), seed=seed, scales=scales, means=means, weights=weights)


def order_open(open_with: int, n: int, name: str, ctx: Context) -> str:
    """Title of the intervals: how many of those shown cannot be told apart from the country."""
    if n == 0:
        return ctx.t("No other country of the group is ranked")
    if open_with == 0:
        return ctx.t("{name} can be told apart from all {n} shown").format(name=name, n=ctx.number(n))
    return ctx.t("{name} cannot be told apart from {k} of {n} shown").format(
        name=name, k=ctx.number(open_with), n=ctx.number(n)
    )
