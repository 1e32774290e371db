"""Which choice moves a rank: its variance split into parts that add up. OECD/JRC Handbook (2008), Step 7."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.composite.cards import card
from kpis.composite.draws import FACTORS, Draws
from kpis.composite.rank import Ranks
from kpis.composite.tables import Floats
from kpis.errors import RequestError

WEIGHTS = "weights"
JOINT = "joint"


@card(
    "sensitivity.variance",
    name="Variance of the rank by choice",
    step="7 sensitivity",
    formula="Var(mean rank at each option of a choice), weights as one choice; joint = Var(rank) - the sum",
    undefined="the area has no rank in some draw",
    source="Saltelli and others (2008), Global Sensitivity Analysis, first-order effects; crossed design",
    tolerance=1e-9,
)
def variance_parts(draws: Draws, ranks: Ranks, areas: pd.Index) -> pd.DataFrame:
    """Variance of each area's rank by the choice that causes it, in places squared.

    draws: from `crossed`; ranks: draws × areas, 0 = no rank, as `uncertainty` gives them.
    One row per area; a column per factor with more than one option, "weights" where they were drawn, and
    "joint" for what only a combination of choices does. Columns add up to the variance over all draws.
    Missing: an area without a rank in some draw has no parts.
    Raises RequestError for draws that are not crossed.
    Source: Saltelli and others (2008); with every set of weights under every combination of methods the
    first-order effects of independent choices are plain variances of means.
    """
    sizes = [len(draws.options[factor]) for factor in FACTORS]
    combinations = int(np.prod(sizes))
    _check(draws, sizes, combinations)
    sets = len(draws) // combinations
    cells = np.where(ranks == 0, np.nan, ranks).reshape(sets, *sizes, len(areas))
    varying = {factor: at + 1 for at, factor in enumerate(FACTORS) if sizes[at] > 1}
    if sets > 1:
        varying[WEIGHTS] = 0
    parts = {name: _of_means(cells, axis) for name, axis in varying.items()}
    total: Floats = cells.var(axis=tuple(range(cells.ndim - 1)))
    rest = total - sum(parts.values(), np.zeros(len(areas)))
    parts[JOINT] = np.where(np.isnan(rest), np.nan, np.maximum(rest, 0.0))  # rounding may leave -1e-15
    return pd.DataFrame(parts, index=areas)


def _of_means(cells: Floats, axis: int) -> Floats:
    others = tuple(axis_number for axis_number in range(cells.ndim - 1) if axis_number != axis)
    variance: Floats = cells.mean(axis=others).var(axis=0)
    return variance


def _check(draws: Draws, sizes: list[int], combinations: int) -> None:
    """RequestError unless every set of weights meets every combination, in the order of `crossed`."""
    expected = np.unravel_index(np.arange(combinations), sizes)
    whole = len(draws) % combinations == 0
    if whole:
        sets = len(draws) // combinations
        blocks = draws.millionths.reshape(sets, combinations, -1)
        whole = bool((blocks == blocks[:, :1]).all()) and all(
            (draws.picks[factor] == np.tile(at, sets)).all()
            for factor, at in zip(FACTORS, expected, strict=True)
        )
    if not whole:
        raise RequestError("variance_parts: the draws are not crossed. Draw them with composite.crossed.")
