"""Which page and view gives which picture."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.components import language
from dashboard.components.outside import reader_of
from dashboard.pictures import (
    cases,
    compare,
    country,
    forecast,
    gaps,
    lens,
    plan,
    progress,
    releases,
    robustness,
    stages,
    world,
)
from dashboard.pictures.asked import Asked, asked, page_of
from dashboard.pictures.model import Picture
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from dashboard.reads.shared import MANY
from kpis.errors import RequestError

MAKERS: dict[str, Callable[[Asked], Picture]] = {
    "world": world.picture,
    "country": country.picture,
    "compare": compare.picture,
    "stages": stages.picture,
    "progress": progress.picture,
    "lens": lens.picture,
    "plan": plan.picture,
    "robustness": robustness.picture,
    "forecast": forecast.picture,
    "gaps": gaps.picture,
    "releases": releases.picture,
    "cases": cases.picture,
}


@cached(MANY)
def title_of(reader: Reader, view: str) -> str:
    """What the picture of a view says, as its name; "" of a view without one."""
    try:
        return picture_of(view, reader=reader).about.title
    except RequestError:
        return ""


def picture_of(view: str, lang: str = "", reader: Reader | None = None) -> Picture:
    """The picture of a view's address, as 'stages?country=COL', read as its page reads it.

    lang: "en" or "es"; "" is that of the address, else English. reader: whose warehouse; in place of lang.
    Raises RequestError for an unknown page, a page without a picture, and parameters that are not allowed;
    EscalaError without a warehouse.
    """
    page, address = page_of(view)
    if page not in MAKERS:
        raise RequestError(
            f"the page '{page}' has no picture of its own. Pages that have one: {', '.join(MAKERS)}."
        )
    named = language.preferred("".join(address.get("lang", [])[:1]))
    reader = reader or reader_of(lang or named)
    with language.spoken(reader.lang):
        return MAKERS[page](asked(reader, page, address))
