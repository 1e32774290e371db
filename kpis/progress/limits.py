"""What may be shown of a projection: not beyond what the KPI can reach, and not from a year or two alone."""

from __future__ import annotations

import pandas as pd

THIN_YEARS = 3


def bounded(found: pd.DataFrame) -> pd.DataFrame:
    """With `projected_shown`, the projection cut at the KPI's limits, and `thin`, less than three years.

    A rate of growth carried to 2030 can pass 100 %; the status uses it uncut, as the methods do, and what is
    shown to a reader is cut. Over one or two years a rate says little: such rows are marked.
    """
    shown = found["projected"].clip(found["limit_low"], found["limit_high"])
    return found.assign(projected_shown=shown, thin=found["latest_year"] - found["base_year"] < THIN_YEARS)
