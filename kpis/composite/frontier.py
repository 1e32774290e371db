"""Benefit of the doubt: each area with the weights that suit it best. OECD/JRC Handbook (2008), Step 6."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpis.composite.cards import card
from kpis.composite.means import MEANS, Batch, Options
from kpis.composite.tables import Floats
from kpis.composite.ties import SHARE


@card(
    "aggregate.bod",
    name="Benefit of the doubt",
    step="6 aggregation",
    formula="max Σ vⱼxᵢⱼ over v ≥ 0 with Σ vⱼxₖⱼ ≤ 1 for all areas k (linear programme per area), 0–1",
    undefined="nothing present, a negative child, or every child 0 in all areas: missing, with a finding",
    source="Melyn, Moesen (1991); OECD/JRC (2008). A missing child counts as 0 output: Kuosmanen (2009)",
    status="unconfirmed",
    tolerance=1e-7,
)
def _bod(children: Sequence[Batch], weights: Floats, _options: Options) -> Batch:
    """Weights only say who takes part: a child with weight 0 is left out."""
    taking_part = [child for at, child in enumerate(children) if (weights[:, at] > 0).any()]
    draws = max((child.shape[0] for child in taking_part), default=1)
    result = np.full((draws, children[0].shape[1]), np.nan)
    for draw in range(draws if taking_part else 0):
        result[draw] = _frontier(np.column_stack([child[draw % child.shape[0]] for child in taking_part]))
    return result


def _frontier(scores: Floats) -> Floats:
    """Score of every area against the frontier of all of them."""
    from scipy.optimize import linprog  # here, because it is slow to load and rarely needed

    # a missing child is no achievement: it can neither raise an area nor make it a harder peer
    outputs = np.where(np.isnan(scores), 0.0, scores)
    usable = ~(np.isnan(scores).all(axis=1) | (outputs < 0).any(axis=1))
    outputs = outputs[:, outputs[usable].max(axis=0, initial=0.0) > 0]
    result = np.full(scores.shape[0], np.nan)
    if outputs.shape[1] == 0:
        return result
    # each child in units of its best area: the score does not change and the programme is well scaled
    outputs = outputs / outputs[usable].max(axis=0)
    peers = outputs[usable]
    for area in np.flatnonzero(usable):
        solved = linprog(
            -outputs[area], A_ub=peers, b_ub=np.ones(len(peers)), bounds=(0, None), method="highs"
        )
        result[area] = -solved.fun if solved.success else np.nan
    return np.where(np.abs(result - 1) <= SHARE, 1.0, result)  # on the frontier is exactly 1


MEANS["bod"] = _bod
