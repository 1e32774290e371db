"""Present: ready stories, and a story of one's own that is changed, moved and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.stage import kept
from dashboard.stories import file, ready
from dashboard.stories.model import Slide, Story, View, Words
from tests.dashboard.test_every_page import opened
from tests.dashboard.test_pages import text_of


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    assert home.is_file()


def own(app: AppTest) -> Story:
    story: Story = app.session_state[kept.STATE].story
    return story


def test_six_stories_can_be_started_and_one_needs_a_country() -> None:
    app = opened("present", {}, "en")
    starts = {button.key: button for button in app.button if str(button.key).startswith("start_story_")}
    assert set(starts) == {f"start_story_{story}" for story in ready.stories()}
    assert [key for key, button in starts.items() if button.disabled] == ["start_story_my-country"]
    starts["start_story_caribbean"].click().run(timeout=60)
    assert "caribbean" in app.query_params["present"]
    assert "1 / 9" in text_of(app)


def test_a_ready_story_is_copied_changed_and_moved() -> None:
    app = opened("present", {}, "en")
    app.button(key="take_story_caribbean").click().run(timeout=60)
    assert len(own(app).slides) == 9
    app.text_input(key="slide_title").set_value("Ours *first*").run(timeout=60)
    assert own(app).slides[0].title.en == "Ours *first*"
    assert own(app).slides[0].title.es  # the other language is kept
    app.button(key="slide_down").click().run(timeout=60)
    assert own(app).slides[1].title.en == "Ours *first*"
    app.button(key="slide_out").click().run(timeout=60)
    assert len(own(app).slides) == 8
    assert all(slide.title.en != "Ours *first*" for slide in own(app).slides)
    assert own(app).title.en == "Caribbean SIDS"


def test_a_story_of_a_link_is_taken_only_if_wanted() -> None:
    story = Story(title=Words(en="<b>Ours</b>"), slides=(Slide(view=View(page="world")),))
    app = opened("present", {"story": file.link(story)}, "en")
    assert "&lt;b&gt;Ours" in text_of(app)
    assert kept.STATE not in app.session_state
    app.button(key="take_story_link").click().run(timeout=60)
    assert len(own(app).slides) == 1
    assert "story" not in app.query_params
    assert app.button(key="slide_0").label.startswith("1. World\\: median ")  # it has no words of its own


def test_a_broken_link_says_what_is_wrong() -> None:
    app = opened("present", {"story": "nonsense"}, "es")
    assert "El enlace no contiene una historia" in app.warning[0].value
