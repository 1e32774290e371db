"""The figures of data sets: many at once, in and out."""

from __future__ import annotations

import math

import pandas as pd
from sqlalchemy import Connection, delete, insert, select

from kpis.workspace.schema import FIGURE

COLUMNS = ("series", "ref_area", "time_period", "obs_value", "obs_status", "note")
BLOCK = 20_000  # rows handed over at a time


def put(connection: Connection, item_id: str, vintage: int, figures: pd.DataFrame) -> None:
    """Writes the figures of one vintage of a data set in place of what it held.

    figures: columns `COLUMNS`; obs_value may be missing, the others are texts without missing ones.
    """
    connection.execute(delete(FIGURE).where(FIGURE.c.item == item_id, FIGURE.c.vintage == vintage))
    columns = [figures[name].tolist() for name in COLUMNS]
    rows = [
        dict(zip(COLUMNS, row, strict=True), item=item_id, vintage=vintage)
        for row in zip(*columns, strict=True)
    ]
    for row in rows:
        if row["obs_value"] is None or math.isnan(row["obs_value"]):
            row["obs_value"] = None
    for start in range(0, len(rows), BLOCK):
        connection.execute(insert(FIGURE), rows[start : start + BLOCK])


def get(connection: Connection, item_id: str, vintage: int) -> pd.DataFrame:
    """All figures of one vintage: columns `COLUMNS`, by series, area, period; NaN where there is no value."""
    query = (
        select(*(FIGURE.c[name] for name in COLUMNS))
        .where(FIGURE.c.item == item_id, FIGURE.c.vintage == vintage)
        .order_by(FIGURE.c.series, FIGURE.c.ref_area, FIGURE.c.time_period)
    )
    frame = pd.DataFrame(connection.execute(query).all(), columns=list(COLUMNS))
    return frame.astype({"obs_value": "float64"})
