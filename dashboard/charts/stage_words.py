"""Stages in words: names, the sentence of a country, of a group, of a change. No article before a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.charts.context import MISSING, Context
from dashboard.charts.scalars import is_missing, whole
from kpis.stages import STAGES

TOP = 3


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
