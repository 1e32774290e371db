"""The UN e-government indices, computed from their parts as each edition does it.

Rules and weights are catalogue entries (`entries/indices.toml`); this module only applies them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpis.catalogue.model import Index
from kpis.errors import DataError


def composite(parts: pd.DataFrame, index: Index) -> pd.Series:
    """One edition of an index from its parts.

    parts: one row per area, one column per component KPI, in the published units.
    weighted_mean: weights scaled to sum 1; a missing part counts as 0, as the UN computed early editions.
    z_score_min_max: population z-scores over all rows, weighted sum, then (x − lowest) / (highest − lowest);
    a row with a missing part has a missing result and does not enter mean, spread or ends.
    Returns values by area, unrounded. Raises DataError if a component column is missing or constant.
    Source: UN E-Government Survey, methodology of each edition.
    """
    names = [component.kpi for component in index.components]
    absent = [name for name in names if name not in parts]
    if absent:
        raise DataError(f"{index.index}: component {', '.join(absent)} has no values. Add its figures.")
    weights = np.array([component.weight for component in index.components])
    values = parts[names].to_numpy(dtype=float)
    if index.method == "weighted_mean":
        return pd.Series(np.nan_to_num(values) @ (weights / weights.sum()), index=parts.index)
    caps = [component.cap if component.cap is not None else np.inf for component in index.components]
    return pd.Series(_z_score_min_max(np.minimum(values, caps), weights, index.index), index=parts.index)


def _z_score_min_max(values: np.ndarray, weights: np.ndarray, name: str) -> np.ndarray:
    complete = ~np.isnan(values).any(axis=1)
    spread = values[complete].std(axis=0)  # population standard deviation, as in the Survey's annex
    if not (spread > 0).all():
        raise DataError(f"{name}: a component has the same value everywhere, so it cannot be standardised.")
    raw = ((values - values[complete].mean(axis=0)) / spread) @ weights
    low, high = raw[complete].min(), raw[complete].max()
    scaled: np.ndarray = (raw - low) / (high - low)
    return scaled
