"""What of the own figures is shown: which table, series, level, period, view and areas."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

import streamlit as st

from dashboard.app_pages.mydata import index_choice
from dashboard.charts.context import KpiView
from dashboard.components import own, pickers, state
from dashboard.components.language import text as _
from dashboard.components.own import Dataset
from kpis.workspace.figures import OwnFigures, answers
from kpis.workspace.figures.index import directed

NEWEST = "newest"
VIEWS = ("ranking", "trend", "within")
INDEX = "index"  # a view of tables with two series or more that have a better side
MOST_PLACES = 6
ALL = "all"
EXAMPLE = "example"  # id and code of the worked example


@dataclass(frozen=True)
class Shown:
    """period: None for the newest of each area. level: None for all. places: areas set off or followed.

    weight: series that weighs the areas within a parent, "" for none.
    """

    dataset: Dataset
    series: str
    kpi: KpiView
    view: str
    period: str | None
    level: str | None
    places: tuple[str, ...]
    weight: str = ""

    @property
    def is_example(self) -> bool:
        """Whether the worked example is shown, which is nobody's own."""
        return self.dataset.id == EXAMPLE

    @property
    def own(self) -> OwnFigures:
        return self.dataset.own


def pick(held: dict[str, Dataset]) -> Shown:
    """The controls of the view."""
    with st.container(key="controls_mydata"):
        options = {EXAMPLE if one.id == EXAMPLE else str(at): one for at, one in enumerate(held.values(), 1)}
        default = _chosen(options)
        number = state.store().single("data", list(options), default) or default
        dataset = options[number]
        with_index = len(directed(dataset.own)) > 1
        first, second, third = st.columns(
            [1, 1, 1.9] if with_index else [1.2, 1.2, 1.45], vertical_alignment="bottom"
        )
        with first:
            pickers.choose(_("Table"), "data", list(options), default, lambda code: options[code].own.name)
        with third:
            view = _view(dataset.own, with_index=with_index)
        with second:
            series = _series(dataset.own, shown=view != INDEX)
        found = _index(dataset.own, series) if view == INDEX else _within(dataset.own, series, view)
    return Shown(dataset, series, own.view_of(dataset.own, series), view, *found)


def _view(figures: OwnFigures, *, with_index: bool) -> str:
    labels = {
        "ranking": _("Ranking"),
        "trend": _("Trend"),
        "within": _("By parent area"),
        INDEX: _("Index"),
    }
    views = [*VIEWS, INDEX] if with_index else VIEWS
    return pickers.switch(_("View"), "show", views, _usual(figures), labels.__getitem__)


def _usual(figures: OwnFigures) -> str:
    """The ranking; of one area alone its course."""
    return "trend" if len(figures.with_figures) == 1 else "ranking"


def _chosen(options: dict[str, Dataset]) -> str:
    """The table that was opened or accepted last, else the first."""
    wish = st.session_state.get(own.SHOW, "")
    return next((number for number, one in options.items() if one.id == wish), next(iter(options)))


def _series(figures: OwnFigures, *, shown: bool) -> str:
    """The series that is shown; an index, which is of several, asks for none."""
    names = {
        str(at): row
        for at, row in enumerate(zip(figures.series["series"], figures.series["name"], strict=True), 1)
    }
    best = next(at for at, row in names.items() if row[0] == answers.first_series(figures))
    if shown:
        number = pickers.choose(_("Series"), "series", list(names), best, lambda code: str(names[code][1]))
    else:
        number = state.store().single("series", list(names), best)
    return str(names[number or best][0])


Found = tuple[str | None, str | None, tuple[str, ...], str]  # period, level, places, weight


def _within(figures: OwnFigures, series: str, view: str) -> Found:
    """The period, level and areas of a view of one series; the weight of areas within a parent."""
    has_period, has_levels = view != "trend", len(answers.levels(figures, series)) > 1
    widths = [*[1.0] * (has_period + has_levels), 1.8]
    columns = iter(st.columns(widths, vertical_alignment="bottom"))
    period, places, weight = None, [], ""
    if has_period:
        with next(columns):
            periods = [NEWEST, *answers.periods(figures, series)]
            named = pickers.choose(_("Period"), "period", periods, NEWEST, _period)
            period = None if named in (None, NEWEST) else named
    with next(columns) if has_levels else nullcontext():
        level = _level(figures, series)
    with next(columns):
        if view == "within":
            weight = _weight(figures, series)
        else:
            places = _places(figures, series, level)
    return period, level, tuple(places), weight


def _index(figures: OwnFigures, series: str) -> Found:
    """Level and areas of an index, beside the ways to make it."""
    first, second, third, fourth = st.columns([1.25, 0.85, 0.9, 1.1], vertical_alignment="bottom")
    with first:
        index_choice.scale(figures)
    with second:
        index_choice.mean()
    with third:
        level = _level(figures, series)
    with fourth:
        places = _places(figures, series, level)
    return None, level, tuple(places), ""


def _level(figures: OwnFigures, series: str) -> str | None:
    """The level whose areas are shown; None for all."""
    levels = answers.levels(figures, series)
    options = {ALL: _("All levels")} | {str(at): name for at, name in enumerate(levels, 1)}
    if len(levels) < 2:
        state.store().single("tier", list(options), "1")
        return next(iter(levels), None)
    code = pickers.choose(_("Level"), "tier", list(options), "1", options.__getitem__) or "1"
    return None if code == ALL else options[code]


def _weight(figures: OwnFigures, series: str) -> str:
    """The series that weighs areas, where the table has one; usually each area counts once."""
    names = dict(zip(figures.series["series"], figures.series["name"], strict=True))
    options = {str(at): one for at, one in enumerate(answers.weights_for(figures, series), 1)}
    if not options:
        return ""
    code = pickers.choose(
        _("Mean weighted by"),
        "weight",
        list(options),
        None,
        lambda code: str(names[options[code]]),
        placeholder=_("no weight: each area counts once"),
    )
    return options[code] if code else ""


def _period(code: str) -> str:
    return _("newest of each area") if code == NEWEST else code


def _places(figures: OwnFigures, series: str, level: str | None) -> list[str]:
    named = answers.places(figures, series, level)
    return pickers.several(
        _("Areas"),
        "place",
        list(named),
        [],
        named.__getitem__,
        most=MOST_PLACES,
        placeholder=_("Highlight areas"),
    )
