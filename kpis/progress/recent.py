"""When the formula of a publisher may be applied: only to a last value within the limit of its KPI.

The methods know no clock. Carried on from a figure that ended years ago they would call a country on track
today; call this before a status is shown.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

NO_RECENT_FIGURE: Final = "no_recent_figure"


def where_recent(assessed: pd.DataFrame) -> pd.DataFrame:
    """Statuses where the last value is recent, `no_recent_figure` everywhere else.

    assessed: rows of `assess_table`, any methods, with `latest_old`: the last value is older than its KPI
        allows at the year of reading (`kpis.freshness`).
    Returns the same rows with `status` and `reason` no_recent_figure where `latest_old`, and with
    `formula_status`: what the formula gives whatever the age of the value. The other figures stay: value,
    score, rates and projection are those of the formula.
    """
    old = assessed["latest_old"].astype(bool)
    return assessed.assign(
        formula_status=assessed["status"],
        status=assessed["status"].mask(old, NO_RECENT_FIGURE),
        reason=assessed["reason"].mask(old, NO_RECENT_FIGURE),
    )
