"""The rubric as its file states it, and what a changed file may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.errors import CatalogueError
from kpis.workspace.knowledge.rubric import FILE, load_rubric


def test_the_rubric_is_that_of_the_methodology() -> None:
    rubric = load_rubric()
    assert {each.id: each.weight for each in rubric.criteria} == {
        "novelty": 15,
        "effectiveness": 20,
        "significance": 15,
        "transferability": 15,
        "sustainability": 15,
        "inclusion": 15,
        "evidence": 5,
    }
    assert (rubric.publish_from, rubric.recommend_from, rubric.widest_gap) == (40, 65, 15)
    assert (rubric.least_points, rubric.must_reach) == (2, ("transferability", "inclusion"))


def test_every_level_is_said_once_in_each_language() -> None:
    for lang in ("en", "es"):
        levels = [level for each in load_rubric().criteria for level in each.levels[lang]]
        assert len(set(levels)) == 28


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight = 20", "weight = 25", "sum to 105"),
        ('id = "novelty"', 'id = "evidence"', "stands twice"),
        ('"No target can be named.",', "", "significance"),
        ('"transferability", "inclusion"', '"fame"', "fame"),
        ("reviewers = 2", "reviewers = 3", "one of two"),
        ("publish_from = 40", "", "publish_from"),
        ("weight = 20", "weight = ", "rubric.toml"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "rubric.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=said):
        load_rubric(path)
