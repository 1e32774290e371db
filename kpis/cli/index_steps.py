"""The steps of `escala index`: read, impute, treat, normalise, aggregate, rank; what a reader must know of
each."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pandas as pd

from kpis import composite
from kpis.cli import choices
from kpis.cli.choices import Choices
from kpis.cli.findings import finding_message
from kpis.cli.index_methods import AGGREGATE
from kpis.intake import Indicators, Structure, read_bytes, read_grid, read_indicators, read_structure_table
from kpis.intake.grid import folded
from kpis.intake.numbers import Mark
from kpis.intake.structure import EXPECTED
from kpis.intake.tree import RESERVED
from kpis.messages import ChoiceError, Message, message
from kpis.texts import Text

NO_REFERENCE = Text(
    "--reference: no area '{value}' in {file}. Write it as the file has it.",
)
AREA_IS_NODE = Text(
    "{file}: '{code}' is the heading of the areas and an index of the structure. Rename one of them.",
)
IMPUTED = Text(
    "{n} of {all} values imputed ({how}); coverage counts them as missing.",
)
TREATED = Text("outliers: {code} {action}.")
ACTIONS = {
    "winsorised": Text("winsorised"),
    "transformed": Text("transformed"),
    "not judged": Text("not judged (fewer than 4 values, or all equal)"),
}
UNIT_GONE = Text(
    "--treat: '{code}' was transformed and has lost its unit, so its {columns} do not fit any more. Use "
    "--treat winsorise.",
)
LOW_SCORES = Text(
    "a {method} mean needs scores above 0: use {remedy}.",
)
MEANS = {
    "geometric": Text("geometric"),
    "harmonic": Text("harmonic"),
}


@dataclass(frozen=True)
class Result:
    """table: areas with rank, every node and coverage, best first. notes and warnings: for the reader."""

    table: pd.DataFrame
    notes: list[Message]
    warnings: list[Message]


def compute(data: Path, structure: Path, options: Choices) -> Result:
    """The index of a person's own files.

    Raises TableError or ChoiceError, which can be translated.
    """
    options.check()
    mark = cast("Mark | None", options.decimal)
    tree = read_structure_table(read_grid(read_bytes(structure), str(structure), EXPECTED), decimal=mark)
    choices.check_structure(tree, options)
    expected = frozenset(map(folded, tree.indicators))
    grid = read_grid(read_bytes(data), str(data), expected, enough=max(2, -(-len(expected) // 2)))
    indicators = read_indicators(
        grid,
        tree.indicators,
        area_column=options.area_column,
        group_column=options.group_column,
        decimal=mark,
        computed=tree.nodes,
    )
    notes = [*tree.notes, *indicators.notes, *choices.idle(tree, options)]
    cautions: list[Message] = []
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", composite.CompositeWarning
        )  # said from the findings, in both languages
        values = _treated(_imputed(indicators, tree, options, notes), tree, options, notes)
        scores = composite.normalise(
            values, cast(Any, options.normalise), **_normalisation(tree, indicators, options)
        )
        nodes = _aggregated(scores, tree, options)
    for step in (scores, nodes):
        for finding in composite.findings(step):
            (cautions if finding.kind == "undefined" else notes).append(finding_message(finding))
    cautions += _remedies(nodes, tree, options)
    return Result(_table(nodes, indicators.values.where(scores.notna()), tree, indicators), notes, cautions)


def _imputed(indicators: Indicators, tree: Structure, options: Choices, notes: list[Message]) -> pd.DataFrame:
    if options.impute is None:
        return indicators.values
    by, _, statistic = options.impute.rpartition("-")
    filled = composite.impute(
        indicators.values,
        cast(Any, statistic),
        by=cast(Any, by or "column"),
        groups=indicators.groups if by == "group" else None,
        directions=tree.directions,
    )
    n = int(filled.is_imputed.to_numpy().sum())
    if n:
        notes.append(message(IMPUTED, n=n, all=filled.values.size, how=options.impute))
    return filled.values


def _treated(values: pd.DataFrame, tree: Structure, options: Choices, notes: list[Message]) -> pd.DataFrame:
    if options.treat is None:
        return values
    done = composite.treatment(
        values,
        max_points=options.max_points,
        skew_limit=options.skew_limit,
        kurtosis_limit=options.kurtosis_limit,
        combine=options.combine,
        box_cox_lambda=options.box_cox_lambda,
        transform=cast(Any, "none" if options.treat == "winsorise" else options.treat),
    )
    for row in done.columns.to_dict("records"):
        action = str(row["action"])
        if action == "transformed":
            _refuse_lost_unit(str(row["indicator"]), tree, options)
        if action in ACTIONS:
            notes.append(message(TREATED, code=row["indicator"], action=ACTIONS[action]))
    notes += [finding_message(finding) for finding in composite.findings(done.values)]
    return done.values


def _refuse_lost_unit(code: str, tree: Structure, options: Choices) -> None:
    if options.normalise in choices.WITH_POSTS and code in tree.goalposts:
        raise ChoiceError(UNIT_GONE, code=code, columns="worst, best")
    if options.normalise == "distance-to-target":
        raise ChoiceError(UNIT_GONE, code=code, columns="target")


def _normalisation(tree: Structure, indicators: Indicators, options: Choices) -> dict[str, Any]:
    """Arguments of `composite.normalise`."""
    return {
        "directions": tree.directions,
        "scale": choices.scale(options.scale, options.normalise),
        "goalposts": tree.goalposts if options.normalise in choices.WITH_POSTS else None,
        "targets": tree.targets if options.normalise == "distance-to-target" else None,
        "reference": _reference(indicators, options),
        "cap": options.cap,
        "clip": options.clip,
        "complement": options.complement,
        **options.divisor,
    }


def _reference(indicators: Indicators, options: Choices) -> str | None:
    if options.reference is None or options.normalise != "distance-to-reference":
        return None
    for area in indicators.rows:
        if folded(area) == folded(options.reference):
            return area
    raise ChoiceError(NO_REFERENCE, value=options.reference, file=indicators.name)


def _aggregated(scores: pd.DataFrame, tree: Structure, options: Choices) -> pd.DataFrame:
    return composite.aggregate(
        scores,
        tree.table,
        _methods(tree, options),
        choices.per_node("min-coverage", options.min_coverage, _levels(tree), tree.nodes,
                         lambda text: choices.share("min-coverage", text)),
        power=options.power,
        penalty=cast(Any, options.penalty),
        **options.divisor,
    )  # fmt: skip


def _methods(tree: Structure, options: Choices) -> str | dict[int | str, str]:
    return choices.per_node("aggregate", options.aggregate, _levels(tree), tree.nodes,
                            lambda text: choices.check_option("aggregate", text, AGGREGATE))  # fmt: skip


def _levels(tree: Structure) -> list[int]:
    return sorted({node.level for node in composite.read_structure(tree.table).nodes})


def _remedies(nodes: pd.DataFrame, tree: Structure, options: Choices) -> list[Message]:
    """What to do where a geometric or harmonic mean met scores of 0."""
    methods = _methods(tree, options)
    levels = {node.code: node.level for node in composite.read_structure(tree.table).nodes}
    names = {
        methods if isinstance(methods, str) else methods.get(code, methods.get(levels[code], ""))
        for code in (finding.code for finding in composite.findings(nodes))
    }
    is_scaled = options.normalise not in ("z-score", "borda")
    remedy = "--scale 1,100" if is_scaled else "--normalise min-max --scale 1,100"
    return [message(LOW_SCORES, method=MEANS[name], remedy=remedy) for name in sorted(names & MEANS.keys())]


def _table(nodes: pd.DataFrame, seen: pd.DataFrame, tree: Structure, indicators: Indicators) -> pd.DataFrame:
    """Areas in order of rank, with the share of weight that rests on the file beside every score."""
    heading = str(nodes.index.name)
    clash = next((code for code in (*tree.nodes, *RESERVED) if folded(code) == folded(heading)), None)
    if clash is not None:
        raise ChoiceError(AREA_IS_NODE, file=indicators.name, code=heading)
    nodes.insert(0, "rank", composite.rank(nodes[tree.top]))
    nodes["coverage"] = composite.coverage(seen, tree.table)[tree.top]  # last, beside the score of the top
    return nodes.sort_values("rank", kind="stable").reset_index()
