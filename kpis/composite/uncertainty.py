"""How sure the ranks are: Monte Carlo over assumptions. OECD/JRC Handbook (2008), Step 7 (uncertainty)."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpis.composite.aggregate import Plan, edge_weights, leaves, make_plan, roll_up
from kpis.composite.cards import COINR, card
from kpis.composite.draws import FACTORS, Draws, winsorise_limit
from kpis.composite.findings import CompositeWarning, Finding, announce
from kpis.composite.impute import By, Statistic, impute
from kpis.composite.means import Batch, Options
from kpis.composite.normalise import Directions, Goalposts, NormaliseMethod, normalise
from kpis.composite.rank import Ranks, rank_rows
from kpis.composite.structure import Hierarchy, read_structure
from kpis.composite.tables import Floats, labels, unique_rows, wide_table
from kpis.composite.treat import treat
from kpis.errors import RequestError, unknown

# about half a megabyte per matrix, so that a chunk stays in the processor's cache
_CELLS = 65_536


@dataclass(frozen=True)
class Setting:
    """What the caller fixes for every draw; see `uncertainty`."""

    directions: Directions = None
    goalposts: Goalposts = None
    targets: Mapping[str, float] | None = None
    reference: Hashable = None
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    groups: Mapping[str, Hashable] | pd.Series[Any] | None = None
    min_coverage: float | Mapping[int | str, float] = 0.0
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Uncertainty:
    """summary: one row per area: nominal_score, nominal_rank, mean, median, p05, p95 (ranks, 1 = best) and
    ranked (share of draws with a rank, 0–1). ranks: draws × areas, 0 = no rank. scores: the same shape, if
    kept.
    counts: areas × (0 = no rank, 1, 2 …), how often each rank occurs.
    mean_shift: mean absolute rank difference from the nominal rank in each draw, in places.
    """

    summary: pd.DataFrame
    ranks: Ranks = field(repr=False)
    counts: npt.NDArray[np.int64] = field(repr=False)
    mean_shift: Floats = field(repr=False)
    scores: Floats | None = field(default=None, repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the ranks: equal where a replay gave the same answer."""
        return hashlib.sha256(self.ranks.astype("<i4").tobytes()).hexdigest()

    def frequency(self) -> pd.DataFrame:
        """Share of draws in which an area has a rank (0–1): rows areas, columns ranks."""
        counts = self.counts[:, 1:]
        places = pd.RangeIndex(1, counts.shape[1] + 1, name="rank")
        return pd.DataFrame(counts / len(self.ranks), index=self.summary.index, columns=places)


