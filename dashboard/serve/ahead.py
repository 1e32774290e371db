"""Preloads: answers that depend on no choice are read at the start, so that no first visitor waits."""

from __future__ import annotations

from dashboard.app_pages.lens import reads as lens
from dashboard.app_pages.methods import reads as methods
from dashboard.app_pages.releases import reads as releases
from dashboard.app_pages.robustness import reads as robustness
from dashboard.components import pickers
from dashboard.components.knowledge import reads as cases
from dashboard.components.language import LANGUAGES, catalogue
from dashboard.reads import shared as data


def read() -> None:
    """What first pages are drawn from, shared reads first. Raises EscalaError without a warehouse."""
    version = data.version()
    for lang in LANGUAGES:
        catalogue(lang)
        pickers.places(version, lang)
        for by_language in (
            data.groups,
            data.kpi_list,
            data.dimensions,
            data.sources,
            data.targets,
            cases.every,
        ):
            by_language(version, lang)
    for by_version in (
        data.stage_years,
        data.years_by_kpi,
        data.sdg_by_kpi,
        data.kpi_table,
        data.freshness,
    ):
        by_version(version)
    data.stage_table(version)
    lens.by_goal(version)
    lens.eligible(version)
    releases.moved(version, "EGDI")
    if robustness.indices(version):
        robustness.run(version, robustness.usual(version))
    data.method_cards()


def read_later() -> None:
    """What takes long and few ask for: once the first visitors have been served."""
    methods.verification(data.version())
