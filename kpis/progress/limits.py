"""Limits on projections: cut at what the KPI can reach, flagged where they rest on a year or two."""

from __future__ import annotations

import pandas as pd

THIN_YEARS = 3


def bounded(rows: pd.DataFrame) -> pd.DataFrame:
    """With `projected_shown`, the projection cut at the KPI's limits, and `thin`, less than three years.

    A rate of growth carried to 2030 can pass 100 %; the status uses it uncut, as the methods do, and what is
    shown to a reader is cut. Over one or two years a rate says little: such rows are marked.
    """
    within = rows["projected"].clip(rows["limit_low"], rows["limit_high"])
    return rows.assign(projected_shown=within, thin=rows["latest_year"] - rows["base_year"] < THIN_YEARS)
