"""E-government against SDG outcomes with income held constant: association, not effect.

Rich countries have more of both, and some figures stand on both sides. So every coefficient here is net of
ln GDP per capita, and a pair that shares a figure is refused with the reason.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.cards import MethodCard
from kpis.errors import RequestError, unknown
from kpis.stages.readers import Tables
from kpis.warehouse import current
from kpis.warehouse.parts import shared

INCOME = "NY.GDP.PCAP.PP.KD"
INCOME_YEARS = 3  # income may be this much older than the value: GDP figures lag
OUTCOME_YEARS = 5
MIN_AREAS = 30
SENTENCE = "association_not_effect"
"""Code of the sentence that goes with every result: association, not effect."""

WITH_INCOME = """
-- one row per UN Member State with a value of the year and income of it or of the years before
select
    v.ref_area,
    v.time_period,
    v.obs_value,
    v.obs_status,
    max(i.time_period) as income_year,
    ln(arg_max(i.obs_value, i.time_period)) as ln_income
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
join observation as i
    on i.series = $income and i.ref_area = v.ref_area
    and i.time_period between v.time_period - $income_years and v.time_period
where v.kpi = $kpi and v.time_period = $year
group by all
order by v.ref_area
"""

PAIRS = f"""
-- one row per UN Member State that also has the outcome
with valued as ({WITH_INCOME}
)
select
    v.ref_area,
    v.obs_value as x,
    v.ln_income,
    v.income_year,
    arg_max(o.obs_value, o.time_period) as y,
    max(o.time_period) as y_year
from valued as v
join kpi_value as o
    on o.kpi = $outcome and o.ref_area = v.ref_area and o.obs_status <> 'U'
    and o.time_period between $year - $outcome_years and $year
where v.obs_status <> 'U'
group by all
order by v.ref_area
"""  # nosec B608 # made of a constant

ELIGIBLE = """
-- one row per KPI of an e-government source with enough UN Member States in some year
select k.kpi
from kpi as k
join source as s on s.source = k.source and s.e_government
where
    exists (
        select 1
        from kpi_value as v
        join area as a on a.ref_area = v.ref_area and a.un_member
        where v.kpi = k.kpi
        group by v.time_period
        having count(*) >= $enough
    )
