"""What pages answered is known by the address alone, for one data version at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.reads import answers
from dashboard.reads.answers import Answer, Question

COLOMBIA = Question.of("country", "es", {"country": ["COL"]})


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """Begins and ends with nothing kept."""
    answers.forget()
    yield
    answers.forget()


def test_an_answer_is_known_to_who_asks_the_same() -> None:
    assert answers.known(COLOMBIA) is None
    answers.keep(COLOMBIA, Answer("68.ª"), "v1")
    assert answers.known(Question.of("country", "es", {"country": ["COL"], "lang": ["es"]})) == Answer("68.ª")


@pytest.mark.parametrize(
    "other",
    [
        Question.of("stages", "es", {"country": ["COL"]}),
        Question.of("country", "en", {"country": ["COL"]}),
        Question.of("country", "es", {"country": ["COL"], "nf": ["1,234.5"]}),
        Question.of("country", "es", {"country": ["COL"], "peers": ["SIDS"]}),
        Question.of("country", "es", {"country": ["COL", "CHL"]}),
        Question.of("country", "es", {}),
    ],
)
def test_whatever_else_is_asked_is_not_answered_by_it(other: Question) -> None:
    answers.keep(COLOMBIA, Answer("68.ª"), "v1")
    assert answers.known(other) is None


def test_order_look_and_empty_parameters_ask_the_same() -> None:
    one = Question.of("world", "en", {"kpi": ["EGDI"], "year": ["2022"], "look": ["dark"], "group": []})
    assert one == Question.of("world", "en", {"year": ["2022"], "kpi": ["EGDI"]})


def test_a_new_data_version_forgets_the_answers_of_the_old_one() -> None:
    answers.keep(COLOMBIA, Answer("68.ª"), "v1")
    answers.keep(Question.of("world", "en", {}), Answer("Denmark"), "v2")
    assert answers.known(COLOMBIA) is None
    assert answers.known(Question.of("world", "en", {})) == Answer("Denmark")


def test_only_so_many_are_kept() -> None:
    for n in range(answers.MOST + 1):
        answers.keep(Question.of("cases", "en", {"q": [str(n)]}), Answer("1 case"), "v1")
    assert answers.known(Question.of("cases", "en", {"q": ["0"]})) is None
    assert answers.known(Question.of("cases", "en", {"q": ["1"]})) == Answer("1 case")
