"""The rules that build a UN index from its parts: a weighted mean, or z-scores then min-max.

Rules and weights are catalogue entries (`entries/indices.toml`); this module only applies them. Every
function on arrays takes a stack of tables (…, areas, components), so that one call scores many what-ifs.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.catalogue.model import Index
from kpis.composite.rank import rank_rows
from kpis.errors import DataError

Array: TypeAlias = NDArray[np.float64]

GROUPS: tuple[tuple[str, float], ...] = (("Very High", 0.75), ("High", 0.5), ("Middle", 0.25), ("Low", 0.0))


def composite(parts: pd.DataFrame, index: Index) -> pd.Series:
    """One edition of an index from its parts.

    parts: one row per area, one column per component KPI, in the published units.
    weighted_mean: weights scaled to sum 1; a missing part counts as 0, as the UN computed early editions.
    sum: the same with the weights as the entry gives them.
    z_score_min_max: population z-scores over all rows, weighted sum, then (x − lowest) / (highest − lowest);
    a row with a missing part has a missing result and does not enter mean, spread or ends.
    Returns values by area, unrounded. Raises DataError if a component column is missing or constant, if no
    row is complete, or if all composites are equal.
    Source: UN E-Government Survey, methodology of each edition.
    """
    names = component_names(index)
    absent = [name for name in names if name not in parts]
    if absent:
        raise DataError(f"{index.index}: component {', '.join(absent)} has no values. Add its figures.")
    return pd.Series(score(parts[names].to_numpy(dtype=float), index), index=parts.index)


def component_names(index: Index) -> list[str]:
    """Ids of an index's components, in the order of its entry."""
    return [component.kpi for component in index.components]


def score(values: Array, index: Index, *, spread_from: Array | None = None) -> Array:
    """Index values (…, areas) of a stack of component tables (…, areas, components), as `composite`.

    spread_from: tables of the same shape from which mean and spread are taken instead; the end points
    always come from `values`. With it the effect of spreads and of end points can be told apart.
    """
    weights = weights_of(index)
    if index.method in ("weighted_mean", "sum"):
        return weighted_mean(values, weights)
    limit = caps(index)
    reference = values if spread_from is None else spread_from
    return _z_score_min_max(np.minimum(values, limit), np.minimum(reference, limit), weights, index.index)


def weights_of(index: Index) -> Array:
    """Weights by component: scaled to sum 1 for a weighted mean, else as the entry gives them (signed)."""
    weights = np.array([component.weight for component in index.components], dtype=float)
    return weights / weights.sum() if index.method == "weighted_mean" else weights


def caps(index: Index) -> Array:
    """Highest value that counts, by component; infinite where there is none."""
    return np.array([np.inf if c.cap is None else c.cap for c in index.components], dtype=float)


def weighted_mean(values: Array, weights: Array) -> Array:
    """Σ weight · value over the last axis; a missing value counts as 0, as in the editions of 2003–2005."""
    total: Array = (np.nan_to_num(values) * weights).sum(axis=-1)
    return total


def _z_score_min_max(values: Array, reference: Array, weights: Array, name: str) -> Array:
    # Sums run over axis −2 with masks, not over a selection of rows: one table and a stack of tables then
    # add in the same order, so that a what-if without a change is a change of exactly 0.
    mean, spread = _mean_and_spread(reference, name)
    raw = ((values - mean[..., None, :]) / spread[..., None, :] * weights).sum(axis=-1)
    low, high = np.nanmin(raw, axis=-1)[..., None], np.nanmax(raw, axis=-1)[..., None]
    if not (high > low).all():
        raise DataError(f"{name}: all areas have the same composite, so it has no ends to scale between.")
    scaled: Array = (raw - low) / (high - low)
    return scaled


def _mean_and_spread(values: Array, name: str) -> tuple[Array, Array]:
    complete = ~np.isnan(values).any(axis=-1, keepdims=True)
    n = complete.sum(axis=-2)
    if not n.all():
        raise DataError(f"{name}: no area has all components, so there is nothing to standardise.")
    low = np.where(complete, values, np.inf).min(axis=-2)
    high = np.where(complete, values, -np.inf).max(axis=-2)
    if not (high > low).all():  # the spread itself may be 1e-17 for a constant column
        raise DataError(f"{name}: a component has the same value everywhere, so it cannot be standardised.")
    mean = np.where(complete, values, 0.0).sum(axis=-2) / n
    squares = np.where(complete, values - mean[..., None, :], 0.0) ** 2
    return mean, np.sqrt(squares.sum(axis=-2) / n)  # population deviation, as in the Survey's annex


def competition_rank(values: Array) -> NDArray[np.int64]:
    """Ranks 1, 2, 2, 4 of unrounded values, 1 = highest; equal up to the last bits is equal.

    values: (areas,) without missing values.
    """
    return np.asarray(rank_rows(values[np.newaxis, :])[0], dtype=np.int64)


def groups_of(values: Array) -> NDArray[np.object_]:
    """UN groups of index values: Very High from 0.75, High 0.50, Middle 0.25, Low below; None if missing.

    A value exactly on a bound belongs to the higher group (no published value lies on one).
    """
    names = np.array([name for name, _ in reversed(GROUPS)] + [None], dtype=object)
    bounds = [bound for _, bound in reversed(GROUPS[:-1])]
    place = np.where(np.isnan(values), len(GROUPS), np.digitize(values, bounds))
    groups: NDArray[np.object_] = names[place]
    return groups


def group_of(value: float) -> str | None:
    """UN group of one index value, as `groups_of`."""
    return None if np.isnan(value) else str(groups_of(np.array([value]))[0])
