"""The steps of `escala index`: read, impute, treat, normalise, aggregate, rank; what a reader must know of
each."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pandas as pd

from kpis import composite
from kpis.bilingual import ChoiceError, Message, Text, message
from kpis.cli import choices
from kpis.cli.findings import said
from kpis.cli.index import AGGREGATE, IMPUTE, NORMALISE, TREAT
from kpis.intake import Indicators, Structure, read_bytes, read_grid, read_indicators, read_structure_table
from kpis.intake.grid import folded
from kpis.intake.numbers import Mark
from kpis.intake.structure import EXPECTED
from kpis.intake.tree import RESERVED

NEEDS_GROUPS = Text("--group-column NAME", "--group-column NOMBRE")
NEEDS_POSTS = Text(
    "columns 'worst' and 'best' in the structure for {codes}",
    "columnas «worst» y «best» en la estructura para {codes}",
)
NEEDS_TARGETS = Text(
    "a column 'target' in the structure for {codes}",
    "una columna «target» en la estructura para {codes}",
)
NEEDS_REFERENCE = Text("--reference AREA", "--reference ÁREA")
NO_REFERENCE = Text(
    "--reference: no area '{value}' in {file}. Write it as the file has it.",
    "--reference: no hay un área «{value}» en {file}. Escríbala como está en el archivo.",
)
AREA_IS_NODE = Text(
    "{file}: '{code}' is the heading of the areas and an index of the structure. Rename one of them.",
    "{file}: «{code}» es el encabezado de las áreas y un índice de la estructura. Cambie uno de los dos.",
)
OPTION_IDLE = Text(
    "--{option} has no effect with {method}.",
    "--{option} no tiene efecto con {method}.",
)
COLUMN_IDLE = Text(
    "{file}: --normalise {method} does not use {columns} of the structure; --normalise {other} does.",
    "{file}: --normalise {method} no usa {columns} de la estructura; --normalise {other} sí.",
)
IMPUTED = Text(
    "{n} of {all} values imputed ({how}); coverage counts them as missing.",
    "{n} de {all} valores imputados ({how}); la cobertura (coverage) los cuenta como faltantes.",
)
TREATED = Text("outliers: {code} {action}.", "valores atípicos: {code} {action}.")
ACTIONS = {
    "winsorised": Text("winsorised", "winsorizado"),
    "transformed": Text("transformed", "transformado"),
    "not judged": Text(
        "not judged (fewer than 4 values, or all equal)", "no evaluado (menos de 4 valores, o todos iguales)"
    ),
}
UNIT_GONE = Text(
    "--treat: '{code}' was transformed and has lost its unit, so its {columns} do not fit any more. Use "
    "--treat "
    "winsorise.",
    "--treat: «{code}» se transformó y perdió su unidad, así que sus {columns} ya no valen. Use --treat "
    "winsorise.",
)
BAD_DDOF = Text(
    "--ddof: 0 (divide by n) or 1 (by n - 1), not {value}.",
    "--ddof: 0 (dividir por n) o 1 (por n - 1), no {value}.",
)
LOW_SCORES = Text(
    "a {method} mean needs scores above 0: use {remedy}.",
    "una media {method} necesita puntuaciones mayores que 0: use {remedy}.",
)
MEANS = {
    "geometric": Text("geometric", "geométrica"),
    "harmonic": Text("harmonic", "armónica"),
}
_POSTS = ("goalposts", "scaled")
_UNSCALED = ("rank", "borda")


@dataclass(frozen=True)
class Choices:
    """The options of `escala index`, as written."""

    area_column: str | None
    group_column: str | None
    decimal: str | None
    impute: str | None
    treat: str | None
    max_points: int
    skew_limit: float
    kurtosis_limit: float
    normalise: str
    scale: str | None
    reference: str | None
    cap: bool
    clip: bool
    complement: bool
    aggregate: str
    power: float
    penalty: str
    ddof: int | None
    min_coverage: str

    def check(self) -> None:
        """ChoiceError for a name that is not in its list and a number out of range."""
        choices.one_of("normalise", self.normalise, NORMALISE)
        choices.one_of("penalty", self.penalty, ("down", "up"))
        for option, value, allowed in (("impute", self.impute, IMPUTE), ("treat", self.treat, TREAT)):
            if value is not None:
                choices.one_of(option, value, allowed)
        if self.decimal is not None:
            choices.one_of("decimal", self.decimal, (".", ","))
        if self.ddof not in (None, 0, 1):
            raise ChoiceError(BAD_DDOF, value=self.ddof)
        if not math.isfinite(self.power):
            choices.number("power", str(self.power), "2")
        limits = (("max-points", self.max_points), ("skew-limit", self.skew_limit))
        for option, limit in (*limits, ("kurtosis-limit", self.kurtosis_limit)):
            if not 0 <= limit < math.inf or (limit == 0 and option == "skew-limit"):
                raise ChoiceError(choices.OUT_OF_RANGE, option=option, value=limit, low=0, high="∞")
        if (self.impute or "").startswith("group") and self.group_column is None:
            raise ChoiceError(choices.NEEDS, option="impute", value=self.impute, what=NEEDS_GROUPS)
        if self.normalise == "distance-to-reference" and self.reference is None:
            raise ChoiceError(choices.NEEDS, option="normalise", value=self.normalise, what=NEEDS_REFERENCE)

    @property
    def divisor(self) -> dict[str, Any]:
        return {} if self.ddof is None else {"ddof": self.ddof}


@dataclass(frozen=True)
class Result:
    """table: areas with rank, coverage and every node, best first. notes and warnings: for the reader."""

    table: pd.DataFrame
    notes: list[Message]
    warnings: list[Message]


def compute(data: Path, structure: Path, chosen: Choices) -> Result:
    """The index of a person's own files.

    Raises TableError or ChoiceError, which can be said in both languages.
    """
    chosen.check()
    mark = cast("Mark | None", chosen.decimal)
    tree = read_structure_table(read_grid(read_bytes(structure), str(structure), EXPECTED), decimal=mark)
    _check_structure(tree, chosen)
    expected = frozenset(map(folded, tree.indicators))
    grid = read_grid(read_bytes(data), str(data), expected)
    found = read_indicators(
        grid, tree.indicators, area_column=chosen.area_column, group_column=chosen.group_column, decimal=mark,
        computed=tree.nodes,
    )  # fmt: skip
    notes = [*tree.notes, *found.notes, *_idle(tree, chosen)]
    heard: list[Message] = []
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", composite.CompositeWarning
        )  # said from the findings, in both languages
        values = _treated(_imputed(found, tree, chosen, notes), tree, chosen, notes)
        scores = composite.normalise(
            values, cast(Any, chosen.normalise), **_normalisation(tree, found, chosen)
        )
        nodes = _aggregated(scores, tree, chosen)
    for step in (scores, nodes):
        for finding in composite.findings(step):
            (heard if finding.kind == "undefined" else notes).append(said(finding))
    heard += _remedies(nodes, tree, chosen)
    return Result(_table(nodes, found.values.where(scores.notna()), tree, found), notes, heard)


def _check_structure(tree: Structure, chosen: Choices) -> None:
    """ChoiceError where a method needs a column that the structure lacks."""
    needed = {"goalposts": (tree.goalposts, NEEDS_POSTS), "distance-to-target": (tree.targets, NEEDS_TARGETS)}
    if chosen.normalise in needed:
        given, what = needed[chosen.normalise]
        absent = [code for code in tree.indicators if code not in given]
        if absent:
            listed = message(what, codes=", ".join(absent[:12]))
            raise ChoiceError(choices.NEEDS, option="normalise", value=chosen.normalise, what=listed)


def _idle(tree: Structure, chosen: Choices) -> list[Message]:
    """Notes on options and columns that have no effect with the methods chosen."""
    method, mean = chosen.normalise, chosen.aggregate
    options = (
        ("scale", chosen.scale is not None and method in _UNSCALED, method),
        ("reference", chosen.reference is not None and method != "distance-to-reference", method),
        ("cap", chosen.cap and method not in ("distance-to-reference", "distance-to-target"), method),
        ("no-clip", not chosen.clip and method != "goalposts", method),
        ("complement", chosen.complement and method != "fraction-of-max", method),
        ("power", chosen.power != 2 and "power" not in mean, mean),
        ("penalty", chosen.penalty != "down" and "mpi" not in mean, mean),
        ("ddof", chosen.ddof is not None and method != "z-score" and "mpi" not in mean, f"{method}, {mean}"),
    )
    notes = [message(OPTION_IDLE, option=option, method=name) for option, is_idle, name in options if is_idle]
    columns = (
        (tree.goalposts, "worst, best", method not in _POSTS, "goalposts"),
        (tree.targets, "target", method != "distance-to-target", "distance-to-target"),
    )
    return notes + [
        message(COLUMN_IDLE, file=tree.name, columns=names, method=method, other=other)
        for given, names, is_idle, other in columns
        if given and is_idle
    ]


def _imputed(found: Indicators, tree: Structure, chosen: Choices, notes: list[Message]) -> pd.DataFrame:
    if chosen.impute is None:
        return found.values
    by, _, statistic = chosen.impute.rpartition("-")
    filled = composite.impute(
        found.values,
        cast(Any, statistic),
        by=cast(Any, by or "column"),
        groups=found.groups if by == "group" else None,
        directions=tree.directions,
    )
    n = int(filled.is_imputed.to_numpy().sum())
    if n:
        notes.append(message(IMPUTED, n=n, all=filled.values.size, how=chosen.impute))
    return filled.values


def _treated(values: pd.DataFrame, tree: Structure, chosen: Choices, notes: list[Message]) -> pd.DataFrame:
    if chosen.treat is None:
        return values
    done = composite.treatment(
        values,
        max_points=chosen.max_points,
        skew_limit=chosen.skew_limit,
        kurtosis_limit=chosen.kurtosis_limit,
        transform=cast(Any, "none" if chosen.treat == "winsorise" else chosen.treat),
    )
    for row in done.columns.to_dict("records"):
        action = str(row["action"])
        if action == "transformed":
            _refuse_lost_unit(str(row["indicator"]), tree, chosen)
        if action in ACTIONS:
            notes.append(message(TREATED, code=row["indicator"], action=ACTIONS[action]))
    notes += [said(finding) for finding in composite.findings(done.values)]
    return done.values


def _refuse_lost_unit(code: str, tree: Structure, chosen: Choices) -> None:
    if chosen.normalise in _POSTS and code in tree.goalposts:
        raise ChoiceError(UNIT_GONE, code=code, columns="worst, best")
    if chosen.normalise == "distance-to-target":
        raise ChoiceError(UNIT_GONE, code=code, columns="target")


def _normalisation(tree: Structure, found: Indicators, chosen: Choices) -> dict[str, Any]:
    """Arguments of `composite.normalise`."""
    return {
        "directions": tree.directions,
        "scale": choices.scale(chosen.scale, chosen.normalise),
        "goalposts": tree.goalposts if chosen.normalise in _POSTS else None,
        "targets": tree.targets if chosen.normalise == "distance-to-target" else None,
        "reference": _reference(found, chosen),
        "cap": chosen.cap,
        "clip": chosen.clip,
        "complement": chosen.complement,
        **chosen.divisor,
    }


def _reference(found: Indicators, chosen: Choices) -> str | None:
    if chosen.reference is None or chosen.normalise != "distance-to-reference":
        return None
    for area in found.rows:
        if folded(area) == folded(chosen.reference):
            return area
    raise ChoiceError(NO_REFERENCE, value=chosen.reference, file=found.name)


def _aggregated(scores: pd.DataFrame, tree: Structure, chosen: Choices) -> pd.DataFrame:
    return composite.aggregate(
        scores,
        tree.table,
        _methods(tree, chosen),
        choices.per_node("min-coverage", chosen.min_coverage, _levels(tree), tree.nodes,
                         lambda text: choices.share("min-coverage", text)),
        power=chosen.power,
        penalty=cast(Any, chosen.penalty),
        **chosen.divisor,
    )  # fmt: skip


def _methods(tree: Structure, chosen: Choices) -> str | dict[int | str, str]:
    return choices.per_node("aggregate", chosen.aggregate, _levels(tree), tree.nodes,
                            lambda text: choices.one_of("aggregate", text, AGGREGATE))  # fmt: skip


def _levels(tree: Structure) -> list[int]:
    return sorted({node.level for node in composite.read_structure(tree.table).nodes})


def _remedies(nodes: pd.DataFrame, tree: Structure, chosen: Choices) -> list[Message]:
    """What to do where a geometric or harmonic mean met scores of 0."""
    methods = _methods(tree, chosen)
    levels = {node.code: node.level for node in composite.read_structure(tree.table).nodes}
    names = {
        methods if isinstance(methods, str) else methods.get(code, methods.get(levels[code], ""))
        for code in (finding.code for finding in composite.findings(nodes))
    }
    is_scaled = chosen.normalise not in ("z-score", "borda")
    remedy = "--scale 1,100" if is_scaled else "--normalise min-max --scale 1,100"
    return [message(LOW_SCORES, method=MEANS[name], remedy=remedy) for name in sorted(names & MEANS.keys())]


def _table(nodes: pd.DataFrame, seen: pd.DataFrame, tree: Structure, found: Indicators) -> pd.DataFrame:
    """Areas in order of rank, with the share of weight that rests on the file beside every score."""
    heading = str(nodes.index.name)
    clash = next((code for code in (*tree.nodes, *RESERVED) if folded(code) == folded(heading)), None)
    if clash is not None:
        raise ChoiceError(AREA_IS_NODE, file=found.name, code=heading)
    nodes.insert(0, "rank", composite.rank(nodes[tree.top]))
    nodes.insert(1, "coverage", composite.coverage(seen, tree.table)[tree.top])
    return nodes.sort_values("rank", kind="stable").reset_index()
