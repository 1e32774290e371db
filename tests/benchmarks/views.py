"""Every view of the app as an address: pages with and without a country, each of their views."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.navigation import PATHS

COUNTRY = {"country": "COL"}

# Page and choices. A page's first view stands without its parameter, as a reader first sees it.
VIEWS: tuple[tuple[str, dict[str, object]], ...] = (
    ("", {}),
    ("", COUNTRY),
    ("", {"view": "tiles"}),
    ("", {"view": "ranking"}),
    ("", {"zoom": "CARIBBEAN"}),
    ("country", {}),
    ("country", COUNTRY),
    ("country", COUNTRY | {"show": "egdi"}),
    ("compare", {}),
    ("compare", {"area": ["COL", "URY", "SIDS"]}),
    ("compare", {"area": ["COL", "URY", "SIDS"], "show": "profile"}),
    ("compare", {"area": ["COL", "URY", "SIDS"], "show": "table"}),
    ("compare", {"area": ["COL", "URY", "MEX", "PER", "SIDS"]}),
    ("compare", {"area": ["COL", "URY", "MEX", "PER", "SIDS"], "show": "profile"}),
    ("compare", {"area": ["COL", "URY", "SIDS"], "show": "change"}),
    ("compare", {"group": "CARIBBEAN_SIDS", "from": "2012", "show": "change", "form": "slope"}),
    ("compare", {"group": "CARIBBEAN_SIDS", "show": "change", "form": "dots"}),
    ("stages", {}),
    ("stages", COUNTRY),
    ("stages", COUNTRY | {"show": "matrix"}),
    ("stages", COUNTRY | {"show": "moves"}),
    ("progress", {}),
    ("progress", COUNTRY),
    ("progress", COUNTRY | {"show": "methods"}),
    ("progress", COUNTRY | {"scope": "path"}),
    ("progress", COUNTRY | {"scope": "group"}),
    ("lens", {}),
    ("lens", COUNTRY),
    ("lens", {"goal": "16"}),
    ("lens", COUNTRY | {"goal": "16"}),
    ("lens", {"goal": "16", "evidence": "direct"}),
    ("lens", {"show": "association"}),
    ("lens", COUNTRY | {"show": "association"}),
    ("lens", {"show": "income"}),
    ("lens", COUNTRY | {"show": "income"}),
    ("plan", {}),
    ("plan", COUNTRY),
    ("plan", COUNTRY | {"show": "steps"}),
    ("plan", COUNTRY | {"show": "levers"}),
    ("plan", COUNTRY | {"show": "forecast"}),
    ("plan", COUNTRY | {"show": "follow"}),
    ("plan", COUNTRY | {"show": "files"}),
    ("cases", {}),
    ("cases", COUNTRY),
    ("cases", {"theme": ["health", "payments"], "channel": "mobile"}),
    ("cases", {"show": "table"}),
    ("cases", {"show": "map"}),
    ("cases", {"case": "est-x-road"}),
    ("cases", COUNTRY | {"gate": "OSI"}),
    ("lessons", {}),
    ("lessons", COUNTRY),
    ("lessons", {"show": "links"}),
    ("lessons", {"theme": "institutional-frameworks"}),
    ("robustness", {}),
    ("robustness", COUNTRY),
    ("robustness", {"show": "own"}),
    ("robustness", COUNTRY | {"show": "own", "weights": "EGDI-2024:50-25-25"}),
    ("gaps", {}),
    ("gaps", {"by": "ranking"}),
    ("gaps", {"by": "dimensions"}),
    ("gaps", COUNTRY),
    ("gaps", COUNTRY | {"show": "kpis"}),
    ("gaps", COUNTRY | {"show": "next"}),
    ("forecast", {}),
    ("forecast", COUNTRY),
    ("forecast", {"ahead": "2", "by": "special"}),
    ("forecast", {"ahead": "3", "by": "group"}),
    ("releases", {}),
    ("releases", COUNTRY),
    ("releases", {"show": "sources"}),
    ("knowledge", {}),
    ("knowledge", {"show": "propose"}),
    ("knowledge", {"show": "rubric"}),
    ("present", {}),
    ("present", {"present": "caribbean"}),
    ("present", {"present": "my-country", "country": "COL", "slide": "5"}),
    ("mydata", {}),
    ("mydata", {"data": "example"}),
    ("mydata", {"data": "example", "show": "trend"}),
    ("mydata", {"data": "example", "show": "within"}),
    ("exercise", {}),
    ("exercise", {"invitation": "cut.short"}),
    ("explore", {}),
    ("explore", {"show": "cross"}),
    ("methods", {}),
    ("methods", COUNTRY),
    ("methods", {"by": "letter"}),
    ("methods", {"show": "sources"}),
    ("methods", {"show": "groups"}),
    ("methods", {"show": "rules"}),
    ("methods", {"show": "check"}),
    ("methods", {"show": "edition"}),
)

# Addresses that a page refuses on purpose; its message is the view.
REFUSED: tuple[tuple[str, dict[str, object]], ...] = (("exercise", {"invitation": "cut.short"}),)


def all_views() -> Iterator[tuple[str, dict[str, object]]]:
    """The views, and of a page that has none listed the page with and without a country."""
    yield from VIEWS
    pages = {page or PATHS[0] for page, _ in VIEWS}
    for page in PATHS:
        if page not in pages:
            yield page, {}
            yield page, COUNTRY


def named(page: str, parameters: dict[str, object]) -> str:
    """A view in a line of a table."""
    parts = (
        f"{key}={'+'.join(value) if isinstance(value, list) else value}" for key, value in parameters.items()
    )
    return " ".join([page or PATHS[0], *parts])
