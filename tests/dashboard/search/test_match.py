"""Search: order, slips, accents; on five entries that can be checked by eye."""

from __future__ import annotations

import pytest

from dashboard.search.match import Entry, Index, folded

ENTRIES = [
    Entry("country", "CIV", "Côte d’Ivoire", ("CIV", "CI"), ("Ivory Coast",)),
    Entry("country", "NAM", "Namibia", ("NAM", "NA"), ("Namibie",)),
    Entry("country", "VNM", "Viet Nam", ("VNM", "VN")),
    Entry("kpi", "SDG_16.9.1", "Birth registration", ("SDG_16.9.1", "16.9.1"), (), ("Children under five",)),
    Entry("target", "16.9", "SDG target 16.9", ("16.9", "ODS 16.9")),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ENTRIES)


def found(index: Index, words: str) -> list[tuple[str, str]]:
    return [(hit.entry.code, hit.how) for hit in index.find(words)]


def test_a_code_stands_before_a_word_that_begins_alike(index):
    assert found(index, "nam") == [("NAM", "code"), ("VNM", "word")]


def test_a_target_stands_before_the_kpi_whose_number_it_begins(index):
    assert found(index, "16.9") == [("16.9", "code"), ("SDG_16.9.1", "start")]


@pytest.mark.parametrize("words", ["Côte d'Ivoire", "cote divoire", "COTE D IVOIRE", "  côte   d’ivoire. "])
def test_accents_apostrophes_and_case_are_optional(index, words):
    assert found(index, words) == [("CIV", "name")]


@pytest.mark.parametrize(
    ("words", "code"), [("namibai", "NAM"), ("ivorry coast", "CIV"), ("brith registraton", "SDG_16.9.1")]
)
def test_slips_are_forgiven(index, words, code):
    assert found(index, words) == [(code, "near")]


def test_similar_words_do_not_mix_with_what_is_written(index):
    assert ("NAM", "near") not in found(index, "nam")
    assert {how for _, how in found(index, "namibie")} == {"name"}


def test_the_name_that_matched_is_told(index):
    assert index.find("ivory")[0].matched == "Ivory Coast"


def test_words_of_a_description_come_last_and_not_for_a_few_letters(index):
    assert found(index, "children") == [("SDG_16.9.1", "text")]
    assert found(index, "und") == []


@pytest.mark.parametrize("words", ["", "   ", "…", "'", "zzzzqqq", "<script>"])
def test_nothing_is_found_for_nothing(index, words):
    assert index.find(words) == []


def test_a_very_long_search_is_cut(index):
    assert found(index, "namibia" + " " * 60 + "x" * 5000) == [("NAM", "name")]


def test_dots_stay_within_codes():
    assert folded("Meta 16.9.") == "meta 16.9"
    assert folded("EE. UU.") == "ee uu"
