"""Aggregation: from indicators up the tree to the index. OECD/JRC Handbook (2008), Step 6."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np
import pandas as pd

import kpis.composite.frontier  # noqa: F401  (registers benefit of the doubt)
from kpis.composite.cards import card
from kpis.composite.findings import Finding, attach
from kpis.composite.means import MEANS, Batch, Options, Penalty
from kpis.composite.structure import Hierarchy, Node, read_structure
from kpis.composite.tables import Floats, check_ddof, labels, unique_rows, wide_table
from kpis.errors import RequestError, unknown

AggregateMethod = Literal[
    "arithmetic", "geometric", "harmonic", "power", "median", "copeland", "mpi", "ampi", "bod"
]
T = TypeVar("T")


@dataclass(frozen=True)
class Plan:
    """What each parent does: its method and the least share of children present, by code."""

    methods: dict[str, str]
    coverage: dict[str, float]
    options: Options


def aggregate(
    scores: pd.DataFrame,
    structure: pd.DataFrame | Hierarchy,
    method: str | Mapping[int | str, str] = "arithmetic",
    min_coverage: float | Mapping[int | str, float] = 0.0,
    *,
    weights: Mapping[str, float] | None = None,
    power: float = 2.0,
    penalty: Penalty = "down",
    ddof: int = 0,
) -> pd.DataFrame:
    """Aggregate indicators to every parent of the structure, at any depth.

    scores: rows areas (or area × period), a column per indicator, normalised so that higher is better;
    other columns are ignored, and parents are always computed from their children.
    structure: columns code, parent, weight (see `read_structure`); weights on any scale.
    method: one name, or {level or code: name}. Level 2 is the first above the indicators (level 1), as in
    COINr; a code wins over its level; what is not named is arithmetic.
    min_coverage: share of children (0–1) that must be present, else the parent is missing; or {level or
    code: share}.
    weights: replaces some weights of the structure. power: exponent for "power". penalty: for mpi and ampi;
    ddof: their variance over n children is divided by n (0) or by n - 1 (1, as in Compind's ci_mpi).
    copeland and bod compare all rows with each other, in a panel over all periods.
    Returns one column per parent, lowest level first, same rows; unit of the scores (places for copeland,
    0–1 for bod).
    Missing: weights are renormalised over the children present; none present gives missing. A value that is
    undefined (0 or negative under geometric or harmonic …) is missing, with a reason in `findings` and a
    CompositeWarning.
    Raises RequestError for a wrong structure, an unknown code, level or method; DataError for anything but
    numbers.
    Source: OECD/JRC Handbook (2008), Step 6; COINr `Aggregate`.
    """
    tree = _tree(structure, weights)
    table = wide_table(scores, place="scores")
    unique_rows(table, place="scores")
    plan = make_plan(tree, method, min_coverage, Options(power, penalty, ddof))
    nodes = roll_up(tree, leaves(table, tree), edge_weights(tree), plan)
    result = pd.DataFrame({node.code: nodes[node.code][0] for node in tree.nodes}, index=table.index)
    return attach(result, _undefined(tree, nodes, plan, table.index))


def _tree(structure: pd.DataFrame | Hierarchy, weights: Mapping[str, float] | None) -> Hierarchy:
    tree = read_structure(structure)
    return tree if weights is None else tree.with_weights(weights).check_weights()


def leaves(table: pd.DataFrame, tree: Hierarchy) -> dict[str, Batch]:
    """One batch of a single draw per indicator; RequestError for an indicator that the table lacks."""
    columns = {str(name): name for name in table.columns}
    for code in tree.indicators:
        if code not in columns:
            raise RequestError(unknown("indicator", code, columns, place="structure"))
    return {code: table[columns[code]].to_numpy(dtype=np.float64)[np.newaxis, :] for code in tree.indicators}


def edge_weights(tree: Hierarchy) -> dict[str, Floats]:
    """Weights of each parent's children as draws × children, one draw."""
    return {node.code: np.asarray([node.weights], dtype=np.float64) for node in tree.nodes}


def make_plan(
    tree: Hierarchy,
    method: str | Mapping[int | str, str],
    min_coverage: float | Mapping[int | str, float],
    options: Options,
) -> Plan:
    """Method and least coverage of every parent, checked."""
    methods = _per_node(tree, method, "arithmetic", "method")
    for name in methods.values():
        if name not in MEANS:
            raise RequestError(unknown("aggregation method", str(name), MEANS, place="aggregate"))
    coverage = _per_node(tree, min_coverage, 0.0, "min_coverage")
    for share in coverage.values():
        if not 0 <= share <= 1:
            raise RequestError(f"min_coverage: {share} is not a share between 0 and 1.")
    if options.penalty not in ("down", "up"):
        raise RequestError(unknown("penalty", options.penalty, ["down", "up"], place="aggregate"))
    check_ddof(options.ddof)
    if not np.isfinite(options.power):
        raise RequestError(f"power: {options.power} is not a finite number.")
    return Plan(methods, coverage, options)


def _per_node(tree: Hierarchy, options: T | Mapping[int | str, T], default: T, place: str) -> dict[str, T]:
    """Spread {level or code: value} over the parents."""
    if not isinstance(options, Mapping):
        return {node.code: options for node in tree.nodes}
    codes = [node.code for node in tree.nodes]
    levels = sorted({node.level for node in tree.nodes})
    for key in options:
        if key not in codes and key not in levels:
            allowed = [*map(str, levels), *codes]
            raise RequestError(unknown("level or index node", str(key), allowed, place=place))
    return {node.code: options.get(node.code, options.get(node.level, default)) for node in tree.nodes}


def roll_up(
    tree: Hierarchy, indicators: Mapping[str, Batch], weights: Mapping[str, Floats], plan: Plan
) -> dict[str, Batch]:
    """Every node from its children, lowest first; the one path that single runs and Monte Carlo share."""
    nodes = dict(indicators)
    for node in tree.nodes:
        nodes[node.code] = _parent(node, nodes, weights[node.code], plan)
    return nodes


def _parent(node: Node, nodes: Mapping[str, Batch], weights: Floats, plan: Plan) -> Batch:
    children = [nodes[code] for code in node.children]
    result = MEANS[plan.methods[node.code]](children, weights, plan.options)
    least = plan.coverage[node.code]
    if least <= 0:
        return result
    return np.where(_share_present(children) < least, np.nan, result)


def _share_present(children: list[Batch]) -> Floats:
    present = np.zeros((1, children[0].shape[1]))
    for child in children:
        present = present + ~np.isnan(child)
    return present / len(children)


def _undefined(
    tree: Hierarchy, nodes: Mapping[str, Batch], plan: Plan, index: pd.Index[Any]
) -> list[Finding]:
    """Parents that are missing although enough children are present."""
    findings = []
    for node in tree.nodes:
        weighed = [
            nodes[code] for code, weight in zip(node.children, node.weights, strict=True) if weight > 0
        ]
        present = _share_present(weighed)[0] > 0
        enough = _share_present([nodes[code] for code in node.children])[0] >= plan.coverage[node.code]
        lost = present & enough & np.isnan(nodes[node.code][0])
        if lost.any():
            name = plan.methods[node.code]
            problem = f"the {name} result is undefined and missing: {_REASONS.get(name, 'see its card')}"
            findings.append(Finding("aggregate", node.code, problem, labels(index, lost)))
    return findings


_REASONS = {
    "geometric": "a child is 0 or negative",
    "harmonic": "a child is 0 or negative",
    "power": "a child is negative, or 0 with a power of 0 or less",
    "mpi": "the mean is not above 0, or there is one child alone and n - 1 is 0",
    "ampi": "the mean is not above 0, or there is one child alone and n - 1 is 0",
    "copeland": "there is no other area to compare with",
    "bod": "a child is negative, or every child is 0",
}


@card(
    "aggregate.coverage",
    name="Share of weight present",
    step="6 aggregation",
    formula="Σw·c / Σw over all children; c is 1 or 0 for an indicator, the coverage of a parent",
    undefined="never",
    source="Working rule of this project",
    status="working",
)
def coverage(scores: pd.DataFrame, structure: pd.DataFrame | Hierarchy) -> pd.DataFrame:
    """Share of weight that rests on data, for every parent.

    scores, structure: as in `aggregate`. Returns one column per parent, 0–1, never missing.
    Raises as `aggregate`. Source: OECD/JRC Handbook (2008), Step 3.
    """
    tree = read_structure(structure)
    table = wide_table(scores, place="scores")
    present = {code: (~np.isnan(cells)).astype(np.float64) for code, cells in leaves(table, tree).items()}
    plan = make_plan(tree, "arithmetic", 0.0, Options())
    nodes = roll_up(tree, present, edge_weights(tree), plan)
    return pd.DataFrame({node.code: nodes[node.code][0] for node in tree.nodes}, index=table.index)
