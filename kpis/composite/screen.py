"""Screening: which areas have enough data. OECD/JRC Handbook (2008), Step 2 (data selection)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.tables import unique_rows, wide_table
from kpis.errors import RequestError, unknown

Rule = Literal["available", "nonzero", "both"]


@dataclass(frozen=True)
class Screening:
    """values: the areas kept; table: one row per area (missing, zeros, shares, included); removed: the
    others."""

    values: pd.DataFrame
    table: pd.DataFrame
    removed: tuple[object, ...]


@card(
    "screen.coverage",
    name="Screening of areas",
    step="2 data selection",
    formula="keep if present / k ≥ t and/or non-zero / present ≥ z",
    undefined="no indicator present: the share of non-zero values is missing and fails its test",
    source=f"{COINR}, R/screen_units.R",
    tolerance=0.0,
)
def screen(
    values: pd.DataFrame,
    *,
    rule: Rule = "available",
    min_available: float = 2 / 3,
    min_nonzero: float = 0.05,
    include: Iterable[object] = (),
    exclude: Iterable[object] = (),
) -> Screening:
    """Keep the areas with enough present, or enough non-zero, values.

    values: rows areas (or area × period), columns indicators. Shares are 0–1.
    rule: "available" (share present ≥ min_available), "nonzero" (share of the present that is not 0 ≥
    min_nonzero) or "both". include, exclude: rows kept or left out whatever their data; exclude wins.
    Missing: an area with nothing present fails both tests.
    Raises RequestError for an unknown row in include or exclude, a share outside 0–1 or another rule.
    Source: OECD/JRC Handbook (2008), Step 2; COINr `Screen`.
    """
    table = wide_table(values)
    unique_rows(table)
    _check_shares(rule, min_available=min_available, min_nonzero=min_nonzero)
    summary = availability(table)
    enough = (summary["share_available"] >= min_available).to_numpy()
    nonzero = (summary["share_nonzero"] >= min_nonzero).to_numpy()
    passes = {"available": enough, "nonzero": nonzero, "both": enough & nonzero}[rule]
    passes = passes | _rows(table, include, "include")
    passes = passes & ~_rows(table, exclude, "exclude")
    summary["is_included"] = passes
    return Screening(table.loc[passes], summary, tuple(table.index[~passes]))


def availability(values: pd.DataFrame) -> pd.DataFrame:
    """Per row: n_missing, n_zero, share_available (of all indicators), share_nonzero (of those present),
    0–1."""
    table = wide_table(values)
    missing = table.isna().sum(axis=1)
    zeros = (table == 0).sum(axis=1)
    width = table.shape[1]
    present = width - missing
    return pd.DataFrame(
        {
            "n_missing": missing,
            "n_zero": zeros,
            "share_available": present / width if width else np.nan,
            "share_nonzero": 1 - zeros / present.where(present > 0),
        },
        index=table.index,
    )


def _rows(
    table: pd.DataFrame, labels: Iterable[object], place: str
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    names = list(labels)
    for name in names:
        if name not in table.index:
            raise RequestError(unknown("row", str(name), [str(key) for key in table.index], place=place))
    return np.asarray(table.index.isin(names), dtype=np.bool_)


def _check_shares(rule: str, **shares: float) -> None:
    if rule not in ("available", "nonzero", "both"):
        raise RequestError(unknown("screening rule", rule, ["available", "nonzero", "both"]))
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise RequestError(f"{name}: {share} is not a share between 0 and 1.")
