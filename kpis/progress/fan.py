"""The fan of past achievements: how far countries that stood at a similar level got in the same years.

Past, not forecast: what other countries did from there, beside what a target asks and a trend promises.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.cards import MethodCard
from kpis.errors import RequestError
from kpis.sql import statement
from kpis.tables import Tables

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
BAND = 0.05  # how near a start must be, as a share of the span of the KPI
MIN_AREAS = 10  # below this a 10 % or 90 % quantile is one country
MOST_YEARS = 40
PRINTED = 1e-9  # values are printed to a few decimals: below this two differences are the same


METHOD = MethodCard(
    "fan",
    "Fan of past achievements",
    "Changes of other UN Member States over 1, 2, … years from a value within ± 5% of the span of the KPI "
    "(5th to 95th percentile of all its values) around the base value; one start per country and number of "
    "years, the nearest, of equals the latest. Quantiles 10, 25, 50, 75, 90 (linear) of the changes, "
    "added to the base value and cut at the natural limits; from 10 countries on. What happened, not a "
    "forecast.",
    "Working rule, after the reference-class comparison of Kahneman and Tversky (1979)",
    "exact",
    "working",
)


@dataclass(frozen=True)
class Fan:
    """What other countries achieved from a similar level.

    base_year, base_value: where the country of the question started. near: how far a start may lie from the
    base value, in the unit of the KPI (missing if the KPI has no value). spells: one row per other country
    and number of years: ref_area, ahead, from_year, to_year, start_value, end_value, change.
    """

    base_year: int
    base_value: float
    near: float
    spells: pd.DataFrame

    @property
    def n_areas(self) -> int:
        """Other countries that ever stood near the base value and have a later value."""
        return int(self.spells["ref_area"].nunique())

    def bands(self, low: float | None = None, high: float | None = None) -> pd.DataFrame:
        """One row per number of years with enough countries: ahead, time_period, n, p10, p25, p50, p75, p90.

        p…: base value plus the quantile of the changes, in the KPI's unit, cut at the limits low and high.
        Years with fewer than MIN_AREAS have no row.
        """
        names = [f"p{round(100 * q)}" for q in QUANTILES]
        empty = pd.DataFrame(columns=["ahead", "time_period", "n", *names])
        if self.spells.empty:
            return empty
        by_years = self.spells.groupby("ahead")["change"]
        enough = by_years.size().loc[lambda n: n >= MIN_AREAS].rename("n")
        if enough.empty:
            return empty
        quantiles = by_years.quantile(np.array(QUANTILES)).unstack().set_axis(names, axis=1).loc[enough.index]
        quantiles = (quantiles + self.base_value).clip(
            None if low is None or pd.isna(low) else low, None if high is None or pd.isna(high) else high
        )
        table = enough.to_frame().join(quantiles).reset_index()
        return table.assign(time_period=table["ahead"] + self.base_year)[list(empty.columns)]

    def at_least(
        self, change: float, ahead: int, direction: int, limit: float | None = None
    ) -> tuple[int, int]:
        """How many countries changed by at least so much for the better in so many years, of how many.

        direction: 1 if more is better, -1 if less is. limit: natural limit of the scale on the better side;
        who reached it counts, because there is no further to go. (0, 0) without precedents.
        """
        of_length = self.spells[self.spells["ahead"] == ahead]
        enough = direction * (of_length["change"] - change) >= -PRINTED
        if limit is not None and pd.notna(limit):
            enough |= direction * (of_length["end_value"] - limit) >= -PRINTED
        return int(enough.sum()), len(of_length)


def fan(kpi: str, area: str, base_year: int, base_value: float, to_year: int, *, store: Tables) -> Fan:
    """The fan of a KPI from a country's base to a year, from all values held of the other Member States.

    base_value in the KPI's unit. Values of status U (not comparable) neither start nor end a spell.
    An unknown KPI, or one without values, has an empty fan. Raises RequestError if the year does not lie
    1 to 40 years after the base, or the base value is missing.
    """
    years = to_year - base_year
    if not 1 <= years <= MOST_YEARS:
        raise RequestError(
            f"to_year = {to_year}. Give a year from {base_year + 1} to {base_year + MOST_YEARS}."
        )
    if pd.isna(base_value):
        raise RequestError(f"{kpi}, {area}: the value of {base_year} is missing, so no level to start from.")
    values = {"kpi": kpi, "area": area, "base": float(base_value), "band": BAND, "years": years}
    rows = store.query(statement("progress/spells"), values)
    near = float(rows["near"].iloc[0]) if len(rows) else float("nan")
    return Fan(base_year, float(base_value), near, rows.drop(columns="near"))
