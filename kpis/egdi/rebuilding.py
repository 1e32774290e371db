"""An index as it can be rebuilt from the parts that are held: its rule, figures, scales and weights.

Shared by all that rebuilds one: in every reasonable way (`robustness`), or in a reader's own (`reweighting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kpis.catalogue.model import Index
from kpis.egdi.inputs import rules_of
from kpis.egdi.rules import caps, component_names, weights_of
from kpis.errors import RequestError, unknown
from kpis.sql import statement
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store
from kpis.warehouse.once import once_per_store

# The first is the publisher's own; the others are what the handbook offers besides.
NORMALISATIONS = {
    "weighted_mean": ("goalposts", "min-max", "z-score", "percentile-rank"),
    "sum": ("goalposts", "min-max", "z-score", "percentile-rank"),
    "z_score_min_max": ("z-score", "min-max", "percentile-rank"),
}
AGGREGATIONS = ("arithmetic", "geometric")
# No score may be 0 or negative, or a geometric mean is undefined: 1 to 100 as in COINr; mean 100 and
# deviation 10 as in the Mazziotta–Pareto index. An arithmetic mean ranks the same on any such scale.
SCALES = {
    "goalposts": (1.0, 100.0),
    "min-max": (1.0, 100.0),
    "percentile-rank": (1.0, 100.0),
    "z-score": (100.0, 10.0),
}


@with_store
def rebuildable(store: Tables = DEFAULT) -> list[tuple[str, int]]:
    """Indices whose parts are held, with the edition: EGDI first, the last edition first.

    store: a warehouse; default the current one.
    """
    rules = rules_of(store.version)
    names = sorted({name for rule in rules for name in (rule.index, *component_names(rule))})
    rows = store.query(statement("egdi/kpi_years"), {"kpis": names})
    available = set(zip(rows["kpi"], rows["time_period"].astype(int), strict=True))
    return [
        (index, edition)
        for index in dict.fromkeys(rule.index for rule in rules)
        for edition in sorted(
            {e for rule in rules if rule.index == index for e in rule.editions}, reverse=True
        )
        if all(
            (name, edition) in available for name in (index, *component_names(rule_of(store, index, edition)))
        )
    ]


@with_store
def normalisations(index: str, edition: int, store: Tables = DEFAULT) -> tuple[str, ...]:
    """The normalisations that an index is rebuilt with, its publisher's own first."""
    return NORMALISATIONS[rule_of(store, index, edition).method]


@with_store
def published_weights(index: str, edition: int, store: Tables = DEFAULT) -> dict[str, float]:
    """The publisher's weights by component, summing to 1; parts that count against are positive here too."""
    rule = rule_of(store, index, edition)
    weights = np.abs(weights_of(rule))
    return dict(zip(component_names(rule), (weights / weights.sum()).tolist(), strict=True))


@once_per_store
def held_rule(store: Tables, index: str, edition: int) -> Index:
    """The rule of one of `rebuildable`; RequestError with what is held for any other."""
    held = rebuildable(store)
    if (index, edition) not in held:
        listed = ", ".join(f"{name} {year}" for name, year in held)
        raise RequestError(f"the parts of {index} {edition} are not held. Held: {listed}.")
    return rule_of(store, index, edition)


def rule_of(store: Tables, index: str, edition: int) -> Index:
    """The rule of an edition of an index, whether or not its parts are held; RequestError without one."""
    rules = rules_of(store.version)
    for rule in rules:
        if rule.index == index and edition in rule.editions:
            return rule
    editions = [f"{rule.index} {year}" for rule in rules for year in rule.editions]
    raise RequestError(unknown("index", f"{index} {edition}", editions))


def left_open(name: str, fixed: str | None, options: tuple[str, ...]) -> tuple[str, ...]:
    """All options of a choice that is left open, else the one it is fixed to; RequestError for a stranger."""
    if fixed is None:
        return options
    if fixed not in options:
        raise RequestError(unknown(name, fixed, options))
    return (fixed,)


def weighted_tree(rule: Index, weights: Mapping[str, float]) -> pd.DataFrame:
    """The index and its components as `composite` reads them, with weights on any scale.

    Raises RequestError for a stranger among the components, and for weights that are negative or all 0.
    """
    names = component_names(rule)
    for name, weight in weights.items():
        if name not in names:
            raise RequestError(unknown(f"component of {rule.index}", name, names))
        if not (np.isfinite(weight) and weight >= 0):
            raise RequestError(f"weights: {name} = {weight!r}. Give a number of 0 or more.")
    if not any(weights.values()):
        raise RequestError("weights: all are 0. Give at least one above 0.")
    rows = [(rule.index, None, 1.0), *((name, rule.index, float(weights[name])) for name in names)]
    return pd.DataFrame(rows, columns=["code", "parent", "weight"])


@once_per_store
def edition_values(store: Tables, index: str, edition: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Parts of the countries with a published index, capped; and the published index with its rank."""
    rule = rule_of(store, index, edition)
    names = component_names(rule)
    rows = store.query(statement("egdi/edition_values"), {"kpis": [rule.index, *names], "edition": edition})
    wide = rows.pivot(index="ref_area", columns="kpi", values="obs_value").dropna(subset=[rule.index])
    ranks = store.query(statement("egdi/edition_ranks"), {"kpi": rule.index, "edition": edition}).set_index(
        "ref_area"
    )["rank"]
    published = pd.DataFrame(
        {"published": wide[rule.index], "published_rank": ranks.reindex(wide.index).astype(float)}
    )
    values = wide[names].clip(upper=pd.Series(caps(rule), index=names), axis=1).astype(float)
    return (values if rule.method == "z_score_min_max" else values.fillna(0.0)), published


def scale_setting(store: Tables, rule: Index) -> dict[str, Any]:
    """Directions and, for parts with natural limits, goalposts."""
    if rule.method == "z_score_min_max":
        signs = np.sign(weights_of(rule)).astype(int).tolist()
        return {"directions": dict(zip(component_names(rule), signs, strict=True))}
    limits = store.query(statement("egdi/limits"), {"kpis": component_names(rule)}).set_index("kpi")
    posts = limits[["limit_low", "limit_high"]].astype(float)
    return {"goalposts": {str(kpi): (low, high) for kpi, low, high in posts.itertuples()}}
