"""What a plan makes of the next editions of the UN survey: which of its targets move EGDI, and how far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpis.egdi import editions
from kpis.egdi.inputs import HEADLINE, Edition, edition_of
from kpis.egdi.records import records
from kpis.forecast.plan import Aim, PlanForecast, forecast_plan
from kpis.plan.document import Plan, Target
from kpis.plan.goals import Goal
from kpis.plan.levers import levers
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

# KPIs that are published beside EGDI and are the figure of one of its components, perhaps of another release.
SAME_FIGURE = {"EPI": "OSI_EPI", "SDG_17.8.1": "TII_INTERNET_USERS"}


@dataclass(frozen=True)
class Prospects:
    """The forecast of a plan. still: KPIs with a target that are no component of EGDI, so move nothing."""

    forecast: PlanForecast
    still: tuple[str, ...]


@with_store
def prospects(
    plan: Plan, store: Tables = DEFAULT, *, done: int | None = None, delivered: float = 1.0
) -> Prospects:
    """The next editions with a plan, for a goal of any kind; a stage has no chance of its own.

    done, delivered, errors: as of `kpis.forecast.forecast_plan`. The plan's own year is no default: what is
    done by 2030 shows from 2031 on, after the last edition that is forecast. `done=plan.by` asks for it.
    """
    changes = moves(plan, store)
    goal = aim_of(plan.goal)
    forecast = forecast_plan(store, plan.area, changes, aim=goal, done=done, delivered=delivered)
    return Prospects(forecast, still(plan, store))


def aim_of(goal: Goal) -> Aim | None:
    """The rank or the EGDI of a goal; None for a stage."""
    return None if goal.kind == "stage" else Aim(goal.kind, goal.value)


def moves(plan: Plan, store: Tables) -> dict[str, float]:
    """Component (or sub-index) → value that the targets of a plan ask for, where that is better than today.

    Of a plan with levers these alone, for the better or the worse. A KPI that is a component's figure of
    another release (`SAME_FIGURE`) moves it by as much as the plan moves the KPI, up to its limit. Where a
    sub-index itself has a target, its components count within it.
    """
    inputs = edition_of(editions(store)[-1], store)
    slots = {lever["component"]: lever for lever in records(levers(plan.area, store))}
    if plan.levers:
        return {lever.kpi: _value(lever, slots[lever.kpi]) for lever in plan.levers if lever.kpi in slots}
    row = inputs.position.get(plan.area)
    wanted: dict[str, float] = {}
    for target in plan.targets:
        name = SAME_FIGURE.get(target.kpi, target.kpi)
        if name in slots:
            _keep_better(wanted, name, _value(target, slots[name]), slots[name])
        elif name in inputs.indices and row is not None:
            now = inputs.published[row, inputs.indices.index(name)]
            if target.target > max(now, wanted.get(name, now)):
                wanted[name] = target.target
    return _without_parts(wanted, inputs)


def still(plan: Plan, store: Tables) -> tuple[str, ...]:
    """KPIs with a target that are neither EGDI nor a part of it: they move no figure of the survey."""
    inputs = edition_of(editions(store)[-1], store)
    known = {HEADLINE, *inputs.levers, *SAME_FIGURE}
    return tuple(dict.fromkeys(target.kpi for target in plan.targets if target.kpi not in known))


def _value(target: Target, slot: Mapping[str, Any]) -> float:
    """The value of the component that a target asks for, within the component's limits."""
    value = target.target
    if target.kpi in SAME_FIGURE:
        value = float(slot["now"]) + target.target - target.base_value
    return float(min(max(value, slot["low"]), slot["high"]))


def _keep_better(wanted: dict[str, float], name: str, value: float, slot: Mapping[str, Any]) -> None:
    """Notes a value if it is better than today's and than what another target of the plan asks for."""
    best = wanted.get(name, float(slot["now"]))
    if slot["sign"] * value > slot["sign"] * best:
        wanted[name] = value


def _without_parts(wanted: Mapping[str, float], inputs: Edition) -> dict[str, float]:
    """Without the components of a sub-index that is set itself."""
    return {
        name: value
        for name, value in wanted.items()
        if inputs.levers[name].column is None or inputs.levers[name].index not in wanted
    }
