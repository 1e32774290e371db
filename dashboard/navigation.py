"""The pages, once: their addresses, titles, groups and parameters, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.texts import mark


@dataclass(frozen=True)
class Page:
    """A page: its group in the navigation, its address, its title (English, the key of the catalogue).

    `dashboard/app_pages/<path>/page.py` draws it. parameters: names of the query string that it reads,
    besides those of every page; left_behind: of these, what means nothing on the next page, such as a view.
    """

    group: str
    path: str
    title: str
    parameters: tuple[str, ...] = ()
    left_behind: tuple[str, ...] = ()


STAND = mark("Where do we stand?")
MATURE = mark("How mature are we?")
TRACK = mark("Are we on track for 2030?")
NEXT = mark("What next?")
TRUST = mark("Can I trust it?")
TELL = mark("Tell it")
OURS = mark("Ours")
GROUPS = (STAND, MATURE, TRACK, NEXT, TRUST, TELL, OURS)
# Parameters of every page; a search is left behind. present, slide, floor, chart: what is on the
# stage; chart also: of a page embedded elsewhere.
SHARED = ("lang", "nf", "look", "mine", "find", "present", "slide", "floor", "chart", "scale")
OWN = ("data", "series", "tier", "period", "place", "weight", "parts", "scaled", "combined")  # of My data
PAGES = (
    Page(STAND, "world", mark("World"), ("kpi", "year", "group", "view", "zoom")),
    Page(STAND, "country", mark("Country"), ("country", "peers", "kpi", "show"), ("show",)),
    Page(
        STAND,
        "compare",
        mark("Compare"),
        ("area", "country", "kpi", "group", "dimension", "from", "to", "panels", "form", "show"),
        ("panels", "form", "show"),
    ),
    Page(
        MATURE, "stages", mark("Stages"), ("country", "peers", "dimension", "from", "to", "show"), ("show",)
    ),
    Page(
        TRACK,
        "progress",
        mark("Progress"),
        ("country", "group", "method", "horizon", "indicator", "scope", "show"),
        ("show",),
    ),
    Page(
        TRACK,
        "lens",
        mark("SDG lens"),
        ("country", "peers", "goal", "evidence", "cell", "kpi", "outcome", "show"),
        ("show", "evidence", "cell"),
    ),
    Page(
        NEXT,
        "plan",
        mark("Plan"),
        (
            "country",
            "reach",
            "aim",
            "dimension",
            "until",
            "variant",
            "set",
            "done",
            "delivered",
            "plan",
            "show",
        ),
        ("show",),
    ),
    Page(
        NEXT,
        "cases",
        mark("Cases"),
        (
            *("country", "group", "dimension", "stage", "theme", "channel", "target", "level", "verified"),
            *("q", "case", "gate", "show"),
        ),
        ("case", "gate", "theme", "show"),
    ),
    Page(NEXT, "lessons", mark("Lessons"), ("kpi", "target", "theme", "scope", "show"), ("theme", "show")),
    Page(
        TRUST,
        "robustness",
        mark("Robustness"),
        (
            *("country", "peers", "group", "index", "versus", "norm", "mean", "spread", "weights"),
            *("order", "name", "show"),
        ),
        ("show",),
    ),
    Page(TRUST, "forecast", mark("Forecast record"), ("country", "ahead", "by")),
    Page(TRUST, "gaps", mark("Data and gaps"), ("country", "group", "peers", "by", "show"), ("show",)),
    Page(TRUST, "releases", mark("What changed"), ("country", "group", "kpi", "show"), ("show",)),
    Page(
        TRUST,
        "explore",
        mark("Explorer"),
        ("area", "group", "kpi", "from", "to", "source", "status", "rows", "columns", "row", "sql", "show"),
        ("show",),
    ),
    Page(
        TRUST,
        "methods",
        mark("Methods and sources"),
        ("kpi", "q", "by", "source", "group", "show"),
        ("show",),
    ),
    Page(TELL, "present", mark("Present"), ("country", "story")),
    Page(
        OURS,
        "mydata",
        mark("My data"),
        (*OWN, "show"),
        (*OWN, "show"),
    ),
    Page(OURS, "knowledge", mark("Knowledge"), ("record", "show"), ("record", "show")),
    Page(
        OURS,
        "exercise",
        mark("Exercise"),
        ("exercise", "invitation", "part", "show"),
        ("exercise", "invitation", "part", "show"),
    ),
)
PATHS = tuple(page.path for page in PAGES)
QUESTIONS = tuple((page.path, page.title, page.group) for page in PAGES)  # what the search finds pages by
PARAMETERS = (*SHARED, *dict.fromkeys(name for page in PAGES for name in page.parameters))
LEFT_BEHIND = frozenset({"find"}.union(*(page.left_behind for page in PAGES)))
