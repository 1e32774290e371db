"""The reader's own country, in the side bar: chosen once, taken back, offered, or come with a link."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.components import language, memory, pickers, state
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis import names


def show(reader: Reader) -> None:
    """The list, and below it what is to be said of the choice."""
    own, usual = pickers.my_country(reader), memory.remembered()
    pickers.place_list(
        _("My country"),
        "mine",
        pickers.states(reader.warehouse, reader.lang),
        own,
        _take,
        placeholder=_("Choose it once"),
    )
    if own is None:
        _offer(reader)
    elif own != usual:
        _of_link(reader, own, usual)


def _offer(reader: Reader) -> None:
    """A button for the country that the reader's browser names: offered, not assumed."""
    code = next(iter(names.index().find(language.browser_region())), "")
    name = pickers.states(reader.warehouse, reader.lang).get(code)
    if name:
        label = _("{name}?").format(name=name)
        st.button(label, key="mine_offer", type="tertiary", on_click=_settle, args=(code,))


def _of_link(reader: Reader, own: str, usual: str) -> None:
    """That the country came with a link; the way back to the remembered one, else a button to remember it."""
    st.html(Markup('<p class="e-mine-note">{}</p>').format(_("From the link; not remembered.")))
    name = pickers.states(reader.warehouse, reader.lang).get(usual)
    if name:
        label, press, code = _("Back to {name}").format(name=name), _back, usual
    else:
        label, press, code = _("Remember it"), memory.remember, own
    st.button(label, key="mine_link", type="tertiary", on_click=press, args=(code,))


def _take() -> None:
    """Callback of the list."""
    _settle(st.session_state.get(state.widget("mine")) or "")


def _settle(code: str) -> None:
    """The browser remembers it, and pages show it in place of the one looked at. "": taken back."""
    state.store().put("mine", [code] if code else [])
    memory.remember(code)
    if code:
        state.store().values.pop("country", None)


def _back(code: str) -> None:
    """Callback: the country that is remembered takes the place of the one of the link."""
    state.store().put("mine", [code])
