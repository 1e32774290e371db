"""The methods by id: their cards and functions."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from kpis.errors import RequestError, unknown
from kpis.progress import eurostat, sdsn, statcan, unsd
from kpis.progress._types import Cases, Outcome, ProgressCard

METHODS = MappingProxyType({card.id: card for card in (unsd.CARD, eurostat.CARD, statcan.CARD, sdsn.CARD)})
"""Method cards by id: name, formula, source, mark, tolerance and vocabulary."""

_FUNCTIONS: dict[str, Callable[[Cases], Outcome]] = {
    "unsd": unsd.assess,
    "eurostat": eurostat.assess,
    "statcan": statcan.assess,
    "sdsn": sdsn.assess,
}


def card(method: str) -> ProgressCard:
    """The card of a method. Raises RequestError, with the near miss, if there is no such method."""
    if method not in METHODS:
        raise RequestError(unknown("progress method", str(method), METHODS))
    return METHODS[method]


def run(method: str, cases: Cases) -> Outcome:
    """The method applied to every case. Raises RequestError, with the near miss, for an unknown method."""
    return _FUNCTIONS[card(method).id](cases)
