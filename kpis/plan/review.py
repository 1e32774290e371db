"""Planned beside actual: how far a plan has come when new figures arrive."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kpis.plan.document import Milestone, Plan, Target, planned
from kpis.plan.document import milestones as on_the_line
from kpis.plan.history import History, histories
from kpis.plan.releases import stepwise
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

ROUNDING = 1e-9  # a value this little short of the plan is on it

COLUMNS = [
    "dimension", "kpi", "time_period", "planned", "actual", "actual_year", "planned_then", "difference",
    "status",
]  # fmt: skip


@with_store
def review(plan: Plan, store: Tables = DEFAULT) -> pd.DataFrame:
    """One row per milestone, in the order of the plan.

    planned: value of the milestone; actual, actual_year: the latest figure up to it, newer than the baseline
    and than the milestone before; planned_then: what the plan's line says for that year; difference = actual
    − planned_then; status: reached (the milestone's value is met), on_track (the line is), behind,
    no_figure (due, but nothing new is held), not_due, other_series (the figures held now do not go back to
    the plan's baseline: another edition or method, so nothing is compared). baseline_revised: the source
    changed the figure from which the plan started (`base_now` is missing where it is no longer held).
    """
    targets = {(target.dimension, target.kpi): target for target in plan.targets}
    whole = stepwise(store)
    points = plan.milestones or on_the_line(plan.targets, plan.by, plan.made, whole)
    past = histories(tuple({target.kpi for target in points}), store)
    before: dict[tuple[str, str], int] = {}
    rows = []
    for point in sorted(points, key=lambda target: target.time_period):
        key = (point.dimension, point.kpi)
        if key not in targets:
            continue
        target = targets[key]
        series = series_of(past.get(point.kpi), plan.area)
        due = Due(before.get(key, target.base_year), plan.by, store.as_of, whole=point.kpi in whole)
        rows.append(_row(point, target, series, due))
        before[key] = point.time_period
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "base_value", "base_now", "baseline_revised"])
    place = {key: at for at, key in enumerate(targets)}
    order = [place[key] for key in zip(frame["dimension"], frame["kpi"], strict=True)]
    frame = frame.assign(_order=order).sort_values(["_order", "time_period"], ignore_index=True)
    frame = frame.drop(columns="_order")
    return frame.astype({"actual_year": "Int64"})


def series_of(history: History | None, area: str) -> pd.Series:
    """The values of a country by year, ascending; none where none is held."""
    if history is None or area not in history.areas:
        return pd.Series(dtype=float)
    values = history.values[:, history.areas.index(area)]
    return pd.Series(values, index=list(history.years)).dropna()


@dataclass(frozen=True)
class Due:
    """after: figures count that are newer than this year; by: year of the goal; as_of: year of reading."""

    after: int
    by: int
    as_of: int
    whole: bool


def _row(point: Milestone, target: Target, series: pd.Series, due: Due) -> dict[str, object]:
    base_now = series.get(target.base_year)
    row: dict[str, object] = {
        "dimension": point.dimension, "kpi": point.kpi, "time_period": point.time_period,
        "planned": point.value, "actual": None, "actual_year": None, "planned_then": None,
        "difference": None, "status": "no_figure" if point.time_period <= due.as_of else "not_due",
        "base_value": target.base_value, "base_now": base_now,
        "baseline_revised": base_now is not None and abs(base_now - target.base_value) > ROUNDING,
    }  # fmt: skip
    if base_now is None and len(series):
        return row | {"status": "other_series"}
    new = series[(series.index > due.after) & (series.index <= point.time_period)]
    if new.empty:
        return row
    year, actual = int(new.index[-1]), float(new.iloc[-1])
    then = planned(target, year, due.by, whole=due.whole)
    sign = 1 if target.target >= target.base_value else -1
    met = sign * (actual - point.value) >= -ROUNDING
    status = "reached" if met else "on_track" if sign * (actual - then) >= -ROUNDING else "behind"
    return row | {
        "actual": actual, "actual_year": year, "planned_then": then, "difference": actual - then,
        "status": status,
    }  # fmt: skip
