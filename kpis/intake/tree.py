"""Whether codes and parents make one tree; what is wrong is named with its row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kpis.bilingual import TableError, Text, message
from kpis.intake.grid import folded
from kpis.intake.indicators import NEAR
from kpis.matching import near_miss

RESERVED = ("rank", "coverage")  # columns of the result beside the nodes

NO_CODE = Text(
    "{file}: row {row} has no code. Add it, or remove the row.",
    "{file}: la fila {row} no tiene código. Añádalo o quite la fila.",
)
TWICE = Text(
    "{file}: code '{code}' appears more than once (rows {one} and {other}); it can have one parent only. "
    "Keep one.",
    "{file}: el código «{code}» aparece más de una vez (filas {one} y {other}); solo puede tener un "
    "padre. Deje una.",
)
CASE_ONLY = Text(
    "{file}: the codes '{code}' and '{twin}' (rows {one} and {other}) differ in case only. Rename one.",
    "{file}: los códigos «{code}» y «{twin}» (filas {one} y {other}) solo difieren en mayúsculas. Cambie "
    "uno.",
)
IS_RESERVED = Text(
    "{file}: row {row}: an index cannot be called '{code}', because the result has a column of that name. "
    "Rename it.",
    "{file}: fila {row}: un índice no puede llamarse «{code}», porque el resultado tiene una columna con "
    "ese nombre. Cámbielo.",
)
NO_PARENT_CODE = Text(
    "{file}: row {row} ({code}): its parent '{parent}' is no code of the structure.{near} Add a row for it.",
    "{file}: fila {row} ({code}): su padre «{parent}» no es un código de la estructura.{near} Añada una "
    "fila para él.",
)
NO_PARENT = Text(
    "{file}: row {row} ({code}) has no parent; only the top, '{top}', may have none. Fill in the parent.",
    "{file}: la fila {row} ({code}) no tiene padre; solo la cima, «{top}», puede no tenerlo. Complete el "
    "padre.",
)
TWO_TOPS = Text(
    "{file}: two tops, '{one}' (row {row_one}) and '{other}' (row {row_other}). Keep one index in the "
    "file, or give both one parent.",
    "{file}: dos cimas, «{one}» (fila {row_one}) y «{other}» (fila {row_other}). Deje un índice en el "
    "archivo o dé a ambos un mismo padre.",
)
NO_TOP = Text(
    "{file}: no index: no row has a parent. Write in column 'parent' which code each row belongs to.",
    "{file}: ningún índice: ninguna fila tiene padre. Escriba en la columna «parent» a qué código "
    "pertenece cada fila.",
)
CYCLE = Text(
    "{file}: row {row}: a code is its own ancestor: {path}. Exactly one code, the top, has no parent.",
    "{file}: fila {row}: un código es su propio antecesor: {path}. Solo un código, la cima, no tiene padre.",
)
NO_WEIGHT = Text(
    "{file}: row {row} ({code}) has no weight. Write 0 to leave it out.",
    "{file}: la fila {row} ({code}) no tiene peso. Escriba 0 para no contarla.",
)
NEGATIVE = Text(
    "{file}: row {row} ({code}): the weight is {weight}; weights are never negative.",
    "{file}: fila {row} ({code}): el peso es {weight}; los pesos nunca son negativos.",
)
ALL_ZERO = Text(
    "{file}: all weights under '{code}' are zero. Give at least one above 0.",
    "{file}: todos los pesos bajo «{code}» son cero. Dé al menos uno mayor que 0.",
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
            said = message(NEAR, name=near) if near else ""
            raise TableError(NO_PARENT_CODE, file=name, row=number, code=code, parent=parent, near=said)
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
        one, twin = seen.setdefault(folded(code), (number, code))
        if one != number:
            text = TWICE if twin == code else CASE_ONLY
            raise TableError(text, file=name, code=code, twin=twin, one=one, other=number)
    return {code: number for number, code, _ in rows}


def _check_tops(
    name: str, parents: Mapping[str, str], nodes: Sequence[str], numbers: Mapping[str, int]
) -> None:
    roots = [code for code, parent in parents.items() if not parent]
    tops = [code for code in roots if code in nodes]
    if len(tops) > 1:
        one, other = tops[:2]
        rows = {"row_one": numbers[one], "row_other": numbers[other]}
        raise TableError(TWO_TOPS, file=name, one=one, other=other, **rows)
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
