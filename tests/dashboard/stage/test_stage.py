"""The stage: slides are views of pages, keys move, a country from the floor comes and goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.stage import kept, keys, wish
from dashboard.stories import file, ready
from dashboard.stories.model import Slide, Story, View
from tests.dashboard.test_pages import opened, text_of

STORIES = ready.stories()
SLIDES = [(story, n) for story in STORIES for n in range(1, 1 + len(STORIES[story].slides))]


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    assert home.is_file()


def on_stage(**address: str) -> AppTest:
    app = opened(**address)
    assert not app.exception
    return app


def titles(app: AppTest) -> list[str]:
    return [part for part in text_of(app).split("\n") if "<h1" in part and "e-headline" in part]


@pytest.mark.parametrize(("story", "n"), SLIDES)
def test_every_slide_of_a_ready_story_shows_its_chart(story: str, n: int) -> None:
    app = on_stage(present=story, slide=str(n), lang="es" if n % 2 else "en", country="COL")
    said = text_of(app)
    assert 'class="e-slide"' in said
    assert "There is no chart" not in said
    assert "Esta vista no tiene" not in said
    assert not app.error
    assert not app.session_state["escala_url"].notes
    assert not app.sidebar.selectbox  # nothing to press


def test_a_slide_of_one_kpi_names_it_before_its_unit() -> None:
    said = text_of(on_stage(present="my-country", slide="3", country="COL", lang="en"))
    assert '<p class="e-unit">E-Government Development Index (EGDI) · index' in said


def test_this_view_alone_has_its_first_chart_and_can_be_left() -> None:
    app = on_stage(present="on", kpi="OSI", lang="en")
    assert "Online Service Index" in text_of(app)
    assert "OSI" in app.query_params["kpi"]
    wish_of(app, "leave")
    assert "present" not in app.query_params
    assert app.selectbox(key="control_kpi").value == "OSI"


def wish_of(app: AppTest, act: str) -> None:
    """What `stage.js` would send."""
    store = app.session_state["escala_url"]
    if act == "leave":
        for name in wish.NAMES:
            store.put(name, [])
    else:
        name, _sep, value = act.partition(":")
        store.put({"to": "slide", "floor": "floor", "lang": "lang"}[name], [value] if value else [])
    app.run(timeout=60)


def test_keys_lead_from_slide_to_slide_and_stay_in_the_story() -> None:
    app = on_stage(present="caribbean", lang="en")
    wish_of(app, "to:3")
    assert "3 / 9" in text_of(app)
    assert "3" in app.query_params["slide"]
    assert "9 / 9" in text_of(on_stage(present="caribbean", slide="44", lang="en"))


def test_a_country_from_the_floor_takes_its_place_and_goes() -> None:
    app = on_stage(present="my-country", country="COL", slide="5", lang="en")
    assert "Colombia" in titles(app)[-1]
    wish_of(app, "floor:JAM")
    said = text_of(app)
    assert "A question from the floor: Jamaica" in said
    assert "Colombia" not in titles(app)[-1]
    wish_of(app, "floor:")
    assert "A question from the floor" not in text_of(app)


def test_what_the_reader_had_chosen_is_not_touched_by_a_story() -> None:
    app = opened(lang="en", kpi="OSI", present="world", slide="5")
    assert "Online Service Index" not in titles(app)[-1]
    assert app.session_state["escala_url"].values["kpi"] == ["OSI"]


@pytest.mark.parametrize("floor", ["ATA", "XXX", "<b>", "COLOMBIA"])
def test_no_other_country_can_be_asked_for(floor: str) -> None:
    assert "from the floor" not in text_of(on_stage(present="caribbean", lang="en", floor=floor))


def test_a_story_of_a_link_is_shown_and_a_broken_one_says_so() -> None:
    packed = file.link(Story(slides=(Slide(view=View(page="stages", choices=(("country", "COL"),))),)))
    assert "Colombia · Stages" in text_of(on_stage(present="link", story=packed, lang="en"))
    app = on_stage(present="link", story="broken", lang="en")
    assert "no slides yet" in app.info[0].value


def script_of(act: str) -> None:
    """A run in which the browser has sent something."""
    import streamlit as st

    from dashboard.components import state
    from dashboard.stage import keys as stage_keys

    state.begin()
    stage_keys.take(act)
    st.session_state["asked"] = dict(state.store().values)


@pytest.mark.parametrize(
    ("act", "asked"),
    [
        ("to:3", {"slide": ["3"], "floor": []}),
        ("to:99", {}),
        ("to:-1", {}),
        ("floor:JAM", {"floor": ["JAM"]}),
        ("floor:<b>", {"floor": []}),
        ("lang:es", {"lang": ["es"]}),
        ("lang:xx", {}),
        ("drop:all", {}),
        ("", {}),
    ],
)
def test_only_what_is_known_can_be_pressed(act: str, asked: dict[str, list[str]]) -> None:
    app = AppTest.from_function(script_of, args=(act,)).run()
    assert not app.exception
    assert app.session_state["asked"] == asked


def hand_over(told: str) -> None:
    """A run in which the browser hands over what it has kept."""
    import streamlit as st

    from dashboard.stage import kept as own

    own.take(told)
    now = own.kept()
    st.session_state["now"] = (now.changes, len(now.story.slides), len(now.problems))


SLIDE = {"escala": "story", "slides": [{"view": "world"}, {"view": "nowhere"}]}


@pytest.mark.parametrize(
    ("told", "now"),
    [
        (json.dumps({"changes": 4, "story": SLIDE}), (4, 1, 1)),
        (json.dumps({"changes": 4, "story": "x"}), (4, 0, 1)),
        (json.dumps({"changes": 0, "story": SLIDE}), (0, 0, 0)),
        (json.dumps({"changes": 2**60, "story": SLIDE}), (0, 0, 0)),
        (json.dumps({"changes": "many", "story": SLIDE}), (0, 0, 0)),
        ("[", (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
)
def test_what_the_browser_has_kept_is_read_with_care(told: str, now: tuple[int, int, int]) -> None:
    app = AppTest.from_function(hand_over, args=(told,)).run()
    assert not app.exception
    assert app.session_state["now"] == now


def test_words_of_the_keys_are_all_said() -> None:
    assert all(keys.words().values())
    assert kept.Kept().changes == 0
