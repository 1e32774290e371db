"""What-if of a plan: change components, get indices, rank and stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from kpis.egdi import editions, simulate
from kpis.egdi.inputs import edition_of
from kpis.stages import rules
from kpis.stages.core import BARS
from kpis.stages.readers import computed
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

PARTS_OF_OTHERS = {"OSI_EPI": "EPI"}  # printed as a part of OSI; the gate reads the same index

_editions: WeakKeyDictionary[Tables, int] = WeakKeyDictionary()


@dataclass(frozen=True)
class Trial:
    """EGDI (0–1), rank among all and stages (dimension, before, after; -1 = not assessed)."""

    egdi_before: float
    egdi: float
    rank_before: int
    rank: int
    n: int
    group: str | None
    indices: pd.DataFrame
    stages: pd.DataFrame


@with_store
def levers(area: str, store: Tables = DEFAULT) -> pd.DataFrame:
    """The components a country can move, one row each: component, index, now, low, high, best, precision.

    high is where a slider ends: the natural limit or the cap of the index, else the best value of the
    edition. A component whose index cannot be recomputed, because one is not published, is left out.
    Raises RequestError for an unknown country.
    """
    inputs = edition_of(_last_edition(store), store)
    row = inputs.row(area)
    rows = []
    for name, lever in inputs.levers.items():
        if lever.column is None or np.isnan(inputs.components[lever.index][row]).any():
            continue
        table = inputs.components[lever.index]
        now, seen = float(table[row, lever.column]), table[:, lever.column]
        ends = [now, lever.best, float(np.nanmin(seen)), float(np.nanmax(seen))]
        low = max(lever.low, min(ends)) if np.isfinite(lever.low) else min(ends)
        high = min(lever.high, max(ends))
        rows.append((name, lever.index, lever.unit, lever.precision, now, low, high, lever.best, lever.sign))
    columns = ["component", "index", "unit", "precision", "now", "low", "high", "best", "sign"]
    return pd.DataFrame(rows, columns=columns)


@with_store
def attempt(area: str, changes: dict[str, float], store: Tables = DEFAULT) -> Trial:
    """What a set of component values gives a country, all others as published; see `egdi.simulate`.

    Stages: the gates that the UN indices feed move, the other KPIs stay. Errors as `egdi.simulate`.
    """
    edition = _last_edition(store)
    result = simulate({area: changes}, edition, store)
    before: dict[Any, Any] = result.before.loc[area].to_dict()
    after: dict[Any, Any] = result.after.loc[area].to_dict()
    moved = {name: float(after[name]) for name in result.inputs.indices} | dict(changes)
    inputs, row = result.inputs, result.inputs.position[area]
    for part, gate in PARTS_OF_OTHERS.items():
        if part in changes:
            lever = inputs.levers[part]
            was = float(inputs.components[lever.index][row, lever.column])
            moved[gate] = changes[part] - was
    names = [*inputs.indices, "EGDI"]
    return Trial(
        egdi_before=float(before["EGDI"]), egdi=float(after["EGDI"]),
        rank_before=int(before["rank"]), rank=int(after["rank"]), n=len(inputs.areas),
        group=after["group"],
        indices=pd.DataFrame({"index": names, "before": [float(before[name]) for name in names],
                              "after": [float(after[name]) for name in names]}),
        stages=_stages(area, moved, edition, store),
    )  # fmt: skip


def _last_edition(store: Tables) -> int:
    """The last edition, asked once for each open store: a slider's move costs no query."""
    if store not in _editions:
        _editions[store] = editions(store)[-1]
    return _editions[store]


def _stages(area: str, moved: dict[str, float], edition: int, store: Tables) -> pd.DataFrame:
    """Stages of one country with some gate values replaced, where the gate reads this edition."""
    stages = computed(store)
    at = stages.panel.areas.index(area)
    value, age = stages.panel.value[-1, at].copy(), stages.panel.age[-1, at]
    read = stages.panel.years[-1] - age == edition
    for place, kpi in enumerate(stages.gates["kpi"]):
        if kpi in moved and read[place]:
            value[place] = value[place] + moved[kpi] if kpi in PARTS_OF_OTHERS.values() else moved[kpi]
    rows = []
    for name, result in stages.dimensions.items():
        columns = stages.columns(name)
        level = rules.levels(value[columns], stages.gates.iloc[columns][BARS].to_numpy(float))
        rows.append((name, int(result.stage[-1, at]), int(rules.stage_two_thirds(level))))
    return pd.DataFrame(rows, columns=["dimension", "before", "after"])
