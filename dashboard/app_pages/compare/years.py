"""The years that trend and change are drawn between: a slider, and `from` and `to` of the address."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components import state
from dashboard.components.language import text as _

Span = tuple[int, int]  # first and last year
EARLIEST = 1960  # of a year that an address may name
WIDGET = "years"
ENOUGH = 0.9  # of those with a value at all, in a year that a change may be read from


def present(rows: pd.DataFrame) -> list[int]:
    """Years with a value, ascending. rows: time_period, obs_value."""
    return sorted({int(year) for year in rows.dropna(subset=["obs_value"])["time_period"]})


def usual(rows: pd.DataFrame) -> Span | None:
    """The first and the last year in which nearly all have a value; None if there are no two such years.

    rows: id, time_period, obs_value.
    """
    with_value = rows.dropna(subset=["obs_value"])
    by_year = with_value.groupby("time_period")["id"].nunique()
    full = by_year[by_year >= ENOUGH * with_value["id"].nunique()].index
    years = full if len(full) > 1 else by_year.index
    return (int(years.min()), int(years.max())) if len(years) > 1 else None


def nearest(years: Sequence[int], span: Span) -> Span:
    """The years with a value that lie within a span, first and last; of a span without any, those nearest.

    years: ascending, at least one.

    >>> nearest([2003, 2008, 2012, 2024], (2009, 2020))
    (2012, 2012)
    """
    since, until = min(span), max(span)
    first = next((year for year in years if year >= since), years[-1])
    last = next((year for year in reversed(years) if year <= until), years[0])
    return min(first, last), max(first, last)


def choose(years: Sequence[int], default: Span, as_of: int) -> Span:
    """The years of the address, and the slider that moves them.

    years: those with a value, ascending, at least two. default: what is drawn until the reader chooses. A
    year of the address without a value stands for the nearest one within the span.
    """
    store, allowed = state.store(), [str(year) for year in range(EARLIEST, as_of + 1)]
    say = _("years with data: {years}").format(years=f"{years[0]}–{years[-1]}")
    since, until = (store.single(name, allowed, None, say=say) for name in ("from", "to"))
    span = nearest(years, (int(since or default[0]), int(until or default[1])))
    st.session_state[state.widget(WIDGET)] = span
    st.select_slider(
        _("From year, to year"),
        list(years),
        value=default,  # a pair: without it the slider has one end
        key=state.widget(WIDGET),
        on_change=_take,
        args=(default,),
    )
    return span


def _take(default: Span) -> None:
    """Callback of the slider; an end in its usual place leaves the address."""
    since, until = st.session_state[state.widget(WIDGET)]
    for name, year, usual_year in (("from", since, default[0]), ("to", until, default[1])):
        state.store().put(name, [] if year == usual_year else [str(year)])


def within(rows: pd.DataFrame, span: Span | None) -> pd.DataFrame:
    """The rows of a span; all where there is none."""
    if span is None:
        return rows
    return rows[rows["time_period"].between(*span)]
