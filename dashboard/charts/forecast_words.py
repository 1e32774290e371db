"""Forecasts in words: a rank or a value never without its band, a chance without false precision.

What is forecast is said with the decimals that its band supports: two on a scale of 0 to 1, else none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.figures import forecast, sentence
from dashboard.charts.scalars import Row, is_missing, optional
from kpis.forecast import words
from kpis.forecast.summary import GROUP_BOUNDS

LEAST, MOST = 0.05, 0.95  # chances beyond are said as "under 5%" and "over 95%"
TOP = 10  # places where today's rank was the better guess in the past


def coarse(kpi: KpiView) -> KpiView:
    """A KPI with the decimals that a forecast supports."""
    return replace(kpi, precision=min(kpi.precision, 2 if kpi.most == 1 else 0))


def place(rank: float | None, low: float | None, high: float | None, ctx: Context) -> str:
    """A rank with its band: "64 (45 to 77)" · "64 (45 a 77)"; the dash where any of the three is missing.

    low: the better end, a smaller number.
    """
    if is_missing(rank) or is_missing(low) or is_missing(high):
        return MISSING
    return ctx.t("{middle} ({low} to {high})").format(
        middle=ctx.number(rank), low=ctx.number(low), high=ctx.number(high)
    )


def value(
    middle: float | None, low: float | None, high: float | None, kpi: KpiView, year: int, ctx: Context
) -> Markup:
    """A value of a coming year with its band: "0.81 (0.74 to 0.88)"; the dash where any is missing."""
    if is_missing(middle) or is_missing(low) or is_missing(high):
        return escape(MISSING)
    rounded = coarse(kpi)
    return sentence(
        ctx.t("{middle} ({low} to {high})"),
        middle=forecast(middle, rounded, year, ctx),
        low=forecast(low, rounded, year, ctx),
        high=forecast(high, rounded, year, ctx),
    )


def chance(share: float | None, ctx: Context) -> str:
    """A chance from 0 to 1 in whole per cent: "63%", "under 5%", "over 95%"; the dash if missing."""
    amount = optional(share)
    if amount is None:
        return MISSING
    if amount < LEAST:
        return ctx.t("under {share}").format(share=ctx.percent(LEAST))
    if amount > MOST:
        return ctx.t("over {share}").format(share=ctx.percent(MOST))
    return ctx.percent(amount)


def row_place(row: Row, ctx: Context) -> str:
    """The rank of a row of the table `forecast`, with the band of 80%."""
    return place(row["rank_p50"], row["rank_p10"], row["rank_p90"], ctx)


def row_value(row: Row, kpi: KpiView, ctx: Context) -> Markup:
    """The value of a row of the table `forecast`, with the band of 80%."""
    return value(row["p50"], row["p10"], row["p90"], kpi, int(row["time_period"]), ctx)


def outlook(name: str, row: Row, ctx: Context) -> str:
    """Where a country will probably rank, how often such bands were right, and what "as today" is worth."""
    first = ctx.t(
        "{name}: if nothing new happens, around rank {rank} in {year}; 8 of 10 such forecasts for all "
        "countries ended within their band, here {low} to {high}."
    ).format(name=name, year=int(row["time_period"]), **_ranks(row, ctx))
    return " ".join(filter(None, (first, as_today(row, ctx))))


def _ranks(row: Row, ctx: Context) -> dict[str, str]:
    ends = {"rank": "rank_p50", "low": "rank_p10", "high": "rank_p90"}
    return {name: ctx.number(row[column]) for name, column in ends.items()}


def in_short(row: Row, ctx: Context) -> str:
    """The next edition in one line, for a headline."""
    template = ctx.t(
        "If nothing new happens, around rank {rank} in {year} (8 of 10: between {low} and {high})"
    )
    return template.format(year=int(row["time_period"]), **_ranks(row, ctx))


def as_today(row: Row, ctx: Context) -> str:
    """How good a guess the last published rank is; empty without one."""
    if is_missing(row["rank"]):
        return ""
    if row["rank"] == row["rank_p50"]:
        template = ctx.t("That is the rank of {year} again: what a forecast adds is the band.")
    elif row["rank"] <= TOP:
        template = ctx.t(
            "Keeping the rank of {year}, {rank}, as a guess is just as good: near the top there is more room "
            "below than above."
        )
    else:
        template = ctx.t("Keeping the rank of {year}, {rank}, as a guess is almost as good.")
    return template.format(year=int(row["origin"]), rank=ctx.number(row["rank"]))


def chance_of_rank(row: Row, n: float, ctx: Context) -> str:
    """The chances of a better and of a worse rank than the last published one. n: places.

    Empty without a rank today.
    """
    if is_missing(row["rank"]):
        return ""
    said = {
        "year": int(row["time_period"]),
        "rank": ctx.number(row["rank"]),
        "better": chance(row["p_better_rank"], ctx),
        "worse": chance(row["p_worse_rank"], ctx),
        "same": chance(1 - row["p_better_rank"] - row["p_worse_rank"], ctx),
    }
    if row["rank"] <= 1:
        template = ctx.t("Chance of keeping rank {rank} in {year}: {same}.")
    elif row["rank"] >= n:
        template = ctx.t("Chance of a better rank than {rank} in {year}: {better}. There is no worse one.")
    else:
        template = ctx.t("Chance of a better rank than {rank} in {year}: {better}; of a worse one: {worse}.")
    return template.format(**said)


def chance_of_group(row: Row, kpi: KpiView, ctx: Context) -> str:
    """The chance of the next UN group or a higher one, or of staying in the highest; and of falling, if 5%.

    Empty where the classes of the KPI are not those groups, and without a value today.
    """
    if kpi.bounds != tuple(GROUP_BOUNDS.values())[1:] or len(kpi.class_names) != len(GROUP_BOUNDS):
        return ""
    if is_missing(row["obs_value"]):
        return ""
    today = sum(row["obs_value"] >= bound for bound in kpi.bounds)
    shares = [row[name] for name in GROUP_BOUNDS]
    if today == len(kpi.bounds):
        template = ctx.t("Chance of staying in the highest UN group ({group} EGDI) in {year}: {share}.")
        share = shares[-1]
    else:
        template = ctx.t("Chance of a higher UN group ({group} EGDI or above) in {year}: {share}.")
        if today == len(kpi.bounds) - 1:
            template = ctx.t("Chance of a higher UN group ({group} EGDI) in {year}: {share}.")
        share = sum(shares[today + 1 :])
    name = kpi.class_names[min(today + 1, len(kpi.bounds))]
    text = template.format(group=name, share=chance(share, ctx), year=int(row["time_period"]))
    return " ".join(filter(None, (text, _fall(shares[:today], today == len(kpi.bounds), ctx))))


def _fall(shares: Sequence[float], is_top: bool, ctx: Context) -> str:
    """The chance of a lower group, where it is worth a word and not said by that of staying."""
    share = sum(shares)
    if is_top or share < LEAST:
        return ""
    return ctx.t("Chance of a lower one: {share}.").format(share=chance(share, ctx))


def others_move(row: Row, ctx: Context) -> str:
    """Why a rank is not to improve though the value is; empty in all other cases."""
    if is_missing(row["rank"]) or row["p50"] <= row["obs_value"] or row["rank_p50"] < row["rank"]:
        return ""
    return ctx.t("The EGDI may rise without a better rank: the others rise too.")


def notes(has_technology: bool, ctx: Context) -> list[str]:
    """What no band says: what is not foreseen, and which figures the forecast does without."""
    return [ctx.t(words.NOT_FORESEEN), *([] if has_technology else [ctx.t(words.WITHOUT_TECHNOLOGY)])]


def no_forecast(name: str, missing: Sequence[str], year: int, ctx: Context) -> str:
    """Why a country has no forecast. missing: names of the indices that the last edition lacks."""
    return ctx.t(words.NO_FORECAST).format(area=name, missing=", ".join(missing), year=year)
