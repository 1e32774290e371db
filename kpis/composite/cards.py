"""The cards of this package, each declared beside the function that computes it.

So the list shown to readers cannot drift from the code. `METHODS` fills as the modules are imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from kpis.cards import MethodCard, Status, relative

F = TypeVar("F", bound=Callable[..., Any])

HANDBOOK = "OECD/JRC (2008), Handbook on Constructing Composite Indicators"
COINR = "COINr 1.1"


@dataclass(frozen=True, kw_only=True)
class HandbookCard(MethodCard):
    """The card of a method of this package.

    step: handbook step ("5 normalisation"); undefined: when the result is missing; code: dotted name of the
    function.
    """

    step: str
    undefined: str
    code: str


METHODS: dict[str, HandbookCard] = {}


def card(
    id: str,
    *,
    name: str,
    step: str,
    formula: str,
    undefined: str = "nothing present",
    source: str = HANDBOOK,
    status: Status = "read",
    tolerance: float | str = 1e-9,
) -> Callable[[F], F]:
    """Register a method card for the decorated function; the function is returned unchanged.

    tolerance: greatest relative difference allowed (0 = exact), in words where the result is an estimate.
    """

    def register(function: F) -> F:
        METHODS[id] = HandbookCard(
            id,
            name,
            formula,
            source,
            tolerance if isinstance(tolerance, str) else relative(tolerance),
            status,
            step=step,
            undefined=undefined,
            code=f"{function.__module__}.{function.__qualname__}",
        )
        return function

    return register
