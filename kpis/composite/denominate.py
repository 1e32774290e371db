"""Denomination: from totals to rates. OECD/JRC Handbook (2008), Step 2 (data selection)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.findings import Finding, attach
from kpis.composite.tables import Floats, by_code, finite, labels, unique_rows, wide_table


@card(
    "denominate.ratio",
    name="Denomination",
    step="2 data selection",
    formula="x / denominator · factor",
    undefined="denominator missing or 0",
    source=f"{COINR}, R/denominate.R",
)
def denominate(
    values: pd.DataFrame,
    denominators: pd.DataFrame,
    by: Mapping[str, str],
    *,
    factor: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Divide indicators by a denominator and multiply by a factor.

    values: rows areas (or area × period), columns indicators, any unit.
    denominators: same rows, or one row per area for a panel; columns such as population.
    by: indicator → denominator column; other indicators pass unchanged. factor: indicator → multiplier,
    e.g. 1000.
    Returns a table like `values`, unit: per `1/factor` of the denominator.
    Missing: value or denominator missing gives missing; a denominator of 0 or an area without a row gives
    missing and a finding.
    Raises RequestError for an unknown indicator or denominator, DataError for anything but numbers.
    Source: OECD/JRC Handbook (2008), Step 2; COINr `Denominate`.
    """
    result = wide_table(values)
    divisors = wide_table(denominators, place="denominators")
    unique_rows(divisors, place="denominators")
    denominator_of = by_code(by, result.columns, place="by")
    factors = by_code(factor, denominator_of, place="factor")
    by_code(
        {name: None for name in denominator_of.values()}, divisors.columns, place="by", kind="denominator"
    )
    findings: list[Finding] = []
    for code, name in denominator_of.items():
        divisor = _aligned(divisors[name], result.index)
        times = finite(factors.get(code, 1.0), place=f"factor of '{code}'")
        present = result[code].notna().to_numpy()
        result[code] = _ratio(result[code].to_numpy(), divisor, times)
        lost = present & result[code].isna().to_numpy()
        if lost.any():
            problem = f"'{name}' is missing or 0: the ratio is missing"
            findings.append(Finding("denominate", code, problem, labels(result.index, lost)))
    return attach(result, findings)


def _aligned(divisor: pd.Series[Any], index: pd.Index[Any]) -> Floats:
    """The denominator of each row; a table by area serves every period of a panel."""
    if isinstance(index, pd.MultiIndex) and not isinstance(divisor.index, pd.MultiIndex):
        names = list(index.names)
        index = index.get_level_values(names.index(divisor.index.name) if divisor.index.name in names else 0)
    return divisor.reindex(index).to_numpy(dtype=np.float64)


def _ratio(values: Floats, divisor: Floats, factor: float) -> Floats:
    # the denominator is scaled first, as COINr does, so that both round alike
    scaled = np.where(divisor == 0, np.nan, divisor) / factor if factor else np.full_like(divisor, np.nan)
    return np.asarray(values / scaled, dtype=np.float64)
