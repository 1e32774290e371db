"""The keys of the stage: a component that is hardly seen, drawn and answered by `static/stage.js`."""

from __future__ import annotations

import streamlit as st

from dashboard.components import language, state
from dashboard.components.language import text as _
from dashboard.paths import stamp
from dashboard.stage import wish

KEY = "stage_keys"
WHOLE = "escala_stage_whole"  # in the session: the next run must be a whole one
SCRIPT = f"""
const stage = import(new URL('{stamp("stage.js")}', document.baseURI).href);
export default async (component) => (await stage).mount(component);
"""
_component = st.components.v2.component("escala.stage", js=SCRIPT, isolate_styles=False)


def listen(told: dict[str, object]) -> None:
    """The keys for a slide. told: what they show, besides their own words."""
    _component(key=KEY, data=told | {"words": words()}, on_act_change=_take_event)


def _take_event() -> None:
    take(str(st.session_state[KEY].act or ""))


def take(act: str) -> None:
    """What was pressed: "to:3", "floor:COL", "floor:", "lang:es" or "leave"."""
    what, _sep, value = act.partition(":")
    if what == "to" and value in wish.SLIDES:
        wish.go(int(value))
    elif what == "floor":
        state.store().put("floor", [value] if wish.CODE.fullmatch(value) else [])
    elif what == "lang" and value in language.LANGUAGES:
        state.store().put("lang", [value])
        st.session_state[WHOLE] = True
    elif what == "leave":
        wish.leave()
        st.session_state[WHOLE] = True


def start(which: str) -> None:
    """Callback of a button: a story goes onto the stage, from its first slide."""
    wish.leave()
    state.store().put("present", [which])
    st.session_state[WHOLE] = True


def run_whole_if_due() -> None:
    """Language and leaving concern more than the page: the run ends, and a whole one follows."""
    if st.session_state.pop(WHOLE, False):
        state.store().changed = True  # what was pressed, not the address that the browser sent along
        st.rerun()


def words() -> dict[str, str]:
    """The words of buttons, help and notes."""
    return {
        "tools": _("Buttons of the stage"),
        "previous": _("Previous slide"),
        "next": _("Next slide"),
        "first": _("First slide"),
        "last": _("Last slide"),
        "jump": _("Go to slide"),
        "full": _("Full screen"),
        "black": _("Black screen"),
        "notes": _("Notes in a second window"),
        "lang": _("Spanish or English"),
        "floor": _("A question from the floor: another country"),
        "find": _("Country"),
        "none": _("No country of this name"),
        "noPlace": _("This view shows no single country."),
        "help": _("Keys"),
        "leave": _("Leave the stage"),
        "slide": _("Slide {n} of {all}: {title}"),
        "blacked": _("Black. Press any key."),
        "now": _("Now"),
        "then": _("Next"),
        "end": _("This is the last slide."),
        "noNotes": _("No notes for this slide."),
        "clock": _("Time"),
        "elapsed": _("Since the start"),
        "blocked": _("The browser keeps the notes from opening: allow pop-up windows for this page."),
        "close": _("Close"),
    }
