"""Steps of time: what the browser needs to show a KPI in every year without asking (`static/steps.js`).

Values travel as whole numbers: 12 editions of the EGDI of 193 countries are 12 kilobytes. They keep two
digits more than a reader sees, so that ranks and classes in the browser are those of the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts.classes import Classes, classify
from dashboard.charts.context import SHORT_SYMBOLS, Context, KpiView

# Where the list of countries stands: right of the chart, left of it, in its place while years move, nowhere.
BESIDE, FIRST, MOVING, NOWHERE = "beside", "first", "moving", "nowhere"
LATEST = "latest"  # the step that shows each country's latest value
FINER = 2  # digits beyond those shown
Steps = dict[str, Any]


def steps(
    table: pd.DataFrame,
    history: pd.DataFrame,
    kpi: KpiView,
    ctx: Context,
    *,
    year: int | None,
    mine: str | None = None,
    peers: Sequence[str] = (),
    link: str = "",
    group: str = "",
    listed: str = BESIDE,
) -> Steps:
    """Steps of the countries in `table`, from the earliest year.

    table: ref_area, name, obs_value, time_period as the chart shows it; year None: of several years, which
    becomes the last step. history: ref_area, time_period, obs_value of the years to show. mine: the reader's
    own country; peers: countries to set off; link: address of a country's page, with "AAA" for its code;
    group: name of the group, empty for the world. listed: where the list of countries stands.
    """
    codes = table["ref_area"].tolist()
    digits = _digits(pd.concat([history["obs_value"], table["obs_value"]]), kpi)
    by_year = history.pivot_table(index="time_period", columns="ref_area", values="obs_value").sort_index()
    by_year = by_year.reindex(columns=codes)
    frames = [_whole(row, digits, kpi) for _year, row in by_year.iterrows()]
    labels: list[str] = [str(period) for period in by_year.index]
    if year is None:
        frames.append(_whole(table["obs_value"], digits, kpi))
        labels.append(LATEST)
    elif str(year) not in labels:
        frames, labels = [_whole(table["obs_value"], digits, kpi)], [str(year)]
    return {
        "of": f"{kpi.id} {group} {ctx.lang} {len(codes)}",
        "codes": codes,
        "names": table["name"].tolist(),
        "mine": mine if mine in codes else None,
        "peers": [code for code in peers if code in set(codes)],
        "link": link,
        "list": listed,
        "years": labels,
        "at": labels.index(str(year) if year is not None else LATEST),
        "frames": frames,
        "of_year": _years(table) if year is None else [],
        "digits": digits,
        "precision": 0 if kpi.coded else kpi.precision,
        "separators": ctx.separators,
        "order": kpi.direction,
        "coded": kpi.coded,
        "bounds": [bound * 10**digits for bound in kpi.bounds],
        **_colours(classify(table["obs_value"], kpi), ctx),
        "words": _words(kpi, ctx, group),
    }


def _years(table: pd.DataFrame) -> list[int | None]:
    return [None if pd.isna(year) else int(year) for year in table["time_period"]]


def _digits(values: pd.Series, kpi: KpiView) -> int:
    """The fewest decimals, from those shown, that say the values in full; at most two more than shown."""
    for digits in range(kpi.precision, kpi.precision + FINER):
        if np.allclose(values.dropna().round(digits), values.dropna(), rtol=0, atol=10.0 ** -(digits + 4)):
            return digits
    return kpi.precision + FINER


def _whole(values: pd.Series, digits: int, kpi: KpiView) -> list[int | None]:
    """Values as whole numbers of the last digit, in the class of the value itself."""
    numbers = (values * 10**digits).round()
    moved = classify(numbers / 10**digits, kpi).of - classify(values, kpi).of
    return [None if pd.isna(number) else int(number) for number in numbers - moved.fillna(0)]


def _colours(classes: Classes, ctx: Context) -> dict[str, Any]:
    look = ctx.look
    return {
        "fills": classes.fills(look),
        "inks": classes.letters(look),
        "missing": look.missing,
        "ink": look.ink,
        "accent": look.accent,
        "grey": look.peers,
    }


def _words(kpi: KpiView, ctx: Context, group: str) -> dict[str, str]:
    t = ctx.t
    return {
        "play": t("Play"),
        "pause": t("Pause"),
        "year": t("Year"),
        "latest": t("latest"),
        "filter": t("Filter by name"),
        "list": t("Countries by {kpi}").format(kpi=kpi.name),
        "none": t("No country of this name."),
        "no_data": t("no data"),
        "value": _value(kpi, ctx),
        "first": _first(kpi, ctx),
        "place": t("place {place} of {n}"),
        "members": group,
    }


def _value(kpi: KpiView, ctx: Context) -> str:
    """How a number is written: "{value}", "{value}%", "{value} of 3"."""
    if kpi.coded:
        return ctx.value(0, kpi).replace(ctx.number(0), "{value}", 1)
    if kpi.symbol not in SHORT_SYMBOLS:
        return "{value}"
    return ctx.with_symbol("{value}", kpi)


def _first(kpi: KpiView, ctx: Context) -> str:
    if kpi.coded:
        return ctx.t("{k} of {n} countries at the highest level.")
    if kpi.direction == "context":
        return ctx.t("Highest of {n}: {names}, {value}.")
    return ctx.t("First of {n}: {names}, {value}.")
