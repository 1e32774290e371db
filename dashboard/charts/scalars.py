"""Cells and rows of tables with their types, which pandas gives as anything a table may hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, SupportsFloat, SupportsInt, TypeAlias, cast

import numpy as np
import pandas as pd

Row: TypeAlias = dict[str, Any]  # a row of a table: its cells by column


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, whose columns have text for names of their own.

    The cells are those of `DataFrame.to_dict`, which goes through each cell of each row for them and took a
    tenth of the time of a cold page: here a column is taken at once.
    """
    names = table.columns.tolist()
    columns = [_cells(column) for _name, column in table.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _cells(column: pd.Series[Any]) -> list[Any]:
    """The cells of a column as plain values; NA is None, a number that is missing NaN."""
    kind = column.dtype
    if isinstance(kind, np.dtype) and not kind.hasobject:
        return column.tolist()
    cells = column.to_numpy(dtype=object).tolist()
    if isinstance(kind, pd.StringDtype) and kind.na_value is not pd.NA:
        return list(cells)
    return [
        None if cell is pd.NA else cell.item() if isinstance(cell, np.generic) else cell for cell in cells
    ]


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


def text_by_code(texts: pd.Series[Any]) -> dict[str, str]:
    """A column of texts by the codes of its index."""
    return {str(code): str(text) for code, text in texts.items()}


def is_missing(cell: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or NA."""
    return bool(pd.isna(cast(Any, cell)))
