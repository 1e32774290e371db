"""Method cards: what each method is called, its formula, its source and how closely it must agree.

A card is declared beside the function that computes it, so that the list shown to readers cannot drift from
the code. `METHODS` fills as the modules of this package are imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Evidence = Literal["verified", "read", "working", "unconfirmed"]
"""verified: published figures were recomputed; read: seen in the cited source; working: a rule of this
project; unconfirmed: general knowledge."""

F = TypeVar("F", bound=Callable[..., Any])

HANDBOOK = "OECD/JRC (2008), Handbook on Constructing Composite Indicators"
COINR = "COINr 1.1"


@dataclass(frozen=True)
class MethodCard:
    """One method as a reader may see it.

    id: "normalise.min-max"; step: handbook step ("5 normalisation"); undefined: when the result is missing;
    source: where the rule stands, and where the result differs from a tool named there; tolerance: greatest
    relative difference allowed (0 = exact), in words where the result is an estimate; code: where it lives.
    """

    id: str
    name: str
    step: str
    formula: str
    undefined: str
    source: str
    evidence: Evidence
    tolerance: float | str
    code: str


METHODS: dict[str, MethodCard] = {}


def card(
    id: str,
    *,
    name: str,
    step: str,
    formula: str,
    undefined: str = "nothing present",
    source: str = HANDBOOK,
    evidence: Evidence = "read",
    tolerance: float | str = 1e-9,
) -> Callable[[F], F]:
    """Register a method card for the decorated function; the function is returned unchanged."""

    def register(function: F) -> F:
        where = f"{function.__module__}.{function.__qualname__}"
        METHODS[id] = MethodCard(id, name, step, formula, undefined, source, evidence, tolerance, where)
        return function

    return register
