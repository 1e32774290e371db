"""Stages in words: names, the sentence of a country, of a group, of a change. No article before a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.context import MISSING, Context
from dashboard.charts.scalars import is_missing, whole
from kpis.stages import STAGES, Profile

TOP = 3
MOST_STEPS = 3  # dimensions in the short list of what opens the next stage


def names(ctx: Context) -> list[str]:
    """Names of the four stages, lowest first; in Spanish they agree with "etapa"."""
    return [ctx.t(stage) for stage in STAGES]


def is_assessed(stage: object) -> bool:
    """Whether a stage was assessed."""
    return not is_missing(stage)


def numbered(stage: object, ctx: Context) -> str:
    """A stage by number and name, "3 transactional"; a dash where none was assessed."""
    return f"{whole(stage) + 1} {names(ctx)[whole(stage)]}" if is_assessed(stage) else MISSING


def perhaps(stage: object, in_doubt: bool, ctx: Context) -> str:
    """The same with the words for a stage in doubt: "3 transactional, in doubt"."""
    return f"{numbered(stage, ctx)}, {ctx.t('in doubt')}" if in_doubt else numbered(stage, ctx)


def inside(label: str) -> str:
    """The name of a dimension within a sentence."""
    return label[:1].lower() + label[1:]


def dimension_names(dimensions: Sequence[str], labels: Mapping[str, str]) -> str:
    """Names of dimensions with commas, which need no "and" that changes with the next letter."""
    return ", ".join(inside(labels[dimension]) for dimension in dimensions)


def standing(name: str, profile: Profile, labels: Mapping[str, str], ctx: Context) -> str:
    """A country's headline: "Colombia: connected stage, in doubt. Furthest behind: legal framework."

    The profile never lies more than one above its bottleneck, so only a bottleneck one below holds back the
    next stage; any other is merely behind. Where none is behind it is said how many dimensions stand there:
    "none lags behind" would read as praise.
    """
    if profile.overall is None:
        return ctx.t("{name}: not assessed, fewer than two dimensions have enough data.").format(name=name)
    stages = profile.dimensions.set_index("dimension")["stage"].dropna()
    phrase = ctx.t("{stage} stage, in doubt") if profile.in_doubt else ctx.t("{stage} stage")
    words = {
        "name": name,
        "stage": phrase.format(stage=names(ctx)[profile.overall]),
        "dimensions": dimension_names(profile.bottleneck, labels),
    }
    if not profile.bottleneck:
        return even(name, words["stage"], int((stages == profile.overall).sum()), len(stages), ctx)
    if profile.overall < TOP and int(stages[profile.bottleneck[0]]) < profile.overall:
        text = ctx.t("{name}: {stage}. Held back by: {dimensions}.")
    else:
        text = ctx.t("{name}: {stage}. Furthest behind: {dimensions}.")
    return text.format(**words)


def even(name: str, stage: str, k: int, n: int, ctx: Context) -> str:
    """The headline where no dimension is behind. stage: its phrase; k: of n assessed, those that stand there;
    the others stand higher, since the weakest is the middle."""
    text = (
        ctx.t("{name}: {stage}, the same in all {n} dimensions assessed.")
        if k == n
        else ctx.t("{name}: {stage}; {k} of {n} dimensions assessed stand there, the rest higher.")
    )
    return text.format(name=name, stage=stage, k=ctx.number(k), n=ctx.number(n))


def first_steps(profile: Profile) -> pd.DataFrame:
    """The dimensions in which the next stage is nearest to hand, the bottleneck first; rows of a profile."""
    rows = profile.dimensions[profile.dimensions["next_stage"].notna()]
    behind = ~rows["dimension"].isin(profile.bottleneck)
    ordered = rows.assign(behind=behind).sort_values(["behind", "unlock_effort"], kind="stable")
    return ordered.head(MOST_STEPS)


def step(row: Mapping[str, object], ctx: Context) -> str:
    """From which stage to which: "2 enhanced → 3 transactional"; at the top the stage alone."""
    now = numbered(row["stage"], ctx)
    if not is_assessed(row["next_stage"]):
        return now if is_assessed(row["stage"]) else ctx.t("too little data")
    return f"{now} → {numbered(row['next_stage'], ctx)}"
