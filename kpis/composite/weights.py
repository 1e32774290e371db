"""Weights. OECD/JRC Handbook (2008), Step 6 (weighting)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from kpis.composite.cards import COINR, HANDBOOK, card
from kpis.composite.explore import principal_components
from kpis.composite.findings import Finding, announce
from kpis.composite.structure import Hierarchy, read_structure
from kpis.composite.tables import Floats, by_code, wide_table
from kpis.errors import DataError, RequestError, unknown

_STEP = "6 weighting"


@card(
    "weights.given",
    name="Given weights",
    step=_STEP,
    formula="w as given, any scale, never negative",
    tolerance=0.0,
)
def custom_weights(
    structure: pd.DataFrame | Hierarchy, weights: Mapping[str, float] | pd.Series[Any]
) -> pd.DataFrame:
    """The structure with some weights replaced.

    structure: columns code, parent, weight. weights: code → weight, any scale; codes not named keep theirs.
    Returns a structure table. Raises RequestError for an unknown code, a negative or missing weight, or
    weights that are all zero under one parent. Source: OECD/JRC Handbook (2008), Step 6.
    """
    return structure_table(read_structure(structure).with_weights(weights).check_weights())


@card(
    "weights.equal",
    name="Equal weights",
    step=_STEP,
    formula="w = 1 for every child of a parent",
    tolerance=0.0,
)
def equal_weights(structure: pd.DataFrame | Hierarchy) -> pd.DataFrame:
    """The structure with weight 1 everywhere. Errors as `custom_weights`."""
    plain = structure if isinstance(structure, Hierarchy) else structure.assign(weight=1.0)
    tree = read_structure(plain)
    return structure_table(tree.with_weights(dict.fromkeys(tree.edges, 1.0)))


def structure_table(tree: Hierarchy) -> pd.DataFrame:
    """A hierarchy as a table: code, parent, weight; tops last, with weight 1."""
    rows: list[tuple[str, str | None, float]] = [
        (child, node.code, weight)
        for node in tree.nodes
        for child, weight in zip(node.children, node.weights, strict=True)
    ]
    rows += [(top, None, 1.0) for top in tree.tops]
    return pd.DataFrame(rows, columns=["code", "parent", "weight"])


@card(
    "weights.effective",
    name="Effective weight",
    step=_STEP,
    formula="product over the path to the top of w / Σw of the siblings",
    undefined="never",
    source=f"{COINR}, R/weights.R (get_eff_wts)",
)
def effective_weights(structure: pd.DataFrame | Hierarchy) -> pd.Series[float]:
    """What each code weighs in its index.

    Returns code → share of the top (0–1); tops have 1, and the indicators under one top sum to 1.
    Raises RequestError for a wrong structure. Source: OECD/JRC Handbook (2008), Step 6.
    """
    tree = read_structure(structure)
    shares = dict.fromkeys(tree.tops, 1.0)
    for node in reversed(tree.nodes):
        total = sum(node.weights)
        for child, weight in zip(node.children, node.weights, strict=True):
            shares[child] = shares[node.code] * weight / total
    order = [*(code for code in tree.indicators if code in shares), *(node.code for node in tree.nodes)]
    return pd.Series({code: shares[code] for code in order}, name="effective_weight", dtype=np.float64)


@card(
    "weights.pca",
    name="Weights from the first principal component",
    step=_STEP,
    formula="loading (may be negative) or squared loading of the first component, summing to 1",
    undefined="see principal components; loadings that sum to 0",
    source=f"{COINR}, R/PCA.R; squared loadings: {HANDBOOK}",
    status="unconfirmed",
    tolerance=1e-6,
)
def pca_weights(values: pd.DataFrame, *, kind: Literal["squared", "loading"] = "squared") -> pd.Series[float]:
    """Weights from the first principal component of one group of indicators.

    values: rows areas, columns indicators. kind: "squared" loadings, which are never negative, or the
    "loading" itself as COINr gives it; a negative loading is then kept, and a CompositeWarning names it.
    Returns indicator → weight, summing to 1; a constant indicator has weight 0. Missing: see
    `principal_components`.
    Raises RequestError for another kind. Source: OECD/JRC Handbook (2008), Step 6.
    """
    if kind not in ("squared", "loading"):
        raise RequestError(unknown("kind of weight", kind, ["squared", "loading"], place="pca_weights"))
    components = principal_components(values)
    if components.loadings.isna().all(axis=None):
        return pd.Series(np.nan, index=values.columns, name="weight")
    first = components.loadings.iloc[:, 0].fillna(0.0)
    raw = first**2 if kind == "squared" else first
    negative = [str(code) for code in raw.index[raw < 0]]
    if negative:
        announce(
            [Finding("pca_weights", ", ".join(negative), "the loading is negative; aggregate refuses it")]
        )
    return (raw / raw.sum()).rename("weight")


@dataclass(frozen=True)
class OptimisedWeights:
    """table: one row per indicator: weight (sums to 1), wanted and obtained importance (shares),
    correlation.

    gap: root mean squared distance between wanted and obtained; is_reached: gap below 0.001.
    """

    table: pd.DataFrame
    gap: float

    @property
    def weights(self) -> pd.Series[float]:
        return self.table["weight"]

    @property
    def is_reached(self) -> bool:
        return self.gap < 1e-3


@card(
    "weights.optimised",
    name="Optimised weights",
    step=_STEP,
    formula="min log mean((importance - r/Σr)²), r = correlation of indicator and index; w ≥ 0, Σw = 1",
    undefined="an indicator that does not vary, or fewer than 3 complete areas: refused",
    source=f"{COINR}, R/weights.R (get_opt_weights), which allows negative weights",
    tolerance=1e-3,
)
def optimise_weights(
    scores: pd.DataFrame, importance: Mapping[str, float] | pd.Series[Any] | None = None
) -> OptimisedWeights:
    """Weights under which each indicator correlates with the index as much as it is meant to matter.

    scores: rows areas, columns the children of one parent, normalised; areas with a gap are left out.
    importance: indicator → wanted importance, any scale, above 0; default equal. The index is the
    arithmetic mean.
    Returns weights that are never negative and sum to 1. Where no such weights reach the wanted importance,
    the nearest are returned, `is_reached` is False and a CompositeWarning says how far off they are.
    Raises RequestError for an unknown or non-positive importance, DataError below 3 complete areas or for
    an indicator that does not vary. Source: OECD/JRC Handbook (2008), Step 6;
    doi:10.1016/j.ecolind.2017.03.056.
    """
    table = wide_table(scores, place="scores").dropna()
    target_importance = _importance(table, importance)
    if len(table) < 3 or table.shape[1] < 2:
        raise DataError(
            f"scores: {len(table)} complete areas of {table.shape[1]} indicators; 3 of 2 are needed."
        )
    constant = [str(code) for code in table.columns if table[code].nunique() < 2]
    if constant:
        raise DataError(f"scores: '{constant[0]}' does not vary over the complete areas; leave it out.")
    covariance = np.cov(table.to_numpy(), rowvar=False)
    tried = [
        _descend(start, covariance, target_importance) for start in _starts(covariance, target_importance)
    ]
    squared_gap, weights = min(tried, key=lambda attempt: attempt[0])
    correlation = _correlations(weights, covariance)
    result = pd.DataFrame(
        {
            "weight": weights,
            "wanted": target_importance,
            "obtained": correlation / correlation.sum(),
            "correlation": correlation,
        },
        index=table.columns,
    )
    done = OptimisedWeights(result, float(np.sqrt(squared_gap)))
    if not done.is_reached:
        problem = f"no weights of 0 or more reach the wanted importance; off by {done.gap:.3f} on average"
        announce([Finding("optimise_weights", "all", problem)])
    return done


def _importance(table: pd.DataFrame, importance: Mapping[str, float] | pd.Series[Any] | None) -> Floats:
    importance_of = by_code(importance, table.columns, place="importance")
    target_importance = np.asarray([float(importance_of.get(code, 1.0)) for code in table.columns])
    if not (np.isfinite(target_importance).all() and (target_importance > 0).all()):
        raise RequestError("importance: every indicator needs a finite importance above 0.")
    return np.asarray(target_importance / target_importance.sum())


def _correlations(weights: Floats, covariance: Floats) -> Floats:
    """Correlation of each indicator with the weighted mean."""
    with_index = covariance @ weights
    spread = np.sqrt(np.diag(covariance) * max(float(weights @ with_index), np.finfo(float).tiny))
    return np.asarray(with_index / spread)


def _starts(covariance: Floats, target_importance: Floats) -> list[Floats]:
    """Fixed starting points, so that the same table always gives the same weights."""
    equal = np.full(target_importance.size, 1 / target_importance.size)
    alone = target_importance / np.sqrt(np.diag(covariance))
    return [target_importance, equal, alone / alone.sum()]


def _descend(start: Floats, covariance: Floats, target_importance: Floats) -> tuple[float, Floats]:
    from scipy.optimize import minimize  # here, because it is slow to load and rarely needed

    def squared_gap(weights: Floats) -> float:
        correlation = _correlations(weights, covariance)
        return float(np.mean((target_importance - correlation / correlation.sum()) ** 2))

    # the log of the method only stretches the goal; a tiny floor keeps it finite at the optimum
    optimum = minimize(
        lambda weights: np.log(squared_gap(weights) + 1e-16),
        start,
        method="SLSQP",
        bounds=[(0.0, 1.0)] * target_importance.size,
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1},
        options={"maxiter": 500, "ftol": 1e-12},
    )
    ended = np.asarray(optimum.x, dtype=np.float64)
    weights = np.maximum(ended if np.isfinite(ended).all() else start, 0.0)
    shares: Floats = weights / weights.sum()
    return squared_gap(shares), shares
