"""Present: what can be shown on a stage, and the reader's own story."""

from __future__ import annotations

import streamlit as st

from dashboard.components import pickers, shell
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.stage import kept
from dashboard.stories import ready


def draw(reader: Reader) -> None:
    """The page."""
    shell.headline(_("Which story do you want to tell?"))
    pickers.country(reader)
    for story_id, story in ready.stories().items():
        st.write(story_id, story.title.say(reader.lang))
    kept.listen()
