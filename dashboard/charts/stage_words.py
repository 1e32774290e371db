"""Stages in words: names, the sentence of a country, of a group, of a change. No article before a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.context import MISSING, Context
from kpis.stages import STAGES, Profile

TOP = 3


def names(ctx: Context) -> list[str]:
    """Names of the four stages, lowest first; in Spanish they agree with "etapa"."""
    return [ctx.t(stage) for stage in STAGES]


def known(stage: object) -> bool:
    """Whether a stage was assessed."""
    return stage is not None and not pd.isna(stage)


def numbered(stage: object, ctx: Context) -> str:
    """A stage by number and name, "3 transactional"; a dash where none was assessed."""
    return f"{int(stage) + 1} {names(ctx)[int(stage)]}" if known(stage) else MISSING  # type: ignore[call-overload]


def perhaps(stage: object, in_doubt: bool, ctx: Context) -> str:
    """The same with the words for a stage in doubt: "3 transactional, in doubt"."""
    return f"{numbered(stage, ctx)}, {ctx.t('in doubt')}" if in_doubt else numbered(stage, ctx)


def inside(label: str) -> str:
    """The name of a dimension within a sentence."""
    return label[:1].lower() + label[1:]


def listed(dimensions: Sequence[str], labels: Mapping[str, str]) -> str:
    """Names of dimensions with commas, which need no "and" that changes with the next letter."""
    return ", ".join(inside(labels[one]) for one in dimensions)


def standing(name: str, profile: Profile, labels: Mapping[str, str], ctx: Context) -> str:
    """A country's headline: "Colombia: connected stage, in doubt. Furthest behind: legal framework."

    The profile never lies more than one above its bottleneck, so only a bottleneck one below holds back the
    next stage; any other is merely behind. Of a country at the lowest stage it is said how many dimensions
    stand there: "none lags behind" would read as praise.
    """
    if profile.overall is None:
        return ctx.t("{name}: not assessed, fewer than two dimensions have enough data.").format(name=name)
    stages = profile.dimensions.set_index("dimension")["stage"].dropna()
    phrase = ctx.t("{stage} stage, in doubt") if profile.in_doubt else ctx.t("{stage} stage")
    words = {
        "name": name,
        "stage": phrase.format(stage=names(ctx)[profile.overall]),
        "dimensions": listed(profile.bottleneck, labels),
        "k": ctx.number(int((stages == profile.overall).sum())),
        "n": ctx.number(len(stages)),
    }
    if not profile.bottleneck and profile.overall == 0:
        text = ctx.t("{name}: {stage}; {k} of {n} dimensions assessed stand there.")
    elif not profile.bottleneck:
        text = ctx.t("{name}: {stage}; no dimension lags behind the others.")
    elif profile.overall < TOP and int(stages[profile.bottleneck[0]]) < profile.overall:
        text = ctx.t("{name}: {stage}. Held back by: {dimensions}.")
    else:
        text = ctx.t("{name}: {stage}. Furthest behind: {dimensions}.")
    return text.format(**words)


def rule(profile: Profile, labels: Mapping[str, str], ctx: Context) -> str:
    """How the overall stage follows from the dimensions, and what leaves it in doubt, in one plain line."""
    if profile.overall is None or profile.median is None:
        return ""
    stages = profile.dimensions.set_index("dimension")["stage"].dropna()
    words = {
        "n": ctx.number(len(stages)),
        "median": ctx.number(profile.median + 1, 0 if float(profile.median).is_integer() else 1),
        "stage": numbered(profile.overall, ctx),
        "dimensions": listed([one for one in stages.index if stages[one] == stages.min()], labels),
        "weakest": ctx.number(int(stages.min()) + 1),
    }
    text = (
        ctx.t(
            "Overall: the middle of {n} dimensions is {median}, but at most one above the weakest "
            "({dimensions}: {weakest}): {stage}."
        )
        if profile.capped
        else ctx.t("Overall: the middle of {n} dimensions is {median}: {stage}.")
    ).format(**words)
    if not profile.in_doubt:
        return text
    doubtful = ctx.t("In doubt, because a dimension that decides it is: {dimensions}.")
    return f"{text} {doubtful.format(dimensions=listed(profile.doubt_from, labels))}"


def caveat(table: pd.DataFrame, year: int, labels: Mapping[str, str], ctx: Context) -> str:
    """What to mind: how many dimensions were assessed, and which rest on little data.

    table: dimension, stage, confidence.
    """
    said = ctx.t("Read in {year}; {n} of {all} dimensions assessed.").format(
        year=year, n=ctx.number(int(table["stage"].notna().sum())), all=ctx.number(len(table))
    )
    weak = table.loc[table["confidence"].eq("low") & table["stage"].notna(), "dimension"].tolist()
    none = table.loc[table["stage"].isna(), "dimension"].tolist()
    if none:
        said += " " + ctx.t("Too little data for a stage: {dimensions}.").format(
            dimensions=listed(none, labels)
        )
    if weak:
        said += " " + ctx.t("Half or more of the core KPIs missing: {dimensions}.").format(
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
