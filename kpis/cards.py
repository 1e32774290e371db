"""Method cards: what a computation does, where its rule comes from and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["verified", "read", "working", "unconfirmed"]
"""verified: recomputed against published figures; read: taken from the source's text; working: a rule of this
project, open to revision; unconfirmed: general knowledge, not found in a source."""


@dataclass(frozen=True)
class MethodCard:
    """One method as a reader should know it before believing its figures.

    id: stable, unique within its room ("stage_mean", "normalise.min-max"). name: as pages show and translate
    it. formula: in words and signs. source: where the rule stands, and where the result differs from a tool
    named there. tolerance: how close it comes to what it is checked against, in words with the number.
    Rooms that have more to say of their methods extend it.
    """

    id: str
    name: str
    formula: str
    source: str
    tolerance: str
    status: Status


def relative(tolerance: float) -> str:
    """The greatest relative difference in words.

    >>> relative(1e-9), relative(0)
    ('relative 1e-09', 'exact')
    """
    return f"relative {tolerance:g}" if tolerance else "exact"
