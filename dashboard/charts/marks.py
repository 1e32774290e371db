"""Names of marks: a mark that stands for a country says which, so that the page can lead to its profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

COUNTRY = "country:"  # `dashboard/static/shell.js` opens the profile of a mark with this in its id
CLASS = "class"  # `meta` of a trace whose marks `static/steps.js` colours by their class in the year shown


def countries(codes: Iterable[str]) -> list[str]:
    """Ids of the marks of countries, by ISO code; the second of a country ends in ":2", and so on.

    Plotly draws one bar for each id of a trace: of two bars with the same id one would be missing.
    """
    seen: Counter[str] = Counter()
    ids = []
    for code in codes:
        seen[code] += 1
        ids.append(f"{COUNTRY}{code}" if seen[code] == 1 else f"{COUNTRY}{code}:{seen[code]}")
    return ids
