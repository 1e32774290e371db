"""What people write of a step: who, by when, for how much, how far it has come, and a note."""

from __future__ import annotations

import datetime
import re

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.components import language
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.plan import words
from kpis.plan.document import BUDGET, OWNER

NOTE = 300  # characters on the page; a file may hold more
FIRST = datetime.date(1990, 1, 1)
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
    """The day by which the step is to be done, typed; below it the day in words, or what is wrong with it.

    Streamlit's calendar has its months in the language of the browser, not of the page.
    """
    key, written = _key(area, "dues", step), plan_goal.texts(area)["dues"].get(step)
    wrong = st.session_state.get(_wrong(key), "")
    day = datetime.date.fromisoformat(written) if written else None
    st.session_state[key] = wrong or (f"{day:%d/%m/%Y}" if day else "")
    st.text_input(
        _("Due"), key=key, placeholder=_("dd/mm/yyyy"), max_chars=len("dd/mm/yyyy"),
        on_change=_take_day, args=(area, step, reader.ctx.as_of),
    )  # fmt: skip
    if wrong:
        template = _("“{words}” is no day from {first} to {year}. Write it as 30/06/2027.")
        says = template.format(words=wrong, first=FIRST.year, year=reader.ctx.as_of + AHEAD)
        st.html(Markup('<p class="e-note" role="alert">{}</p>').format(says))
    elif day:
        st.html(Markup('<p class="e-foot">{}</p>').format(language.day(day)))


def _wrong(key: str) -> str:
    """Where what was typed waits that is no day."""
    return f"{key}_wrong"


def _take_day(area: str, step: str, year: int) -> None:
    """Keeps a day that is one; what is none is shown again and not kept. year: of reading."""
    key, days = _key(area, "dues", step), plan_goal.texts(area)["dues"]
    typed = st.session_state[key].strip()
    day = written_day(typed)
    is_day = day is not None and FIRST <= day <= datetime.date(year + AHEAD, 12, 31)
    st.session_state[_wrong(key)] = "" if is_day or not typed else typed
    if day is not None and is_day:
        days[step] = day.isoformat()
    elif not typed:
        days.pop(step, None)


def written_day(text: str) -> datetime.date | None:
    """The day that a person wrote, day first or as ISO 8601; None where it is none.

    >>> written_day("3-6-2027"), written_day("2027-06-03"), written_day("31/02/2027")
    (datetime.date(2027, 6, 3), datetime.date(2027, 6, 3), None)
    """
    parts = re.split(r"[-/. ]+", text)
    if len(parts) != 3 or not all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
        return None
    day, month, year = map(int, parts if len(parts[0]) < 3 else reversed(parts))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


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
