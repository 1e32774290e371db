"""Findings in words, with their figures as elements.

No article is needed before a country's name: it stands after a colon or alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, ranks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import sentence
from dashboard.charts.ranking import ordered
from dashboard.charts.stage_words import inside

MOST_TIED = 3
NAMED = 3  # of many names, those that a sentence says


def listed(names: Sequence[str], ctx: Context) -> str:
    """Names with commas; of many the first NAMED and how many more: one more is named too."""
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    return ctx.t("{names} and {n} more").format(
        names=", ".join(names[:NAMED]), n=ctx.number(len(names) - NAMED)
    )


def leader(rows: pd.DataFrame, kpi: KpiView, ctx: Context, group: str = "") -> Markup:
    """Who is first, in a group or in the world: "First of 193 countries: Denmark, 0.9847 (2024)"."""
    table = ordered(rows, kpi)
    if table.empty:
        return sentence(ctx.t("{kpi}: no data for this choice."), kpi=kpi.name)
    best = table[table["obs_value"] == table["obs_value"].iloc[0]]
    parts = {
        "kpi": kpi.name,
        "n": ctx.number(len(table)),
        "group": group,
        "names": ", ".join(best["name"]),
        "k": ctx.number(len(best)),
        "value": dated(best, kpi.brief, ctx),
    }
    return sentence("{kpi}. ", kpi=kpi.name) + sentence(
        _leader(kpi, best["obs_value"].iloc[0], len(best), group, ctx), **parts
    )


def _leader(kpi: KpiView, best: float, tied: int, group: str, ctx: Context) -> str:
    if kpi.coded:
        return _at_most(best == kpi.top, group, ctx)
    if tied > MOST_TIED:
        return ctx.t("{k} of {n} countries share the best value: {value}.")
    if kpi.direction == "context":
        return (
            ctx.t("Highest of {n} in the group {group}: {names}, {value}.")
            if group
            else ctx.t("Highest of {n} countries: {names}, {value}.")
        )
    return (
        ctx.t("First of {n} in the group {group}: {names}, {value}.")
        if group
        else ctx.t("First of {n} countries: {names}, {value}.")
    )


def _at_most(top: bool, group: str, ctx: Context) -> str:
    if not top:
        return ctx.t("The highest level held is {value}: {k} of {n} countries.")
    return (
        ctx.t("{k} of {n} in the group {group} at the highest level, {value}.")
        if group
        else ctx.t("{k} of {n} countries at the highest level, {value}.")
    )


def dated(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> Markup:
    """The value that all rows share, with the year or years it is of. rows: obs_value, time_period."""
    newest, oldest = figures.ends(rows["time_period"])
    return figures.figure(rows["obs_value"].iloc[0], kpi, newest, ctx, first=oldest)


def middle(rows: pd.DataFrame, kpi: KpiView, ctx: Context, group: str) -> Markup:
    """The middle of the group and how far apart its ends are; of a coded answer, how many at either end."""
    present = rows.dropna(subset=["obs_value"])
    if present.empty:
        return Markup.escape(ctx.t("No data for this choice"))
    newest, oldest = figures.ends(present["time_period"])
    values = present["obs_value"]
    if kpi.coded:
        phrase = ctx.t("{k} of {n} at the highest level, {low} at the lowest").format(
            k=ctx.number((values == kpi.top).sum()),
            n=ctx.number(len(values)),
            low=ctx.number((values == 0).sum()),
        )
    else:
        phrase = ctx.t("median {median}, from {low} to {high}").format(
            median=ctx.value(values.median(), kpi),
            low=ctx.value(values.min(), kpi),
            high=ctx.value(values.max(), kpi),
        )
    spoken = figures.figure(values.median(), kpi, newest, ctx, first=oldest, phrase=phrase)
    return sentence(ctx.t("{group}: {said}"), group=group, said=spoken)


def age(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """From which years the values are and how old the newest is; empty where all are of one year and fresh.

    rows: obs_value, time_period. "figures of 2006 to 2017", "2020 · figures of 6 years ago".
    """
    present = rows.dropna(subset=["obs_value"])["time_period"]
    newest, oldest = figures.ends(present)
    if newest is None or (newest == oldest and not figures.old(kpi, newest, ctx)):
        return ""
    ago = ctx.number(ctx.as_of - int(newest))
    if newest == oldest:
        return ctx.t("{year} · figures of {k} years ago").format(year=newest, k=ago)
    mixed = ctx.t("figures of {first} to {last}").format(first=oldest, last=newest)
    if figures.old(kpi, newest, ctx):
        return ctx.t("{mixed} · the newest is {k} years old").format(mixed=mixed, k=ago)
    k = sum(figures.old(kpi, year, ctx) for year in present)
    if not k:
        return mixed
    return ctx.t("{mixed}; {k} of {n} are older than the limit of {limit} years").format(
        mixed=mixed, k=ctx.number(k), n=ctx.number(len(present)), limit=ctx.number(kpi.fresh_years)
    )


def places(change: float | None, year: int | None, ctx: Context) -> str:
    """Change of rank since the previous edition in words; empty if unknown."""
    if change is None or pd.isna(change) or year is None:
        return ""
    moved = int(abs(change))
    if moved == 0:
        return ctx.t("same place as in {year}").format(year=year)
    if change > 0:
        template = ctx.ngettext("up one place since {year}", "up {k} places since {year}", moved)
    else:
        template = ctx.ngettext("down one place since {year}", "down {k} places since {year}", moved)
    return template.format(k=moved, year=year)


def standing(name: str, kpi: KpiView, row: dict[str, float], since: str, ctx: Context) -> Markup:
    """A country's headline: "Jamaica: E-Government Development Index 0.6678 in 2024, rank 96 of 193"."""
    if row.get("obs_value") is None or pd.isna(row["obs_value"]):
        return sentence(ctx.t("{name}: no value of {kpi}."), name=name, kpi=kpi.name)
    text = sentence(
        ctx.t("{name}: {kpi} {value} in {year}, rank {place}"),
        name=name,
        kpi=kpi.name,
        value=figures.figure(row["obs_value"], kpi.brief, row["time_period"], ctx, dated=False),
        year=int(row["time_period"]),
        place=ranks.place_html(row["rank"], row["n"], ctx),
    )
    return sentence("{said}; {since}." if since else "{said}.", said=text, since=since)


