"""What people write of a step: who, by when, for how much, how far it has come, and a note."""

from __future__ import annotations

import datetime

import streamlit as st

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.plan import words
from kpis.plan.document import BUDGET, OWNER

NOTE = 300  # characters on the page; a file may hold more
AHEAD = 30  # years in which a step may be due, as far as a plan looks


def show(reader: Reader, area: str, step: str) -> None:
    """The fields of one step, empty until written. step: id of an increment."""
    _line(area, "owners", step, _("Owner"), OWNER)
    left, right = st.columns(2)
    with left:
        _day(reader, area, step)
    with right:
        _status(reader, area, step)
    _line(area, "budgets", step, _("Budget"), BUDGET)
    _line(area, "notes", step, _("Note"), NOTE)


def _line(area: str, kind: str, step: str, label: str, most: int) -> None:
    """A line for words of any kind."""
    key = _begin(area, kind, step, "")
    st.text_input(label, key=key, max_chars=most, on_change=_take, args=(area, kind, step))


def _day(reader: Reader, area: str, step: str) -> None:
    """The day by which the step is to be done."""
    written = plan_goal.texts(area)["dues"].get(step)
    key, year = _key(area, "dues", step), reader.ctx.as_of
    st.session_state[key] = datetime.date.fromisoformat(written) if written else None
    st.date_input(
        _("Due"), key=key, format="DD/MM/YYYY", min_value=datetime.date(1990, 1, 1),
        max_value=datetime.date(year + AHEAD, 12, 31), on_change=_take, args=(area, "dues", step),
    )  # fmt: skip


def _status(reader: Reader, area: str, step: str) -> None:
    """How far the step has come."""
    key = _begin(area, "statuses", step, None)
    names = {code: reader.ctx.t(name) for code, name in words.STEP_STATUSES.items()}
    st.selectbox(
        _("Status"), list(names), key=key, format_func=names.__getitem__, placeholder=_("not said"),
        on_change=_take, args=(area, "statuses", step),
    )  # fmt: skip


def _key(area: str, kind: str, step: str) -> str:
    return f"plan_{kind}_{area}_{step}"


def _begin(area: str, kind: str, step: str, nothing: str | None) -> str:
    """Puts what was written into a widget; its key."""
    key = _key(area, kind, step)
    st.session_state[key] = plan_goal.texts(area)[kind].get(step, nothing)
    return key


def _take(area: str, kind: str, step: str) -> None:
    """Keeps what a widget says; what was emptied is gone."""
    said = st.session_state[_key(area, kind, step)]
    text = " ".join(str("" if said is None else said).split())
    texts = plan_goal.texts(area)[kind]
    if text:
        texts[step] = text
    else:
        texts.pop(step, None)
