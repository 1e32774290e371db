"""The answer to the search box: what the panel shows, in the same order, for a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from dashboard.components.language import LANGUAGES
from dashboard.navigation import QUESTIONS
from dashboard.reads import shared as data
from dashboard.search.answer import answer
from dashboard.search.index import index
from tests.dashboard.search.test_entries import FIRST
from tests.dashboard.test_pages import opened, text_of

LINK = Markup('<a target="_self" href="{}">{}</a>')


@pytest.fixture(autouse=True)
def held(home: Path) -> None:
    assert home.is_file()  # what is searched


def results(words: str, lang: str) -> list[dict]:
    """All results of an answer, in the order in which they are drawn."""
    return [result for kind in answer(words, lang, QUESTIONS)["kinds"] for result in kind["results"]]


@pytest.mark.parametrize(("words", "code", "_how"), FIRST)
def test_what_stands_first_is_what_the_index_finds_first(words: str, code: str, _how: str):
    first = results(words, "en")[0]
    best = index(data.warehouse(), "en", QUESTIONS).find(words)[0].entry
    assert best.code == code
    assert first["title"] == best.title


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("words", ["colmbia", "corea", "internet", "16.9", "república", "XKX", "in"])
def test_both_ways_of_asking_give_the_same_results_in_the_same_order(words: str, lang: str):
    panel = text_of(opened(lang=lang, find=words))
    page = panel[panel.index('<div class="e-found">') :]
    places = [
        page.index(str(LINK.format(link["to"], link["title"])))
        for result in results(words, lang)
        for link in (result, *result["onward"])
    ]
    assert places
    assert places == sorted(places)


def test_a_country_leads_to_profile_stages_progress_plan_and_compare():
    [result] = results("Suriname", "en")
    pages = [link["to"].partition("?")[0] for link in (result, *result["onward"])]
    assert pages == ["./country", "./stages", "./progress", "./plan", "./compare"]
    assert result["to"] == "./country?lang=en&country=SUR"


def test_the_answer_is_in_the_language_that_was_asked_for_and_holds_no_markup():
    [result] = results("germany", "es")
    assert (result["title"], result["onward"][0]["title"]) == ("Alemania", "Etapas")
    assert result["note"] == "también: Germany"
    dated = [result["note"] for result in results("GCI 2020", "es") if "2020" in result["note"]]
    assert dated
    assert not any("<" in note for note in dated)


def test_nothing_found_says_what_to_try():
    found = answer("zzzz", "es", QUESTIONS)
    assert found["kinds"] == []
    assert found["said"].startswith("No se encontró nada para «zzzz»")
