"""The record of forecasts in words: how often right, and against plain guesses."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import forecast_words
from dashboard.charts.context import Context
from dashboard.charts.scalars import Row

NEARLY = 0.05  # of the error: a forecast that is better by less is almost no better
BAND = 0.8  # of the band that is shown: what it promises
DECIMALS = 2  # of EGDI beside forecasts, which are off by .04


def ahead(editions: int, ctx: Context) -> str:
    """How far a forecast looks: "1 edition ahead"."""
    template = ctx.ngettext("{n} edition ahead", "{n} editions ahead", editions)
    return template.format(n=ctx.number(editions))


def headline(means: pd.Series[float], editions: int, ctx: Context) -> str:
    """How often forecasts came true. means: of `record.overall`."""
    template = {
        1: ctx.t(
            "Of {n} forecasts one edition ahead, made only from what was known then, {values} ended inside "
            "their band of {band} for the value and {ranks} for the rank"
        ),
        2: ctx.t(
            "Of {n} forecasts two editions ahead, made only from what was known then, {values} ended inside "
            "their band of {band} for the value and {ranks} for the rank"
        ),
        3: ctx.t(
            "Of {n} forecasts three editions ahead, made only from what was known then, {values} ended "
            "inside their band of {band} for the value and {ranks} for the rank"
        ),
    }[editions]
    return template.format(
        n=ctx.number(means["n"]),
        band=ctx.percent(BAND),
        values=ctx.percent(means["egdi_within_80"]),
        ranks=ctx.percent(means["rank_within_80"]),
    )


def of_all(means: pd.Series[float], editions: int, ctx: Context) -> str:
    """The same in short, below the record of one country."""
    template = ctx.t("Of all {n} forecasts {ahead}: {values} of values and {ranks} of ranks.")
    return template.format(
        n=ctx.number(means["n"]),
        ahead=ahead(editions, ctx),
        values=ctx.percent(means["egdi_within_80"]),
        ranks=ctx.percent(means["rank_within_80"]),
    )


def against_today(means: pd.Series[float], ctx: Context) -> str:
    """The forecast beside the plainest guess: that each rank stays as it is."""
    forecast, today = means["rank_error"], means["rank_as_today_error"]
    if forecast > today:
        template = ctx.t(
            "Keeping today’s rank as a guess would have been better: off by {today} places, the forecast by "
            "{forecast}."
        )
    elif ctx.number(forecast, 1) == ctx.number(today, 1):
        template = ctx.t(
            "Keeping today’s rank as a guess would have been as good: off by {today} places too."
        )
    elif forecast >= (1 - NEARLY) * today:
        template = ctx.t(
            "Keeping today’s rank as a guess would have been almost as good: off by {today} places, the "
            "forecast by {forecast}."
        )
    else:
        template = ctx.t(
            "Keeping today’s rank as a guess would have been worse: off by {today} places, the forecast by "
            "{forecast}."
        )
    return template.format(today=ctx.number(today, 1), forecast=ctx.number(forecast, 1))


def width(means: pd.Series[float], ctx: Context) -> str:
    """How much a band leaves open."""
    template = ctx.t("What the forecast adds is its band: {places} places wide on average, {value} of EGDI.")
    return template.format(
        places=ctx.number(means["rank_width_80"]),
        value=ctx.number(means["egdi_width_80"], DECIMALS),
    )


def band(low: float, high: float, ctx: Context) -> str:
    """The band of 80 % of a rank, in whole places: "45–77"."""
    first, last = ctx.number(low), ctx.number(high)
    return first if first == last else f"{first}–{last}"


def value_band(row: Row, ctx: Context) -> str:
    """The band of 80 % of a value of EGDI: "0.71–0.85"."""
    return f"{ctx.number(row['egdi_p10'], DECIMALS)}–{ctx.number(row['egdi_p90'], DECIMALS)}"


def rank_forecast(row: Row, ctx: Context) -> str:
    """A forecast rank of the past, never without its band: "123 (103 to 137)"."""
    return forecast_words.place(row["rank_forecast"], row["rank_p10"], row["rank_p90"], ctx)


def step(origin: float, edition: float) -> str:
    """From which edition to which a forecast looked: "2008 → 2010"."""
    return f"{int(origin)} → {int(edition)}"
