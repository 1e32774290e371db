"""The look of the page: style sheet and colours, hatches, theme, language of the document."""

from __future__ import annotations

import json
from functools import lru_cache

import streamlit as st

from dashboard.charts.look import HEADING, LOOKS, Look
from dashboard.components import memory
from dashboard.components.language import text as _
from dashboard.paths import STATIC
from dashboard.texts import mark

COLOURS = ("ink", "paper", "muted", "accent", "rule", "peers", "better", "worse", "missing", "outside")
# Streamlit's names of its own themes, by choice.
THEMES = {"light": "Light", "contrast": "Light", "dark": "Dark", "auto": "System"}

# What Streamlit writes itself and cannot be told to write otherwise; "…" stands for a name.
STREAMLIT_WORDS = (
    mark("Skip to main content"),
    mark("Dismiss"),
    mark("Sidebar"),
    mark("Collapse sidebar"),
    mark("Expand sidebar"),
    mark("Open"),
    mark("Clear value"),
    mark("Clear all"),
    mark("Remove …"),
    mark("Help for …"),
    mark("Clear entry"),
    mark("Search"),
    mark("No results"),
    mark("Failed to generate file for download"),
    mark("Close"),
    mark("Selected values"),
    mark("… — start"),
    mark("… — end"),
    mark("App pages"),
    mark("Upload"),
    mark("file upload"),
    mark("Copy to clipboard"),
)

HATCH = (
    '<pattern id="{id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">'
    '<rect width="5" height="5" fill="{ground}"/><rect width="{line}" height="5" fill="{ink}"/></pattern>'
)


@lru_cache(maxsize=8)
def asset(name: str) -> str:
    """Text of a file in `static`."""
    return (STATIC / name).read_text(encoding="utf-8")


def look_of(choice: str) -> Look:
    """The look to draw: the chosen one; "auto" follows the reader's device."""
    if choice in LOOKS:
        return LOOKS[choice]
    return LOOKS.get(st.context.theme.type or "light", LOOKS["light"])


def sheet(look: Look) -> str:
    """What a look adds to `static/styles`, which the page loads once: its colours as variables."""
    colours = "".join(f"--{name}:{getattr(look, name)};" for name in COLOURS)
    layer = asset("contrast.css") if look.name == "contrast" else ""
    sheet_of_paper = look.paper if look.name == "dark" else "#FFFFFF"  # printing needs no tint
    return f":root{{{colours}--sheet:{sheet_of_paper};--serif:{HEADING};}}{layer}"


def hatches(look: Look) -> str:
    """SVG patterns: members without a value, and land outside the UN membership."""
    missing = HATCH.format(id="e-nodata", turn=45, ground=look.missing, line=1.2, ink=look.peers)
    outside = HATCH.format(id="e-outside", turn=-45, ground=look.outside, line=0.9, ink=look.paper)
    return f"<defs>{missing}{outside}</defs>"


def script(lang: str, choice: str, look: Look, decimal: str) -> str:
    """The call of `static/shell.js` with the settings of this run, as a script for `st.html`."""
    settings = {
        "lang": lang,
        "look": choice,
        "theme": THEMES[choice],
        "drawn": st.context.theme.type,
        "hatches": hatches(look),
        "decimal": decimal,
        "memory": memory.order(),
        "search": {"label": _("Search (key /)"), "results": _("Results")},
        "phone": {
            "menu": _("Menu"),
            "close": _("Close the menu"),
            "mine": _("My country"),
            "choices": _("Choices"),
            "any": _("any"),
            "search": _("Search"),
        },
        "sort": {
            "title": _("Sort by this column"),
            "label": _("Sort by {name}"),
            "by": _("Order"),
            "none": _("as listed"),
            "ascending": _("{name}, ascending"),
            "descending": _("{name}, descending"),
        },
        "words": {} if lang == "en" else {word: _(word) for word in STREAMLIT_WORDS},
    }
    argument = json.dumps(settings).replace("<", "\\u003c")
    return f"<script>escala.settle({argument})</script>"


def apply(choice: str, lang: str, decimal: str) -> None:
    """Writes the colours of the look; tells the page its language, decimal mark, hatches and theme."""
    look = look_of(choice)
    st.html(f"<style>{sheet(look)}</style>")
    st.html(
        f'<span class="e-invisible"></span>{script(lang, choice, look, decimal)}',
        unsafe_allow_javascript=True,
    )
