"""Cases beside the catalogue: what a centre published by itself, or took over from another centre.

Whoever asks hands them over, so that nobody is shown a case without the right to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CATALOGUE, OWN, EXCHANGED = "catalogue", "own", "exchanged"
ORIGINS = (CATALOGUE, OWN, EXCHANGED)
"""Where a case comes from: the catalogue shipped with Escala, the reader's own centre, another centre."""


@dataclass(frozen=True)
class Further:
    """Cases that stand beside those of the catalogue.

    records: the columns of `data/cases/cases.csv` as texts, right in every field, and origin (own, exchanged)
    and centre (who published it, "" for the own). stamp: another one whenever a record is another; two with
    the same stamp are equal, which makes it the cache key of what is drawn from them.
    """

    stamp: str = ""
    records: tuple[Mapping[str, str], ...] = field(default=(), compare=False, repr=False)


NONE = Further()
