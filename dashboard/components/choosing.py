"""Choices that a chart makes: what the browser chose by itself becomes a choice of the page.

A chart stands in a frame that runs alone (`components/frame.py`); a choice such as the year is the whole
page's. So the page has an element of its own that is not seen, which hands on the event `e-choose`.
"""

from __future__ import annotations

import streamlit as st

from dashboard.components import alone, state

# A line break, or Streamlit would take the text for the name of a file.
SCRIPT = """
let choose = null; // the newest: Streamlit calls this at every run
export default ({ setTriggerValue }) => {
  document.removeEventListener('e-choose', choose);
  choose = ({ detail }) => setTriggerValue('choice', `${detail.name}=${detail.code}`);
  document.addEventListener('e-choose', choose);
  return () => document.removeEventListener('e-choose', choose);
};
"""
KEY = "choosing"
_component = st.components.v2.component("escala.choosing", js=SCRIPT, isolate_styles=False)


def listen(*names: str) -> None:
    """Takes choices of charts for these parameters of the address; their controls follow."""
    if not alone.handed_over():
        _component(key=KEY, on_choice_change=lambda: take(names))


def take(names: tuple[str, ...]) -> None:
    """Callback: "year=2012" becomes the parameter; the pages check its value as they check an address."""
    name, _, code = choice().partition("=")
    if name in names and code:
        state.store().put(name, [code])


def choice() -> str:
    """What the chart chose, as "name=code"; "" if nothing."""
    return str(st.session_state[KEY].choice or "")
