"""A plan as one table, for a spreadsheet."""

from __future__ import annotations

import pandas as pd

from kpis.freshness import USUAL_LIMIT, is_old
from kpis.plan import phrases
from kpis.plan.document import Plan, Target
from kpis.plan.releases import next_figures
from kpis.plan.writing import Names
from kpis.sources.calendar import Release
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store


@with_store
def rows(plan: Plan, lang: str = "en", store: Tables = DEFAULT) -> pd.DataFrame:
    """The plan as one table: a row per lever, per target, per target of its owner and per milestone.

    kind (lever, target, own_target, milestone), ref_area, dimension, kpi, name, unit_measure, base_year,
    base_value, base_age (years to the year of reading), base_old (beyond the KPI's limit), time_period,
    value, change_a_year, increment, owner, note, due, budget, status, source, next_publication (in words).
    Figures are unrounded.
    """
    names, ahead = Names(store, lang), next_figures(store)
    about = store.query("select kpi, unit_measure, source from kpi").set_index("kpi")
    bases = {(target.dimension, target.kpi): target for target in plan.targets}
    points = [("lever", lever.dimension, lever.kpi, plan.by, lever.target) for lever in plan.levers]
    points += [("target", target.dimension, target.kpi, plan.by, target.target) for target in plan.targets]
    points += [("own_target", "", own.kpi, own.year, own.value) for own in plan.own_targets]
    points += [("milestone", m.dimension, m.kpi, m.time_period, m.value) for m in plan.milestones]
    lines = []
    of_levers = {(lever.dimension, lever.kpi): lever for lever in plan.levers}
    for kind, dimension, kpi, year, value in points:
        base = (of_levers if kind == "lever" else bases).get((dimension, kpi))
        step = f"{dimension}.{base.stage}" if base is not None and base.stage else dimension
        in_catalogue = kpi in about.index
        lines.append({
            "kind": kind, "ref_area": plan.area, "dimension": dimension, "kpi": kpi, "name": names.kpi(kpi),
            "unit_measure": about.at[kpi, "unit_measure"] if in_catalogue else "",
            **_baseline(base, plan.by, names), "time_period": year, "value": value,
            "increment": step, "owner": plan.owners.get(step, ""), "note": plan.notes.get(step, ""),
            "due": plan.dues.get(step, ""), "budget": plan.budgets.get(step, ""),
            "status": plan.statuses.get(step, ""),
            "source": about.at[kpi, "source"] if in_catalogue else "",
            "next_publication": phrases.publication(ahead.get(kpi, Release()), lang),
        })  # fmt: skip
    return pd.DataFrame(lines, columns=CSV_COLUMNS)


def _baseline(base: Target | None, by: int, names: Names) -> dict[str, object]:
    """Year, value, age and needed pace of a target; nothing for a milestone without one."""
    if base is None:
        return {}
    as_of = names.store.as_of
    return {
        "base_year": base.base_year, "base_value": base.base_value, "base_age": as_of - base.base_year,
        "base_old": is_old(base.base_year, names.limits.get(base.kpi, USUAL_LIMIT), as_of),
        "change_a_year": (base.target - base.base_value) / (by - base.base_year),
    }  # fmt: skip


CSV_COLUMNS = [
    "kind", "ref_area", "dimension", "kpi", "name", "unit_measure", "base_year", "base_value", "base_age",
    "base_old", "time_period", "value", "change_a_year", "increment", "owner", "note", "due", "budget",
    "status", "source",
    "next_publication",
]  # fmt: skip
