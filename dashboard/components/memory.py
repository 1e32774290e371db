"""What the browser remembers of a reader: my country, in a cookie that the server reads and never writes.

`st.context.cookies` holds it in the very first run of a visit, so no page is drawn twice. A control orders
the browser to remember; `static/shell.js` writes the cookie. Where the browser keeps none (blocked, private),
the session and the address still hold the choice.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st

from dashboard.components import alone

COOKIE = "escala_mine"
NARROW = "escala_narrow"  # a cookie of the first script of a page: the window is as narrow as a phone's
MAX_LENGTH = 8  # of a value; an ISO code has three letters
KEY = "escala_remembered"


@dataclass(frozen=True)
class Memory:
    """What is remembered ("" is nothing), and when it was ordered (0: it came with the visit)."""

    code: str
    ordered: int = 0


def _memory() -> Memory:
    if KEY not in st.session_state:
        st.session_state[KEY] = Memory(str(st.context.cookies.get(COOKIE, ""))[:MAX_LENGTH])
    memory: Memory = st.session_state[KEY]
    return memory


def remembered() -> str:
    """The country that the browser remembers, unchecked: anybody can write a cookie. "" if there is none.

    A view that is shown alone is shown to others: it is the same for everybody.
    """
    return "" if alone.wanted() else _memory().code


def remember(code: str) -> None:
    """Has the browser remember a country; "" has it forget."""
    st.session_state[KEY] = Memory(code, time.time_ns())


def order() -> dict[str, str]:
    """What `static/shell.js` has to write, if anything: an order is carried out once, by its time.

    Another tab may have ordered since: a run that only repeats the page must not undo it.
    """
    memory = _memory()
    return {"cookie": COOKIE, "code": memory.code, "at": str(memory.ordered)} if memory.ordered else {}
