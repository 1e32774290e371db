"""The page before its scripts: the answer known for its address, in its language, safely written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from dashboard.components.language import catalogue
from dashboard.navigation import PAGES
from dashboard.reads import answers
from dashboard.reads.answers import Answer, Question
from dashboard.serve import ahead, assets
from tests.dashboard.serve.test_assets import ask
from tests.dashboard.serve.whole_app import opened


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """Begins and ends with nothing kept."""
    answers.forget()
    yield
    answers.forget()


def head(path: str, query: str = "", languages: str = "") -> tuple[str, str]:
    """Language of the page and its headline without elements."""
    html = assets.first_page(path, query, languages)
    (lang,) = re.findall(r'<html lang="(\w+)">', html)
    (headline,) = re.findall(r"<h1>(.*?)</h1>", html)
    return lang, Markup(headline).striptags()


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.path)
def test_a_page_that_nobody_has_opened_says_its_name_and_its_question(spec) -> None:
    path = "/" if spec is PAGES[0] else f"/{spec.path}"
    html = assets.first_page(path, "lang=es", "")
    t = catalogue("es").gettext
    assert head(path, "lang=es") == ("es", t(spec.title))
    assert f"<p>{t(spec.group)}</p>" in html
    assert f"<title>{t(spec.title)} · Escala</title>" in html
    assert html.count("<h1>") == html.count("<main>") == html.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("query", "languages", "lang"),
    [
        ("lang=es", "en", "es"),
        ("lang=en", "es-CO,es;q=0.9", "en"),
        ("", "es-CO,es;q=0.9,en", "es"),
        ("", "fr,de", "en"),
        ("", "", "en"),
        ("lang=xx", "es", "en"),
        ("LANG=ES", "", "es"),
    ],
)
def test_the_address_decides_the_language_then_the_browser(query: str, languages: str, lang: str) -> None:
    assert head("/gaps", query, languages)[0] == lang


def test_the_server_knows_the_first_page_and_every_country(home: Path) -> None:
    ahead.answer()
    assert head("/")[1].endswith("First of 193 countries: Denmark, 0.985 (2024).")
    assert head("/country", "country=COL")[1].startswith(
        "Colombia: E-Government Development Index (EGDI) 0.779"
    )
    assert head("/country", "country=COL&lang=es")[1].endswith("puesto 68 de 193; sube 2 puestos desde 2022.")
    assert head("/country", "country=COL&peers=SIDS")[1] == "Country"


@pytest.mark.parametrize(
    ("page", "query", "address"),
    [
        ("world", "lang=en", {}),
        ("country", "country=COL&lang=es", {"country": "COL"}),
        ("gaps", "lang=es", {}),
        ("lens", "goal=9&lang=en", {"goal": "9"}),
    ],
)
def test_what_a_page_has_answered_is_there_for_the_next_who_opens_it(
    page: str, query: str, address: dict[str, str], home: Path
) -> None:
    lang = query[-2:]
    app = opened(page, address, lang)
    (headline,) = re.findall(
        r'<h1 class="e-headline">(.*?)</h1>', "".join(part.body for part in app.get("html"))
    )
    path = "/" if page == "world" else f"/{page}"
    assert head(path, query)[1] == Markup(headline).striptags()
    assert len(headline) > 20


@pytest.mark.parametrize("page", ["plan", "explore"])
def test_what_follows_from_a_readers_own_files_and_texts_is_not_kept(page: str, home: Path) -> None:
    opened(page, {"country": "COL"}, "en")
    assert not [question for question in answers._answers if question.page == page]


def test_the_server_says_at_start_what_a_run_says(home: Path) -> None:
    ahead.answer()
    question = Question.of("country", "en", {"country": ["JAM"]})
    before = answers.known(question)
    opened("country", {"country": "JAM"}, "en")
    after = answers.known(question)
    assert before is not None
    assert after is not None
    assert before.sentence == after.sentence
    assert Markup(after.lead).striptags().endswith(before.lead)  # below the stage
    assert "2026" in before.lead


def test_nothing_of_an_address_gets_into_the_page() -> None:
    for query in ("country=<script>x</script>", 'look="><b>x', "nf=<b>x", "lang=<b>x"):
        html = assets.first_page("/country", query, "<b>x")
        assert "<script>x" not in html
        assert "<b>x" not in html


def test_words_are_written_safely_where_they_stand_in_attributes() -> None:
    answers.keep(Question.of("gaps", "en", {}), Answer('A "quoted" &amp; <data value="1">1</data>'), "v1")
    html = assets.first_page("/gaps", "", "")
    assert '<meta name="description" content="A &#34;quoted&#34; &amp; 1">' in html


def test_links_keep_the_choices_that_every_page_shares() -> None:
    html = assets.first_page("/gaps", "look=dark&nf=1.234,5&group=SIDS", "es")
    assert 'href="./country?lang=es&amp;nf=1.234%2C5&amp;look=dark"' in html
    assert 'href="./?lang=es' in html
    assert "prefers-color-scheme" not in html


def test_the_answer_depends_on_the_language_of_the_browser_and_says_so() -> None:
    _status, headers, body = ask("/country", accept_language="es")
    assert "Accept-Language" in headers["vary"]
    assert '<html lang="es">' in body.decode()


def test_the_summary_stands_before_the_style_sheet_and_no_style_sheet_keeps_it_waiting() -> None:
    html = assets.first_page("/", "", "")
    blocking = [
        tag for tag in re.findall(r'<link rel="stylesheet"[^>]*>', html) if 'media="print"' not in tag
    ]
    assert len(blocking) == 1
    assert html.index('<div id="root">') < html.index("<h1>") < html.index(blocking[0])
