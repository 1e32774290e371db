"""What became of the last step: kept in the session until the page has been drawn once more."""

from __future__ import annotations

import streamlit as st

from dashboard.components import faults, messages

_KEY = "knowledge_said"


def keep(text: str, *, is_fault: bool = False) -> None:
    """Keeps a sentence for the next drawing of the page."""
    st.session_state[_KEY] = (text, is_fault)


def show() -> None:
    """Says what was kept, once."""
    text, is_fault = st.session_state.pop(_KEY, ("", False))
    if text and is_fault:
        messages.error(faults.without_folders(text))
    elif text:
        messages.info(text)
