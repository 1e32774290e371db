"""The rubric as its file states it: criteria with weights and level texts, and the bars of a decision."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpis.errors import CatalogueError
from kpis.languages import LANGUAGES

FILE = Path(__file__).with_name("rubric.toml")
MOST_POINTS = 3
WHOLE = 100
"""What the weights sum to, and the highest score."""


@dataclass(frozen=True)
class Criterion:
    """One criterion. weight: of `WHOLE`. name, question, levels (0 to 3): by language."""

    id: str
    weight: int
    name: Mapping[str, str]
    question: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Rubric:
    """The criteria in their order, and the bars of a decision (`kpis.workspace.knowledge.rules`).

    reviewers: how many assess a case. widest_gap: between two scores, in points. publish_from,
    recommend_from: scores. least_points: on each criterion of `must_reach`, to be recommended.
    """

    criteria: tuple[Criterion, ...]
    reviewers: int
    widest_gap: int
    publish_from: int
    recommend_from: int
    least_points: int
    must_reach: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the criteria."""
        return tuple(criterion.id for criterion in self.criteria)


@lru_cache(maxsize=4)
def load_rubric(path: Path = FILE) -> Rubric:
    """The rubric of a file. Raises CatalogueError naming what is wrong in it."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
        rubric = _rubric(stated)
    except (KeyError, TypeError, ValueError) as fault:
        raise CatalogueError(
            f"{path.name}: {type(fault).__name__}: {fault}. Each criterion has id, weight, and for each "
            f"language ({', '.join(LANGUAGES)}) name, question and four levels."
        ) from None
    _check(rubric, path.name)
    return rubric


def _rubric(stated: Mapping[str, Any]) -> Rubric:
    return Rubric(
        criteria=tuple(_criterion(row) for row in stated["criteria"]),
        reviewers=int(stated["reviewers"]),
        widest_gap=int(stated["widest_gap"]),
        publish_from=int(stated["publish_from"]),
        recommend_from=int(stated["recommend_from"]),
        least_points=int(stated["least_points"]),
        must_reach=tuple(stated["must_reach"]),
    )


def _criterion(row: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=row["id"],
        weight=int(row["weight"]),
        name={lang: row[lang]["name"] for lang in LANGUAGES},
        question={lang: row[lang]["question"] for lang in LANGUAGES},
        levels={lang: tuple(row[lang]["levels"]) for lang in LANGUAGES},
    )


def _check(rubric: Rubric, name: str) -> None:
    """Raises CatalogueError for weights, ids or levels that do not go together."""
    total = sum(criterion.weight for criterion in rubric.criteria)
    if total != WHOLE or any(criterion.weight <= 0 for criterion in rubric.criteria):
        raise CatalogueError(f"{name}: the weights sum to {total}. Whole numbers above 0 sum to {WHOLE}.")
    if len(set(rubric.ids)) != len(rubric.ids):
        raise CatalogueError(f"{name}: a criterion stands twice. Each id stands once.")
    for criterion in rubric.criteria:
        if any(len(levels) != MOST_POINTS + 1 for levels in criterion.levels.values()):
            raise CatalogueError(f"{name}: criterion '{criterion.id}' needs levels for 0, 1, 2 and 3 points.")
    if strangers := set(rubric.must_reach) - set(rubric.ids):
        raise CatalogueError(f"{name}: must_reach names no criterion: {', '.join(sorted(strangers))}.")
    if rubric.reviewers != 2:
        raise CatalogueError(f"{name}: reviewers is {rubric.reviewers}. The rule of the gap is one of two.")
