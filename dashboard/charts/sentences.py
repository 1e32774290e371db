"""Findings in words. No article is needed before a country's name: it stands after a colon or alone."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.context import Context, Kpi
from dashboard.charts.ranking import ordered

MOST_TIED = 3


def leader(rows: pd.DataFrame, kpi: Kpi, ctx: Context, group: str = "") -> str:
    """Who is first, in a group or in the world: "First of 193 countries: Denmark, 0.9847"."""
    table = ordered(rows, kpi)
    if table.empty:
        return ctx.t("{kpi}: no data for this choice.").format(kpi=kpi.name)
    best = table["obs_value"].iloc[0]
    names = table.loc[table["obs_value"] == best, "name"].tolist()
    words = {"kpi": kpi.name, "n": ctx.number(len(table)), "group": group, "value": ctx.value(best, kpi)}
    if kpi.direction == "context":
        said = (
            ctx.t("Highest of {n} in the group {group}: {names}, {value}.")
            if group
            else ctx.t("Highest of {n} countries: {names}, {value}.")
        )
    else:
        said = (
            ctx.t("First of {n} in the group {group}: {names}, {value}.")
            if group
            else ctx.t("First of {n} countries: {names}, {value}.")
        )
    if len(names) > MOST_TIED:
        tied = ctx.t("{k} of {n} countries share the best value: {value}.")
        return f"{kpi.name}. " + tied.format(k=ctx.number(len(names)), **words)
    return f"{kpi.name}. " + said.format(names=", ".join(names), **words)


def middle(rows: pd.DataFrame, kpi: Kpi, ctx: Context, group: str) -> str:
    """The middle of the group and how far apart its ends are."""
    present = rows["obs_value"].dropna()
    if present.empty:
        return ctx.t("No data for this choice")
    return ctx.t("{group}: median {median}, from {low} to {high}").format(
        group=group,
        median=ctx.value(present.median(), kpi),
        low=ctx.value(present.min(), kpi),
        high=ctx.value(present.max(), kpi),
    )


def places(change: float | None, year: int | None, ctx: Context) -> str:
    """Change of rank since the previous edition in words; empty if unknown."""
    if change is None or pd.isna(change) or year is None:
        return ""
    moved = int(abs(change))
    if moved == 0:
        return ctx.t("same place as in {year}").format(year=year)
    if change > 0:
        one, many = ctx.t("up one place since {year}"), ctx.t("up {k} places since {year}")
    else:
        one, many = ctx.t("down one place since {year}"), ctx.t("down {k} places since {year}")
    return (one if moved == 1 else many).format(k=moved, year=year)


def standing(name: str, kpi: Kpi, row: dict[str, float], since: str, ctx: Context) -> str:
    """A country's headline: "Jamaica: rank 96 of 193 in the E-Government Development Index 2024"."""
    if row.get("obs_value") is None or pd.isna(row["obs_value"]):
        return ctx.t("{name}: no value of {kpi}.").format(name=name, kpi=kpi.name)
    said = ctx.t("{name}: {kpi} {value} in {year}, rank {rank} of {n}").format(
        name=name,
        kpi=kpi.name,
        value=ctx.value(row["obs_value"], kpi),
        year=int(row["time_period"]),
        rank=ctx.number(row["rank"]),
        n=ctx.number(row["n"]),
    )
    return f"{said}; {since}." if since else f"{said}."


def course(rows: pd.DataFrame, kpi: Kpi, name: str, ctx: Context) -> str:
    """How one area's values went: first and last year, and whether that is better or worse."""
    table = rows.dropna(subset=["obs_value"]).sort_values("time_period")
    if table.empty:
        return ctx.t("{name}: no data").format(name=name)
    first, last = table.iloc[0], table.iloc[-1]
    said = {"name": name, "last": ctx.value(last["obs_value"], kpi), "to": int(last["time_period"])}
    if len(table) == 1:
        return ctx.t("{name}: {last} in {to}").format(**said)
    return ctx.t("{name}: from {first} in {since} to {last} in {to}").format(
        first=ctx.value(first["obs_value"], kpi), since=int(first["time_period"]), **said
    )


def compared(last: pd.DataFrame, kpi: Kpi, ctx: Context) -> str:
    """Who is ahead among what was chosen, and by how much before the last of it.

    last: name, obs_value, one row per area or group.
    """
    if last.empty or last["obs_value"].notna().sum() == 0:
        return (
            ctx.t("Choose countries or groups to compare.")
            if last.empty
            else ctx.t("{kpi}: no data for this choice.").format(kpi=kpi.name)
        )
    table = ordered(last, kpi)
    first, bottom = table.iloc[0], table.iloc[-1]
    if len(table) == 1:
        return f"{kpi.name}. {first['name']}: {ctx.value(first['obs_value'], kpi)}."
    high, low = (ctx.value(one["obs_value"], kpi) for one in (first, bottom))
    if high == low:
        return f"{kpi.name}. " + ctx.t("All are level: {value}.").format(value=high)
    return f"{kpi.name}. " + ctx.t("Ahead: {first}, {high}. Behind: {last}, {low}.").format(
        first=first["name"], high=high, last=bottom["name"], low=low
    )


def moved(rows: pd.DataFrame, kpi: Kpi, ctx: Context) -> str:
    """Whose value changed most over the years shown: "Largest change: Jamaica, +0.2354 from 2003 to 2024".

    rows: id, name, time_period, obs_value. An area with one year has no change; none at all gives the KPI.
    """
    table = rows.dropna(subset=["obs_value"]).sort_values("time_period")
    if table.empty:
        return ctx.t("{kpi} over time").format(kpi=kpi.name)
    ends = table.groupby("id").agg(
        name=("name", "last"),
        first=("obs_value", "first"),
        last=("obs_value", "last"),
        since=("time_period", "first"),
        to=("time_period", "last"),
    )
    ends["change"] = ends["last"] - ends["first"]
    most = ends.loc[ends["change"].abs().idxmax()]
    if most["since"] == most["to"]:
        return ctx.t("{kpi} over time").format(kpi=kpi.name)
    return ctx.t("Largest change: {name}, {change} from {since} to {to}").format(
        name=most["name"],
        change=ctx.number(most["change"], kpi.precision, sign=True),
        since=int(most["since"]),
        to=int(most["to"]),
    )


def widest(dots: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """In which dimension the areas stand farthest apart: "Widest apart: Services, 24 points".

    dots: row (dimension), percentile. With one area only there is nothing to set apart.
    """
    spread = dots.groupby("row")["percentile"].agg(["min", "max", "count"])
    spread = spread[spread["count"] > 1]
    if spread.empty:
        return ctx.t("Standing in the seven dimensions")
    gap = spread["max"] - spread["min"]
    row = gap.idxmax()
    return ctx.t("Widest apart: {dimension}, {points} points").format(
        dimension=labels[str(row)], points=ctx.number(gap[row])
    )
