"""Tables from frames, each column of the type of what it means."""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype


def create_table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    frame: pd.DataFrame,
    *,
    temporary: bool = False,
    lists: Collection[str] = (),
) -> None:
    """Create a table from a frame: numbers and flags as their dtype says, `lists` of texts, all else text.

    DuckDB reads the type of an object column from its values: where nothing fills it, it would have none.
    """
    columns = ", ".join(_typed(str(column), frame[column], lists) for column in frame.columns)
    con.register("incoming", frame)
    con.execute(f'create {"temp " if temporary else ""}table "{name}" as select {columns} from incoming')  # noqa: S608 - own names
    con.unregister("incoming")


def _typed(name: str, column: pd.Series, lists: Collection[str]) -> str:
    if is_numeric_dtype(column.dtype) or is_bool_dtype(column.dtype):
        return f'"{name}"'
    return f'cast("{name}" as varchar{"[]" if name in lists else ""}) as "{name}"'
