"""An exercise in words that page and document share, and the rows of its ladder. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard.charts import stage_words
from dashboard.charts.context import Context
from kpis.workspace.exercises.profile import REASONS, FirstStep, Result

Say = Callable[[str], str]


def rows(result: Result) -> pd.DataFrame:
    """The rows of the ladder (`stage_ladder.figure`): no stage is in doubt, for no figure is uncertain."""
    return pd.DataFrame(
        {
            "dimension": [part.code for part in result.dimensions],
            "stage": pd.array([part.stage for part in result.dimensions], dtype="Int8"),
            "stage_all": pd.array([part.stage_all for part in result.dimensions], dtype="Int8"),
            "stage_mean": pd.array([part.stage_mean for part in result.dimensions], dtype="Int8"),
            "in_doubt": False,
            "probability": float("nan"),
        }
    )


def why(step: FirstStep, labels: Mapping[str, str], t: Say) -> str:
    """Why a statement is one to begin with: "Services: among the weakest dimensions"."""
    reasons = ", ".join(t(REASONS[reason]) for reason in step.reasons)
    return f"{labels[step.dimension]}: {reasons}" if reasons else labels[step.dimension]


def rule(t: Say) -> str:
    """By which rule the increments are chosen."""
    return t(
        "The fewest statements that lift a dimension to its next stage; the weakest dimension first, then "
        "the "
        "one that lacks fewest, then the lowest statement."
    )


def method(t: Say) -> str:
    """How the profile follows from the answers."""
    return t(
        "The rules of the methodology for countries, with statements in place of KPIs: a dimension has a "
        "stage "
        "when at least two thirds of its statements with a level reach it; fewer than three are too few. "
        "“Does not apply” and “I do not know” are missing, never zero. The whole is the median of the "
        "dimensions, at most one stage above the weakest. It is the institution’s own judgement; the country "
        "beside it is assessed by published KPIs."
    )


def headline(institution: str, result: Result, labels: Mapping[str, str], ctx: Context) -> str:
    """The result in one sentence: stage, and the dimensions that hold it back."""
    if result.stage is None:
        text = ctx.t("{name}: not assessed, fewer than two dimensions have enough answers.")
        return text.format(name=institution)
    stage = ctx.t("{stage} stage").format(stage=stage_words.names(ctx)[result.stage])
    if not result.bottleneck:
        stages = [part.stage for part in result.dimensions if part.stage is not None]
        return stage_words.even(institution, stage, stages.count(result.stage), len(stages), ctx)
    behind = stage_words.dimension_names(result.bottleneck, labels)
    text = ctx.t("{name}: {stage}. Furthest behind: {dimensions}.")
    return text.format(name=institution, stage=stage, dimensions=behind)
