"""Cases of e-government innovation, and what they are evidence for: actions, lessons, SDG targets.

>>> from kpis import cases
>>> cases.search("identidad movil", group="SIDS")[["name", "score", "matched"]]
>>> cases.for_gate("SDG_16.9.1", dimension="services", stage="transactional", area="COL")

Unknown stays empty, unverified cases are marked, and a Spanish text says that it is our own translation.
"""

from __future__ import annotations

from kpis.cases.closeness import by_closeness
from kpis.cases.further import CATALOGUE, EXCHANGED, NONE, ORIGINS, OWN, Further
from kpis.cases.gate_actions import actions_for_gate
from kpis.cases.knowledge import EVIDENCE, LESSON_GROUPS, actions, dimensions, lessons, linkage, themes
from kpis.cases.relevance import REASONS, SHARES, for_gate, similar
from kpis.cases.repository import LANGUAGES, load
from kpis.cases.search import search

__all__ = [
    "CATALOGUE",
    "EVIDENCE",
    "EXCHANGED",
    "LANGUAGES",
    "LESSON_GROUPS",
    "NONE",
    "ORIGINS",
    "OWN",
    "REASONS",
    "SHARES",
    "Further",
    "actions",
    "actions_for_gate",
    "by_closeness",
    "dimensions",
    "for_gate",
    "lessons",
    "linkage",
    "load",
    "search",
    "similar",
    "themes",
]
