"""What a reader does to the workspace from a control: a fault becomes a message, nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from dashboard.components import messages
from kpis.errors import EscalaError
from kpis.messages import TranslatedError

SAYS = "escala_exercise_says"  # in the session: what is to be said in the next run


def attempt(lang: str, act: Callable[[], object]) -> bool:
    """Does something in a callback; what is wrong is said with the next run. Returns whether it was done."""
    try:
        act()
    except TranslatedError as fault:
        st.session_state[SAYS] = fault.say(lang)
    except EscalaError as fault:
        st.session_state[SAYS] = str(fault)
    else:
        return True
    return False


def say() -> None:
    """What the last callback has to say, once."""
    with suppress(KeyError):
        messages.warning(str(st.session_state.pop(SAYS)))