order by k.position
"""

E_GOVERNMENT = """
-- one row per KPI that may stand on the e-government side: its source says so
select k.kpi from kpi as k join source as s on s.source = k.source where s.e_government order by k.position
"""

INCOME_WINDOW = {"income": INCOME, "income_years": INCOME_YEARS}

Floats = NDArray[np.float64]

METHODS = [
    MethodCard(
        "association",
        "Association with income held constant",
        "Partial correlation of KPI and outcome given ln GDP per capita (PPP); 95 % interval "
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


def associate(kpi: str, outcome: str, *, year: int | None = None, store: Tables | None = None) -> Association:
    """Association of an e-government KPI with an SDG outcome across UN Member States, income held constant.

    kpi: of year `year` (default: the last with 30 values). outcome: an official SDG indicator; each country's
    latest value of that year or the five before. Income: the year or the three before. Only countries with
    all three count; values that the source calls not comparable (status U) do not.
    Raises RequestError for unknown ids, for a KPI that is not e-government, an outcome that is no SDG
    indicator, a pair with a figure on both sides (named), fewer than 30 countries, or no variation.
    """
    tables = store if store is not None else current.store()
    directions = _check(kpi, outcome, tables)
    when = _year(kpi, year, tables)
    rows = points(kpi, outcome, year=when, store=tables)
    if len(rows) < MIN_AREAS:
        raise RequestError(
            f"{kpi} {when} and {outcome}: only {len(rows)} countries have both and income; "
            f"{MIN_AREAS} are needed. Choose another year or outcome."
        )
    x, y, income = (rows[name].to_numpy(dtype=float) for name in ("x", "y", "ln_income"))
    r, slope, half = _fit(x, y, income, f"{kpi} {when} and {outcome}")
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
        slope_low=slope - half,
        slope_high=slope + half,
        favourable=None if sign == 0 or low <= 0 <= high else bool(r * sign > 0),
        kpi_year=when,
        outcome_years=(int(rows["y_year"].min()), int(rows["y_year"].max())),
        income_years=(int(rows["income_year"].min()), int(rows["income_year"].max())),
    )


def points(kpi: str, outcome: str, *, year: int | None = None, store: Tables | None = None) -> pd.DataFrame:
    """What `associate` computes from: one row per UN Member State with KPI, outcome and income.

    ref_area, time_period (of the KPI), x (KPI), y (outcome), y_year, ln_income, income_year; x_left, y_left:
    what income leaves of x and y, in their units (the axes of an added-variable plot). Years, status U and
    errors as in `associate`, but any number of rows is given: fewer than MIN_AREAS say nothing.
    """
    tables = store if store is not None else current.store()
    _check(kpi, outcome, tables)
    if reason := excluded(kpi, outcome, tables):
        raise RequestError(reason)
    when = _year(kpi, year, tables)
    rows = tables.query(
        PAIRS, {"kpi": kpi, "outcome": outcome, "outcome_years": OUTCOME_YEARS, "year": when} | INCOME_WINDOW
    )
    income = rows["ln_income"].to_numpy(dtype=float)
    for name in ("x", "y"):
        rows[f"{name}_left"] = _left(rows[name].to_numpy(dtype=float), income)
    return rows.assign(time_period=when)


def eligible(store: Tables | None = None) -> list[str]:
    """KPIs for the e-government side: of its sources, with a year of MIN_AREAS countries."""
    tables = store if store is not None else current.store()
    return tables.query(ELIGIBLE, {"enough": MIN_AREAS})["kpi"].tolist()


def outcomes(kpi: str, store: Tables | None = None) -> pd.DataFrame:
    """The SDG outcomes and whether they may stand against a KPI: outcome, allowed, reason (missing if so).

    Raises RequestError for an unknown KPI or one that is not e-government.
    """
    tables = store if store is not None else current.store()
    _check(kpi, None, tables)
    names = _outcomes(tables)
    reasons = [excluded(kpi, outcome, tables) for outcome in names]
    return pd.DataFrame(
        {"outcome": names, "allowed": [reason is None for reason in reasons], "reason": reasons}
    )


def excluded(kpi: str, outcome: str, store: Tables | None = None) -> str | None:
    """Why a pair may not be compared, naming the figure that stands on both sides; None if it may."""
    common = shared(store if store is not None else current.store(), kpi, outcome)
    if not common:
        return None
    if outcome in common:
        return f"{outcome} enters {kpi} or is measured with its parts, so it cannot be an outcome of it."
    return f"{kpi} and {outcome} share {', '.join(common)}, so they go together by construction."


def residuals(kpi: str, year: int | None = None, store: Tables | None = None) -> pd.DataFrame:
    """Who does better than income predicts: one row per UN Member State with a value and income.

    ref_area, time_period, obs_value, income (GDP per capita, PPP), predicted and residual (KPI unit),
    standardised (residual over the residual standard deviation), better (missing where the KPI has no better
    side), income_year, n (countries that shape the line). Best first. year: default the last with 30 values.
    Values of status U get a residual and do not shape the line. Association with income, not an effect of it.
    Raises RequestError for an unknown KPI or fewer than 30 countries.
    """
    tables = store if store is not None else current.store()
    sign = _directions(tables, kpi)[kpi]
    when = _year(kpi, year, tables)
    rows = tables.query(WITH_INCOME, {"kpi": kpi, "year": when} | INCOME_WINDOW)
    firm = (rows["obs_status"] != "U").to_numpy()
    if firm.sum() < MIN_AREAS:
        raise RequestError(f"{kpi} {when}: only {firm.sum()} countries with income; {MIN_AREAS} are needed.")
    design = np.column_stack([np.ones(len(rows)), rows["ln_income"]])
    value = rows["obs_value"].to_numpy(dtype=float)
    line = np.linalg.lstsq(design[firm], value[firm], rcond=None)[0]
    rows["predicted"] = design @ line
    rows["residual"] = value - rows["predicted"]
    spread = math.sqrt(float((rows["residual"][firm] ** 2).sum()) / (int(firm.sum()) - 2))
    rows["standardised"] = rows["residual"] / spread if spread > 0 else np.nan
    better = (rows["residual"] * sign > 0).astype("boolean")
    rows["better"] = better if sign else better.mask(better.notna())
    rows["income"] = np.exp(rows["ln_income"])
    rows["n"] = int(firm.sum())
    rows = rows.sort_values("residual", ascending=sign < 0, ignore_index=True)
    return rows[
        ["ref_area", "time_period", "obs_value", "income", "predicted", "residual", "standardised",
         "better", "income_year", "n"]
    ]  # fmt: skip


def partial_correlation(x: Floats, y: Floats, control: Floats) -> float:
    """Correlation of what is left of x and y once each is predicted from the control; NaN without variation.

    All of one length, without missing values.
    """
    left = [_left(v, control) for v in (x, y)]
    spread = [np.sqrt((e**2).mean()) for e in left]
    if any(s <= 1e-9 * max(1.0, float(np.abs(v).max())) for s, v in zip(spread, (x, y), strict=True)):
        return math.nan
    return float((left[0] * left[1]).mean() / (spread[0] * spread[1]))


def _left(values: Floats, control: Floats) -> Floats:
    """What a straight line on the control leaves of the values."""
    design = np.column_stack([np.ones_like(control), control])
    return np.asarray(values - design @ np.linalg.lstsq(design, values, rcond=None)[0])


def fisher_interval(r: float, n: int, *, controls: int = 0, level: float = 0.95) -> tuple[float, float]:
    """Interval of a (partial) correlation: tanh(atanh r ± z / √(n − 3 − controls)). r = ±1 gives itself."""
    if abs(r) >= 1:
        return r, r
    half = NormalDist().inv_cdf(0.5 + level / 2) / math.sqrt(n - 3 - controls)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def _fit(x: Floats, y: Floats, income: Floats, what: str) -> tuple[float, float, float]:
    """Partial correlation, slope of y on x given income, and half the width of its 95 % t interval."""
    r = partial_correlation(x, y, income)
    if math.isnan(r):
        raise RequestError(f"{what}: a side does not vary once income is held constant. Choose another pair.")
    from scipy.special import stdtrit  # here, because it is slow to load and rarely needed

    design = np.column_stack([np.ones_like(x), x, income])
    coefficients = np.linalg.lstsq(design, y, rcond=None)[0]
    free = len(x) - design.shape[1]
    variance = float(((y - design @ coefficients) ** 2).sum()) / free
    error = math.sqrt(variance * float(np.linalg.inv(design.T @ design)[1, 1]))
    return r, float(coefficients[1]), float(stdtrit(free, 0.975)) * error


def _check(kpi: str, outcome: str | None, store: Tables) -> dict[str, int]:
    directions = _directions(store, kpi)
    allowed = store.query(E_GOVERNMENT)["kpi"].tolist()
    if kpi not in allowed:
        raise RequestError(unknown("e-government KPI", kpi, allowed))
    if outcome is not None and outcome not in (names := _outcomes(store)):
        raise RequestError(unknown("SDG outcome", outcome, names))
    return directions


def _directions(store: Tables, kpi: str) -> dict[str, int]:
    rows = store.query("select kpi, direction from kpi")
    found = dict(
        zip(
            rows["kpi"],
            rows["direction"].map({"higher": 1, "lower": -1, "zero": 0, "context": 0}),
            strict=True,
        )
    )
    if kpi not in found:
        raise RequestError(unknown("KPI", kpi, found))
    return found


def _outcomes(store: Tables) -> list[str]:
    """KPIs that are official SDG indicators, in catalogue order."""
    return store.query(
        "select k.kpi from kpi as k where k.kpi in (select kpi from sdg_link where evidence = 'measured') "
        "order by k.position"
    )["kpi"].tolist()


def _year(kpi: str, year: int | None, store: Tables) -> int:
    held = store.query(
        "select time_period, count(*) as n from kpi_value join area using (ref_area) "
        "where un_member and kpi = $kpi group by time_period order by time_period",
        {"kpi": kpi},
    )
    if year is not None and year not in set(held["time_period"]):
        years = ", ".join(map(str, held["time_period"]))
        raise RequestError(f"{kpi} has no values of {year}. Years held: {years or 'none'}.")
    enough = held.loc[held["n"] >= MIN_AREAS, "time_period"]
    if year is None and enough.empty:
        raise RequestError(f"{kpi} has no year with {MIN_AREAS} countries.")
    return int(year if year is not None else enough.max())
