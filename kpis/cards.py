"""Method cards: what a computation does, where its rule comes from and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["verified", "read", "working", "unconfirmed"]


@dataclass(frozen=True)
class MethodCard:
    """One method as a reader should know it before believing its figures.

    name: what it is called. formula: in words and signs. source: where the rule stands. tolerance: how close
    it comes to what it is checked against, in words with the number. status: verified (recomputed against
    published figures), read (taken from the source's text), working (a rule of this project, open to
    revision), unconfirmed (general knowledge, not found in a source).
    """

    name: str
    formula: str
    source: str
    tolerance: str
    status: Status
