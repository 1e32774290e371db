"""Whether codes and parents make one tree; what is wrong is named with its row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kpis.intake.grid import folded
from kpis.intake.indicators import NEAR
from kpis.matching import near_miss
from kpis.messages import TableError, message
from kpis.texts import Text

RESERVED = ("rank", "coverage")  # columns of the result beside the nodes

NO_CODE = Text(
    "{file}: row {row} has no code. Add it, or remove the row.",
)
TWICE = Text(
    "{file}: code '{code}' appears more than once (rows {one} and {other}); it can have one parent only. "
    "Keep one.",
)
CASE_ONLY = Text(
    "{file}: the codes '{code}' and '{twin}' (rows {one} and {other}) differ in case only. Rename one.",
)
IS_RESERVED = Text(
    "{file}: row {row}: an index cannot be called '{code}', because the result has a column of that name. "
    "Rename it.",
)
NO_PARENT_CODE = Text(
    "{file}: row {row} ({code}): its parent '{parent}' is no code of the structure.{near} Add a row for it.",
)
NO_PARENT = Text(
    "{file}: row {row} ({code}) has no parent; only the top, '{top}', may have none. Fill in the parent.",
)
TWO_TOPS = Text(
    "{file}: two tops, '{one}' (row {row_one}) and '{other}' (row {row_other}). Keep one index in the "
    "file, or give both one parent.",
)
NO_TOP = Text(
    "{file}: no index: no row has a parent. Write in column 'parent' which code each row belongs to.",
)
CYCLE = Text(
    "{file}: row {row}: a code is its own ancestor: {path}. Exactly one code, the top, has no parent.",
)
NO_WEIGHT = Text(
    "{file}: row {row} ({code}) has no weight. Write 0 to leave it out.",
)
NEGATIVE = Text(
    "{file}: row {row} ({code}): the weight is {weight}; weights are never negative.",
)
ALL_ZERO = Text(
    "{file}: all weights under '{code}' are zero. Give at least one above 0.",
)


def check(name: str, rows: Sequence[tuple[int, str, str]]) -> list[str]:
    """Codes that have children, in the order of the file.

    rows: number, code and parent, "" where there is none. Raises TableError unless they make one tree.
    """
    numbers = _codes(name, rows)
    parents = {code: parent for _, code, parent in rows}
    for number, code, parent in rows:
        if parent and parent not in parents:
            near = near_miss(parent, parents)
            hint = message(NEAR, name=near) if near else ""
            raise TableError(NO_PARENT_CODE, file=name, row=number, code=code, parent=parent, near=hint)
    inner = set(parents.values()) - {""}
    nodes = [code for code in parents if code in inner]
    if not nodes:
        raise TableError(NO_TOP, file=name)
    for code in nodes:
        if folded(code) in RESERVED:
            raise TableError(IS_RESERVED, file=name, row=numbers[code], code=code)
    _check_tops(name, parents, nodes, numbers)
    _check_cycles(name, parents, numbers)
    return nodes


def _codes(name: str, rows: Sequence[tuple[int, str, str]]) -> dict[str, int]:
    """Row of each code."""
    seen: dict[str, tuple[int, str]] = {}
    for number, code, _ in rows:
        if not code:
            raise TableError(NO_CODE, file=name, row=number)
        first_row, twin = seen.setdefault(folded(code), (number, code))
        if first_row != number:
            text = TWICE if twin == code else CASE_ONLY
            raise TableError(text, file=name, code=code, twin=twin, one=first_row, other=number)
    return {code: number for number, code, _ in rows}


def _check_tops(
    name: str, parents: Mapping[str, str], nodes: Sequence[str], numbers: Mapping[str, int]
) -> None:
    roots = [code for code, parent in parents.items() if not parent]
    tops = [code for code in roots if code in nodes]
    if len(tops) > 1:
        first, second = tops[:2]
        rows = {"row_one": numbers[first], "row_other": numbers[second]}
        raise TableError(TWO_TOPS, file=name, one=first, other=second, **rows)
    for code in roots:
        if tops and code not in nodes:
            raise TableError(NO_PARENT, file=name, row=numbers[code], code=code, top=tops[0])


def _check_cycles(name: str, parents: Mapping[str, str], numbers: Mapping[str, int]) -> None:
    sound: set[str] = {""}
    for start in parents:
        path = [start]
        while path[-1] not in sound:
            above = parents[path[-1]]
            if above in path:
                cycle = [*path[path.index(above) :], above]
                raise TableError(CYCLE, file=name, row=numbers[above], path=" → ".join(cycle[:12]))
            path.append(above)
        sound.update(path)


def check_weights(
    name: str, parents: Mapping[str, str], weights: Mapping[str, float], rows: Mapping[str, int]
) -> None:
    """TableError for a weight that is missing or negative, and for parents that weigh nothing."""
    totals: dict[str, float] = {}
    for code, parent in parents.items():
        if not parent:
            continue
        weight = weights[code]
        if math.isnan(weight):
            raise TableError(NO_WEIGHT, file=name, row=rows[code], code=code)
        if weight < 0:
            raise TableError(NEGATIVE, file=name, row=rows[code], code=code, weight=f"{weight:g}")
        totals[parent] = totals.get(parent, 0.0) + weight
    for parent, total in totals.items():
        if total == 0:
            raise TableError(ALL_ZERO, file=name, code=parent)
