"""The pages, once: their addresses, titles and groups, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.texts import mark


@dataclass(frozen=True)
class Page:
    """A page: its group in the navigation, its address, its title (English, the key of the catalogue).

    `dashboard/app_pages/<path>/page.py` draws it.
    """

    group: str
    path: str
    title: str


STAND = mark("Where do we stand?")
MATURE = mark("How mature are we?")
TRACK = mark("Are we on track for 2030?")
NEXT = mark("What next?")
TRUST = mark("Can I trust it?")
GROUPS = (STAND, MATURE, TRACK, NEXT, TRUST)
PAGES = (
    Page(STAND, "world", mark("World")),
    Page(STAND, "country", mark("Country")),
    Page(STAND, "compare", mark("Compare")),
    Page(MATURE, "stages", mark("Stages")),
    Page(TRACK, "progress", mark("Progress")),
    Page(TRACK, "lens", mark("SDG lens")),
    Page(NEXT, "plan", mark("Plan")),
    Page(NEXT, "cases", mark("Cases")),
    Page(NEXT, "lessons", mark("Lessons")),
    Page(TRUST, "robustness", mark("Robustness")),
    Page(TRUST, "gaps", mark("Data and gaps")),
    Page(TRUST, "releases", mark("What changed")),
    Page(TRUST, "explore", mark("Explorer")),
    Page(TRUST, "methods", mark("Methods and sources")),
)
PATHS = tuple(page.path for page in PAGES)
