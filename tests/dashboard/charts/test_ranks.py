"""Ranks say when they are of few countries; equal answers say with how many others."""

from __future__ import annotations

import pytest

from dashboard.charts import ranks
from dashboard.charts.context import Context, KpiView

ANSWER = KpiView("A", "Law", "code", "", "higher", 0, unit_kind="answer", bounds=(1, 2, 3), top=3)


def test_a_rank_of_few_says_so(ctx: Context) -> None:
    assert ranks.place(41, 57, ctx) == "41 of 57, of few countries"
    assert ranks.place(41, ranks.MANY, ctx) == "41 of 150"
    assert ranks.place(float("nan"), 57, ctx) == "–"
    marked = ranks.place_html(41, 149, ctx)
    assert marked.startswith('41 of 149 <abbr class="e-mark"')
    assert marked.striptags() == "41 of 149 of few countries"
    assert ranks.place_html(41, 193, ctx) == "41 of 193"


@pytest.mark.parametrize(
    ("code", "tied", "sentence"),
    [
        (3, 97, "highest level, with 96 others"),
        (3, 2, "highest level, with one other"),
        (3, 1, "alone at the highest level"),
        (0, 22, "lowest level, with 21 others"),
        (2, 48, "at this level with 47 others"),
        (2, 1, "alone at this level"),
        (2.5, 3, "–"),
        (None, 3, "–"),
        (1, float("nan"), "–"),
    ],
)
def test_equal_answers_have_others_in_place_of_a_rank(
    code: float | None, tied: float, sentence: str, ctx: Context
) -> None:
    assert ranks.at_level(code, tied, ANSWER, ctx) == sentence