@card(
    "uncertainty.monte-carlo",
    name="Monte Carlo over assumptions",
    step="7 uncertainty",
    formula="rank in every draw of imputation, treatment, normalisation, weights and aggregation; mean, "
    "median, 5% and 95% (linear between order statistics)",
    undefined="no draw gives the area a rank",
    source=f"{COINR}, R/sensitivity.R (get_sensitivity)",
    tolerance=0.0,
)
def uncertainty(
    values: pd.DataFrame,
    structure: pd.DataFrame | Hierarchy,
    draws: Draws,
    *,
    directions: Directions = None,
    goalposts: Goalposts = None,
    targets: Mapping[str, float] | None = None,
    reference: Hashable = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
    groups: Mapping[str, Hashable] | pd.Series[Any] | None = None,
    top: str | None = None,
    min_coverage: float | Mapping[int | str, float] = 0.0,
    power: float = 2.0,
    keep_scores: bool = False,
) -> Uncertainty:
    """Rank the areas under every draw.

    values: rows areas, columns indicators, before imputation, treatment and normalisation. structure: as in
    `aggregate`. draws: from `draw`, or stored ones (`Draws.from_frame`); the same draws give the same ranks
    anywhere.
    scales: normalisation → scale, e.g. {"min-max": (1, 100)}; without it geometric and harmonic draws have
    no score for an area at a minimum. directions, goalposts, targets, reference: as in `normalise`; groups:
    as in `impute`.
    top: the index to rank. The nominal run takes the first option of each choice and the given weights.
    Missing: an area without a score in a draw has rank 0 there and does not count in its own statistics; a
    CompositeWarning names the areas concerned.
    Raises RequestError for weights in the draws that do not fit the structure, for benefit of the doubt
    (each area has its own weights, there is nothing to draw) and as the steps do; DataError for anything
    but numbers.
    Source: OECD/JRC Handbook (2008), Step 7; COINr `get_sensitivity`.
    """
    tree = read_structure(structure)
    index = tree.top(top)
    table = wide_table(values)
    unique_rows(table)
    _check(tree, draws)
    setting = Setting(
        directions, goalposts, targets, reference, scales or {}, groups, min_coverage, Options(power=power)
    )
    variants = _variants(table, tree, draws, setting)
    first = tuple(draws.options[factor][0] for factor in FACTORS)
    nominal = roll_up(tree, variants[first[:3]], edge_weights(tree), _plan(tree, first[3], setting))[index]
    expected = rank_rows(nominal)[0]
    ranks = np.zeros((len(draws), len(table)), dtype=np.int32)
    counts = np.zeros((len(table), len(table) + 1), dtype=np.int64)
    shift = np.empty(len(draws))
    scores = np.full(ranks.shape, np.nan) if keep_scores else None
    for names, rows in _chunks(draws, len(table)):
        plan = _plan(tree, names[3], setting)
        batch = roll_up(tree, variants[names[:3]], _weights(tree, draws, rows), plan)[index]
        result = np.broadcast_to(batch, (len(rows), len(table)))
        placed = rank_rows(result)
        ranks[rows], shift[rows] = placed, _shift(placed, expected)
        counts += rank_counts(placed)
        if scores is not None:
            scores[rows] = result
    summary = _summary(table.index, nominal[0], expected, counts)
    lost = (summary["ranked"] < 1).to_numpy()
    if lost.any():
        announce([Finding("uncertainty", index, _UNRANKED, labels(table.index, lost))])
    return Uncertainty(summary, ranks, counts, shift, scores)


_UNRANKED = "no score in some draws (nothing present, or 0 and below under a geometric or harmonic mean)"


def _check(tree: Hierarchy, draws: Draws) -> None:
    for code in tree.edges:
        if code not in draws.codes:
            raise RequestError(unknown("weight", code, draws.codes, place="draws"))
    for code in draws.codes:
        if code not in tree.edges:
            raise RequestError(unknown("weight", code, tree.edges, place="structure"))
    if "bod" in draws.options["aggregation"]:
        raise RequestError(
            "uncertainty: bod gives each area its own weights; there is nothing to draw. Leave it out."
        )


def _variants(
    table: pd.DataFrame, tree: Hierarchy, draws: Draws, setting: Setting
) -> dict[tuple[str, ...], dict[str, Batch]]:
    """Normalised indicators under each combination of imputation, treatment and normalisation."""
    columns = {str(name): name for name in table.columns}
    leaves(table, tree)
    used = table[[columns[code] for code in tree.indicators]]
    result = {}
    with warnings.catch_warnings():
        # `uncertainty` says once, by area, what cannot be ranked; the steps would say it for every variant
        warnings.simplefilter("ignore", CompositeWarning)
        for names in product(*(draws.options[factor] for factor in FACTORS[:3])):
            result[names] = leaves(_prepared(used, names, setting), tree)
    return result


def _prepared(table: pd.DataFrame, names: tuple[str, ...], setting: Setting) -> pd.DataFrame:
    imputation, treatment, normalisation = names
    if imputation != "none":
        by, method = imputation.split(" ")
        table = impute(
            table,
            cast(Statistic, method),
            by=cast(By, by),
            groups=setting.groups,
            directions=_within_table(setting.directions, table),
        ).values
    points = winsorise_limit(treatment)
    if points is not None:
        table = treat(table, max_points=points)
    return normalise(
        table,
        cast(NormaliseMethod, normalisation),
        directions=_within_table(setting.directions, table),
        scale=setting.scales.get(normalisation),
        goalposts=_within_table(setting.goalposts, table),
        targets=_within_table(setting.targets, table),
        reference=setting.reference,
    )


