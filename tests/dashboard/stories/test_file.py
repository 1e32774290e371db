"""Stories to and from files and links: nothing lost, nothing executed, what is wrong is named."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.stories import file
from dashboard.stories.facts import Fact
from dashboard.stories.faults import StoryError
from dashboard.stories.model import MOST_SLIDES, TITLE, Slide, Story, View, Words, read

LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp", "Zs"), include_characters=" "),
    max_size=60,
).map(str.strip)
WORDS = st.builds(Words, en=LINE, es=LINE)
VIEWS = st.builds(
    View,
    page=st.sampled_from(["world", "country", "stages"]),
    choices=st.lists(
        st.tuples(st.just("mine"), LINE.filter(bool)), max_size=2
    ).map(tuple),
    chart=st.sampled_from(["", "ladder", "world_map"]),
)  # fmt: skip
FACTS = st.dictionaries(
    st.sampled_from(["first", "median"]), st.builds(Fact, ask=st.sampled_from(["first", "value"]), area=LINE)
)
SLIDES = st.builds(Slide, view=VIEWS, title=WORDS, sentence=WORDS, notes=WORDS, facts=FACTS, label=LINE)
STORIES = st.builds(
    Story,
    title=WORDS,
    about=WORDS,
    subject=st.sampled_from(["", "country"]),
    slides=st.lists(SLIDES, max_size=4).map(tuple),
)


@given(STORIES)
def test_what_is_saved_is_read_again(story: Story) -> None:
    assert file.load(file.save(story)) == file.Loaded(story)


@given(STORIES)
def test_what_a_link_holds_is_read_again_without_labels(story: Story) -> None:
    bare = story.model_copy(
        update={"slides": tuple(slide.model_copy(update={"label": ""}) for slide in story.slides)}
    )
    assert file.load_link(file.link(story)) == file.Loaded(bare)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_nothing_but_a_story_is_read(content: bytes | str) -> None:
    with pytest.raises(StoryError):
        file.load(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["title", "about", "subject", "slides", "version", "x"]), JSON, max_size=5
    )
)
def test_whatever_stands_in_a_story_it_is_read_or_refused(parts: dict[str, object]) -> None:
    try:
        loaded = file.of_values({"escala": "story", **parts})
    except StoryError:
        return
    assert file.load(file.save(loaded.story)).story == loaded.story
    assert all(problem.say() for problem in loaded.problems)


def story_of(**slide: object) -> dict[str, object]:
    return {"escala": "story", "version": 1, "slides": [{"view": "world"}, slide]}


@pytest.mark.parametrize(
    ("slide", "said"),
    [
        ({"view": "http://evil.example/world"}, "is no view of this dashboard"),
        ({"view": "../../etc/passwd"}, "is no view of this dashboard"),
        ({"view": "present?story=x"}, "is no view of this dashboard"),
        ({"view": 7}, "is no view of this dashboard"),
        ({"view": "world", "run": "import os"}, "run is not known"),
        ({"view": "stages?sql=drop"}, "knows no sql"),
        ({"view": "world", "title": "x" * (TITLE + 1)}, f"cut to {TITLE}"),
        ({"view": "world", "title": ["x"]}, "title could not be read"),
        ({"view": "world", "facts": {"f": {"ask": "__import__"}}}, "facts.f could not be read"),
        ({"view": "world", "facts": {"f": {"ask": "value", "year": 10**30}}}, "facts.f could not be read"),
        ({"view": "world?chart=%3Cscript%3E"}, "is no view of this dashboard"),
    ],
)
def test_what_is_wrong_is_left_out_and_named_with_its_slide(slide: dict[str, object], said: str) -> None:
    loaded = file.load(json.dumps(story_of(**slide)))
    (problem,) = loaded.problems
    assert problem.say().startswith("Slide 2: ")
    assert said in problem.say()


def test_a_story_has_at_most_so_many_slides() -> None:
    rows = [{"view": "world"}] * (MOST_SLIDES + 3)
    loaded = file.of_values({"escala": "story", "slides": rows})
    assert len(loaded.story.slides) == MOST_SLIDES
    assert "3 more" in loaded.problems[0].say()


def test_a_newer_story_is_read_as_far_as_it_is_known() -> None:
    loaded = file.of_values({"escala": "story", "version": 99, "slides": [{"view": "world"}], "sound": "x"})
    assert len(loaded.story.slides) == 1
    assert [problem.code for problem in loaded.problems] == ["newer", "key"]


@pytest.mark.parametrize(
    "content",
    [
        b"x" * (file.FILE_LIMIT + 1),
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"escala": "plan"}',
        b'{"escala": "story", "slides": [{}]}',
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(StoryError) as fault:
        file.load(content)
    assert "\n" not in str(fault.value)


def test_a_link_is_no_bomb() -> None:
    packed = base64.urlsafe_b64encode(zlib.compress(b"0" * 3_000_000, 9)).decode().rstrip("=")
    assert len(packed) < file.LINK_LIMIT
    with pytest.raises(StoryError, match="larger"):
        file.load_link(packed)


@pytest.mark.parametrize("packed", ["", "ab=c", "AAAA", "x" * (file.LINK_LIMIT + 1), "¿"])
def test_a_broken_link_is_refused(packed: str) -> None:
    with pytest.raises(StoryError):
        file.load_link(packed)


def test_a_link_that_would_be_too_long_is_none() -> None:
    notes = Words(en="".join(chr(33 + (7 * n * n) % 90) for n in range(3900)))
    slides = (Slide(view=View(page="world"), notes=notes),) * 5
    long = Story(
        slides=tuple(s.model_copy(update={"notes": Words(en=notes.en[n:])}) for n, s in enumerate(slides))
    )
    if len(zlib.compress(file.save(long).encode(), 9)) * 4 / 3 > file.LINK_LIMIT:
        with pytest.raises(StoryError, match="too long"):
            file.link(long)


def test_a_view_leaves_out_how_somebody_reads() -> None:
    view, strange = read("./stages?lang=es&look=dark&country=COL&present=on&chart=ladder&utm=1")
    assert view.address == "stages?country=COL&chart=ladder"
    assert view.live == "stages?country=COL"
    assert strange == ["utm"]


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("stages?country=COL&show=matrix", "stages?country=JAM&show=matrix"),
        ("world?kpi=OSI", "world?mine=JAM&kpi=OSI"),
        ("compare?area=COL&area=URY&area=LDC&kpi=OSI", "compare?area=JAM&area=URY&area=LDC&kpi=OSI"),
        ("compare?area=COL&area=JAM", "compare?area=JAM"),
    ],
)
def test_another_country_takes_the_place_of_that_of_a_view(address: str, other: str) -> None:
    taken = read(address)[0].of("JAM")
    assert taken is not None
    assert taken.address == other


def test_a_page_without_countries_has_no_place_for_one() -> None:
    assert read("methods?kpi=EGDI")[0].of("JAM") is None


def test_a_file_full_of_strange_keys_is_read_at_once_and_names_some() -> None:
    raw = {"escala": "story", **{f"k{n}": 1 for n in range(20_000)}, "slides": []}
    assert len(file.load(json.dumps(raw)).problems) == file.MOST_PROBLEMS


def test_halves_of_letters_can_be_shown_and_written_again() -> None:
    slide = r'{"view": "world?kpi=\ud800", "title": "a\udfffb", "facts": {"x\ud800": {"ask": "name"}}}'
    loaded = file.load(r'{"escala": "story", "key\ud800": 1, "slides": [' + slide + "]}")
    for text in (file.save(loaded.story), file.link(loaded.story), *(one.say() for one in loaded.problems)):
        assert text.encode()
    assert loaded.story.slides[0].view.address == "world?kpi=%EF%BF%BD"
