"""The structure of an index from a person's own table: codes, parents, weights, directions, goalposts,
targets.

Headings are read in any case, in English, Spanish and as COINr's iMeta has them (iCode, Parent, Weight,
Direction).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kpis.intake import tree
from kpis.intake.areas import headings
from kpis.intake.grid import Cell, Grid, Place, Row, folded, plain, tidy
from kpis.intake.layout import REPEATED, Table, keep_rows, read_layout
from kpis.intake.numbers import Mark, NumberReader
from kpis.matching import near_miss
from kpis.messages import Message, TableError, message
from kpis.texts import Text

HEADINGS = {
    "code": ("code", "icode", "codigo", "indicator", "indicador"),
    "parent": ("parent", "padre", "superior"),
    "weight": ("weight", "weights", "peso", "pesos", "ponderacion", "ponderaciones"),
    "direction": ("direction", "dir", "polarity", "direccion", "sentido", "polaridad"),
    "worst": ("worst", "peor"),
    "best": ("best", "mejor"),
    "target": ("target", "meta"),
    "type": ("type", "tipo"),
}
EXPECTED = frozenset(name for names in HEADINGS.values() for name in names)
_NUMBERS = ("weight", "direction", "worst", "best", "target")
# rows of COINr's iMeta that are no part of the tree
_OUTSIDE = frozenset(("group", "denominator", "other", "grupo", "denominador", "otro"))
_NONE = frozenset(("na", "n/a", "nan", "null", "none", "-", "–", "—", ".", ".."))
_NUMBER = re.compile(r"^\W?[0-9.,]*[0-9]")
_CLOSE = 0.8  # a heading so like a known one is a slip: to ignore it could turn a ranking round

NO_HEADING = Text(
    "{file}: column '{column}' is missing. Columns found: {found}.",
)
SLIP = Text(
    "{file}: column '{column}' is not known. Did you mean '{near}'? Correct the heading, or remove the "
    "column.",
)
NOT_USED = Text("{file}: columns not used: {columns}.")
OUTSIDE = Text(
    "{file}: rows that are no part of the index, left out: {codes}.",
)
EQUAL = Text(
    "{file}: no column 'weight': all weights under a parent are equal.",
)
BAD_DIRECTION = Text(
    "{file}: row {row} ({label}), column {column}: '{cell}' is no direction. Allowed: 1 (higher is "
    "better), {reverse} (lower is better); leave it empty for 1.",
)
_REVERSE = "-1"  # as it is typed, with a hyphen
PARENT_DIRECTION = Text(
    "{file}: row {row} ({label}): a parent cannot have the direction {reverse}, because its score is made "
    "from scores of which higher is better. Write 1 or leave it empty.",
)
BAD_POSTS = Text(
    "{file}: row {row} ({label}): give both 'worst' and 'best', and unlike.",
)
POSTS_AGAINST = Text(
    "{file}: row {row} ({label}): from worst {worst} to best {best}, but direction {direction}. Goalposts "
    "alone are enough.",
)
NO_USE = Text(
    "{file}: {column} of '{code}' is not used: it is no indicator.",
)


@dataclass(frozen=True)
class Structure:
    """table: code, parent (empty at the top), weight. indicators, nodes: codes without and with children.

    directions, goalposts (worst, best), targets: of the indicators that have one. notes: what was left out.
    """

    name: str
    table: pd.DataFrame
    top: str
    indicators: tuple[str, ...]
    nodes: tuple[str, ...]
    directions: Mapping[str, int]
    goalposts: Mapping[str, tuple[float, float]]
    targets: Mapping[str, float]
    rows: Mapping[str, int]
    notes: tuple[Message, ...]


def read_structure_table(grid: Grid, *, decimal: Mark | None = None) -> Structure:
    """The structure of an index from the cells of a file.

    Needs the columns code and parent; without weight all are equal. decimal: the mark to take where the
    numbers do not tell. Raises TableError with file, row and remedy for whatever is no tree with one top,
    and for a direction, weight or goalpost that cannot be.
    """
    table = read_layout(grid, lambda cells: sum(plain(cell) in EXPECTED for cell in cells), 2)
    places = _places(table)
    rows = _rows(table, places)
    codes = [table.text(row, places["code"]) for row in rows]
    parents = [_parent(table.text(row, places["parent"]), codes) for row in rows]
    nodes = tree.check(table.name, [(r.number, c, p) for r, c, p in zip(rows, codes, parents, strict=True)])
    reader = NumberReader(table.name, None, hint=decimal or ("." if grid.separator == "," else None))
    numbers = _numbers(table, places, rows, codes, reader)
    weights = numbers.get("weight", dict.fromkeys(codes, 1.0))
    by_row = {code: row.number for code, row in zip(codes, rows, strict=True)}
    tree.check_weights(table.name, dict(zip(codes, parents, strict=True)), weights, by_row)
    directions = _directions(table, numbers.get("direction", {}), nodes, by_row)
    goalposts = _goalposts(table, numbers, directions, by_row)
    frame = pd.DataFrame({"code": codes, "parent": parents, "weight": [weights[code] for code in codes]})
    notes = [*table.notes, *reader.notes()]
    if "weight" not in places:
        notes.append(message(EQUAL, file=table.name))
    indicators = tuple(code for code in codes if code not in nodes)
    targets = {c: x for c, x in numbers.get("target", {}).items() if not math.isnan(x)}
    of_nodes = [(c, name) for name in ("worst", "best", "target") for c, x in numbers.get(name, {}).items()
                if c in nodes and not math.isnan(x)]  # fmt: skip
    notes += [message(NO_USE, file=table.name, column=name, code=code) for code, name in of_nodes]
    return Structure(
        table.name, frame, codes[parents.index("")], indicators, tuple(nodes), directions,
        {code: post for code, post in goalposts.items() if code in indicators},
        {code: target for code, target in targets.items() if code in indicators}, by_row, tuple(notes),
    )  # fmt: skip


def _places(table: Table) -> dict[str, int]:
    """Position of each column of a structure; a misspelt heading is refused, other columns are noted."""
    places: dict[str, int] = {}
    others: list[int] = []
    for at, heading in enumerate(table.headings):
        heading_name = next((name for name, names in HEADINGS.items() if plain(heading) in names), None)
        if heading_name is None:
            others.append(at)
        elif heading_name in places:
            raise TableError(
                REPEATED, file=table.name, column=heading, one=places[heading_name] + 1, other=at + 1
            )
        else:
            places[heading_name] = at
    for at in others:
        near = near_miss(plain(table.headings[at]), EXPECTED, _CLOSE)
        heading_name = next((name for name, names in HEADINGS.items() if near in names), "")
        if near and heading_name not in places:
            raise TableError(SLIP, file=table.name, column=table.headings[at], near=near)
    for name in ("code", "parent"):
        if name not in places:
            raise TableError(NO_HEADING, file=table.name, column=name, found=headings(table))
    named = [table.headings[at] for at in others if table.headings[at]]
    if named:
        table.notes.append(message(NOT_USED, file=table.name, columns=", ".join(named[:12])))
    return places


def _rows(table: Table, places: Mapping[str, int]) -> list[Row]:
    needed = [at for name, at in places.items() if name not in ("code", "type")]
    parents = {text for row in table.rows if (text := table.text(row, places["parent"]))}
    rows = keep_rows(table, places["code"], needed, parents)
    kinds = [folded(table.text(row, places["type"])) if "type" in places else "" for row in rows]
    outside = [table.text(r, places["code"]) for r, kind in zip(rows, kinds, strict=True) if kind in _OUTSIDE]
    if outside:
        table.notes.append(message(OUTSIDE, file=table.name, codes=", ".join(outside[:12])))
    return [row for row, kind in zip(rows, kinds, strict=True) if kind not in _OUTSIDE]


def _parent(text: str, codes: Sequence[str]) -> str:
    """A parent; "NA" is none, unless a code is called so."""
    return "" if text.casefold() in _NONE and text not in codes else text


def _numbers(
    table: Table, places: Mapping[str, int], rows: Sequence[Row], codes: Sequence[str], reader: NumberReader
) -> dict[str, dict[str, float]]:
    """Numbers of each column by code, read together, because a file has one decimal mark."""
    names = [name for name in _NUMBERS if name in places]
    cells = [
        (Place(row.number, code, table.headings[places[name]]), _cell(table, row, places[name], name, code))
        for name in names
        for code, row in zip(codes, rows, strict=True)
    ]
    read = iter(reader.read(cells))
    return {name: {code: next(read) for code in codes} for name in names}


def _cell(table: Table, row: Row, column: int, name: str, code: str) -> Cell:
    """A cell to be read as a number. A direction in words ("positive") or as "-" is refused as such; only
    blank and NA say nothing."""
    cell = table.cell(row, column)
    text = tidy(cell)
    if name == "direction" and text.casefold() not in ("", "na") and not _NUMBER.search(text):
        details = {"row": row.number, "label": code, "column": table.headings[column], "cell": text}
        raise TableError(BAD_DIRECTION, file=table.name, reverse=_REVERSE, **details)
    return cell


def _directions(
    table: Table, directions: Mapping[str, float], nodes: Sequence[str], rows: Mapping[str, int]
) -> dict[str, int]:
    for code, value in directions.items():
        if not math.isnan(value) and value not in (1, -1):
            details = {"row": rows[code], "label": code, "column": "direction", "cell": f"{value:g}"}
            raise TableError(BAD_DIRECTION, file=table.name, reverse=_REVERSE, **details)
        if value == -1 and code in nodes:
            raise TableError(PARENT_DIRECTION, file=table.name, row=rows[code], label=code, reverse=_REVERSE)
    return {code: int(x) for code, x in directions.items() if not math.isnan(x) and code not in nodes}


def _goalposts(
    table: Table,
    numbers: Mapping[str, Mapping[str, float]],
    directions: Mapping[str, int],
    rows: Mapping[str, int],
) -> dict[str, tuple[float, float]]:
    posts: dict[str, tuple[float, float]] = {}
    for code, row in rows.items():
        worst = numbers.get("worst", {}).get(code, math.nan)
        best = numbers.get("best", {}).get(code, math.nan)
        if math.isnan(worst) and math.isnan(best):
            continue
        if math.isnan(worst) or math.isnan(best) or worst == best:
            raise TableError(BAD_POSTS, file=table.name, row=row, label=code)
        direction = directions.get(code)
        if direction is not None and (best > worst) != (direction > 0):
            details = {"worst": f"{worst:g}", "best": f"{best:g}", "direction": direction}
            raise TableError(POSTS_AGAINST, file=table.name, row=row, label=code, **details)
        posts[code] = (worst, best)
    return posts
