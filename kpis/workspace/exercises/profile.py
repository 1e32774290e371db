"""From answers to a staged profile, by the rules that judge countries, and the increments to begin with.

Answers are codes of levels by statement. A statement without a level (not applicable, not known, not
answered) is missing: it counts neither for nor against a stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.stages import rules
from kpis.stages.panel import Ints
from kpis.texts import mark
from kpis.workspace.exercises.questionnaire import Dimension, Questionnaire

MOST_INCREMENTS = 3
REASONS = {
    "holds_back": mark("holds back the whole profile"),
    "weakest": mark("among the weakest dimensions"),
    "alone": mark("the one statement that its next stage lacks"),
    "lowest": mark("its lowest statement"),
}
"""Why a statement is an increment to begin with, in the order in which they are said."""


@dataclass(frozen=True)
class DimensionStage:
    """A dimension judged. Stages 0 emerging … 3 connected, None where nothing can be judged.

    stage: reached by at least two thirds of its statements with a level; stage_all: by every one; mean: of
    their stages. levels: stage of each statement with a level, by code. blocking: those below the next stage;
    unlock: the fewest of them that suffice for it, nearest first.
    """

    code: str
    stage: int | None
    stage_all: int | None
    mean: float | None
    levels: dict[str, int]
    n_statements: int
    blocking: tuple[str, ...]
    unlock: tuple[str, ...]

    @property
    def stage_mean(self) -> int | None:
        """The whole part of the mean."""
        return None if self.mean is None else int(self.mean + rules.SLACK)


@dataclass(frozen=True)
class Result:
    """A profile: the median of its dimensions, cut at a whole stage and capped one above the weakest."""

    dimensions: tuple[DimensionStage, ...]
    stage: int | None
    median: float | None
    capped: bool
    bottleneck: tuple[str, ...]

    def of(self, code: str) -> DimensionStage:
        """A dimension by its code."""
        return next(part for part in self.dimensions if part.code == code)


@dataclass(frozen=True)
class FirstStep:
    """A statement to begin with. now: its stage; to: the next of its dimension; reasons: of `REASONS`."""

    statement: str
    dimension: str
    now: int
    to: int
    reasons: tuple[str, ...]


def assess(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Result:
    """The profile of an institution. answers: code of a level, or of `MISSING`, by statement.

    The rules are those for countries (`kpis.stages.rules`), with statements in place of KPIs: a stage is
    reached by at least two thirds of the statements with a level, fewer than three are too little to judge;
    the whole is the median of the dimensions, capped one above the weakest. Source: methodology, B.3; cards:
    `kpis.workspace.exercises.cards`.
    """
    parts = tuple(judge(questionnaire, part, answers) for part in questionnaire.dimensions)
    stages = np.array([rules.NOT_ASSESSED if part.stage is None else part.stage for part in parts])
    whole, median, holds = rules.overall(stages)
    stage = _or_none(int(whole))
    return Result(
        dimensions=parts,
        stage=stage,
        median=None if np.isnan(median) else float(median),
        capped=stage is not None and int(np.floor(float(median))) > stage,
        bottleneck=tuple(part.code for part, held in zip(parts, holds.tolist(), strict=True) if held),
    )


def judge(questionnaire: Questionnaire, part: Dimension, answers: Mapping[str, str]) -> DimensionStage:
    """One dimension of `assess`."""
    codes = [statement.code for statement in part.statements]
    level = np.array([stage_of(questionnaire, answers.get(code, "")) for code in codes])
    stage = rules.stage_two_thirds(level)
    blocks = rules.blocking(level, stage)
    away = np.where(level >= 0, rules.next_stage(stage) - level, np.nan).astype(float)
    unlocks = rules.unlock(level, stage, away)
    return DimensionStage(
        code=part.code,
        stage=_or_none(int(stage)),
        stage_all=_or_none(int(rules.stage_all(level))),
        mean=_mean(level),
        levels={code: int(one) for code, one in zip(codes, level, strict=True) if one >= 0},
        n_statements=len(codes),
        blocking=tuple(code for code, held in zip(codes, blocks, strict=True) if held),
        unlock=tuple(codes[place] for place in np.argsort(away, kind="stable").tolist() if unlocks[place]),
    )


def stage_of(questionnaire: Questionnaire, answer: str) -> int:
    """The stage of an answer, 0–3; -1 where it is no level."""
    place = questionnaire.places.get(answer)
    return rules.NOT_ASSESSED if place is None else questionnaire.levels[place].stage


def _mean(level: Ints) -> float | None:
    return float(level[level >= 0].mean()) if rules.with_data(level) >= rules.MIN_KPIS else None


def _or_none(stage: int) -> int | None:
    return None if stage == rules.NOT_ASSESSED else stage


def first_steps(questionnaire: Questionnaire, result: Result) -> tuple[FirstStep, ...]:
    """At most three statements to begin with, none where every dimension stands at the top.

    Candidates are the fewest statements that lift each dimension to its next stage. First those of the
    weakest dimension; of two alike the one that lacks fewer statements; within a dimension the lowest
    statement. Ties follow the order of the questionnaire. Where a dimension lacks four, three do not suffice
    yet: the next exercise shows the fourth.
    """
    open_parts = [part for part in result.dimensions if part.unlock and part.stage is not None]
    ordered = sorted(open_parts, key=lambda part: (part.stage, len(part.unlock)))
    steps = [step for part in ordered for step in _steps(questionnaire, part, result)]
    return tuple(steps[:MOST_INCREMENTS])


def _steps(questionnaire: Questionnaire, part: DimensionStage, result: Result) -> list[FirstStep]:
    stage = part.stage or 0
    order = [code for code in questionnaire.statements if code in part.unlock]
    order.sort(key=part.levels.__getitem__)
    return [
        FirstStep(code, part.code, part.levels[code], stage + 1, _reasons(part, code, result))
        for code in order
    ]


def _reasons(part: DimensionStage, code: str, result: Result) -> tuple[str, ...]:
    weakest = min(other.stage for other in result.dimensions if other.stage is not None)
    holds = {
        "holds_back": part.code in result.bottleneck,
        "weakest": part.code not in result.bottleneck and part.stage == weakest,
        "alone": len(part.unlock) == 1,
        "lowest": part.levels[code] == min(part.levels.values()),
    }
    return tuple(reason for reason in REASONS if holds[reason])
