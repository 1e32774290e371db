"""Marks: of which country one is, so that the page can lead to its profile; short names; patterns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from dashboard.charts.figure import Trace

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


# Long words of names of States as United Nations tables shorten them, in both languages.
ABBREVIATIONS = {
    "Democratic": "Dem.",
    "Democrática": "Dem.",
    "Popular": "Pop.",
    "Republic": "Rep.",
    "República": "Rep.",
    "Saint": "St.",
}
_LONG_WORDS = re.compile(rf"\b({'|'.join(ABBREVIATIONS)})\b")


def shortened(name: str, most: int) -> str:
    """A name for the room of `most` characters: without what stands in brackets, with short words, then cut.

    >>> shortened("Bolivia (Plurinational State of)", 20), shortened("Democratic Republic of the Congo", 26)
    ('Bolivia', 'Dem. Rep. of the Congo')
    >>> shortened("Saint Vincent and the Grenadines", 20)
    'St. Vincent and the…'
    """
    if len(name) <= most:
        return name
    plain = name.partition(" (")[0]
    if len(plain) <= most:
        return plain
    brief = _LONG_WORDS.sub(lambda found: ABBREVIATIONS[found[0]], plain)
    return brief if len(brief) <= most else f"{brief[: most - 1].rstrip()}…"


def patterned(fills: list[str], **pattern: object) -> Trace:
    """Colours of a marker, one a mark, with a pattern over them: shape, fgopacity, size … as of Plotly.

    Plotly lays the pattern over the fill of each mark. Before, it asks for the contrast to `bgcolor`, without
    one to the list of fills, which is no colour: it warns. Any fill will do there.
    """
    ground = {"bgcolor": fills[0]} if fills and fills[0] else {}
    return {"color": fills, "pattern": {"fillmode": "overlay", **ground, **pattern}}


def bare(name: str) -> str:
    """A name that somebody typed, for a chart, whose texts are read as HTML: it makes no link and no tag.

    >>> bare("<a href='x'>A & B</a>")
    "‹a href='x'›A & B‹/a›"
    """
    return name.replace("<", "‹").replace(">", "›")
