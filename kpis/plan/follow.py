"""A plan that is followed: what was written goes on, its baseline stays, each review joins its history."""

from __future__ import annotations

import datetime

import pandas as pd

from kpis.plan.document import MOST_REVIEWS, WORDS, OwnTarget, Plan, Review, Reviewed, Verdict
from kpis.plan.history import histories
from kpis.plan.review import ROUNDING, review, series_of
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

GOAL = ("area", "kind", "value", "dimension", "by")


def continued(kept: Plan, now: Plan) -> Plan:
    """The plan that was kept, with what has been written since.

    now: the plan as it would be made of today's figures. Of another goal it takes the place of the kept one,
    whose reviews stay; of the same goal the kept baseline, targets and milestones stay, or there would be
    nothing left to compare new figures with.
    """
    if any(getattr(kept, name) != getattr(now, name) for name in GOAL):
        return now.model_copy(update={"reviews": kept.reviews})
    written = {name: getattr(now, name) for name in (*WORDS, "own_targets", "levers", "mobile_first")}
    return kept.model_copy(update=written)


@with_store
def reviewed(plan: Plan, day: datetime.date, store: Tables = DEFAULT) -> Plan:
    """The plan with one more review, of the figures held on a day; one of the same day is replaced.

    A row for each KPI that is due or has a new figure, with its last such milestone, then the plan's own
    targets. The oldest review goes where there are more than `MOST_REVIEWS`.
    """
    rows = [*_of_milestones(review(plan, store)), *own_rows(plan, store)]
    one = Review(day=day.isoformat(), data_version=store.version, rows=tuple(rows))
    before = [other for other in plan.reviews if other.day != one.day]
    return plan.model_copy(update={"reviews": (*before, one)[-MOST_REVIEWS:]})


def is_due(plan: Plan, version: str) -> bool:
    """Whether the figures have changed since the last review, or since the plan was made."""
    last = plan.reviews[-1].data_version if plan.reviews else plan.data_version
    return last != version


def _of_milestones(table: pd.DataFrame) -> list[Reviewed]:
    told = table[table["status"] != "not_due"]
    last = told.groupby(["dimension", "kpi"], sort=False).tail(1).drop_duplicates("kpi", keep="last")
    return [
        Reviewed(
            kpi=row["kpi"],
            time_period=row["time_period"],
            planned=row["planned"],
            actual=None if pd.isna(row["actual"]) else row["actual"],
            actual_year=None if pd.isna(row["actual_year"]) else int(row["actual_year"]),
            status=row["status"],
        )
        for row in last.to_dict("records")
    ]


@with_store
def own_rows(plan: Plan, store: Tables = DEFAULT) -> list[Reviewed]:
    """The plan's own targets beside the latest figure up to their year: reached, behind, no_figure, not_due.

    not_due before its year while the target is not met; a KPI of which less is better is met from above.
    """
    facts = store.query("select kpi, direction from kpi").set_index("kpi")["direction"]
    past = histories(tuple({target.kpi for target in plan.own_targets}), store) if plan.own_targets else {}
    rows = []
    for target in plan.own_targets:
        held = series_of(past.get(target.kpi), plan.area)
        held = held[held.index <= target.year]
        actual = None if held.empty else float(held.iloc[-1])
        rows.append(
            Reviewed(
                kpi=target.kpi,
                time_period=target.year,
                planned=target.value,
                actual=actual,
                actual_year=None if held.empty else int(held.index[-1]),
                status=_verdict(target, actual, facts.get(target.kpi) == "lower", store.as_of),
                own=True,
            )
        )
    return rows


def _verdict(target: OwnTarget, actual: float | None, less: bool, as_of: int) -> Verdict:
    sign = -1 if less else 1
    if actual is not None and sign * (actual - target.value) >= -ROUNDING:
        return "reached"
    if target.year > as_of:
        return "not_due"
    return "no_figure" if actual is None else "behind"
