"""Treatment of outliers. OECD/JRC Handbook (2008), Step 3 (imputation and outliers)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from kpis.composite.cards import COINR, card
from kpis.composite.findings import Finding, attach
from kpis.composite.tables import Floats, by_code, wide_table
from kpis.composite.transforms import TRANSFORMS, Transform
from kpis.errors import RequestError, unknown

Action = Literal["none", "winsorised", "transformed", "not judged", "skipped"]


@dataclass(frozen=True)
class Limits:
    """A column passes when |skew| < `skew` or kurtosis < `kurtosis`."""

    skew: float = 2.0
    kurtosis: float = 3.5

    def passes(self, values: Floats) -> bool:
        return bool(abs(skewness(values)) < self.skew or kurtosis(values) < self.kurtosis)


@dataclass(frozen=True)
class Treatment:
    """values: the treated table.

    columns: one row per indicator: n, skew and kurtosis before and after, action, points, transform,
    passes.
    points: one row per value that changed: indicator, row (its label), action, before, after.
    """

    values: pd.DataFrame
    columns: pd.DataFrame
    points: pd.DataFrame


@card(
    "treat.skewness",
    name="Skewness G1",
    step="3 outliers",
    formula="√(n(n-1))/(n-2) · g1, g1 = √n · Σz³/(Σz²)^1.5, z = x - mean",
    undefined="fewer than 3 values, or all equal",
    source=f"{COINR}, R/treat.R",
)
def skewness(values: Floats) -> float:
    """G1 of the values present; missing below 3 values or for a constant. Source: COINr `skew`."""
    z = values[~np.isnan(values)]
    n = z.size
    if n < 3 or np.ptp(z) == 0:
        return float("nan")
    z = _centred(z)
    g1 = np.sqrt(n) * np.sum(z**3) / np.sum(z**2) ** 1.5
    return float(np.sqrt(n * (n - 1)) / (n - 2) * g1)


def _centred(values: Floats) -> Floats:
    """Distances from the mean in units of the greatest, which no shape depends on: powers cannot overflow."""
    z = values - values.mean()
    return np.asarray(z / np.abs(z).max())


@card(
    "treat.kurtosis",
    name="Excess kurtosis G2",
    step="3 outliers",
    formula="((n+1)(r-3)+6)(n-1)/((n-2)(n-3)), r = n·Σz⁴/(Σz²)²",
    undefined="fewer than 4 values, or all equal",
    source=f"{COINR}, R/treat.R",
)
def kurtosis(values: Floats) -> float:
    """G2 of the values present; missing below 4 values or for a constant. Source: COINr `kurt`."""
    z = values[~np.isnan(values)]
    n = z.size
    if n < 4 or np.ptp(z) == 0:
        return float("nan")
    z = _centred(z)
    r = n * np.sum(z**4) / np.sum(z**2) ** 2
    return float(((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def treat(
    values: pd.DataFrame,
    *,
    max_points: int = 5,
    skew_limit: float = 2.0,
    kurtosis_limit: float = 3.5,
    transform: Transform = "log",
    box_cox_lambda: float = 0.0,
    combine: bool = False,
    skip: Iterable[str] = (),
) -> pd.DataFrame:
    """Treat outliers and return the treated table; `treatment` takes the same arguments and keeps the
    record.

    values: rows areas (or area × period, treated over all periods at once), columns indicators, any unit.
    Rule per indicator: pass when |skew| < 2 or kurtosis < 3.5; else winsorise; else transform (see
    `treatment`).
    Returns a table of the same shape; a transformed indicator changes its unit, and a note in `findings`
    says so.
    Missing stays missing. Raises RequestError for an unknown indicator or transform or a limit out of
    range.
    Source: OECD/JRC Handbook (2008), Step 3; COINr `Treat`.
    """
    record = treatment(
        values,
        max_points=max_points,
        skew_limit=skew_limit,
        kurtosis_limit=kurtosis_limit,
        transform=transform,
        box_cox_lambda=box_cox_lambda,
        combine=combine,
        skip=skip,
    )
    return record.values


@card(
    "treat.rule",
    name="Skew and kurtosis rule, winsorise, else transform",
    step="3 outliers",
    formula="pass if |G1| < 2 or G2 < 3.5; else set extremes to the next value (≤ 5 points, ties together); "
    "else log(x - min + 0.01·range) of the original",
    undefined="never: fewer than 4 values or a constant column are left as they are",
    source=f"{COINR}, R/treat.R",
)
def treatment(
    values: pd.DataFrame,
    *,
    max_points: int = 5,
    skew_limit: float = 2.0,
    kurtosis_limit: float = 3.5,
    transform: Transform = "log",
    box_cox_lambda: float = 0.0,
    combine: bool = False,
    skip: Iterable[str] = (),
) -> Treatment:
    """Treat outliers and record every point that changed.

    A column that fails the rule is winsorised one extreme at a time: the highest value (the lowest if skew
    is negative) takes the next one, equal values together, until it passes. Never more than max_points
    values change: a tie that would pass the limit is left, unlike COINr, which oversteps. If the column
    still fails, the ORIGINAL column (with combine, the winsorised one) is transformed: "log", "log-one",
    "log-gii", "log-signed", "box-cox" (with box_cox_lambda) or "none", which keeps what winsorising
    achieved.
    Shapes, units, missing, errors and source: see `treat`.
    """
    if transform not in TRANSFORMS:
        raise RequestError(unknown("transform", transform, TRANSFORMS, place="treat"))
    if max_points < 0 or skew_limit <= 0:
        raise RequestError("treat: max_points is 0 or more, skew_limit above 0.")
    table = wide_table(values)
    skipped = by_code(dict.fromkeys(skip), table.columns, place="skip")
    limits = Limits(skew_limit, kurtosis_limit)
    keep = combine or transform == "none"

    def change(column: Floats) -> Floats:
        return TRANSFORMS[transform](column, box_cox_lambda)

    results = {
        code: _Column(table[code].to_numpy(), limits).treated(max_points, change, keep, code in skipped)
        for code in table.columns
    }
    treated = pd.DataFrame({code: result.now for code, result in results.items()}, index=table.index)
    treated.columns = table.columns
    columns = pd.DataFrame([_summary(code, result, transform) for code, result in results.items()])
    points = pd.concat(
        [_points(code, result, table.index) for code, result in results.items()] or [_NO_POINTS]
    )
    return Treatment(attach(treated, _notes(results, transform)), columns, points.reset_index(drop=True))


@dataclass
class _Column:
    """One indicator on its way through the rule."""

    was: Floats
    limits: Limits
    action: Action = "none"

    def __post_init__(self) -> None:
        self.now = self.was.copy()

    def treated(
        self, max_points: int, change: Callable[[Floats], Floats], combine: bool, skip: bool
    ) -> _Column:
        if skip or np.isnan(kurtosis(self.was)):
            self.action = "skipped" if skip else "not judged"
            return self
        if self.limits.passes(self.was):
            return self
        winsorised = winsorise(self.was, max_points, self.limits)
        if self.limits.passes(winsorised):
            self.action, self.now = "winsorised", winsorised
            return self
        start = winsorised if combine else self.was
        changed = change(start)
        if changed is not start:
            self.action, self.now = "transformed", changed
        elif combine and _changed(self.was, winsorised):
            self.action, self.now = "winsorised", winsorised
        return self


@card(
    "treat.winsorise",
    name="Winsorisation",
    step="3 outliers",
    formula="the extreme on the side of the skew takes the next value, ties together; repeat until the rule "
    "is passed or one more step would move more than 5 points",
    undefined="never",
    source=f"{COINR}, R/treat.R (winsorise), where ties can go past the limit",
    tolerance=0.0,
)
def winsorise(values: Floats, max_points: int = 5, limits: Limits | None = None) -> Floats:
    """Move extremes inwards until the rule of `limits` is passed or one more step would change over
    max_points.

    values: one indicator; missing stays missing. Source: COINr `winsorise`.
    """
    rule = limits or Limits()
    now = values.copy()
    while not np.isnan(kurtosis(now)) and not rule.passes(now):
        step = _moved_in(now)
        # a step onto a constant would erase the indicator; a tie past the limit would break "at most k"
        if np.nanmax(step) == np.nanmin(step) or _changed(values, step) > max_points:
            break
        now = step
    return now


def _moved_in(values: Floats) -> Floats:
    """The extreme on the side of the skew, with its ties, set to the next value."""
    high = skewness(values) >= 0
    extreme = np.nanmax(values) if high else np.nanmin(values)
    rest = values[~np.isnan(values) & (values != extreme)]
    return np.where(values == extreme, rest.max() if high else rest.min(), values)


def _changed(before: Floats, after: Floats) -> int:
    return int(np.sum((before != after) & ~np.isnan(before)))


def _summary(code: Any, column: _Column, transform: str) -> dict[str, object]:
    moved = _changed(column.was, column.now) if column.action == "winsorised" else 0
    return {
        "indicator": code,
        "n": int(np.sum(~np.isnan(column.was))),
        "skew": skewness(column.was),
        "kurtosis": kurtosis(column.was),
        "action": column.action,
        "points": moved,
        "transform": transform if column.action == "transformed" else "",
        "skew_after": skewness(column.now),
        "kurtosis_after": kurtosis(column.now),
        "passes": None if np.isnan(kurtosis(column.now)) else column.limits.passes(column.now),
    }


_NO_POINTS = pd.DataFrame(columns=["indicator", "row", "action", "before", "after"])


def _points(code: Any, column: _Column, index: pd.Index[Any]) -> pd.DataFrame:
    rows = np.flatnonzero((column.was != column.now) & ~np.isnan(column.was))
    before, after = column.was[rows], column.now[rows]
    sides = np.where(after < before, "winsorised high", "winsorised low")
    actions = sides if column.action == "winsorised" else np.full(rows.size, "transformed")
    return pd.DataFrame(
        {
            "indicator": code,
            "row": [index[int(row)] for row in rows],
            "action": actions,
            "before": before,
            "after": after,
        }
    )


def _notes(results: dict[Any, _Column], transform: str) -> list[Finding]:
    findings = []
    for code, column in results.items():
        fails = column.action not in ("skipped", "not judged") and not column.limits.passes(column.now)
        if column.action == "transformed":
            still = "; it still fails the rule" if fails else ""
            findings.append(
                Finding(
                    "treat", str(code), f"transformed by {transform}, its unit is gone{still}", kind="note"
                )
            )
        elif fails:
            findings.append(Finding("treat", str(code), "still fails the rule", kind="note"))
    return findings
