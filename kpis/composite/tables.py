"""Reading what the caller passed: wide tables, panels, and arguments keyed by indicator code."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.errors import DataError, RequestError, unknown

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]
Time = str | Sequence[Any] | None

TIME_LEVELS = ("time_period", "year", "time")
_ROWS_NAMED = 3

V = TypeVar("V")


def wide_table(values: pd.DataFrame, *, place: str = "values") -> pd.DataFrame:
    """A float copy of a wide table (rows areas or area × period, columns indicators).

    Raises DataError for anything but numbers, for infinities and for repeated columns; missing stays
    missing.
    """
    if not isinstance(values, pd.DataFrame):
        raise DataError(f"{place}: a table (pandas DataFrame) is needed, not {type(values).__name__}.")
    repeated = values.columns[values.columns.duplicated()]
    if len(repeated):
        raise DataError(f"{place}: column '{repeated[0]}' appears more than once.")
    table = pd.DataFrame({name: _floats(values[name], place) for name in values.columns}, index=values.index)
    table.columns = values.columns
    return table


def _floats(column: pd.Series[Any], place: str) -> Floats:
    """One column as floats, or a DataError that shows the first offending rows."""
    if not pd.api.types.is_numeric_dtype(column.dtype):
        as_number = pd.to_numeric(column, errors="coerce")
        _refuse(column, as_number.isna() & column.notna(), "is not a number", place)
        column = as_number
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse(column, pd.Series(np.isinf(numbers), index=column.index), "is infinite", place)
    return numbers


def _refuse(column: pd.Series[Any], wrong: pd.Series[bool], what: str, place: str) -> None:
    if not wrong.any():
        return
    rows = np.flatnonzero(wrong.to_numpy())[:_ROWS_NAMED]
    cells = "; ".join(f"{label(column.index[row])}: {column.iloc[row]!r}" for row in rows)
    raise DataError(f"{place}: column '{column.name}' has a value that {what}: {cells}.")


def label(key: Hashable) -> str:
    """A row label in words: "COL" or "COL 2024"."""
    return " ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def labels(index: pd.Index[Any], rows: Bools) -> tuple[str, ...]:
    """Labels of the rows that are marked."""
    return tuple(label(key) for key in index[rows])


def unique_rows(table: pd.DataFrame, *, place: str = "values", time: Time = None) -> None:
    """DataError if a row label (with its period) is repeated: an area that counts twice moves every mean."""
    index = table.index
    panel = None if time is None else read_panel(index, time)
    if panel is not None:
        index = pd.Index([(area, period) for area, period in zip(panel.areas, panel.periods, strict=True)])
    repeated = index[index.duplicated()]
    if len(repeated):
        raise DataError(f"{place}: row '{label(repeated[0])}' appears more than once.")


def by_code(
    argument: Mapping[str, V] | pd.Series[Any] | None,
    codes: Iterable[Any],
    *,
    place: str,
    kind: str = "indicator",
) -> dict[Any, V]:
    """An argument keyed by code; RequestError names a key that is no code, with the near miss."""
    valid_codes = list(codes)
    values: dict[Any, V] = dict(argument.items()) if argument is not None else {}
    for code in values:
        if code not in valid_codes:
            raise RequestError(unknown(kind, str(code), [str(name) for name in valid_codes], place=place))
    return values


def directions_for(
    columns: Iterable[Any], directions: Mapping[str, int] | pd.Series[Any] | None
) -> dict[Any, int]:
    """Direction of each indicator: 1 higher is better (the default), -1 lower is better."""
    names = list(columns)
    direction_of = by_code(directions, names, place="directions")
    for code, direction in direction_of.items():
        if direction not in (1, -1):
            raise RequestError(
                f"directions: '{code}' is {direction!r}; allowed: 1 (higher is better), -1 (lower)."
            )
    return {name: int(direction_of.get(name, 1)) for name in names}


def finite(number: object, *, place: str) -> float:
    """A finite float, or RequestError naming the argument."""
    try:
        value = float(number)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise RequestError(f"{place}: {number!r} is not a number.") from None
    if not np.isfinite(value):
        raise RequestError(f"{place}: {number!r} is not a finite number.")
    return value


def check_ddof(ddof: int) -> None:
    """RequestError unless squares are divided by n (0) or n - 1 (1)."""
    if ddof not in (0, 1):
        raise RequestError(f"ddof: 0 (divide by n) or 1 (by n - 1), not {ddof!r}.")


def pair(numbers: object, *, place: str) -> tuple[float, float]:
    """Two finite floats, or RequestError naming the argument."""
    if not isinstance(numbers, Sequence | np.ndarray) or isinstance(numbers, str) or len(numbers) != 2:
        raise RequestError(f"{place}: two numbers are needed, not {numbers!r}.")
    return finite(numbers[0], place=place), finite(numbers[1], place=place)


@dataclass(frozen=True)
class Panel:
    """Area and period of each row of a table."""

    areas: npt.NDArray[np.object_]
    periods: npt.NDArray[np.object_]

    def blocks(self) -> list[Ints]:
        """Row positions of each period, periods in ascending order."""
        return [np.flatnonzero(self.periods == period) for period in sorted(set(self.periods))]


def read_panel(index: pd.Index[Any], time: Time) -> Panel | None:
    """How the rows of a table are spread over time; None if the table has no time.

    time: name of an index level, or one period per row. Without it a MultiIndex is a panel: the period is
    the level called time_period, year or time, else the last level.
    """
    if time is None and not isinstance(index, pd.MultiIndex):
        return None
    if time is not None and not isinstance(time, str):
        if len(time) != len(index):
            raise RequestError(f"time: {len(time)} periods for {len(index)} rows.")
        return Panel(np.asarray(index, dtype=object), np.asarray(list(time), dtype=object))
    level = _time_level(index, time)
    others = index.droplevel(cast(Any, level))
    return Panel(np.asarray(others, dtype=object), np.asarray(index.get_level_values(level), dtype=object))


def _time_level(index: pd.Index[Any], time: str | None) -> int:
    names = [str(name) for name in index.names]
    if time is not None:
        if time not in names or index.nlevels < 2:
            raise RequestError(unknown("index level", time, names, place="time"))
        return names.index(time)
    for candidate in TIME_LEVELS:
        if candidate in names:
            return names.index(candidate)
    return index.nlevels - 1


def period_blocks(index: pd.Index[Any], time: Time) -> list[Ints]:
    """Row positions of each period; one block with every row if the table has no time."""
    panel = read_panel(index, time)
    return [np.arange(len(index))] if panel is None else panel.blocks()
