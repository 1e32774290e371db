"""What of the own figures is shown: which table, series, level, period, view and areas."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.charts.context import KpiView
from dashboard.components import own, pickers, state
from dashboard.components.language import text as _
from dashboard.components.own import Dataset
from kpis.workspace.figures import OwnFigures, answers

NEWEST = "newest"
VIEWS = ("ranking", "trend", "within")
MOST_PLACES = 6
ALL = "all"
EXAMPLE = "example"  # id and code of the worked example


@dataclass(frozen=True)
class Shown:
    """period: None for the newest of each area. level: None for all. places: areas set off or followed."""

    dataset: Dataset
    series: str
    kpi: KpiView
    view: str
    period: str | None
    level: str | None
    places: tuple[str, ...]

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
        first, second, third = st.columns([1.2, 1.2, 1.45], vertical_alignment="bottom")
        with first:
            options = {
                EXAMPLE if one.id == EXAMPLE else str(at): one for at, one in enumerate(held.values(), 1)
            }
            default = _chosen(options)
            number = pickers.choose(
                _("Table"), "data", list(options), default, lambda code: options[code].own.name
            )
        dataset = options[number or default]
        with second:
            series = _series(dataset.own)
        with third:
            labels = {"ranking": _("Ranking"), "trend": _("Trend"), "within": _("By parent area")}
            view = pickers.switch(_("View"), "show", VIEWS, _usual(dataset.own, series), labels.__getitem__)
        period, level, places = _within(dataset.own, series, view)
    return Shown(dataset, series, own.view_of(dataset.own, series), view, period, level, places)


def _usual(figures: OwnFigures, series: str) -> str:
    """The ranking; of one area alone its course."""
    areas = figures.figures.loc[figures.figures["series"] == series, "ref_area"]
    return "trend" if areas.nunique() == 1 else "ranking"


def _chosen(options: dict[str, Dataset]) -> str:
    """The table that was opened or accepted last, else the first."""
    wish = st.session_state.get(own.SHOW, "")
    return next((number for number, one in options.items() if one.id == wish), next(iter(options)))


def _series(figures: OwnFigures) -> str:
    names = {
        str(at): row
        for at, row in enumerate(zip(figures.series["series"], figures.series["name"], strict=True), 1)
    }
    counts = figures.figures["series"].value_counts()
    directed = figures.series.loc[figures.series["direction"] != "context", "series"]
    best = max(names, key=lambda at: (names[at][0] in set(directed), counts.get(names[at][0], 0)))
    number = pickers.choose(_("Series"), "series", list(names), best, lambda code: str(names[code][1]))
    return str(names[number or best][0])


def _within(figures: OwnFigures, series: str, view: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    levels = answers.levels(figures, series)
    first, second, third = st.columns([1, 1, 1.8], vertical_alignment="bottom")
    period = level = None
    if view != "trend":
        with first:
            periods = [NEWEST, *answers.periods(figures, series)]
            named = pickers.choose(_("Period"), "period", periods, NEWEST, _period)
            period = None if named in (None, NEWEST) else named
    options = {ALL: _("All levels")} | {str(at): name for at, name in enumerate(levels, 1)}
    if len(levels) > 1:
        with second:
            code = pickers.choose(_("Level"), "tier", list(options), "1", options.__getitem__) or "1"
            level = None if code == ALL else options[code]
    else:
        state.store().single("tier", list(options), "1")
        level = next(iter(levels), None)
    places: list[str] = []
    if view != "within":
        with third:
            places = _places(figures, series, level)
    return period, level, tuple(places)


def _period(code: str) -> str:
    return _("newest of each area") if code == NEWEST else code


def _places(figures: OwnFigures, series: str, level: str | None) -> list[str]:
    held = set(figures.figures.loc[figures.figures["series"] == series, "ref_area"])
    rows = figures.areas[figures.areas["ref_area"].isin(held)]
    if level is not None:
        rows = rows[rows["level"] == level]
    above = answers.names(figures)
    named = {
        code: f"{name} ({above[parent]})" if parent in above else str(name)
        for code, name, parent in zip(rows["ref_area"], rows["name"], rows["parent"], strict=True)
    }
    return pickers.several(
        _("Areas"),
        "place",
        list(named),
        [],
        named.__getitem__,
        most=MOST_PLACES,
        placeholder=_("Set areas off"),
    )
