"""How complete the data of a country or a group are: the three kinds of a KPI, and the sentences on them."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.scalars import number, whole
from dashboard.charts.sentences import listed

KINDS = ("fresh", "old", "none")  # a fresh value, one older than the KPI's limit, no value


def labels(ctx: Context) -> dict[str, str]:
    """The three kinds in words."""
    return {
        "fresh": ctx.t("fresh value"),
        "old": ctx.t("older than its limit"),
        "none": ctx.t("no value"),
    }


def dimensions(names: dict[str, str], ctx: Context) -> dict[str, str]:
    """Names of the dimensions where KPIs are counted: `overall` by what it holds, for it is no total."""
    summary = ctx.t("Summary indices")
    return {dimension: summary if dimension == "overall" else name for dimension, name in names.items()}


def with_kinds(table: pd.DataFrame) -> pd.DataFrame:
    """The table with `old` and `none` beside `fresh`: the three add up to kpis. table: kpis, held, fresh."""
    return table.assign(old=table["held"] - table["fresh"], none=table["kpis"] - table["held"])


def is_fresh(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows have a fresh value. rows: obs_value, fresh (missing where there is no value)."""
    return rows["obs_value"].notna() & rows["fresh"].fillna(False).astype(bool)


def is_old(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows have a value that is older than its limit; columns as in `is_fresh`."""
    return rows["obs_value"].notna() & ~rows["fresh"].fillna(False).astype(bool)


def country_sentence(name: str, with_value: int, old: int, n: int, ctx: Context) -> str:
    """The headline of a country: "Namibia: 84 of 99 KPIs have a value; 31 are older than their limit."."""
    counts = {"name": name, "k": ctx.number(with_value), "n": ctx.number(n), "old": ctx.number(old)}
    if with_value == 0:
        return ctx.t("{name}: none of {n} KPIs has a value.").format(**counts)
    first = ctx.ngettext(
        "{name}: 1 of {n} KPIs has a value", "{name}: {k} of {n} KPIs have a value", with_value
    )
    if old == 0:
        second = ctx.t("none is older than its limit.")
    else:
        second = ctx.ngettext("1 is older than its limit.", "{old} are older than their limit.", old)
    return f"{first}; {second}".format(**counts)


def group_sentence(shares: pd.DataFrame, name: str, n: int, ctx: Context) -> str:
    """The headline of a group. shares: name, obs_value (per cent of KPIs with a fresh value)."""
    if shares.empty:
        return ctx.t("{kpi}: no data for this choice.").format(kpi=name)
    values = shares["obs_value"]
    return ctx.t(
        "{group}: half of the countries have a fresh value for at least {share} of {n} KPIs. "
        "Fewest: {low_name}, {low}; most: {high_name}, {high}."
    ).format(
        group=name,
        share=ctx.percentage(values.median()),
        n=ctx.number(n),
        low_name=_with(values.min(), shares, ctx),
        low=ctx.percentage(values.min()),
        high_name=_with(values.max(), shares, ctx),
        high=ctx.percentage(values.max()),
    )


def _with(value: float, shares: pd.DataFrame, ctx: Context) -> str:
    """Who has a share, by name: ties are all of them."""
    return listed(sorted(shares.loc[shares["obs_value"] == value, "name"]), ctx)


def thinnest_dimension(table: pd.DataFrame, ctx: Context) -> str:
    """In which dimension the share of fresh values is lowest. table: label, kpis, fresh."""
    row = table.iloc[whole((table["fresh"] / table["kpis"]).argmin())]
    return ctx.t("Smallest share of fresh values: {dimension}, {k} of {n}").format(
        dimension=row["label"], k=ctx.number(number(row["fresh"])), n=ctx.number(number(row["kpis"]))
    )
