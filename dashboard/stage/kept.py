"""The reader's own story: in this session, and kept by the browser (`static/story.js`), on no server.

Both count its changes; whoever counts further has the newer one. A chart is added by the browser alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import streamlit as st

from dashboard.paths import stamp
from dashboard.stories import file
from dashboard.stories.faults import Problem, StoryError
from dashboard.stories.model import MOST_SLIDES, Story

KEY, STATE = "story_kept", "escala_story"
SCRIPT = f"""
const story = import(new URL('{stamp("story.js")}', document.baseURI).href);
export default async (component) => (await story).keep(component);
"""
_component = st.components.v2.component("escala.story", js=SCRIPT, isolate_styles=False)


@dataclass(frozen=True)
class Kept:
    """The story, how often it was changed, and what was wrong with what came last."""

    story: Story = field(default_factory=Story)
    changes: int = 0
    problems: tuple[Problem, ...] = ()


def kept() -> Kept:
    """The own story of this session."""
    found: Kept = st.session_state.get(STATE, Kept())
    return found


def put(story: Story, problems: tuple[Problem, ...] = ()) -> None:
    """The story is another one now."""
    st.session_state[STATE] = Kept(story, kept().changes + 1, problems)


def append(story: Story, problems: tuple[Problem, ...] = ()) -> None:
    """The slides of another story go behind those that there are; its title is taken where there is none."""
    now = kept().story
    room = MOST_SLIDES - len(now.slides)
    if len(story.slides) > room:
        problems = (
            *problems,
            Problem("slides", (("limit", MOST_SLIDES), ("n", len(story.slides) - room))),
        )
    slides = (*now.slides, *story.slides[:room])
    title = now.title if now.slides and any(now.title.model_dump().values()) else story.title
    put(now.model_copy(update={"slides": slides, "title": title}), problems)


def listen() -> None:
    """Hands the story to the browser, or takes its newer one; call once a run."""
    now = kept()
    _component(
        key=KEY,
        data={"changes": now.changes, "story": file.written(now.story)},
        on_kept_change=_take_event,
    )


def _take_event() -> None:
    take(str(st.session_state[KEY].kept or ""))


def take(told: str) -> None:
    """What the browser has kept, as {"changes": …, "story": …}; unreadable parts are left out."""
    if not told or len(told) > 2 * file.FILE_LIMIT:
        return
    try:
        envelope = json.loads(told)
        changes, inner = int(envelope["changes"]), json.dumps(envelope["story"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    if not kept().changes < changes < 2**53:
        return
    try:
        loaded = file.load(inner)
    except StoryError as fault:
        st.session_state[STATE] = Kept(kept().story, changes, (fault.problem,))
        return
    st.session_state[STATE] = Kept(loaded.story, changes, loaded.problems)
