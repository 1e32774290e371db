"""The questions that follow from a page, each a link: no page is an end."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.components import links, state
from dashboard.components.language import text as _
from dashboard.navigation import PAGES
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.texts import mark

HOLDS_US_BACK = mark("How mature are we, and what holds us back?")
ON_TRACK = mark("Are we on track for the targets of 2030?")
BESIDE_OTHERS = mark("How do countries like ours stand?")
IT_TAKES = mark("What would it take, and by when?")
HAS_DONE_IT = mark("Who has done it before?")
LEARNT = mark("What has been learnt elsewhere?")
RANKS_HOLD = mark("Would other weights change these ranks?")
WHY_MOVED = mark("Which ranks moved with the last edition, and why?")
FORECASTS_HOLD = mark("How often were such forecasts right?")
MISSING = mark("Which figures are missing or old?")
EVERY_FIGURE = mark("What does every single figure say?")
COMPUTED = mark("How is each figure computed, and from which source?")

# By page: the page that follows, and its question, the nearest first.
NEXT: dict[str, tuple[tuple[str, str], ...]] = {
    "world": (
        ("country", mark("Where does our country stand?")),
        ("compare", BESIDE_OTHERS),
        ("gaps", MISSING),
    ),
    "country": (("stages", HOLDS_US_BACK), ("progress", ON_TRACK), ("compare", BESIDE_OTHERS)),
    "compare": (("robustness", RANKS_HOLD), ("releases", WHY_MOVED), ("stages", HOLDS_US_BACK)),
    "stages": (("plan", IT_TAKES), ("cases", HAS_DONE_IT), ("progress", ON_TRACK)),
    "progress": (("plan", IT_TAKES), ("lens", mark("Which SDG targets does it serve?"))),
    "lens": (("progress", ON_TRACK), ("cases", HAS_DONE_IT)),
    "plan": (("cases", HAS_DONE_IT), ("lessons", LEARNT), ("forecast", FORECASTS_HOLD)),
    "cases": (
        ("lessons", LEARNT),
        ("plan", IT_TAKES),
        ("exercise", mark("How far has our institution come?")),
    ),
    "lessons": (
        ("cases", HAS_DONE_IT),
        ("plan", IT_TAKES),
        ("present", mark("How do we tell it to others?")),
    ),
    "robustness": (("releases", WHY_MOVED), ("gaps", MISSING), ("methods", COMPUTED)),
    "forecast": (("robustness", RANKS_HOLD), ("plan", IT_TAKES)),
    "gaps": (
        ("explore", EVERY_FIGURE),
        ("mydata", mark("Which figures do we have ourselves?")),
        ("methods", COMPUTED),
    ),
    "releases": (("robustness", mark("Is a moved rank more than noise?")), ("forecast", FORECASTS_HOLD)),
    "explore": (("gaps", MISSING), ("methods", COMPUTED)),
    "methods": (("explore", EVERY_FIGURE), ("robustness", RANKS_HOLD)),
    "mydata": (
        ("country", mark("Where does our country stand?")),
        ("plan", IT_TAKES),
        ("knowledge", mark("Which case of ours is worth sharing?")),
    ),
    "knowledge": (("cases", HAS_DONE_IT), ("lessons", LEARNT)),
    "exercise": (
        ("stages", mark("How mature is our country’s digital government?")),
        ("cases", HAS_DONE_IT),
        ("plan", IT_TAKES),
    ),
    "present": (
        ("country", mark("Where does our country stand?")),
        ("compare", BESIDE_OTHERS),
    ),
}
READS = {page.path: frozenset(page.parameters) for page in PAGES}
SAME_KPIS = {"world", "country", "compare", "releases"}  # offer the same KPIs


def show(reader: Reader, page: str) -> None:
    """The questions below a page; call when it has been drawn."""
    ways = NEXT.get(page, ())
    if not ways:  # a page of one's own
        return
    titles = {spec.path: spec.title for spec in PAGES}
    item = Markup("<li>{} <small>{}</small></li>")
    items = Markup("").join(
        item.format(links.to(reader, path, _(question), **_carried(reader, page, path)), _(titles[path]))
        for path, question in ways
    )
    nav = Markup('<nav class="e-onward" aria-label="{0}"><h2>{0}</h2><ul>{1}</ul></nav>')
    st.html(nav.format(_("What to ask next"), items))


def _carried(reader: Reader, page: str, target: str) -> dict[str, str]:
    """The choices that go along: the country looked at, and the KPI between pages that offer the same."""
    used = {name: codes[0] for name, codes in state.store().used.items() if codes}
    area, kpi = used.get("country", state.NOBODY), used.get("kpi")
    assessed = area != state.NOBODY and (
        target in links.OF_FIGURES or area not in data.outside(reader.warehouse)
    )
    parts = {"country": area} if assessed and "country" in READS[target] else {}
    has_country = "country" in parts or "mine" in used  # without one the page of a country shows no KPI
    if kpi and {page, target} <= SAME_KPIS and (target != "country" or has_country):
        parts["kpi"] = kpi
    return parts
