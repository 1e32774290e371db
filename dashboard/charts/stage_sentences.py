"""Stages in sentences: of a country, of a group, of a change. No article before a country."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.context import Context
from dashboard.charts.stage_words import TOP, dimension_names, inside, numbered
from kpis.stages import Profile


def rule(profile: Profile, labels: Mapping[str, str], ctx: Context) -> str:
    """How the overall stage follows from the dimensions, and what leaves it in doubt, in one plain line."""
    if profile.overall is None or profile.median is None:
        return ""
    stages = profile.dimensions.set_index("dimension")["stage"].dropna()
    words = {
        "n": ctx.number(len(stages)),
        "median": ctx.number(profile.median + 1, 0 if float(profile.median).is_integer() else 1),
        "stage": numbered(profile.overall, ctx),
        "dimensions": dimension_names(
            [dimension for dimension in stages.index if stages[dimension] == stages.min()], labels
        ),
        "weakest": ctx.number(int(stages.min()) + 1),
    }
    text = (
        ctx.t(
            "Overall: the middle of {n} dimensions is {median}, but at most one above the weakest "
            "({dimensions}: {weakest}): {stage}."
        )
        if profile.capped
        else ctx.t("Overall: the middle of {n} dimensions is {median}; stage {stage}.")
    ).format(**words)
    if not profile.in_doubt:
        return text
    doubtful = ctx.t("In doubt, because a dimension that decides it is: {dimensions}.")
    return f"{text} {doubtful.format(dimensions=dimension_names(profile.doubt_from, labels))}"


def caveat(table: pd.DataFrame, year: int, labels: Mapping[str, str], ctx: Context) -> str:
    """What to mind: how many dimensions were assessed, and which rest on little data.

    table: dimension, stage, confidence.
    """
    text = ctx.t("Read in {year}; {n} of {all} dimensions assessed.").format(
        year=year, n=ctx.number(int(table["stage"].notna().sum())), all=ctx.number(len(table))
    )
    weak = table.loc[table["confidence"].eq("low") & table["stage"].notna(), "dimension"].tolist()
    none = table.loc[table["stage"].isna(), "dimension"].tolist()
    if none:
        text += " " + ctx.t("Too little data for a stage: {dimensions}.").format(
            dimensions=dimension_names(none, labels)
        )
    if weak:
        text += " " + ctx.t("Half or more of the core KPIs missing: {dimensions}.").format(
            dimensions=dimension_names(weak, labels)
        )
    return text


def reached(table: pd.DataFrame, overall: int | None, ctx: Context) -> str:
    """How many dimensions have reached the overall stage, and in how many the stage is in doubt.

    table: dimension, stage, in_doubt. Every dimension assessed is at the first stage at least: of it the
    second is asked.
    """
    rows = table.dropna(subset=["stage"])
    if overall is None or rows.empty:
        return ctx.t("Stage of each dimension")
    asked = max(overall, 1)
    k, doubtful = int((rows["stage"] >= asked).sum()), int(rows["in_doubt"].fillna(False).sum())
    template = ctx.t("{k} of {n} dimensions have reached stage {stage}")
    if doubtful:
        template = ctx.t("{k} of {n} dimensions have reached stage {stage}; in doubt: {m}")
    numbers = {"k": k, "n": len(rows), "stage": asked + 1, "m": doubtful}
    return template.format(**{name: ctx.number(number) for name, number in numbers.items()})


def agreement(table: pd.DataFrame, year: int, ctx: Context) -> str:
    """What the ladder shows, and in how many dimensions another rule would give another stage."""
    rows = table.dropna(subset=["stage"])
    apart = (rows["stage"] != rows["stage_all"]) | (rows["stage"] != rows["stage_mean"])
    text = ctx.t("Stage of each dimension, {year}").format(year=year)
    if not apart.any():
        return text
    other = ctx.t("by another rule another stage in {k} of {n}")
    return f"{text}; {other.format(k=ctx.number(int(apart.sum())), n=ctx.number(len(rows)))}"


def group(name: str, cells: pd.DataFrame, labels: Mapping[str, str], ctx: Context) -> str:
    """A group's headline: how many countries are transactional or above, and where it stands lowest.

    cells: one row per country, a column of stages per dimension and `overall`.
    """
    rated = cells["overall"].dropna()
    if rated.empty:
        return ctx.t("{group}: no stages for this choice.").format(group=name)
    text = ctx.t("{group}: {k} of {n} countries at the transactional stage or above.").format(
        group=name, k=ctx.number(int((rated >= TOP - 1).sum())), n=ctx.number(len(rated))
    )
    means = cells.drop(columns="overall").astype("Float64").mean().dropna()
    if means.empty or means.max() == means.min():
        return text
    least = ctx.t("Lowest on average: {dimension}.").format(dimension=inside(labels[str(means.idxmin())]))
    return f"{text} {least}"


def moves(name: str, rows: pd.DataFrame, start: int, end: int, ctx: Context) -> str:
    """How many stages rose and fell in a group between two years. rows: change_same_kpis."""
    if rows.empty:
        return ctx.t("{group}, {start} to {end}: no change of stage on the same KPIs.").format(
            group=name, start=start, end=end
        )
    up, down = int((rows["change_same_kpis"] > 0).sum()), int((rows["change_same_kpis"] < 0).sum())
    return ctx.t("{group}, {start} to {end}: {up} up and {down} down, judged on the same KPIs.").format(
        group=name, start=start, end=end, up=ctx.number(up), down=ctx.number(down)
    )
