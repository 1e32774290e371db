"""The ready stories as cards: what each is for, how long it is, and its start."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.components import pickers
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.stage import kept, keys
from dashboard.stories import ready
from dashboard.stories.model import Story

IN_A_ROW = 3


def show(reader: Reader) -> None:
    """The section."""
    st.html(Markup('<h2 class="e-section">{}</h2>').format(_("Ready stories")))
    items = list(ready.stories().items())
    for first in range(0, len(items), IN_A_ROW):
        row = items[first : first + IN_A_ROW]
        for column, (story_id, story) in zip(st.columns(IN_A_ROW, gap="large"), row, strict=False):
            with column, st.container(key=f"story_{story_id}", height="stretch", gap="xsmall"):
                _card(reader, story_id, story)


def _card(reader: Reader, story_id: str, story: Story) -> None:
    lang, n = reader.lang, len(story.slides)
    slides = ngettext("{n} slide", "{n} slides", n).format(n=reader.ctx.number(n))
    card = Markup('<h3 class="e-story">{} <small>{}</small></h3><p class="e-story-for">{}</p>')
    st.html(card.format(story.title.say(lang), slides, story.about.say(lang)))
    needs = story.subject == "country"
    area = pickers.country(reader) if needs else None
    with st.container(key=f"start_{story_id}", horizontal=True, gap="small"):
        st.button(
            _("Start"),
            key=f"start_story_{story_id}",
            type="primary",
            disabled=needs and area is None,
            help=_("Choose a country first.") if needs and area is None else None,
            on_click=keys.start,
            args=(story_id,),
        )
        if not needs:
            st.button(
                _("Change it"),
                key=f"take_story_{story_id}",
                help=_("A copy becomes your own story, to be changed; the slides you have stay before it."),
                on_click=_add,
                args=(story,),
            )


def _add(story: Story) -> None:
    """Callback: the slides of a story go behind those of the reader's own."""
    kept.append(story)
