"""Three ways in for a first visit: to plan, to compare, to present."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.components import alone, links, state
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

ALWAYS = {"lang", "nf", "look", "mine"}  # choices of reading, not of what is read


def is_first_visit() -> bool:
    """Whether this reader has chosen nothing yet to look at; nobody whose view is shown alone."""
    return not alone.wanted() and not any(
        codes for name, codes in state.store().values.items() if name not in ALWAYS
    )


def _ways(reader: Reader) -> list[tuple[str, str, str, str]]:
    """Title, sentence, address and words of the link of each way."""
    return [
        (
            _("To plan"),
            _("Which stage your country is at, what holds it back and what opens the next one."),
            links.address("plan", reader),
            _("what opens the next stage"),
        ),
        (
            _("To compare"),
            _("Up to ten countries or groups side by side, each value with year, rank and source."),
            links.address("compare", reader),
            _("up to ten countries and groups"),
        ),
        (
            _("To present"),
            _("Ready stories and your own, full screen, driven by keys, without a network."),
            links.address("present", reader),
            _("stories on a stage"),
        ),
    ]


def line(reader: Reader) -> None:
    """The ways in one line, so that the chart stays where it is."""
    items = Markup("").join(
        Markup("<li>{}</li>").format(links.anchor(to, Markup("<b>{}:</b> {}").format(title, words)))
        for title, _sentence, to, words in _ways(reader)
    )
    nav = Markup('<nav aria-label="{}"><ul class="e-ways-line">{}</ul></nav>')
    st.html(nav.format(_("Three ways in"), items))


def sections(reader: Reader) -> None:
    """The ways with a sentence each, for a page that has nothing else to show yet."""
    section = Markup("<section><h3>{}</h3><p>{}</p><p>{}</p></section>")
    ways = Markup("").join(
        section.format(title, sentence, links.anchor(to, words[:1].upper() + words[1:]))
        for title, sentence, to, words in _ways(reader)
    )
    st.html(Markup('<div class="e-ways">{}</div>').format(ways))
