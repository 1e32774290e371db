"""Texts and messages in both languages."""

from __future__ import annotations

import pytest

from dashboard.components import language
from kpis.errors import RequestError
from kpis.messages import LONGEST_DETAIL, WrittenNumber, joined, message
from kpis.plan import phrases
from kpis.texts import Text, say, say_number


def test_a_text_without_translation_stays_english() -> None:
    assert say("no such text: {n}", "es", n=1) == "no such text: 1"


def test_the_plural_follows_the_number() -> None:
    forms = ("{year}, {n} year old", "{year}, {n} years old")
    assert [say_number(*forms, n, "es", year=2024) for n in (1, 2)] == [
        "2024, de hace 1 año",
        "2024, de hace 2 años",
    ]


@pytest.mark.parametrize(
    ("year", "english", "spanish"),
    [
        (2026, "2026", "2026"),
        (2025, "2025, 1 year old", "2025, de hace 1 año"),
        (2022, "2022, 4 years old", "2022, de hace 4 años"),
        (2020, "2020, 6 years old: old", "2020, de hace 6 años: antiguo"),
    ],
)
def test_the_age_of_a_figure(year: int, english: str, spanish: str) -> None:
    assert [phrases.age(year, 5, 2026, lang) for lang in ("en", "es")] == [english, spanish]


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(RequestError, match="Allowed: en, es"):
        say("Note", "pt")


def test_details_are_put_into_the_language_of_the_message() -> None:
    parts = joined([message("(number {n})", n=3), WrittenNumber("0.41"), Text("Note"), "Note"], ", ", end="!")
    assert parts.say("es") == "(número 3), 0,41, Nota, Note!"
    assert str(parts) == "(number 3), 0.41, Note, Note!"


def test_what_stands_in_a_file_fills_no_screen_and_breaks_no_line() -> None:
    shown = message("{cell}", cell="a\nb" + "x" * 1000).say()
    assert shown.startswith("a bx")
    assert len(shown) == LONGEST_DETAIL


def test_the_app_finds_the_texts_of_this_package() -> None:
    assert language.catalogue("es").gettext("Targets") == "Metas"
    assert language.catalogue("es").gettext("World") == "Mundo"
