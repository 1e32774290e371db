"""Frames from answers of the engine: what its own `df()` gives, in less time.

Most of `df()` is spent on guessing what each column holds, which the engine has said already.
"""

from __future__ import annotations

from typing import Any, cast

import duckdb
import numpy as np
import pandas as pd

TEXT = "VARCHAR"
TYPES = frozenset({TEXT, "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DOUBLE"})


def frame(answer: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The rows of an executed query, each column of the type that `df()` gives it.

    Whole numbers and flags are of nullable types where one is missing; texts are `str` with NaN, or objects
    where no row has one. An answer with other types (lists, dates, decimals) is left to the engine.
    """
    types = [str(column[1]) for column in answer.description or ()]
    if not TYPES.issuperset(types):
        return answer.df()
    arrays = cast("dict[str, np.ndarray[Any, Any]]", answer.fetchnumpy())  # no ENUM, so no category
    columns = {
        name: _texts(array) if kind == TEXT else _numbers(array)
        for (name, array), kind in zip(arrays.items(), types, strict=True)
    }
    return pd.DataFrame(columns, copy=False)


def _texts(array: np.ndarray[Any, Any]) -> Any:
    if np.ma.getmaskarray(array).all():  # also where there is no row
        return np.full(len(array), None, dtype=object)
    held = array.filled(np.nan) if isinstance(array, np.ma.MaskedArray) else array
    return pd.array(held, dtype=pd.StringDtype(na_value=np.nan))  # stored as pandas is told to now


def _numbers(array: np.ndarray[Any, Any]) -> Any:
    if not isinstance(array, np.ma.MaskedArray):
        return array
    if array.dtype.kind == "f":
        return array.filled(np.nan)
    kind = pd.arrays.BooleanArray if array.dtype.kind == "b" else pd.arrays.IntegerArray
    return kind(array.data, np.ma.getmaskarray(array))
