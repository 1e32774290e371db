"""What the address asks for on the stage: `present`, `slide`, `floor`, and `chart` of a view by itself."""

from __future__ import annotations

import re

from dashboard.components import embed, state
from dashboard.stories import ready
from dashboard.stories.model import KEY, MOST_SLIDES

OFF, ALONE, OWN, LINK = "off", "on", "own", "link"  # no stage; this view; the reader's story; that of a link
SLIDES = [str(n) for n in range(1, MOST_SLIDES + 1)]
NAMES = ("present", "slide", "floor", "chart")
CODE = re.compile("[A-Za-z]{3}")


def which() -> str:
    """What is on the stage: one of the four, or the id of a ready story."""
    return state.store().single("present", [OFF, ALONE, OWN, LINK, *ready.stories()], OFF) or OFF


def settle() -> bool:
    """Reads what the address says of the stage, for every page; whether something is on it."""
    store = state.store()
    for name in NAMES:
        if name in store.gone:  # left by the back button
            store.values.pop(name, None)
    if embed.is_embedded():  # one chart in the page of another site, which is no stage
        store.values.pop("present", None)
    wanted = which() != OFF
    if not wanted:
        for name in NAMES:
            if name != "chart" or not embed.is_embedded():
                store.values.pop(name, None)
    store.single("slide", SLIDES, SLIDES[0])
    asked = [code.upper() for code in store.values.get("floor", []) if CODE.fullmatch(code)][:1]
    store.values["floor"] = store.used["floor"] = asked
    key = [key for key in store.values.get("chart", []) if key and KEY.fullmatch(key)][:1]
    store.values["chart"] = store.used["chart"] = key
    return wanted


def leave() -> None:
    """Takes everything off the stage."""
    for name in NAMES:
        state.store().put(name, [])


def go(slide: int) -> None:
    """To a slide; a question from the floor is answered by then."""
    state.store().put("slide", [str(slide)])
    state.store().put("floor", [])
