"""Robustness in words: how sure a rank is, who can be told apart, what was varied."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import old

NAMED = 4  # countries named in a sentence; the others are counted

WIDEST = 3  # countries named in the skyline


def share(part: float, ctx: Context) -> str:
    """A share (0–1) in whole percent; one that is not quite all or none does not read as such."""
    percent = int(np.clip(round(100 * part), 1, 99)) if 0 < part < 1 else round(100 * part)
    return ctx.percentage(percent)


def places(mean: float, ctx: Context) -> str:
    """A mean of places, whole from one place on."""
    return ctx.number(mean, 0 if mean >= 1 else 1)


def short(name: str, index: str) -> str:
    """The short name of a component: "OSI" within EGDI, "Services provision" within OSI."""
    match = re.fullmatch(r"(.+) \((.+)\)", name)
    if match is None:
        return name
    return match[1] if match[2].startswith(index) else match[2]


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
    return _standing_template(row, draws, ctx).format(
        name=name,
        rank=ctx.number(row["published_rank"]),
        n=ctx.number(n),
        index=index,
        year=year,
        own=ctx.number(row["nominal_rank"]),
        low=ctx.number(row["low"]),
        high=ctx.number(row["high"]),
    )


def _standing_template(row: pd.Series, draws: int, ctx: Context) -> str:
    if pd.isna(row["low"]):
        return ctx.t("{name}: rank {rank} of {n} in {index} {year}; some of its parts are missing, no range.")
    if draws == 1:
        return ctx.t("{name}: rank {own} in the index as chosen; published: {rank} of {n} in {index} {year}.")
    if row["low"] == row["high"]:
        return ctx.t(
            "{name}: rank {rank} of {n} in {index} {year}; nine of ten reasonable indices say {low}."
        )
    return ctx.t(
        "{name}: rank {rank} of {n} in {index} {year}; nine of ten reasonable indices place it between "
        "{low} and {high}."
    )


def world(holding: int, n: int, near: int, index: str, year: str, draws: int, ctx: Context) -> str:
    """The headline without a country. year: as `edition` writes it."""
    if draws == 1:
        template = ctx.t(
            "{index} {year}: {k} of {n} countries stay within {near} places of their rank in the index as "
            "chosen."
        )
    else:
        template = ctx.t(
            "{index} {year}: {k} of {n} countries stay within {near} places of their rank in nine of ten "
            "reasonable indices."
        )
    counts = {"k": ctx.number(holding), "n": ctx.number(n), "near": ctx.number(near)}
    return template.format(index=index, year=year, **counts)


def rebuilt_rank(nominal: float, ctx: Context) -> str:
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
    verdict = (
        ctx.t("{first} is ahead of {second}.")
        if row["distinct"]
        else ctx.t("{first} · {second}: cannot be told apart.")
    )
    shares = ctx.t(
        "{first} is ahead in {most} of the indices, {second} in {least}. Rule: told apart from {rule} on."
    )
    return verdict.format(**words), shares.format(rule=share(rule, ctx), **words)


def varied(
    options: dict[str, tuple[str, ...]],
    spread: float,
    draws: int,
    seed: int,
    ctx: Context,
    *,
    reader_weights: dict[str, float] | None = None,
) -> str:
    """What was varied, how often, and the seed.

    reader_weights: by name, None for the published ones.
    """
    scales = ", ".join(scale(code, ctx) for code in options["normalisation"])
    means = ", ".join(mean(code, ctx) for code in options["aggregation"])
    weights = f"±\u00a0{share(spread, ctx)}" if spread else ctx.t("fixed")
    if reader_weights:
        named = ", ".join(f"{name} {share(weight, ctx)}" for name, weight in reader_weights.items())
        weights = f"{named}; {weights}"
    template = ctx.t(
        "Indices rebuilt: {draws} (seed {seed}). Scale: {scales}. Mean: {means}. Weights: {weights}. The "
        "figures themselves are taken as published."
    )
    return template.format(draws=ctx.number(draws), seed=seed, scales=scales, means=means, weights=weights)


def order_open(open_with: int, n: int, name: str, rule: float, ctx: Context) -> str:
    """Title of the intervals: how many of those shown are not told apart from the country, and by what rule.

    Ranges may overlap where two are told apart: one is ahead in nearly all indices all the same. rule: 0–1.
    """
    if n == 0:
        return ctx.t("No other country of the group is ranked")
    if open_with == 0:
        template = ctx.t(
            "{name} can be told apart from all {n} shown; one of the two is ahead in at least {rule} of the "
            "indices"
        )
    else:
        template = ctx.t(
            "{name} cannot be told apart from {k} of {n} shown; neither is ahead in {rule} of the indices"
        )
    counts = {"k": ctx.number(open_with), "n": ctx.number(n), "rule": share(rule, ctx)}
    return template.format(name=name, **counts)


def widest(rows: pd.DataFrame, most: int = WIDEST) -> pd.DataFrame:
    """The countries with the widest intervals, widest first; ties in the order of the published rank."""
    ranked = rows.dropna(subset=["low"]).sort_values("published_rank")
    return ranked.assign(width=ranked["high"] - ranked["low"]).nlargest(most, "width")


def widest_title(rows: pd.DataFrame, ctx: Context) -> str:
    """Title of the skyline: "Least sure: Utopia, between 20 and 60"."""
    first = widest(rows).iloc[0]
    return ctx.t("Least sure: {name}, between {low} and {high}").format(
        name=first["name"], low=ctx.number(first["low"]), high=ctx.number(first["high"])
    )
