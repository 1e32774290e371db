"""The values as a cross table: any dimension in the rows or the columns. Pure: table in, table out.

What is crossed are the three keys of a value (area, KPI, year) and its source. A cell never holds more than
one value, so nothing is averaged: a key that varies and is not in the columns stands in the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

COLUMN = {"area": "ref_area", "kpi": "kpi", "year": "time_period", "source": "source"}
KEYS = ("area", "kpi", "year")  # tell one value from another
DIMENSIONS = tuple(COLUMN)


@dataclass(frozen=True)
class Layout:
    """Dimensions in the rows, the first of them first, and the one in the columns."""

    rows: tuple[str, ...]
    columns: str


@dataclass(frozen=True)
class Crossed:
    """A cross table: per row its codes by dimension, and the values and statuses by code of the column.

    Both tables have the same rows and columns; missing where no value is held.
    """

    layout: Layout
    keys: pd.DataFrame
    values: pd.DataFrame
    statuses: pd.DataFrame


def layout(rows: pd.DataFrame, first: str, columns: str) -> Layout:
    """The dimensions in the rows: `first`, then the keys that vary and are not in the columns.

    rows: ref_area, kpi, time_period, source. first and columns must differ.

    >>> rows = pd.DataFrame({"ref_area": ["COL"], "kpi": ["EGDI"], "time_period": [2024], "source": ["s"]})
    >>> layout(rows, "area", "year").rows
    ('area',)
    """
    others = [
        key for key in KEYS if key not in (first, columns) and rows[COLUMN[key]].nunique(dropna=False) > 1
    ]
    return Layout((first, *others), columns)


def crossed(rows: pd.DataFrame, form: Layout, order: Mapping[str, Sequence[object]]) -> Crossed:
    """The values in a cross table. order: the codes of each dimension in the order in which they stand."""
    keys, across = [COLUMN[dimension] for dimension in form.rows], COLUMN[form.columns]
    ranked = rows[["obs_value", "obs_status"]].copy()
    for dimension in (*form.rows, form.columns):
        place = {code: at for at, code in enumerate(order[dimension])}
        ranked[COLUMN[dimension]] = rows[COLUMN[dimension]].map(place)
    wide = ranked.set_index([*keys, across]).unstack(across).sort_index().sort_index(axis=1)
    values, statuses = wide["obs_value"], wide["obs_status"]
    codes = list(order[form.columns])
    heads = [codes[at] for at in values.columns]
    places = values.index.to_frame(index=False)
    named = {dimension: [order[dimension][at] for at in places[COLUMN[dimension]]] for dimension in form.rows}
    return Crossed(
        form,
        pd.DataFrame(named, columns=list(form.rows)),
        values.set_axis(heads, axis=1).reset_index(drop=True),
        statuses.set_axis(heads, axis=1).reset_index(drop=True),
    )


def constant(rows: pd.DataFrame, columns: Sequence[str]) -> dict[str, object]:
    """The columns that hold the same in every row, with what they hold; missing counts as one.

    >>> constant(pd.DataFrame({"a": ["x", "x"], "b": ["x", "y"]}), ["a", "b"])
    {'a': 'x'}
    """
    return {
        column: rows[column].iloc[0]
        for column in columns
        if len(rows) and rows[column].nunique(dropna=False) == 1
    }
