"""Three ways in for a first visit: to plan, to compare, to present."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.components import shell, state
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

PLAN = "plan" if "plan" in state.PATHS else "stages"
ALWAYS = {"lang", "nf", "look"}  # choices of reading, not of what is read


def nothing_chosen() -> bool:
    """Whether this reader has chosen nothing yet to look at."""
    return not any(codes for name, codes in state.store().values.items() if name not in ALWAYS)


def _listed(reader: Reader) -> list[tuple[str, str, str, str]]:
    """Title, sentence, address and words of the link of each way."""
    return [
        (
            _("To plan"),
            _("Which stage your country is at, what holds it back and what opens the next one."),
            shell.link(PLAN, reader),
            _("what opens the next stage"),
        ),
        (
            _("To compare"),
            _("Up to ten countries or groups side by side, each value with year, rank and source."),
            shell.link("compare", reader),
            _("up to ten countries and groups"),
        ),
        (
            _("To present"),
            _("The world on one map, readable from the last row, without a network."),
            shell.link("world", reader, present="on"),
            _("the world in big type"),
        ),
    ]


def line(reader: Reader) -> None:
    """The ways in one line, so that the chart stays where it is."""
    items = "".join(
        f'<li><a target="_self" href="{escape(to)}"><b>{escape(title)}:</b> {escape(said)}</a></li>'
        for title, _sentence, to, said in _listed(reader)
    )
    st.html(f'<nav aria-label="{escape(_("Three ways in"))}"><ul class="e-ways-line">{items}</ul></nav>')


def sections(reader: Reader) -> None:
    """The ways with a sentence each, for a page that has nothing else to show yet."""
    st.html(
        '<div class="e-ways">'
        + "".join(
            f'<section><h3>{escape(title)}</h3><p>{escape(said)}</p><p><a target="_self" href="{escape(to)}">'
            f"{escape(words[:1].upper() + words[1:])}</a></p></section>"
            for title, said, to, words in _listed(reader)
        )
        + "</div>"
    )
