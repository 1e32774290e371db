"""Stages in words: names, the sentence of a country, of a group, of a change. No article before a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.context import MISSING, Context

TOP = 3


def names(ctx: Context) -> list[str]:
    """Names of the four stages, lowest first; in Spanish they agree with "etapa"."""
    return [ctx.t("emerging"), ctx.t("enhanced"), ctx.t("transactional"), ctx.t("connected")]


def known(stage: object) -> bool:
    """Whether a stage was assessed."""
    return stage is not None and not pd.isna(stage)


def numbered(stage: object, ctx: Context) -> str:
    """A stage by number and name, "3 transactional"; a dash where none was assessed."""
    return f"{int(stage) + 1} {names(ctx)[int(stage)]}" if known(stage) else MISSING  # type: ignore[call-overload]


def inside(label: str) -> str:
    """The name of a dimension within a sentence."""
    return label[:1].lower() + label[1:]


def listed(dimensions: Sequence[str], labels: Mapping[str, str]) -> str:
    """Names of dimensions with commas, which need no "and" that changes with the next letter."""
    return ", ".join(inside(labels[one]) for one in dimensions)


def standing(
    name: str,
    overall: int | None,
    bottleneck: Sequence[str],
    lowest: int | None,
    labels: Mapping[str, str],
    ctx: Context,
) -> str:
    """A country's headline: "Colombia: transactional stage, held back by: legal framework".

    lowest: the stage of the bottleneck. The profile never lies more than one above it, so only a bottleneck
    one below holds back the next stage; any other is merely behind.
    """
    if overall is None:
        return ctx.t("{name}: not assessed, fewer than two dimensions have enough data.").format(name=name)
    words = {
        "name": name,
        "stage": names(ctx)[overall],
        "dimensions": listed(bottleneck, labels),
    }
    if not bottleneck:
        return ctx.t("{name}: {stage} stage; no dimension lags behind the others.").format(**words)
    if overall < TOP and lowest is not None and lowest < overall:
        return ctx.t("{name}: {stage} stage, held back by: {dimensions}.").format(**words)
    return ctx.t("{name}: {stage} stage. Furthest behind: {dimensions}.").format(**words)


def caveat(table: pd.DataFrame, year: int, labels: Mapping[str, str], ctx: Context) -> str:
    """What to mind: how many dimensions were assessed, and which rest on little data.

    table: dimension, stage, confidence.
    """
    said = ctx.t("Figures up to {year}; {n} of {all} dimensions assessed.").format(
        year=year, n=ctx.number(int(table["stage"].notna().sum())), all=ctx.number(len(table))
    )
    weak = table.loc[table["confidence"].eq("low") & table["stage"].notna(), "dimension"].tolist()
    none = table.loc[table["stage"].isna(), "dimension"].tolist()
    if none:
        said += " " + ctx.t("Too little data for a stage: {dimensions}.").format(
            dimensions=listed(none, labels)
        )
    if weak:
        said += " " + ctx.t("Half or more of the KPIs missing: {dimensions}.").format(
            dimensions=listed(weak, labels)
        )
    return said


def agreement(table: pd.DataFrame, ctx: Context) -> str:
    """In how many dimensions two thirds, strict gate and mean do not give the same stage."""
    rows = table.dropna(subset=["stage"])
    apart = (rows["stage"] != rows["stage_all"]) | (rows["stage"] != rows["stage_mean"])
    if not apart.any():
        return ctx.t("The three rules give the same stage in every dimension assessed")
    said = ctx.t("In {k} of {n} dimensions the stage depends on the rule that is used")
    return said.format(k=ctx.number(int(apart.sum())), n=ctx.number(len(rows)))


def group(name: str, cells: pd.DataFrame, labels: Mapping[str, str], ctx: Context) -> str:
    """A group's headline: how many countries are transactional or above, and where it stands lowest.

    cells: one row per country, a column of stages per dimension and `overall`.
    """
    rated = cells["overall"].dropna()
    if rated.empty:
        return ctx.t("{group}: no stages for this choice.").format(group=name)
    said = ctx.t("{group}: {k} of {n} countries at the transactional stage or above.").format(
        group=name, k=ctx.number(int((rated >= TOP - 1).sum())), n=ctx.number(len(rated))
    )
    means = cells.drop(columns="overall").astype("Float64").mean().dropna()
    if means.empty or means.max() == means.min():
        return said
    least = ctx.t("Lowest on average: {dimension}.").format(dimension=inside(labels[str(means.idxmin())]))
    return f"{said} {least}"


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
