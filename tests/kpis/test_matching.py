"""One way to compare texts: what is aside when two are, and how near a near miss is."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis import matching
from kpis.matching import fold, is_single_slip, near_miss, nearest, similar, tokens, words


def test_the_examples_of_the_module_hold() -> None:
    result = doctest.testmod(matching)
    assert result.attempted >= 8
    assert result.failed == 0


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word == fold(word) for word in words(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("São Tomé", "sao tome"),
        ("Türkiye", "turkiye"),
        ("STRASSE", fold("Straße")),
        ("Łódź", "lodz"),
        ("½", "1⁄2"),
    ],
)
def test_accents_and_case_are_aside(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_dash_parts_words_and_a_dot_within_a_code_does_not() -> None:
    assert words("urban–rural") == tokens("urban–rural") == ["urban", "rural"]
    assert tokens("16.9.1") == ["16.9.1"]
    assert words("16.9.1") == ["16", "9", "1"]


@pytest.mark.parametrize("slip", ["brth", "birtth", "brith", "birtg"])
def test_one_slip_in_a_word_of_four_letters_or_more_is_similar(slip: str) -> None:
    assert list(similar(slip, ["death", "birth", "school"])) == ["birth"]


def test_short_words_have_no_slips() -> None:
    assert similar("und", ["under", "and"]) == {}
    assert nearest("zzzz", ["birth"]) == {}


def test_a_key_is_suggested_whatever_its_case_or_length() -> None:
    assert near_miss("egdi", ["EGDI", "OSI"]) == "EGDI"
    assert near_miss("OSl", ["EGDI", "OSI"]) == "OSI"
    assert near_miss("xyz", ["EGDI", "OSI"]) is None
    assert near_miss("EGDI" + "x" * 100_000, ["EGDI"]) is None


@given(st.text("abc", min_size=1, max_size=8), st.data())
def test_one_slip_is_one_letter_wrong_missing_too_many_or_exchanged(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    slips = {text[:at] + text[at + 1 :], text[:at] + "x" + text[at:], text[:at] + "x" + text[at + 1 :]}
    slips.add(text[:at] + text[at : at + 2][::-1] + text[at + 2 :])
    assert len(slips) > 1
    assert all(is_single_slip(slip, text) for slip in slips)
    assert not is_single_slip(text + "xy", text)


def test_a_command_does_not_wait_for_the_matcher() -> None:
    code = "import sys, dashboard.command, kpis.cli; print('rapidfuzz' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )
