"""Assessed rows as shown to readers, given the year of reading."""

from __future__ import annotations

import pandas as pd

from kpis.progress.arrival import YEARS, arrivals
from kpis.progress.limits import bounded
from kpis.progress.recent import where_recent

WHOLE = (*YEARS, "precedents", "precedents_made")  # columns of whole numbers that may be missing


def as_read(assessed: pd.DataFrame) -> pd.DataFrame:
    """Results of the formulas with what may be said of them in the year of reading.

    assessed: rows of `assess_table`, any methods, of the endpoints of the model `progress_endpoint`: with
        latest_age (years), latest_old, limit_low and limit_high.
    Returns the same rows with the columns of `where_recent`, `arrivals` and `bounded`.
    """
    return bounded(arrivals(where_recent(assessed)))
