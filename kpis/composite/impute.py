"""Imputation within a year: from other areas or other indicators. OECD/JRC Handbook (2008), Step 3.

Filling from other years is in `impute_panel`. Both say where every value came from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.tables import (
    Floats,
    Ints,
    Time,
    by_code,
    directions_for,
    period_blocks,
    read_panel,
    wide_table,
)
from kpis.errors import RequestError, unknown

OBSERVED = "observed"
MISSING = "missing"

Statistic = Literal["mean", "median"]
By = Literal["column", "group", "row"]


class Imputation(NamedTuple):
    """values: the filled table; origin: same shape, where each value came from, in words.

    origin is "observed", "missing" (nothing to fill it from), "column mean", "group median (SIDS)", "row
    mean", "last 2019", "linear 2018–2022", "constant 2019".
    """

    values: pd.DataFrame
    origin: pd.DataFrame

    @property
    def is_imputed(self) -> pd.DataFrame:
        """True where a value was filled in."""
        return ~self.origin.isin([OBSERVED, MISSING])


def empty_origin(table: pd.DataFrame) -> pd.DataFrame:
    """Origin of an untouched table."""
    words = np.where(table.isna(), MISSING, OBSERVED).astype(object)
    return pd.DataFrame(words, index=table.index, columns=table.columns)


@card(
    "impute.column",
    name="Column mean or median",
    step="3 imputation",
    formula="mean or median of the indicator over the areas present, same period",
    source=f"{COINR}, R/impute.R",
)
@card(
    "impute.group",
    name="Group mean or median",
    step="3 imputation",
    formula="mean or median of the indicator over the areas of the same group, same period",
    undefined="no area of the group has a value, or the area has no group",
    source=f"{COINR}, R/impute.R",
)
@card(
    "impute.row",
    name="Row mean or median",
    step="3 imputation",
    formula="mean or median over the area's other indicators after min-max, undone",
    undefined="the area has nothing else, or no area has the indicator",
    source=f"{COINR}, R/impute.R",
)
def impute(
    values: pd.DataFrame,
    method: Statistic = "mean",
    *,
    by: By = "column",
    groups: Mapping[str, Hashable] | pd.Series[Any] | None = None,
    directions: Mapping[str, int] | pd.Series[Any] | None = None,
    blocks: Mapping[str, str] | None = None,
    time: Time = None,
) -> Imputation:
    """Fill gaps from other areas (by column or group) or from the area's other indicators (by row).

    values: rows areas (or area × period: each period is filled on its own), columns indicators.
    groups: area → group, for by="group". directions: for by="row", so that a good value elsewhere suggests
    a good one here. blocks: indicator → block, for by="row": fill only from indicators of the same block
    (e.g. pillar).
    Returns the filled table in the same unit, and the origin of every value. Observed values never change.
    Missing: what has nothing to be filled from stays missing, origin "missing".
    Raises RequestError for an unknown method, indicator or direction, or by="group" without groups.
    Source: OECD/JRC Handbook (2008), Step 3; COINr `Impute`.
    """
    statistic = _statistic(method)
    if by not in ("column", "group", "row"):
        raise RequestError(unknown("way to impute", by, ["column", "group", "row"], place="by"))
    table = wide_table(values)
    signs = directions_for(table.columns, directions)
    parts = _parts(table, blocks)
    members = _groups(table, groups, time) if by == "group" else None
    filled, origin = table.copy(), empty_origin(table)
    for rows in period_blocks(table.index, time):
        if by == "row":
            for columns in parts:
                _fill_rows(table, filled, origin, rows, columns, signs, statistic, method)
        else:
            for name, part in _split(rows, members):
                _fill_columns(table, filled, origin, part, name, statistic, method)
    return Imputation(filled, origin)


def _statistic(method: str) -> Callable[[Floats], float]:
    choices: dict[str, Callable[[Floats], float]] = {"mean": np.mean, "median": np.median}
    if method not in choices:
        raise RequestError(unknown("imputation method", method, choices, place="impute"))
    return choices[method]


def _groups(
    table: pd.DataFrame, groups: Mapping[str, Hashable] | pd.Series[Any] | None, time: Time
) -> list[Hashable]:
    """Group of each row; None for an area without one, which then stays missing."""
    if groups is None:
        raise RequestError("impute: by='group' needs groups, a mapping area → group.")
    panel = read_panel(table.index, time)
    areas = table.index if panel is None else panel.areas
    group_of = dict(groups.items())
    labels = [group_of.get(area) for area in areas]
    return [None if pd.isna(group) else group for group in labels]


def _split(rows: Ints, members: list[Hashable] | None) -> list[tuple[Hashable, Ints]]:
    """Rows by group, the whole period being one group if there are none."""
    if members is None:
        return [(None, rows)]
    names = dict.fromkeys(members[row] for row in rows if members[row] is not None)
    return [(name, np.asarray([row for row in rows if members[row] == name])) for name in names]


def _fill_columns(
    table: pd.DataFrame,
    filled: pd.DataFrame,
    origin: pd.DataFrame,
    rows: Ints,
    group: Hashable,
    statistic: Callable[[Floats], float],
    method: str,
) -> None:
    words = f"column {method}" if group is None else f"group {method} ({group})"
    for column in range(table.shape[1]):
        cells = table.iloc[rows, column].to_numpy(dtype=np.float64)
        gaps = np.isnan(cells)
        if gaps.any() and not gaps.all():
            filled.iloc[rows[gaps], column] = statistic(cells[~gaps])
            origin.iloc[rows[gaps], column] = words


def _parts(table: pd.DataFrame, blocks: Mapping[str, str] | None) -> list[Ints]:
    """Column positions of each block; an indicator in no block stands alone and is never filled by row."""
    if blocks is None:
        return [np.arange(table.shape[1])]
    block_of = by_code(blocks, table.columns, place="blocks")
    names = [block_of.get(column) for column in table.columns]
    return [
        np.asarray([i for i, name in enumerate(names) if name == block])
        for block in dict.fromkeys(block_of.values())
    ]


def _fill_rows(
    table: pd.DataFrame,
    filled: pd.DataFrame,
    origin: pd.DataFrame,
    rows: Ints,
    columns: Ints,
    signs: Mapping[Any, int],
    statistic: Callable[[Floats], float],
    method: str,
) -> None:
    sign = np.asarray([signs[table.columns[column]] for column in columns], dtype=np.float64)
    oriented = table.iloc[rows, columns].to_numpy(dtype=np.float64) * sign
    seen = ~np.isnan(oriented).all(axis=0)
    low = np.where(seen, np.nanmin(oriented, axis=0, initial=np.inf), np.nan)
    span = np.where(seen, np.nanmax(oriented, axis=0, initial=-np.inf), np.nan) - low
    # a constant column does not tell areas apart: it predicts nothing, and is filled with its constant
    scaled = (oriented - low) / np.where(span > 0, span, np.nan)
    for at, row in enumerate(rows):
        lent = scaled[at][~np.isnan(scaled[at])]
        gaps = np.isnan(oriented[at]) & seen
        if gaps.any() and lent.size:
            filled.iloc[row, columns[gaps]] = ((statistic(lent) * span + low) * sign)[gaps]
            origin.iloc[row, columns[gaps]] = f"row {method}"
