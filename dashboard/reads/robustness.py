"""Cached reads of the page of robustness. All readers share the results and never change them.

A run has some 9 MB of ranks, so few are cached; charts and tables ask for one again by its choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from kpis.egdi import robustness as kernel
from kpis.egdi.rebuilding import normalisations, published_weights, rebuildable
from kpis.egdi.reweighting import Reweighted, reweighted
from kpis.egdi.robustness import DISTINCT, SPREAD, Robustness

if TYPE_CHECKING:
    from kpis.queries import Warehouse


@dataclass(frozen=True)
class Choice:
    """What a reader fixed and left open (None). weights: in the order of the components, empty for the
    published ones; spread: share by which weights vary."""

    index: str
    edition: int
    normalisation: str | None
    aggregation: str | None
    weights: tuple[float, ...]
    spread: float

    @property
    def fixed(self) -> bool:
        """Whether a method or a weight is the reader's own."""
        return bool(self.weights or self.normalisation or self.aggregation)


LARGEST = 100.0  # of one weight; only their proportions count


def weights_of(text: str, code: str, n: int) -> tuple[float, ...]:
    """The n weights that an address writes as `EGDI-2024:50-25-25`; () where they are not so written.

    code: of the index and its edition, as "EGDI-2024".
    """
    owner, _sep, numbers = text.partition(":")
    try:
        weights = tuple(float(number) for number in numbers.split("-"))
    except ValueError:
        return ()
    is_whole = len(weights) == n and all(0 <= weight <= LARGEST for weight in weights) and any(weights)
    return weights if is_whole and owner.casefold() == code.casefold() else ()


@cached(2)
def indices(wh: Warehouse) -> list[tuple[str, int]]:
    """Indices and editions whose parts are held, EGDI and the last edition first."""
    return rebuildable(wh.tables)


def usual(wh: Warehouse) -> Choice:
    """The first index with everything left open: the page without any choice."""
    index, edition = indices(wh)[0]
    return Choice(index, edition, None, None, (), SPREAD)


@cached(64)
def options(wh: Warehouse, index: str, edition: int) -> tuple[str, ...]:
    """Normalisations of an index, its publisher's own first."""
    return normalisations(index, edition, wh.tables)


@cached(64)
def weights(wh: Warehouse, index: str, edition: int) -> dict[str, float]:
    """Published weights by component, summing to 1."""
    return published_weights(index, edition, wh.tables)


@cached(3)  # the published way to rebuild EGDI, and what single readers try; four megabytes each
def run(wh: Warehouse, choice: Choice) -> Robustness:
    """Ranks in every index left open."""
    names = weights(wh, choice.index, choice.edition)
    return kernel(
        choice.index,
        choice.edition,
        normalisation=choice.normalisation,
        aggregation=choice.aggregation,
        weights=dict(zip(names, choice.weights, strict=True)) if choice.weights else None,
        spread=choice.spread,
        store=wh.tables,
    )


@cached(64)
def own(wh: Warehouse, choice: Choice) -> Reweighted:
    """The index rebuilt once, by the choices of a reader; what is left open is the publisher's."""
    names = weights(wh, choice.index, choice.edition)
    return reweighted(
        choice.index,
        choice.edition,
        weights=dict(zip(names, choice.weights, strict=True)) if choice.weights else None,
        normalisation=choice.normalisation,
        aggregation=choice.aggregation,
        store=wh.tables,
    )


@cached(64)
def table(wh: Warehouse, lang: str, choice: Choice) -> pd.DataFrame:
    """`Robustness.table` with `name`, and `held`: whether the published rank is."""
    rows = run(wh, choice).table.join(data.areas(wh, lang)["name"])
    return rows.assign(held=rows["near"] >= DISTINCT)


@cached(256)
def ahead(wh: Warehouse, choice: Choice, area: str) -> pd.DataFrame:
    """How often a country is ahead of each other one, as `Robustness.ahead`."""
    return run(wh, choice).ahead(area)
