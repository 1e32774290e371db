"""The way up in increments: entry, exits with the actions that move each, cases; lessons; mobile first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis import cases
from kpis.cases import NONE, Further
from kpis.cases.relevance import first
from kpis.egdi import editions
from kpis.egdi.inputs import edition_of
from kpis.plan.document import Plan
from kpis.plan.levers import PARTS_OF_OTHERS
from kpis.stages import STAGES
from kpis.stages.core import BARS
from kpis.stages.readers import computed
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

MOBILE_DIMENSIONS = ("infrastructure", "human_capital", "services")
MOBILE_LEADS = (("coverage", "SDG_9.c.1"), ("ownership", "FINDEX_PHONE_WOMEN"), ("accounts", "SDG_8.10.2"))
CHANNELS = {"services": ("ussd", "sms"), "assisted": ("in-person",)}
N_CASES = 4


@dataclass(frozen=True)
class Increment:
    """One dimension, one stage up. id: "services.connected", the key of its owner and notes.

    entry: level the dimension has when the increment begins. exits: kpi, bar, value, time_period, age
    (years): the KPIs of the plan that must pass the bar of this stage. actions: rows of
    `cases.actions_for_gate`, those of each exit KPI in turn, then the general ones of the step once: scope
    (kpi, general), for_kpi (the KPI that the action moves, "" for a general one), from_other_step (the step
    has no action of this KPI). cases: rows of `cases.for_gate`, most relevant first, with for_kpi; only where
    `example` is true did a case do just what an action says.
    """

    id: str
    dimension: str
    entry: int
    to: int
    exits: pd.DataFrame
    actions: pd.DataFrame
    cases: pd.DataFrame


@with_store
def increments(
    plan: Plan,
    lang: str = "en",
    store: Tables = DEFAULT,
    *,
    most: int | None = None,
    further: Further = NONE,
) -> list[Increment]:
    """The increments of a plan, at most so many: weakest dimension first, each from its stage to the goal.

    A dimension that was not assessed has none: what its first step is cannot be known. For an EGDI or rank:
    the next stage of each dimension that its components belong to. Mobile-first plans begin with
    connections, people and services. further: cases beside the catalogue. Raises RequestError for an unknown
    language.
    """
    return [_increment(plan, name, to, lang, store, further) for name, to in ways_up(plan)[:most]]


def ways_up(plan: Plan) -> list[tuple[str, int]]:
    """The increments of a plan as dimension and stage to reach, in their order."""
    dimensions = [
        *dict.fromkeys(target.dimension for target in plan.targets if target.dimension in plan.stages)
    ]
    rows = []
    for name in dimensions:
        last = int(plan.value) if plan.kind == "stage" else min(plan.stages[name] + 1, 3)
        rows += [(plan.stages[name], name, to) for to in range(plan.stages[name] + 1, last + 1)]
    order = sorted(rows, key=lambda row: (_late(row[1], plan), row[0], row[2]))
    return [(name, to) for _, name, to in order]


def _late(dimension: str, plan: Plan) -> int:
    """Place of a dimension in a mobile-first plan; the same for all in others."""
    if not plan.mobile_first:
        return 0
    leads = dimension in MOBILE_DIMENSIONS
    return MOBILE_DIMENSIONS.index(dimension) if leads else len(MOBILE_DIMENSIONS)


def _increment(plan: Plan, dimension: str, to: int, lang: str, store: Tables, further: Further) -> Increment:
    exits = _exits(plan, dimension, to, store)
    moved = _moved_by_actions(plan, exits["kpi"].tolist(), store)
    stage = STAGES[to]
    return Increment(
        id=f"{dimension}.{stage}",
        dimension=dimension,
        entry=to - 1,
        to=to,
        exits=exits,
        actions=_actions(moved, dimension, stage, lang),
        cases=_cases(moved, plan.area, dimension, stage, lang, store, further),
    )


def _moved_by_actions(plan: Plan, exits: list[str], store: Tables) -> list[str]:
    """The KPIs whose actions count: the exits, and for a component of an index the index it is part of."""
    if plan.kind == "stage":
        return exits
    levers = edition_of(editions(store)[-1], store).levers
    names = [[kpi, PARTS_OF_OTHERS.get(kpi, ""), levers[kpi].index if kpi in levers else ""] for kpi in exits]
    return [name for name in dict.fromkeys(name for related in names for name in related) if name]


def _actions(kpis: list[str], dimension: str, stage: str, lang: str) -> pd.DataFrame:
    """Own actions of each KPI in turn, then the general ones of the step once."""
    each = [cases.actions_for_gate(kpi, dimension=dimension, stage=stage, lang=lang) for kpi in kpis or [""]]
    of_kpis = [frame[frame["for_kpi"].ne("")] for frame in each]
    return pd.concat([*of_kpis, each[0][each[0]["for_kpi"].eq("")]])


def _cases(
    kpis: list[str], area: str, dimension: str, stage: str, lang: str, store: Tables, further: Further
) -> pd.DataFrame:
    """The most relevant cases over all KPIs; a case stands once, for the KPI it is the best reading for."""
    each = [
        cases.for_gate(
            kpi,
            dimension=dimension,
            stage=stage,
            area=area,
            limit=N_CASES,
            lang=lang,
            store=store,
            further=further,
        ).assign(for_kpi=kpi)
        for kpi in kpis or [""]
    ]
    together = pd.concat(each)
    order = together.sort_values(
        "reason", key=lambda reasons: reasons.map(cases.REASONS.index), kind="stable"
    )
    return first(order[~order.index.duplicated()], N_CASES)


def _exits(plan: Plan, dimension: str, to: int, store: Tables) -> pd.DataFrame:
    """The KPIs of the plan that must pass the bar of a stage; not those that had passed it already."""
    gates = computed(store).gates
    bars = gates[gates["dimension"] == dimension].set_index("kpi")[BARS[to - 1]]
    rows = [
        (target.kpi, float(bars[target.kpi]), target.base_value, target.base_year)
        for target in plan.targets
        if target.dimension == dimension and target.kpi in bars and target.base_value < bars[target.kpi]
    ]
    if plan.kind != "stage":
        rows = [(target.kpi, target.target, target.base_value, target.base_year)
                for target in plan.targets if target.dimension == dimension]  # fmt: skip
    exits = pd.DataFrame(rows, columns=["kpi", "bar", "value", "time_period"])
    return exits.assign(age=store.as_of - exits["time_period"])


def lessons(area: str, lang: str = "en", store: Tables = DEFAULT) -> pd.DataFrame:
    """Lessons for LDCs and SIDS that apply to a country, as `cases.lessons`; none for other countries."""
    ldc, sids = groups(area, store)
    rows = cases.lessons(lang=lang)
    applies = {"LDC": ldc, "SIDS": sids, "both": ldc or sids}
    return rows[rows["group"].map(applies).astype(bool)]


@with_store
def groups(area: str, store: Tables = DEFAULT) -> tuple[bool, bool]:
    """Whether a country is an LDC, and whether it is a SIDS, today."""
    row = store.query("select ldc, sids from area where ref_area = $area", {"area": area}).iloc[0]
    return bool(row["ldc"]), bool(row["sids"])


@with_store
def mobile_first(
    area: str, lang: str = "en", store: Tables = DEFAULT, *, further: Further = NONE
) -> pd.DataFrame:
    """What a mobile-first plan begins with: coverage, ownership, accounts, USSD and SMS services, assisted
    access.

    lead, kpi ("" where no KPI measures it), value and time_period (missing where no usable value is held),
    bar of the next stage (missing at the top), case_ids: cases on these channels, verified ones first.
    """
    stages = computed(store)
    at = stages.panel.areas.index(area)
    rows = []
    for lead, kpi in MOBILE_LEADS:
        gate = stages.gates.index[stages.gates["kpi"] == kpi][0]
        value, age = stages.panel.value[-1, at, gate], stages.panel.age[-1, at, gate]
        bars = stages.gates.loc[gate, BARS].to_numpy(float)
        open_bars = bars[bars > value] if not np.isnan(value) else bars[:1]
        rows.append({"lead": lead, "kpi": kpi, "value": value,
                     "time_period": None if np.isnan(age) else int(stages.panel.years[-1] - age),
                     "bar": open_bars[0] if len(open_bars) else np.nan, "case_ids": ()})  # fmt: skip
    ranked = cases.for_gate(
        dimension="services", area=area, limit=1000, lang=lang, store=store, further=further
    )
    all_cases = cases.load(lang, further)
    order = [*ranked.index, *all_cases.index.difference(ranked.index)]
    used, checked = all_cases["channel"].to_dict(), all_cases["verified"].to_dict()
    for lead, channels in CHANNELS.items():
        fits = [case_id for case_id in order if set(channels) & set(used[case_id])]
        fits.sort(key=lambda case_id: not checked[case_id])
        rows.append({"lead": lead, "kpi": "", "value": np.nan, "time_period": None, "bar": np.nan,
                     "case_ids": tuple(fits[:N_CASES])})  # fmt: skip
    return pd.DataFrame(rows).astype({"time_period": "Int64"})