def course(rows: pd.DataFrame, kpi: KpiView, name: str, ctx: Context) -> Markup:
    """How one area's values went: first and last year."""
    table = rows.dropna(subset=["obs_value"]).sort_values("time_period")
    if table.empty:
        return sentence(ctx.t("{name}: no data"), name=name)
    first, last = table.iloc[0], table.iloc[-1]
    now = figures.figure(last["obs_value"], kpi, last["time_period"], ctx, dated=False)
    if len(table) == 1:
        return sentence(ctx.t("{name}: {last} in {to}"), name=name, last=now, to=int(last["time_period"]))
    return sentence(
        ctx.t("{name}: from {first} in {since} to {last} in {to}"),
        name=name,
        first=figures.figure(first["obs_value"], kpi, first["time_period"], ctx, dated=False, past=True),
        since=int(first["time_period"]),
        last=now,
        to=int(last["time_period"]),
    )


def level(name: str, kpi: KpiView, row: dict[str, float], ctx: Context) -> Markup:
    """A country's answer: "Colombia: 3 of 3: a current strategy (2022), highest level, with 96 others"."""
    if pd.isna(row["obs_value"]):
        return sentence(ctx.t("{name}: no data"), name=name)
    value = figures.figure(row["obs_value"], kpi, row["time_period"], ctx)
    if pd.isna(row["tied"]):  # an area that is not placed among the Member States
        return sentence("{name}: {value}", name=name, value=value)
    return sentence(
        ctx.t("{name}: {value}, {place}"),
        name=name,
        value=value,
        place=ranks.at_level(row["obs_value"], row["tied"], kpi, ctx),
    )


def compared(last: pd.DataFrame, kpi: KpiView, ctx: Context) -> Markup:
    """Who is ahead among what was chosen, and by how much before the last of it.

    last: name, obs_value, time_period, one row per area or group. Not for coded answers.
    """
    if last.empty:
        return Markup.escape(ctx.t("Choose countries or groups to compare."))
    table = ordered(last, kpi)
    if table.empty:
        return sentence(ctx.t("{kpi}: no data for this choice."), kpi=kpi.name)
    first, bottom = table.iloc[[0]], table.iloc[[-1]]
    shown = _told_apart(table["obs_value"], kpi, ctx)
    parts = {
        "kpi": kpi.name,
        "first": first["name"].iloc[0],
        "last": bottom["name"].iloc[0],
        "high": dated(first, shown, ctx),
        "low": dated(bottom, shown, ctx),
    }
    return sentence("{kpi}. ", kpi=kpi.name) + sentence(_compared(table, kpi, ctx), **parts)


def _told_apart(values: pd.Series[float], kpi: KpiView, ctx: Context) -> KpiView:
    """The KPI with the decimals of a sentence, or with all where the ends would read alike."""
    alike = ctx.value(values.iloc[0], kpi.brief) == ctx.value(values.iloc[-1], kpi.brief)
    return kpi if alike else kpi.brief


