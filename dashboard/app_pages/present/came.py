"""A story that came with a link: shown first, and taken over only if the reader wants it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.components import messages, state
from dashboard.components.language import catalogue, ngettext
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.stage import kept, keys, wish
from dashboard.stories import file
from dashboard.stories.faults import Problem, StoryError
from dashboard.stories.model import Story


def show(reader: Reader) -> None:
    """The story of the address, with its start; nothing where there is none."""
    packed = state.store().lines("story", file.LINK_LIMIT)
    if not packed:
        return
    try:
        loaded = file.load_link(packed)
    except StoryError as fault:
        say(reader, (fault.problem,))
        return
    say(reader, loaded.problems)
    story, n = loaded.story, len(loaded.story.slides)
    title = story.title.say(reader.lang) or _("A story without a title")
    came = ngettext("came with this link: {n} slide", "came with this link: {n} slides", n).format(n=n)
    with st.container(key="story_came", gap="xsmall"):
        st.html(Markup('<h2 class="e-section">{} <small>{}</small></h2>').format(title, came))
        with st.container(key="start_came", horizontal=True, gap="small"):
            st.button(
                _("Start"), key="start_story_link", type="primary", on_click=keys.start, args=(wish.LINK,)
            )
            st.button(_("Add to my story"), key="take_story_link", on_click=_take, args=(story,))


def _take(story: Story) -> None:
    kept.append(story)
    state.store().put("story", [])


def say(reader: Reader, problems: tuple[Problem, ...], most: int = 5) -> None:
    """What was wrong with a file or link, in the reader's words."""
    t = catalogue(reader.lang).gettext
    for problem in problems[:most]:
        messages.warning(problem.say(t))
    if len(problems) > most:
        messages.warning(_("Also left out or mended: {n} more.").format(n=len(problems) - most))
