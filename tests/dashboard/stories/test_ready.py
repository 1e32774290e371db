"""The ready stories: every fact is found in both languages, and no figure is typed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from dashboard.components import language
from dashboard.components.outside import reader_of
from dashboard.reads.reader import Reader
from dashboard.stories import ready
from dashboard.stories.facts import GIVEN, PLACES, Fact, answered, filled
from dashboard.stories.model import MOST_SLIDES, SENTENCE, TITLE
from kpis.queries import Warehouse

STORIES = ready.stories()
SLIDES = [(story, n) for story in STORIES for n in range(len(STORIES[story].slides))]
# Numbers of rules and names: bars of classes and targets, generations of networks, numbers of SDG targets.
RULES = re.compile(r"0[.,]75|\b2\s?%|2 GB|4G|2025|\b100\b|\b\d{1,2}\.(?:\d{1,2}|[a-c])(?:\.\d+)?\b")


@pytest.fixture(params=["en", "es"])
def reader(request: pytest.FixtureRequest, wh: Warehouse) -> Reader:
    return reader_of(request.param, wh)


def test_there_are_six_and_one_is_about_any_country() -> None:
    assert len(STORIES) == 6
    assert [name for name, story in STORIES.items() if story.subject] == ["my-country"]
    assert len(STORIES["my-country"].slides) == 10
    assert all(0 < len(story.slides) <= MOST_SLIDES for story in STORIES.values())


@pytest.mark.parametrize(("story", "n"), SLIDES)
def test_every_text_stands_in_both_languages(story: str, n: int) -> None:
    slide = STORIES[story].slides[n]
    for words in (slide.title, slide.sentence, slide.notes):
        assert bool(words.en) == bool(words.es)
        assert set(PLACES.findall(words.en)) == set(PLACES.findall(words.es))
    assert slide.view.chart


@pytest.mark.parametrize("story", STORIES)
def test_every_fact_of_a_story_is_found(story: str, reader: Reader) -> None:
    with language.spoken(reader.lang):
        for slide in STORIES[story].slides:
            used = set(PLACES.findall(slide.all_words + slide.notes.en))
            assert used - GIVEN == set(slide.facts)
            for name, fact in slide.facts.items():
                assert answered(fact.of("COL"), reader), name
            for words, most in ((slide.title, TITLE), (slide.sentence, SENTENCE)):
                said = Markup(filled(words.say(reader.lang), slide.facts, reader, "COL", "x")).striptags()
                assert bool(said) == bool(words.say(reader.lang))
                assert "{" not in said
                assert len(said) <= most


@pytest.mark.parametrize(("story", "n"), SLIDES)
def test_no_figure_is_typed_in(story: str, n: int) -> None:
    slide = STORIES[story].slides[n]
    for words in (slide.title, slide.sentence):
        for text in (words.en, words.es):
            assert not re.search(r"\d", RULES.sub("", text)), text


def test_a_sentence_without_one_of_its_facts_is_not_said(reader: Reader) -> None:
    facts = {"value": Fact(ask="value", kpi="EGDI", area="ATA")}
    assert filled("Antarctica: {value}", facts, reader) == ""
    assert filled("{headline}", {}, reader) == ""
    assert filled("what {nobody} knows", {}, reader) == "what {nobody} knows"


def test_words_of_a_story_are_no_markup(reader: Reader) -> None:
    assert filled("<b>{country}</b>", {}, reader, "COL") == "&lt;b&gt;Colombia&lt;/b&gt;"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (Fact(ask="first", kpi="EGDI"), "Denmark"),
        (Fact(ask="rank", area="COL"), "68"),
        (Fact(ask="members", group="CARIBBEAN_SIDS"), "16"),
        (Fact(ask="among", group="CARIBBEAN_SIDS"), "16"),
        (Fact(ask="above", bar=0.75), "76"),
        (Fact(ask="year"), "2024"),
        (Fact(ask="name", group="LDC"), "Least developed countries"),
        (Fact(ask="value", area="COL"), "0.779 (2024)"),
        (Fact(ask="line_end", group="LDC"), "0.323 (2024)"),
        (Fact(ask="value", kpi="NOTHING", area="COL"), None),
        (Fact(ask="value", area="QQQ"), None),
    ],
)
def test_a_fact_is_what_the_warehouse_holds(fact: Fact, said: str | None, wh: Warehouse) -> None:
    reader = reader_of("en", wh)
    answer = answered(fact, reader)
    assert (Markup(answer).striptags() if answer else answer) == said


def test_the_files_are_part_of_the_package() -> None:
    assert len(list(Path(ready.__file__).parent.glob("*.toml"))) == 6
