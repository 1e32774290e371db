"""Where the methods disagree: the class of a series depends on the method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kpis.errors import RequestError, unknown
from kpis.progress.recent import NO_RECENT_FIGURE
from kpis.progress.registry import METHODS, card, run
from kpis.progress.table import cases_of
from kpis.progress.transform import KEY
from kpis.texts import mark, say

ON, OFF, ABSENT = "on_track", "not_on_track", "not_assessed"

SENTENCES = {
    "disagree": mark("The methods disagree: on track by {on}; not by {off}."),
    NO_RECENT_FIGURE: mark("No recent figure, so no status."),
    "not_assessed": mark("No method can assess it."),
}
ON_TRACK, NOT_ON_TRACK = mark("On track by {on}."), mark("Not on track by {off}.")
LAST_FIGURE = mark("No recent figure (last: {year}).")


def disagreement(frame: pd.DataFrame) -> pd.DataFrame:
    """On track by which methods, and do they agree?

    frame: either the columns that `assess_table` takes (all four methods are then run), or its stacked
        results with kpi, ref_area, method and status, one row per method.
    Returns kpi and ref_area (where given) and per method one of on_track, not_on_track, no_recent_figure,
        not_assessed; then n_assessed, n_on_track, `on_track_by` (method ids, space between) and `verdict`:
        all_on_track, none_on_track, disagree, one_method (only one could be formed), no_recent_figure,
        not_assessed. Rows and index as in the first form; one row per (kpi, ref_area), in order of
        appearance, in the second.
    A target met counts as on track. A status that cannot be assessed, or that no recent figure carries,
    never counts as a disagreement. Cases know no clock: no_recent_figure comes with stacked results only.
    Raises RequestError for an unknown method or status, a missing column, or two rows for one method.
    """
    stacked = {"method", "status"} <= set(frame.columns)
    calls = _calls_of_results(frame) if stacked else _calls_of_cases(frame)
    return _judge(calls)


def _calls_of_cases(frame: pd.DataFrame) -> pd.DataFrame:
    cases = cases_of(frame)
    calls = frame[[name for name in KEY if name in frame.columns]].copy()
    for method in METHODS:
        calls[method] = pd.array(_call(method, run(method, cases).status), dtype="str")
    return calls


def _calls_of_results(results: pd.DataFrame) -> pd.DataFrame:
    absent = [name for name in KEY if name not in results.columns]
    if absent:
        raise RequestError(f"disagreement of stacked results needs kpi and ref_area; missing: {absent}.")
    if results.duplicated([*KEY, "method"]).any():
        raise RequestError("disagreement needs one row per kpi, ref_area and method; some are there twice.")
    calls = results[KEY].drop_duplicates().set_index(KEY)
    for method, rows in results.groupby("method", sort=False):
        verdicts = _call(str(method), rows["status"].to_numpy(dtype=object))
        calls[method] = pd.Series(verdicts, index=pd.MultiIndex.from_frame(rows[KEY]), dtype="str")
    methods = [method for method in METHODS if method in calls.columns]
    return calls[methods].fillna(ABSENT).reset_index()


def _call(method: str, statuses: np.typing.NDArray[np.object_]) -> np.typing.NDArray[np.object_]:
    """on_track, not_on_track, no_recent_figure or not_assessed for each status of a method."""
    method_card = card(method)
    allowed = (*method_card.statuses, NO_RECENT_FIGURE)
    strange = [status for status in set(statuses) if status not in allowed]
    if strange:
        raise RequestError(unknown("status", str(strange[0]), allowed, place=f"Method '{method}'"))
    calls = {status: ON if status in method_card.on_track else OFF for status in method_card.statuses}
    calls |= {method_card.statuses[-1]: ABSENT, NO_RECENT_FIGURE: NO_RECENT_FIGURE}
    return pd.Series(statuses, dtype=object).map(calls).to_numpy(dtype=object)


def _judge(calls: pd.DataFrame) -> pd.DataFrame:
    methods = [name for name in METHODS if name in calls.columns]
    on = (calls[methods] == ON).to_numpy(dtype=bool)
    assessed = calls[methods].isin([ON, OFF]).to_numpy(dtype=bool)
    old = (calls[methods] == NO_RECENT_FIGURE).to_numpy(dtype=bool).any(axis=1)
    n_on, n_assessed = on.sum(axis=1), assessed.sum(axis=1)
    verdict = np.select(
        [old, n_assessed == 0, n_assessed == 1, n_on == n_assessed, n_on == 0],
        [NO_RECENT_FIGURE, "not_assessed", "one_method", "all_on_track", "none_on_track"],
        "disagree",
    )
    named = np.where(on, np.array([f"{method} " for method in methods], dtype=object), "")
    on_track_by = [text.strip() for text in named.sum(axis=1)] if methods else []
    return calls.assign(
        n_assessed=n_assessed,
        n_on_track=n_on,
        on_track_by=pd.array(on_track_by, dtype="str"),
        verdict=pd.array(verdict, dtype="str"),
    )


def in_words(verdicts: pd.DataFrame) -> pd.Series:
    """One English sentence for each row of `disagreement`; missing never occurs. See `verdict_sentence`."""
    return verdicts.apply(verdict_sentence, axis=1).astype("str")


def verdict_sentence(row: Mapping[Any, Any] | pd.Series, lang: str = "en") -> str:
    """Which methods say on track and which do not: one row of `disagreement` as a sentence.

    "The methods disagree: on track by UNSD, Eurostat; not by SDSN." A row that no method could assess says
    so; one without a recent figure names the last year where there is a `latest_year`.
    """
    if row["verdict"] == NO_RECENT_FIGURE and "latest_year" in row:
        return say(LAST_FIGURE, lang, year=f"{row['latest_year']:.0f}")
    on = ", ".join(card.short for method, card in METHODS.items() if row.get(method) == ON)
    off = ", ".join(card.short for method, card in METHODS.items() if row.get(method) == OFF)
    template = SENTENCES.get(row["verdict"]) or (ON_TRACK if on else NOT_ON_TRACK)
    return say(template, lang, on=on, off=off)
