"""Cells and rows of tables with their types, which pandas gives as anything a table may hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, SupportsFloat, SupportsInt, TypeAlias, cast

import pandas as pd

Row: TypeAlias = dict[str, Any]  # a row of a table: its cells by column


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, whose columns have text for names."""
    return cast(list[Row], table.to_dict("records"))


def number(cell: object) -> float:
    """A cell that holds a number; NaN where it is missing.

    >>> number(pd.NA)
    nan
    """
    return float("nan") if is_missing(cell) else float(cast(SupportsFloat, cell))


def optional(cell: object) -> float | None:
    """A cell that holds a number, or None where it is missing."""
    return None if is_missing(cell) else float(cast(SupportsFloat, cell))


def whole(cell: object) -> int:
    """A cell that holds a whole number, such as a year or a stage. Raises ValueError where it is missing."""
    return int(cast(SupportsInt, cell))


def strings(cells: Iterable[object]) -> list[str]:
    """Cells, labels of an index or keys that hold text: codes and names."""
    return [str(cell) for cell in cells]


def is_missing(cell: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or NA."""
    return bool(pd.isna(cast(Any, cell)))
