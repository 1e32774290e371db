"""What a plan aims at: a stage, an EGDI or a rank, by a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kpis.errors import RequestError, unknown
from kpis.stages import STAGES
from kpis.stages.readers import Tables, computed, known_area

ALL = "all"
FURTHEST = 30  # years ahead that a plan may look


@dataclass(frozen=True)
class Goal:
    """kind: stage, egdi or rank; value: the level 1–3 of the stage, the EGDI or the rank. Hashable.

    dimension: of a stage goal, one of the seven or "all"; "all" for the others.
    """

    kind: Literal["stage", "egdi", "rank"]
    value: float
    dimension: str = ALL

    @property
    def stage(self) -> str:
        """Name of the stage aimed at, "" for other goals."""
        return STAGES[int(self.value)] if self.kind == "stage" else ""

    @property
    def text(self) -> str:
        """The goal as a code: stage=connected, egdi=0.85, rank=50."""
        return f"{self.kind}={self.stage or format(self.value, 'g')}"


def make_goal(
    stage: str | None = None,
    egdi: float | None = None,
    rank: int | None = None,
    dimension: str | None = None,
) -> Goal:
    """The goal that is named; `check_goal` says whether it can exist.

    Raises RequestError unless there is exactly one, or for a dimension with another than a stage.
    """
    if sum(value is not None for value in (stage, egdi, rank)) != 1:
        raise RequestError("give one goal: stage connected, an EGDI such as 0.85, or a rank such as 50.")
    if stage is not None:
        if stage not in STAGES[1:]:
            raise RequestError(unknown("stage to aim at", stage, STAGES[1:]))
        return Goal("stage", STAGES.index(stage), dimension or ALL)
    if dimension not in (None, ALL):
        raise RequestError("a dimension goes with a stage; an EGDI or a rank covers all. Leave it out.")
    if egdi is not None:
        return Goal("egdi", float(egdi))
    assert rank is not None
    return Goal("rank", int(rank))


def check_goal(goal: Goal, store: Tables) -> None:
    """Raises RequestError for a dimension, an EGDI or a rank that does not exist."""
    if goal.kind == "stage":
        dimensions = [*computed(store).dimensions, ALL]
        if goal.dimension not in dimensions:
            raise RequestError(unknown("dimension", goal.dimension, dimensions))
    elif goal.kind == "egdi":
        if not 0 < goal.value <= 1:
            raise RequestError(f"EGDI {goal.value:g} cannot be. Give a number above 0 and up to 1.")
    else:
        last = len(computed(store).panel.areas)
        if not 1 <= goal.value <= last:
            raise RequestError(f"rank {goal.value:g} does not exist. Give a whole number from 1 to {last}.")


def checked_area(area: str, store: Tables) -> str:
    """Code of a UN Member State, given by code or name. Raises RequestError for another."""
    areas = computed(store).panel.areas
    return areas[known_area(computed(store), area)]


def checked_year(by: int, as_of: int) -> int:
    """A year ahead. Raises RequestError for one that has passed or lies too far ahead."""
    if not as_of < by <= as_of + FURTHEST:
        raise RequestError(
            f"a plan by {by} cannot be made. Give a year from {as_of + 1} to {as_of + FURTHEST}."
        )
    return by
