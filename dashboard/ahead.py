"""Reads ahead: answers that do not depend on a choice, so that no first visitor waits for them."""

from __future__ import annotations

from dashboard import data
from dashboard.components import pickers
from dashboard.components.language import LANGUAGES, catalogue
from dashboard.reads import cases, lens


def read() -> None:
    """The shared reads in every language, then the slow ones. Raises EscalaError without a warehouse."""
    version = data.version()
    for lang in LANGUAGES:
        catalogue(lang)
        pickers.states(version, lang)
        for one in (data.groups, data.kpi_list, data.dimensions, data.sources, data.targets, cases.every):
            one(version, lang)
    for one in (data.stage_years, data.freshness, data.years_by_kpi, data.sdg_by_kpi, data.kpi_table):
        one(version)
    for one in (lens.by_goal, lens.eligible, data.verification):
        one(version)
    data.method_cards()