def _compared(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    values = table["obs_value"]
    if len(table) == 1:
        return "{first}: {high}."
    if ctx.value(values.iloc[0], kpi) == ctx.value(values.iloc[-1], kpi):
        return ctx.t("All are level: {high}.")
    if kpi.direction == "context":
        return ctx.t("Highest: {first}, {high}. Lowest: {last}, {low}.")
    return ctx.t("Ahead: {first}, {high}. Behind: {last}, {low}.")


def at_top(last: pd.DataFrame, groups: pd.DataFrame, kpi: KpiView, ctx: Context) -> Markup:
    """How many of what was chosen stand at the highest level of a coded answer.

    last: countries with obs_value and time_period. groups: name, top and n (countries at the highest level,
    of how many), time_period and first_period; a group has no level of its own.
    """
    if last.empty and groups.empty:
        return sentence(ctx.t("{kpi}: no data for this choice."), kpi=kpi.name)
    newest, oldest = _span(last, groups)
    level = figures.figure(kpi.top, kpi, newest, ctx, first=oldest)
    counts = ". ".join(
        ctx.t("{name}: {k} of {n}").format(name=row.name, k=ctx.number(row.top), n=ctx.number(row.n))
        for row in groups[["name", "top", "n"]].itertuples(index=False, name="Group")
    )
    if last.empty:
        template = ctx.t("At the highest level, {value}. {counts}.")
    else:
        template = ctx.t("{k} of {n} countries at the highest level, {value}.") + (
            " {counts}." if counts else ""
        )
    text = sentence(
        template,
        k=ctx.number((last["obs_value"] == kpi.top).sum()) if len(last) else "",
        n=ctx.number(len(last)),
        value=level,
        counts=counts,
    )
    return sentence("{kpi}. ", kpi=kpi.name) + text


def climbed(dots: pd.DataFrame, ctx: Context) -> str:
    """Who reached a higher or fell to a lower level since the edition before. dots: as `levels.strip` takes.

    Where nothing moved, or there is one edition, it says what is drawn.
    """
    now = dots[dots["kind"] == "last"].set_index("id")
    before = dots[dots["kind"] == "before"].set_index("id")["level"]
    change = (now["level"] - before.reindex(now.index)).fillna(0)
    parts = []
    for template, names in (
        (ctx.t("Higher than before: {names}"), now.loc[change > 0, "name"]),
        (ctx.t("Lower than before: {names}"), now.loc[change < 0, "name"]),
    ):
        if len(names):
            parts.append(template.format(names=", ".join(names)))
    return ". ".join(parts) or ctx.t("Level of each")


def moved(rows: pd.DataFrame, kpi: KpiView, ctx: Context) -> Markup:
    """Whose value changed most over the years shown: "Largest change: Jamaica, +0.2354 from 2003 to 2024".

    rows: id, name, time_period, obs_value. An area with one year has no change; none at all gives the KPI.
    """
    still = sentence(ctx.t("{kpi} over time"), kpi=kpi.name)
    table = rows.dropna(subset=["obs_value"]).sort_values("time_period")
    if table.empty:
        return still
    ends = table.groupby("id").agg(
        name=("name", "last"),
        first=("obs_value", "first"),
        last=("obs_value", "last"),
        since=("time_period", "first"),
        to=("time_period", "last"),
    )
    ends["change"] = ends["last"] - ends["first"]
    most = ends.iloc[int(ends["change"].abs().argmax())]
    since, to = int(most["since"]), int(most["to"])
    if since == to:
        return still
    change = ctx.number(most["change"], kpi.precision, sign=True)
    return sentence(
        ctx.t("Largest change: {name}, {change} from {since} to {to}"),
        name=most["name"],
        change=figures.figure(
            most["change"], kpi, to, ctx, first=since, dated=False, past=True, phrase=change
        ),
        since=since,
        to=to,
    )


def _span(last: pd.DataFrame, groups: pd.DataFrame) -> tuple[figures.Year, figures.Year]:
    """Newest and oldest year of all."""
    periods = [*last.get("time_period", []), *groups.get("time_period", []), *groups.get("first_period", [])]
    return figures.ends(periods)


def widest(dots: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """In which dimension the areas stand farthest apart: "Widest apart: services, 24 points".

    dots: row (dimension), percentile. With one area only there is nothing to set apart.
    """
    spread = dots.groupby("row")["percentile"].agg(["min", "max", "count"])
    spread = spread[spread["count"] > 1]
    if spread.empty:
        return ctx.t("Standing in the seven dimensions")
    gap = spread["max"] - spread["min"]
    return ctx.t("Widest apart: {dimension}, {points} points").format(
        dimension=inside(labels[str(gap.idxmax())]), points=ctx.number(gap.max())
    )
