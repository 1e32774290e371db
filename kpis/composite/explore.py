"""Statistics before and after aggregation. OECD/JRC Handbook (2008), Steps 4 and 9."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.findings import Finding, announce
from kpis.composite.tables import Floats, wide_table
from kpis.errors import RequestError, unknown

CorrelationMethod = Literal["pearson", "spearman", "kendall"]
_CORRELATIONS = ("pearson", "spearman", "kendall")


@card(
    "explore.correlation",
    name="Correlations with flags",
    step="4 multivariate analysis",
    formula="Pearson, Spearman or Kendall over the areas that have both; > 0.9 redundant, < -0.4 conflicting",
    undefined="fewer than 3 common areas, or one of the two is constant",
    source=f"{COINR}, R/correlations.R (get_corr), which by default leaves out pairs with p > 0.05",
)
def correlations(
    values: pd.DataFrame,
    against: pd.DataFrame | None = None,
    *,
    method: CorrelationMethod = "pearson",
    redundant: float = 0.9,
    conflicting: float = -0.4,
) -> pd.DataFrame:
    """Correlate indicators with each other, or with another table (a level above, denominators).

    values, against: rows areas, columns indicators or nodes; rows are matched by label.
    Returns one row per pair: first, second, correlation (-1 to 1), n (areas with both), flag ("redundant",
    "conflicting", "undefined" or ""). Within one table each pair comes once.
    Missing: pairs with fewer than 3 common areas or a constant are missing, flag "undefined".
    Raises RequestError for an unknown method, DataError for anything but numbers.
    Source: OECD/JRC Handbook (2008), Step 4; COINr `get_corr`, `get_corr_flags`.
    """
    if method not in _CORRELATIONS:
        raise RequestError(unknown("correlation", method, _CORRELATIONS, place="correlations"))
    left = wide_table(values)
    right = left if against is None else wide_table(against, place="against")
    rows = []
    for at, first in enumerate(left.columns):
        for second in right.columns[at + 1 :] if against is None else right.columns:
            both = pd.concat([left[first], right[second]], axis=1, join="inner").dropna()
            r = _correlation(both.to_numpy(), method)
            rows.append((first, second, r, len(both), _flag(r, redundant, conflicting)))
    return pd.DataFrame(rows, columns=["first", "second", "correlation", "n", "flag"])


def _correlation(pairs: Floats, method: str) -> float:
    if len(pairs) < 3 or np.ptp(pairs, axis=0).min() == 0:
        return float("nan")
    first, second = pd.Series(pairs[:, 0]), pd.Series(pairs[:, 1])
    return float(first.corr(second, method=method))  # type: ignore[arg-type]


def _flag(r: float, redundant: float, conflicting: float) -> str:
    if np.isnan(r):
        return "undefined"
    if r > redundant:
        return "redundant"
    return "conflicting" if r < conflicting else ""


@card(
    "explore.cronbach-alpha",
    name="Cronbach's alpha",
    step="4 multivariate analysis",
    formula="k² · mean off-diagonal covariance / sum of all covariances",
    undefined="fewer than 2 indicators, no common areas, or no variance in the sum",
    source=f"{COINR}, R/correlations.R (get_cronbach)",
)
def cronbach_alpha(values: pd.DataFrame) -> float:
    """Internal consistency of a set of indicators, normalised and pointing the same way.

    values: rows areas, columns indicators. Covariances use the areas that have both indicators, as COINr
    does by default. Returns alpha (at most 1, no unit; see `alpha_reading`), missing with a
    CompositeWarning where undefined. Raises DataError for anything but numbers. Source: OECD/JRC Handbook
    (2008), Step 4.
    """
    table = wide_table(values)
    k = table.shape[1]
    covariance = table.cov().to_numpy() if len(table) > 1 else np.zeros((k, k))
    total = float(np.nansum(covariance))
    scale = float(np.nansum(np.abs(covariance)))
    # a total that is only rounding away from 0 would give an alpha of any size
    if k < 2 or scale == 0 or abs(total) <= 1e-12 * scale:
        announce(
            [Finding("cronbach_alpha", "all", "fewer than 2 indicators, or no variance: alpha is missing")]
        )
        return float("nan")
    between = (total - float(np.nansum(np.diag(covariance)))) / (k * (k - 1))
    return k**2 * between / total


def alpha_reading(alpha: float) -> str:
    """Alpha in a word. Source: OECD, Digital Government Index 2019, method paper."""
    if np.isnan(alpha):
        return "undefined"
    steps = ((0.9, "excellent"), (0.8, "good"), (0.7, "acceptable"), (0.6, "questionable"), (0.5, "poor"))
    return next((word for least, word in steps if alpha >= least), "unacceptable")


@dataclass(frozen=True)
class PrincipalComponents:
    """loadings: indicators × components, unit length; explained: share of variance, 0–1; eigenvalues; n
    areas."""

    loadings: pd.DataFrame
    explained: pd.Series[float]
    eigenvalues: pd.Series[float]
    n: int


@card(
    "explore.pca",
    name="Principal components",
    step="4 multivariate analysis",
    formula="eigenvectors of the correlation matrix over the areas with all indicators",
    undefined="fewer than 3 complete areas, or no indicator that varies; a constant indicator is left out",
    source=f"{COINR}, R/PCA.R",
)
def principal_components(values: pd.DataFrame) -> PrincipalComponents:
    """Principal components of standardised indicators.

    values: rows areas, columns indicators. Only areas with every varying indicator enter; a constant or
    empty indicator has missing loadings. The sign of each component is the one that makes its loadings sum
    to 0 or more.
    Missing: everything, with a CompositeWarning, below 3 complete areas.
    Raises DataError for anything but numbers. Source: OECD/JRC Handbook (2008), Step 4; COINr `get_PCA`.
    """
    table = wide_table(values)
    complete = table.loc[:, table.nunique() > 1].dropna()
    varying = list(complete.columns[complete.nunique() > 1])
    complete = complete[varying]
    names = [f"PC{i + 1}" for i in range(len(varying))]
    loadings = pd.DataFrame(np.nan, index=table.columns, columns=names)
    empty = pd.Series(np.nan, index=names)
    if len(complete) < 3 or not varying:
        announce(
            [Finding("principal_components", "all", "fewer than 3 complete areas: nothing to decompose")]
        )
        return PrincipalComponents(loadings, empty, empty.copy(), len(complete))
    roots, vectors = np.linalg.eigh(np.atleast_2d(np.corrcoef(complete.to_numpy(), rowvar=False)))
    roots, vectors = np.clip(roots[::-1], 0, None), vectors[:, ::-1]
    vectors = vectors * np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    loadings.loc[varying] = vectors
    eigenvalues = pd.Series(roots, index=names)
    return PrincipalComponents(loadings, eigenvalues / roots.sum(), eigenvalues, len(complete))
