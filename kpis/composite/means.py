"""The formulas of aggregation, for many draws at once. OECD/JRC Handbook (2008), Step 6.

A batch is a matrix draws × areas; a table that does not change from draw to draw has one row. Every formula
adds its children in the same order with elementwise arithmetic, never through BLAS, so that a sum rounds
alike on every machine and the same draws always give the same ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kpis.cards import Status
from kpis.composite.cards import COINR, HANDBOOK, card
from kpis.composite.rank import rank_rows
from kpis.composite.tables import Bools, Floats

Batch = Floats
Penalty = Literal["down", "up"]

MEANS: dict[str, Mean] = {}

# verified: EGDI (arithmetic) and HDI (geometric) recomputed; unconfirmed: known from secondary sources only
_STATUS: dict[str, Status] = {
    "arithmetic": "verified",
    "geometric": "verified",
    "mpi": "unconfirmed",
    "ampi": "unconfirmed",
}

_NEAR_ZERO = 1e-3  # powers nearer to 0 are computed by logarithms
# weights within this share of one half are a draw: sums of weights are exact to about 1e-16
_HALF = 1e-12


@dataclass(frozen=True)
class Options:
    """power: exponent of the power mean; penalty: sign of the Mazziotta–Pareto term ("down" for a good
    thing); ddof: its variance over n children is divided by n (0) or n - 1 (1)."""

    power: float = 2.0
    penalty: Penalty = "down"
    ddof: int = 0


Mean = Callable[[Sequence[Batch], Floats, Options], Batch]
"""(children, weights draws × children, options) → parent; missing where nothing is present or it is
undefined."""


def _mean(id: str, name: str, formula: str, undefined: str, source: str = HANDBOOK) -> Callable[[Mean], Mean]:
    """Register a formula under its name in the contract, with its card."""

    def register(function: Mean) -> Mean:
        MEANS[id] = function
        described = card(
            f"aggregate.{id}",
            name=name,
            step="6 aggregation",
            formula=formula,
            undefined=undefined,
            source=source,
            status=_STATUS.get(id, "read"),
            tolerance=0.0 if id == "copeland" else 1e-9,
        )
        return described(function)

    return register


def _sums(terms: Sequence[Batch], weights: Floats) -> tuple[Batch, Batch]:
    """Weighted sum of the terms present, and the sum of their weights."""
    draws = max(weights.shape[0], *(term.shape[0] for term in terms))
    total = np.zeros((draws, terms[0].shape[1]))
    weight = np.zeros((draws, 1))
    part = np.empty_like(total)
    for at, term in enumerate(terms):
        w = weights[:, at : at + 1]
        gaps = np.isnan(term)
        if gaps.any():
            term = np.where(gaps, 0.0, term)
            weight = weight + w * ~gaps
        else:
            weight = weight + w
        np.multiply(w, term, out=part)
        total += part
    return total, weight


def _divided(total: Batch, weight: Batch) -> Batch:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight > 0, total / weight, np.nan)


def _between(result: Batch, children: Sequence[Batch], weights: Floats) -> Batch:
    """The result, no lower than the lowest child with weight and no higher than the highest.

    A mean lies there, but its sums may round past it: three times a third of 100 is 99.99999999999999. So who
    has the best score on everything has exactly the best score.
    """
    low, high = _ends(children, weights)
    between: Batch = np.minimum(np.maximum(result, low), high)
    return between


def _ends(children: Sequence[Batch], weights: Floats) -> tuple[Batch, Batch]:
    """The lowest and the highest child with weight."""
    low, high = np.full((1, 1), np.nan), np.full((1, 1), np.nan)
    for at, child in enumerate(children):
        if (weights[:, at] > 0).any():
            low, high = np.fmin(low, child), np.fmax(high, child)
    return low, high


def _average(children: Sequence[Batch], weights: Floats) -> Batch:
    return _between(_divided(*_sums(children, weights)), children, weights)


def _any(children: Sequence[Batch], weights: Floats, test: Callable[[Batch], Bools]) -> Bools | None:
    """Where a child that carries weight fails a test; None if no child does."""
    is_any: Bools | None = None
    for at, child in enumerate(children):
        with np.errstate(invalid="ignore"):
            hit = test(child)
        if hit.any():
            weighed = hit & (weights[:, at : at + 1] > 0)
            is_any = weighed if is_any is None else is_any | weighed
    return is_any


def _without(result: Batch, undefined: Bools | None) -> Batch:
    return result if undefined is None else np.where(undefined, np.nan, result)


def _safe(child: Batch, usable: Callable[[Batch], Bools]) -> Batch:
    """The child with 1 where a formula cannot use it; `_any` has marked those results as missing."""
    with np.errstate(invalid="ignore"):
        return np.where(usable(child) | np.isnan(child), child, 1.0)


@_mean("arithmetic", "Weighted arithmetic mean", "Σwx / Σw", "nothing present", f"{COINR}, R/aggregate.R")
def _arithmetic(children: Sequence[Batch], weights: Floats, _options: Options) -> Batch:
    return _average(children, weights)


@_mean(
    "geometric",
    "Weighted geometric mean",
    "exp(Σw·ln x / Σw)",
    "a child with weight is 0 or negative: missing, with a finding",
    f"{COINR}, R/aggregate.R",
)
def _geometric(children: Sequence[Batch], weights: Floats, _options: Options) -> Batch:
    undefined = _any(children, weights, lambda x: x <= 0)
    logs = [np.log(_safe(child, lambda x: x > 0)) for child in children]
    return _without(_between(np.exp(_divided(*_sums(logs, weights))), children, weights), undefined)


@_mean(
    "harmonic",
    "Weighted harmonic mean",
    "Σw / Σ(w/x)",
    "a child with weight is 0 or negative: missing, with a finding",
    f"{COINR}, R/aggregate.R",
)
def _harmonic(children: Sequence[Batch], weights: Floats, _options: Options) -> Batch:
    undefined = _any(children, weights, lambda x: x <= 0)
    inverses = [1.0 / _safe(child, lambda x: x > 0) for child in children]
    return _without(_between(1.0 / _divided(*_sums(inverses, weights)), children, weights), undefined)


@_mean(
    "power",
    "Weighted power mean",
    "(Σw·x^p / Σw)^(1/p); p = 0 geometric, p = 1 arithmetic",
    "a child with weight is negative, or 0 with p < 0: missing, with a finding",
    f"{COINR}, R/aggregate.R (a_genmean)",
)
def _power(children: Sequence[Batch], weights: Floats, options: Options) -> Batch:
    p = options.power
    if p == 1:
        return _arithmetic(children, weights, options)
    if p == 0:
        return _geometric(children, weights, options)

    def usable(x: Batch) -> Bools:
        return x >= 0 if p > 0 else x > 0

    undefined = _any(children, weights, lambda x: ~usable(x) & ~np.isnan(x))
    present = [_safe(child, usable) for child in children]
    # in units of the child that the mean tends to, so that no power is beyond what a number can hold
    low, high = _ends(present, weights)
    unit = np.where(high > 0, high, 1.0) if p > 0 else low
    with np.errstate(divide="ignore", under="ignore"):
        if abs(p) < _NEAR_ZERO:  # x^p differs from 1 in its last digits only
            logs = [np.expm1(p * np.log(child / unit)) for child in present]
            mean = unit * np.exp(np.log1p(_divided(*_sums(logs, weights))) / p)
        else:
            powers = [(child / unit) ** p for child in present]
            mean = unit * _divided(*_sums(powers, weights)) ** (1 / p)
    return _without(_between(mean, children, weights), undefined)


@_mean(
    "median",
    "Weighted median",
    "the value with at most half the weight below and at most half above; halfway between two such values",
    "nothing present",
    f"{COINR}, vignettes/aggregate.Rmd",
)
def _median(children: Sequence[Batch], weights: Floats, _options: Options) -> Batch:
    # every child against every other: no sorting, so that fixed children cost one comparison for all draws
    each = [weights[:, at : at + 1] for at in range(len(children))]
    total = sum(
        (w * ~np.isnan(child) for w, child in zip(each, children, strict=True)), start=np.zeros((1, 1))
    )
    limit = total / 2 * (1 + _HALF)
    low, high = np.full((1, 1), np.inf), np.full((1, 1), -np.inf)
    for child, weight in zip(children, each, strict=True):
        below, above = _beside(child, children, each)
        middle = (below <= limit) & (above <= limit) & (weight > 0) & ~np.isnan(child)
        low = np.where(middle, np.minimum(low, child), low)
        high = np.where(middle, np.maximum(high, child), high)
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, (low + high) / 2, np.nan)


def _beside(child: Batch, children: Sequence[Batch], weights: Sequence[Floats]) -> tuple[Batch, Batch]:
    """Weight of the children below and above one of them."""
    below, above = np.zeros((1, 1)), np.zeros((1, 1))
    for other, weight in zip(children, weights, strict=True):
        below = below + weight * (other < child)
        above = above + weight * (other > child)
    return below, above


def _mazziotta_pareto(children: Sequence[Batch], weights: Floats, options: Options) -> Batch:
    """M ∓ S²/M, S² the weighted variance over the n children present: divided by Σw, times n/(n - ddof)."""
    mean = _average(children, weights)
    variance = _divided(*_sums([(child - mean) ** 2 for child in children], weights))
    if options.ddof:
        n = _weighed(children, weights)
        variance = variance * _divided(n, n - options.ddof)
    with np.errstate(invalid="ignore", divide="ignore"):
        term = variance / mean
        penalised = mean - term if options.penalty == "down" else mean + term
        return np.where(mean > 0, penalised, np.nan)


def _weighed(children: Sequence[Batch], weights: Floats) -> Batch:
    """How many children are present and carry weight."""
    n = np.zeros((1, 1))
    for at, child in enumerate(children):
        n = n + (~np.isnan(child) & (weights[:, at : at + 1] > 0))
    return n


_SOURCE_MPI = (
    "De Muro, Mazziotta, Pareto (2011); weighted form Mazziotta, Pareto (2022); Compind 3 divides by "
    "n - 1 in ci_mpi and by n in ci_ampi"
)
_UNDEFINED_MPI = "the mean is not above 0, or one child alone with n - 1: missing, with a finding"


@_mean(
    "mpi",
    "Mazziotta–Pareto index",
    "M(1 ∓ cv²), cv = S/M over the n children, S with n, or with n - 1 if ddof = 1; scores as z-scores with "
    "mean 100 and sd 10",
    _UNDEFINED_MPI,
    _SOURCE_MPI,
)
def _mpi(children: Sequence[Batch], weights: Floats, options: Options) -> Batch:
    return _mazziotta_pareto(children, weights, options)


@_mean(
    "ampi",
    "Adjusted Mazziotta–Pareto index",
    "M ∓ S²/M over the n children, S with n, or with n - 1 if ddof = 1; scores on goalposts with scale "
    "70–130",
    _UNDEFINED_MPI,
    _SOURCE_MPI,
)
def _ampi(children: Sequence[Batch], weights: Floats, options: Options) -> Batch:
    return _mazziotta_pareto(children, weights, options)


@_mean(
    "copeland",
    "Copeland score",
    "wins minus losses; area a beats b where it is higher on more than half of the weight that both have, "
    "ties half each",
    "nothing to compare with: fewer than two areas share a child",
    f"{HANDBOOK}; {COINR} (a_copeland) adds up the shares of weight instead of wins",
)
def _copeland(children: Sequence[Batch], weights: Floats, _options: Options) -> Batch:
    draws = max(weights.shape[0], *(child.shape[0] for child in children))
    fixed = all(child.shape[0] == 1 for child in children)
    contests = [_contest(child[0]) for child in children] if fixed else []
    result = np.empty((draws, children[0].shape[1]))
    for draw in range(draws):
        if not fixed:
            contests = [_contest(child[draw % child.shape[0]]) for child in children]
        result[draw] = _wins(contests, weights[draw % weights.shape[0]])
    return result


def _contest(scores: Floats) -> tuple[Floats, Bools | None]:
    """Sign of every pair, and whether both areas have the child; None if all have it.

    By place and not by score: scores that share a rank are a draw.
    """
    places = rank_rows(scores[np.newaxis, :])[0].astype(np.float64)
    sign = np.sign(places[None, :] - places[:, None])
    gaps = np.isnan(scores)
    if not gaps.any():
        return sign, None
    both = ~(gaps[:, None] | gaps[None, :])
    return np.where(both, sign, 0.0), both


def _wins(contests: Sequence[tuple[Floats, Bools | None]], weights: Floats) -> Floats:
    areas = len(contests[0][0])
    net = np.zeros((areas, areas))
    shared: Floats = np.zeros((1, 1))
    for (sign, both), weight in zip(contests, weights, strict=True):
        net += weight * sign
        shared = shared + (weight if both is None else weight * both)
    least = _HALF * shared
    score = np.sum(net > least, axis=1) - np.sum(net < -least, axis=1)
    met = np.broadcast_to(shared > 0, net.shape) & ~np.eye(areas, dtype=np.bool_)
    return np.where(met.any(axis=1), score, np.nan)
