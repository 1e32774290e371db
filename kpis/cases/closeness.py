"""Cases in the order of how near their country is to a reader's own."""

from __future__ import annotations

import pandas as pd

from kpis.cases.repository import checked_codes
from kpis.names import area_code
from kpis.sql import statement
from kpis.stages import STAGES
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

KINDS = ("subregion", "region", "income", "special")
"""Kinds of groups that make two countries alike."""


@with_store
def by_closeness(
    cases: pd.DataFrame, area: str, *, aim: str | None = None, store: Tables = DEFAULT
) -> pd.DataFrame:
    """Cases from the nearest countries first. cases: rows as of `load`.

    First those of `area` itself, then by the number of groups of `KINDS` that the country of the case shares
    with it (special groups, such as SIDS and Caribbean SIDS, count each); among equally near ones by how far
    the stage of the case is from `aim`, then verified ones, then by case_id. Adds `shared` (how many groups;
    of the area itself all). aim: the stage that the area wants to reach; None leaves stages aside.
    Raises RequestError for an unknown area or stage.
    """
    checked_codes("stage", [aim] if aim else [], STAGES)
    states = store.query("select ref_area from area where un_member")["ref_area"]
    code = area_code(area, list(states), kind="UN Member State")
    rows = store.query(statement("cases/near_areas"), {"area": code, "kinds": list(KINDS)})
    n_shared = rows.groupby("ref_area")["group_id"].nunique()
    shared = cases["country_iso3"].map(n_shared).fillna(0).astype(int)
    step = cases["maturity_stage"].map(STAGES.index)
    order = pd.DataFrame(
        {
            "elsewhere": cases["country_iso3"].ne(code),
            "unlike": -shared,
            "far": 0 if aim is None else (step - STAGES.index(aim)).abs(),
            "unverified": ~cases["verified"].astype(bool),
        },
        index=cases.index,
    ).sort_index()
    order = order.sort_values(list(order.columns), kind="stable")
    nearest: pd.DataFrame = cases.assign(shared=shared).loc[order.index]
    return nearest