def _within_table(
    argument: Mapping[str, Any] | pd.Series[Any] | None, table: pd.DataFrame
) -> dict[str, Any] | None:
    """Leave out what belongs to indicators outside the structure."""
    return (
        None
        if argument is None
        else {str(code): value for code, value in argument.items() if code in table.columns}
    )


def _plan(tree: Hierarchy, method: str, setting: Setting) -> Plan:
    return make_plan(tree, method, setting.min_coverage, setting.options)


def _chunks(draws: Draws, width: int) -> Iterator[tuple[tuple[str, ...], npt.NDArray[np.intp]]]:
    """Draws that share their methods, a cache-sized number at a time."""
    step = max(1, _CELLS // max(width, 1))
    for picks in product(*(range(len(draws.options[factor])) for factor in FACTORS)):
        alike = np.ones(len(draws), dtype=np.bool_)
        for factor, pick in zip(FACTORS, picks, strict=True):
            alike &= draws.picks[factor] == pick
        rows = np.flatnonzero(alike)
        names = tuple(draws.options[factor][pick] for factor, pick in zip(FACTORS, picks, strict=True))
        for start in range(0, len(rows), step):
            yield names, rows[start : start + step]


def _weights(tree: Hierarchy, draws: Draws, rows: npt.NDArray[np.intp]) -> dict[str, Floats]:
    place = {code: at for at, code in enumerate(draws.codes)}
    drawn = draws.millionths[rows] / 1_000_000
    return {
        node.code: np.asarray(node.weights) * drawn[:, [place[child] for child in node.children]]
        for node in tree.nodes
    }


def rank_counts(ranks: Ranks) -> npt.NDArray[np.int64]:
    """How often each area has each rank: areas × (0 = none, 1, 2 …)."""
    areas = ranks.shape[1]
    cells = ranks + np.arange(areas, dtype=np.int64) * (areas + 1)
    return np.bincount(cells.ravel(), minlength=areas * (areas + 1)).reshape(areas, areas + 1)


def _shift(ranks: Ranks, expected: Ranks) -> Floats:
    """Mean absolute difference from the nominal rank in each draw, over the areas that have both."""
    both = (ranks > 0) & (expected > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((np.abs(ranks - expected) * both).sum(axis=1) / both.sum(axis=1))


def _summary(
    index: pd.Index[Any], nominal: Floats, expected: Ranks, counts: npt.NDArray[np.int64]
) -> pd.DataFrame:
    placed = counts[:, 1:]
    ranked = placed.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (placed * np.arange(1, placed.shape[1] + 1)).sum(axis=1) / ranked
    return pd.DataFrame(
        {
            "nominal_score": nominal,
            "nominal_rank": np.where(expected == 0, np.nan, expected),
            "mean": mean,
            "median": _quantile(placed, 0.5),
            "p05": _quantile(placed, 0.05),
            "p95": _quantile(placed, 0.95),
            "ranked": ranked / counts.sum(axis=1),
        },
        index=index,
    )


def _quantile(counts: npt.NDArray[np.int64], share: float) -> Floats:
    """Quantile of each row of rank counts, linear between order statistics (R type 7); missing if empty."""
    below = counts.cumsum(axis=1)
    last = counts.sum(axis=1) - 1
    position = last * share
    low = np.floor(position)
    high = np.minimum(low + 1, last)
    at_low = 1 + (below <= low[:, None]).sum(axis=1)
    at_high = 1 + (below <= high[:, None]).sum(axis=1)
    return np.where(last < 0, np.nan, at_low + (position - low) * (at_high - at_low))
