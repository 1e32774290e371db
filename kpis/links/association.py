"""E-government against SDG outcomes with income held constant: association, not effect.

Rich countries have more of both, and some figures stand on both sides. So every coefficient here is net of
ln GDP per capita, and a pair that shares a figure is refused with the reason.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from kpis.cards import MethodCard
from kpis.errors import RequestError
from kpis.income import INCOME, MIN_AREAS
from kpis.links import rules
from kpis.links.statistics import fisher_interval, partial_correlation, partial_slope, remainder
from kpis.sql import statement
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

OUTCOME_YEARS = 5
SENTENCE = "association_not_effect"
"""Code of the sentence that goes with every result: association, not effect."""

METHODS = [
    MethodCard(
        "association",
        "Association with income held constant",
        "Partial correlation of KPI and outcome given ln GDP per capita (PPP); 95% interval "
        "tanh(atanh r ± 1.96 / √(n − 4)); slope by least squares with the t interval of n − 3 degrees.",
        "Fisher (1924), The distribution of the partial correlation coefficient",
        "1e-9",
        "read",
    ),
    MethodCard(
        "residuals",
        "Value against income level",
        "Value minus the least-squares line on ln GDP per capita (PPP, of the year or the three before) over "
        "UN Member States; values of status U do not shape the line.",
        "Working rule; the model kpi_income_residual gives the same",
        "1e-9",
        "working",
    ),
]


@dataclass(frozen=True)
class Association:
    """What one KPI and one outcome have to do with each other at equal income.

    n countries; coefficient: partial correlation −1…1 with its 95 % interval low…high; raw: the correlation
    without holding income constant; slope: outcome units that go with one unit of the KPI, with its 95 %
    interval; favourable: whether better goes with better (None if the interval holds 0 or a side has no
    better direction). kpi_year; outcome_years and income_years: first and last used. sentence: code of
    the caution.
    """

    kpi: str
    outcome: str
    n: int
    coefficient: float
    low: float
    high: float
    raw: float
    slope: float
    slope_low: float
    slope_high: float
    favourable: bool | None
    kpi_year: int
    outcome_years: tuple[int, int]
    income_years: tuple[int, int]
    sentence: str = SENTENCE

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


@with_store
def associate(kpi: str, outcome: str, *, year: int | None = None, store: Tables = DEFAULT) -> Association:
    """Association of an e-government KPI with an SDG outcome across UN Member States, income held constant.

    kpi: of year `year` (default: the last with 30 values). outcome: an official SDG indicator; each country's
    latest value of that year or the five before. Income: the year or the three before. Only countries with
    all three count; values that the source calls not comparable (status U) do not.
    Raises RequestError for unknown ids, for a KPI that is not e-government, an outcome that is no SDG
    indicator, a pair with a figure on both sides (named), fewer than 30 countries, or no variation.
    """
    directions = rules.check_pair(kpi, outcome, store)
    kpi_year = rules.year_of(kpi, year, store)
    rows = points(kpi, outcome, year=kpi_year, store=store)
    if len(rows) < MIN_AREAS:
        raise RequestError(
            f"{kpi} {kpi_year} and {outcome}: only {len(rows)} countries have both and income; "
            f"{MIN_AREAS} are needed. Choose another year or outcome."
        )
    x, y, income = (rows[name].to_numpy(dtype=float) for name in ("x", "y", "ln_income"))
    r = partial_correlation(x, y, income)
    if math.isnan(r):
        raise RequestError(
            f"{kpi} {kpi_year} and {outcome}: a side does not vary once income is held constant. "
            "Choose another pair."
        )
    slope, half_width = partial_slope(x, y, income)
    low, high = fisher_interval(r, len(rows), controls=1)
    sign = directions[kpi] * directions[outcome]
    return Association(
        kpi=kpi,
        outcome=outcome,
        n=len(rows),
        coefficient=r,
        low=low,
        high=high,
        raw=float(np.corrcoef(x, y)[0, 1]),
        slope=slope,
        slope_low=slope - half_width,
        slope_high=slope + half_width,
        favourable=None if sign == 0 or low <= 0 <= high else bool(r * sign > 0),
        kpi_year=kpi_year,
        outcome_years=_first_and_last(rows["y_year"]),
        income_years=_first_and_last(rows["income_year"]),
    )


def _first_and_last(years: pd.Series) -> tuple[int, int]:
    return int(years.min()), int(years.max())


@with_store
def points(kpi: str, outcome: str, *, year: int | None = None, store: Tables = DEFAULT) -> pd.DataFrame:
    """What `associate` computes from: one row per UN Member State with KPI, outcome and income.

    ref_area, time_period (of the KPI), x (KPI), y (outcome), y_year, ln_income, income_year; x_left, y_left:
    what income leaves of x and y, in their units (the axes of an added-variable plot). Years, status U and
    errors as in `associate`, but any number of rows is given: fewer than MIN_AREAS say nothing.
    """
    rules.check_pair(kpi, outcome, store)
    if reason := excluded(kpi, outcome, store):
        raise RequestError(reason)
    kpi_year = rules.year_of(kpi, year, store)
    sides = {"kpi": kpi, "outcome": outcome, "outcome_years": OUTCOME_YEARS, "year": kpi_year}
    rows = store.query(statement("links/pairs"), INCOME | sides)
    income = rows["ln_income"].to_numpy(dtype=float)
    for name in ("x", "y"):
        rows[f"{name}_left"] = remainder(rows[name].to_numpy(dtype=float), income)
    return rows.assign(time_period=kpi_year)


@with_store
def eligible(store: Tables = DEFAULT) -> list[str]:
    """KPIs for the e-government side: of its sources, with a year of MIN_AREAS countries."""
    return store.query(statement("links/eligible"), {"enough": MIN_AREAS})["kpi"].tolist()


@with_store
def outcomes(kpi: str, store: Tables = DEFAULT) -> pd.DataFrame:
    """The SDG outcomes and whether they may stand against a KPI: outcome, allowed, reason (missing if so).

    Raises RequestError for an unknown KPI or one that is not e-government.
    """
    rules.check_e_government(kpi, store)
    names = rules.outcomes(store)
    reasons = [excluded(kpi, outcome, store) for outcome in names]
    return pd.DataFrame(
        {"outcome": names, "allowed": [reason is None for reason in reasons], "reason": reasons}
    )


@with_store
def excluded(kpi: str, outcome: str, store: Tables = DEFAULT) -> str | None:
    """Why a pair may not be compared, naming the figure that stands on both sides; None if it may."""
    return rules.why_excluded(kpi, outcome, store)


@with_store
def residuals(kpi: str, year: int | None = None, store: Tables = DEFAULT) -> pd.DataFrame:
    """Who does better than income predicts: one row per UN Member State with a value and income.

    ref_area, time_period, obs_value, income (GDP per capita, PPP), predicted and residual (KPI unit),
    standardised (residual over the residual standard deviation), better (missing where the KPI has no better
    side), income_year, n (countries that shape the line). Best first. year: default the last with 30 values.
    Values of status U get a residual and do not shape the line. Association with income, not an effect of it.
    Raises RequestError for an unknown KPI or fewer than 30 countries.
    """
    rules.directions(kpi, store)
    kpi_year = rules.year_of(kpi, year, store)
    rows = store.query(statement("links/residuals"), INCOME | {"kpi": kpi, "year": kpi_year})
    n = int(rows["n"].max()) if len(rows) else 0
    if n < MIN_AREAS:
        raise RequestError(f"{kpi} {kpi_year}: only {n} countries with income; {MIN_AREAS} are needed.")
    return rows.astype({"better": "boolean"})
