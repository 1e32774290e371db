"""Names of marks: a mark that stands for a country says which, so that the page can lead to its profile."""

from __future__ import annotations

from collections.abc import Iterable

COUNTRY = "country:"  # `dashboard/static/shell.js` opens the profile of a mark with this in its id


def countries(codes: Iterable[str]) -> list[str]:
    """Ids of the marks of countries, by ISO code."""
    return [f"{COUNTRY}{code}" for code in codes]
