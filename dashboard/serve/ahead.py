"""Preloads: answers that depend on no choice are read at the start, so that no first visitor waits."""

from __future__ import annotations

from dashboard.app_pages.forecast import reads as forecast
from dashboard.app_pages.lens import reads as lens
from dashboard.app_pages.methods import reads as methods
from dashboard.app_pages.releases import reads as releases
from dashboard.app_pages.robustness import reads as robustness
from dashboard.components import pickers
from dashboard.components.knowledge import reads as cases
from dashboard.components.language import LANGUAGES, catalogue
from dashboard.navigation import QUESTIONS
from dashboard.reads import shared as data
from dashboard.search.index import index
from kpis import stages


def read() -> None:
    """What first pages are drawn from, shared reads first. Raises EscalaError without a warehouse."""
    wh = data.warehouse()
    for lang in LANGUAGES:
        catalogue(lang)
        pickers.places(wh, lang)
        for read_texts in (data.groups, data.kpis, data.dimensions, data.sources, data.targets):
            read_texts(wh, lang)
        cases.all_cases(lang)
        index(wh, lang, QUESTIONS)
    for read_table in (data.stage_years, data.years_by_kpi, data.sdg_by_kpi, data.kpi_table, data.freshness):
        read_table(wh)
    stages.computed(wh.tables)
    for read_pairs in (lens.by_goal, lens.eligible):
        read_pairs(wh)
    releases.moved(wh, "EGDI")
    if robustness.indices(wh):
        robustness.run(wh, robustness.usual(wh))
    data.method_cards()


def read_later() -> None:
    """What takes long and few ask for: once the first visitors have been served."""
    wh = data.warehouse()
    methods.verification(wh)
    for ahead in forecast.horizons(wh):
        forecast.cases(wh, ahead)
