"""A long list in steps: its first entries, and a button for some more of them."""

from __future__ import annotations

import streamlit as st

from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def shown(name: str, of: str, step: int) -> int:
    """How many entries of a list are shown: `step` at first, and again when the list is another one.

    name: of the list on its page. of: what makes the list, such as the filters in use.
    """
    before, most = st.session_state.get(_key(name), (of, step))
    return int(most) if before == of else step


def button(reader: Reader, name: str, of: str, n: int, step: int) -> None:
    """The button for the next entries of n, with how many are left; nothing once all are shown."""
    most = shown(name, of, step)
    if most >= n:
        return

    def more() -> None:
        st.session_state[_key(name)] = (of, most + step)

    number = reader.ctx.number
    label = _("Show {k} more of {n}").format(k=number(min(step, n - most)), n=number(n))
    st.button(label, key=f"further_{name}", on_click=more)


def _key(name: str) -> str:
    return f"escala_more_{name}"
