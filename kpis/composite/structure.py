"""The index as a tree: which codes feed which parent, with what weight.

Source: OECD/JRC Handbook (2008), Step 1 (theoretical framework).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from kpis.composite.tables import by_code
from kpis.errors import RequestError, unknown


@dataclass(frozen=True)
class Node:
    """A parent and what feeds it. level: one above the highest child, indicators being 1, as in COINr."""

    code: str
    children: tuple[str, ...]
    weights: tuple[float, ...]
    level: int


@dataclass(frozen=True)
class Hierarchy:
    """A validated structure. nodes: parents only, every child before its parent."""

    nodes: tuple[Node, ...]
    indicators: tuple[str, ...]
    tops: tuple[str, ...]

    @property
    def edges(self) -> tuple[str, ...]:
        """Every code that has a parent, in the order of the nodes: one weight each."""
        return tuple(child for node in self.nodes for child in node.children)

    def node(self, code: str) -> Node:
        """The parent called `code`; RequestError with the near miss if there is none."""
        for node in self.nodes:
            if node.code == code:
                return node
        raise RequestError(unknown("index node", code, [node.code for node in self.nodes], place="structure"))

    def top(self, code: str | None = None) -> str:
        """The index itself: the only node without a parent, or the one named."""
        if code is not None:
            return self.node(code).code
        if len(self.tops) != 1:
            raise RequestError(
                f"structure: name one index with top=; there are {', '.join(self.tops) or 'none'}."
            )
        return self.tops[0]

    def with_weights(self, weights: Mapping[str, float] | pd.Series[Any]) -> Hierarchy:
        """The same tree with some weights replaced (any scale, never negative)."""
        new_weights = by_code(weights, self.edges, place="weights", kind="code")
        checked = {code: _weight(code, value) for code, value in new_weights.items()}
        return replace(self, nodes=tuple(_reweighted(node, checked) for node in self.nodes))

    def check_weights(self) -> Hierarchy:
        """RequestError if all the weights under one parent are zero: nothing would be weighed."""
        for node in self.nodes:
            if not any(node.weights):
                raise RequestError(
                    f"structure: all weights under '{node.code}' are zero. Give at least one above 0."
                )
        return self


def _reweighted(node: Node, weights: Mapping[str, float]) -> Node:
    fresh = (weights.get(child, old) for child, old in zip(node.children, node.weights, strict=True))
    return replace(node, weights=tuple(fresh))


def read_structure(structure: pd.DataFrame | Hierarchy) -> Hierarchy:
    """Validate a structure table.

    structure: columns code, parent, weight; one row per indicator and per index node, parent empty at the
    top. Without a weight column all weights are equal. Weights may be on any scale; a top needs none.
    Raises RequestError for a missing column, a repeated or unknown code, a cycle, a weight that is missing,
    negative or infinite, and for weights that are all zero under one parent.
    Source: OECD/JRC Handbook (2008), Step 1.
    """
    if isinstance(structure, Hierarchy):
        return structure.check_weights()
    parents = _parents(structure)
    weights = _weights(structure, parents)
    children: dict[str, list[str]] = {}
    for code, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(code)
    _check_parents(children, parents)
    levels = _levels(children, parents)
    order = sorted(children, key=lambda code: (levels[code], list(parents).index(code)))
    nodes = [
        Node(code, tuple(children[code]), tuple(weights[child] for child in children[code]), levels[code])
        for code in order
    ]
    tops = tuple(code for code in order if parents[code] is None)
    indicators = tuple(code for code in parents if code not in children)
    return Hierarchy(tuple(nodes), indicators, tops).check_weights()


def _parents(structure: pd.DataFrame) -> dict[str, str | None]:
    """Parent of each code, None at the top."""
    if not isinstance(structure, pd.DataFrame):
        raise RequestError("structure: a table with the columns code, parent, weight is needed.")
    for column in ("code", "parent"):
        if column not in structure.columns:
            present = [str(name) for name in structure.columns]
            raise RequestError(
                f"structure: column '{column}' is missing. Present: {', '.join(present) or 'none'}."
            )
    parents: dict[str, str | None] = {}
    for code, parent in zip(structure["code"], structure["parent"], strict=True):
        if _blank(code):
            raise RequestError("structure: a row has no code.")
        if str(code) in parents:
            raise RequestError(
                f"structure: code '{code}' appears more than once; it can have one parent only."
            )
        parents[str(code)] = None if _blank(parent) else str(parent)
    return parents


def _blank(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell != cell or str(cell).strip() == ""


def _weights(structure: pd.DataFrame, parents: Mapping[str, str | None]) -> dict[str, float]:
    if "weight" not in structure.columns:
        return dict.fromkeys(parents, 1.0)
    cells = dict(zip(parents, structure["weight"], strict=True))
    return {code: _weight(code, cells[code]) for code, parent in parents.items() if parent is not None}


def _weight(code: str, cell: Any) -> float:
    if _blank(cell):
        raise RequestError(f"structure: '{code}' has no weight. Use 0 to leave it out.")
    try:
        weight = float(cell)
    except (TypeError, ValueError):
        raise RequestError(f"structure: the weight of '{code}' is {cell!r}, not a number.") from None
    if not np.isfinite(weight) or weight < 0:
        raise RequestError(
            f"structure: the weight of '{code}' is {weight}; weights are finite and never negative."
        )
    return weight


def _check_parents(children: Mapping[str, Iterable[str]], parents: Mapping[str, str | None]) -> None:
    for parent, below in children.items():
        if parent not in parents:
            place = f"structure, parent of '{next(iter(below))}'"
            raise RequestError(unknown("code", parent, parents, place=place))


def _levels(children: Mapping[str, list[str]], parents: Mapping[str, str | None]) -> dict[str, int]:
    """Height of each code; what never gets one sits on a cycle."""
    levels = {code: 1 for code in parents if code not in children}
    waiting = [code for code in parents if code in children]
    while waiting:
        ready = [code for code in waiting if all(child in levels for child in children[code])]
        if not ready:
            raise RequestError(f"structure: a code is its own ancestor: {_cycle(waiting[0], parents)}.")
        for code in ready:
            levels[code] = 1 + max(levels[child] for child in children[code])
        waiting = [code for code in waiting if code not in levels]
    return levels


def _cycle(start: str, parents: Mapping[str, str | None]) -> str:
    """The cycle in words. A code has one parent, so what is left over is on a cycle, never above one."""
    path = [start]
    while (parent := parents[path[-1]]) is not None and parent != start:
        path.append(parent)
    return " → ".join([*path, start])
