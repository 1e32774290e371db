"""What goes into an index of one's own: series with their weights, how they are scaled and combined."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.components import pickers, state
from dashboard.components.language import text as _
from kpis.workspace.figures import OwnFigures
from kpis.workspace.figures.index import directed

MOST_SERIES = 8
LARGEST = 1000.0
SCALED = ("min-max", "percentile-rank", "z-score", "distance-to-target")
COMBINED = ("arithmetic", "geometric", "median")


@dataclass(frozen=True)
class IndexChoice:
    """weights: by series, of any scale; scaled, combined: names of `composite`'s methods."""

    weights: dict[str, float]
    scaled: str
    combined: str


def choose(figures: OwnFigures) -> IndexChoice:
    """A weight each series, below the controls that say which areas and methods."""
    series = series_of(figures)
    names = dict(zip(figures.series["series"], figures.series["name"], strict=True))
    weights = of_address(len(series))
    with st.container(key="weights_mydata"):
        columns = st.columns(min(len(series), 4), vertical_alignment="bottom")
        for at, one in enumerate(series):
            st.session_state[_key(at)] = weights[at]
            columns[at % len(columns)].number_input(
                _("Weight: {name}").format(name=names[one]),
                min_value=0.0,
                max_value=LARGEST,
                step=1.0,
                format="%g",
                key=_key(at),
                on_change=_take,
                args=(len(series),),
                help=str(names[one]),
            )
    scaled = state.store().single("scaled", _scales(figures), SCALED[0])
    combined = state.store().single("combined", COMBINED, COMBINED[0])
    by_series = dict(zip(series, weights, strict=True))
    return IndexChoice(by_series, scaled or SCALED[0], combined or COMBINED[0])


def scale(figures: OwnFigures) -> None:
    """The control of how series are put on one scale."""
    pickers.choose(_("Put on one scale by"), "scaled", _scales(figures), SCALED[0], said)


def mean() -> None:
    """The control of how series are combined."""
    pickers.choose(_("Combined by"), "combined", COMBINED, COMBINED[0], said)


def series_of(own: OwnFigures) -> list[str]:
    """The series that can enter, at most MOST_SERIES."""
    return directed(own)[:MOST_SERIES]


def _scales(own: OwnFigures) -> list[str]:
    """The ways of scaling: by own targets only where each series has one."""
    stated = own.series.set_index("series").loc[series_of(own), "target"].notna().all()
    return [name for name in SCALED if stated or name != "distance-to-target"]


def said(code: str) -> str:
    """A method in words."""
    return {
        "min-max": _("lowest 0, highest 100"),
        "percentile-rank": _("share of areas passed"),
        "z-score": _("distance from the mean"),
        "distance-to-target": _("share of the own target"),
        "arithmetic": _("mean"),
        "geometric": _("geometric mean"),
        "median": _("median"),
    }[code]


def of_address(n: int) -> list[float]:
    """Weights of the address, as "2-1-0"; those of another number of series are dropped: all count alike."""
    text = state.store().free("parts")
    if not text:
        return [1.0] * n
    try:
        weights = [float(number) for number in text.split("-")]
    except ValueError:
        weights = []
    if len(weights) != n or not all(0 <= weight <= LARGEST for weight in weights):
        state.store().refuse("parts", "-".join(["1"] * n))
        return [1.0] * n
    return weights


def _take(n: int) -> None:
    """Callback: all weights into the address; equal ones leave it."""
    weights = [float(st.session_state[_key(at)] or 0) for at in range(n)]
    is_usual = all(weight == 1 for weight in weights)
    state.store().put("parts", [] if is_usual else ["-".join(f"{weight:g}" for weight in weights)])


def _key(at: int) -> str:
    return f"mydata_weight_{at}"
