"""The formulas of normalisation, one indicator at a time. OECD/JRC Handbook (2008), Step 5.

`normalise` checks the request and calls these; each raises `UndefinedError` where its formula has no value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kpis.composite.cards import COINR, card
from kpis.composite.rank import rank_rows
from kpis.composite.tables import Floats
from kpis.composite.ties import starts

NORMALISERS: dict[str, Normaliser] = {}

_SOURCE = f"{COINR}, R/normalise.R"
_CONSTANT = "all values are equal"
# published figures recomputed with these: OSI 2024 (z-score, min-max), HDI (goalposts)
_VERIFIED = ("min-max", "z-score", "goalposts")


class UndefinedError(ArithmeticError):
    """The formula has no value for this indicator; the text says why."""


@dataclass(frozen=True)
class Column:
    """One indicator. raw: in its unit; values, basis, anchor: times the direction, so higher is better.

    basis: the present values that fix the bounds; posts: (worst, best) in the unit; anchor: reference or
    target.
    """

    raw: Floats
    values: Floats
    basis: Floats
    direction: int
    scale: tuple[float, float]
    posts: tuple[float, float] | None
    anchor: float | None
    cap: bool
    clip: bool
    ddof: int = 1
    complement: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest of the basis; UndefinedError if they are equal, up to the last bits."""
        low, high = float(self.basis.min()), float(self.basis.max())
        if not starts(np.array([[low, high]]), relative_to_each=True).any():
            raise UndefinedError(_CONSTANT)
        return low, high

    def scaled(self, share: Floats) -> Floats:
        """A share of the way from low to high, in units of the scale; the whole way is exactly high."""
        low, high = self.scale
        return np.where(share == 1, high, share * (high - low) + low)


Normaliser = Callable[[Column], Floats]


def _method(
    id: str,
    name: str,
    formula: str,
    undefined: str,
    tolerance: float = 1e-9,
    source: str = _SOURCE,
) -> Callable[[Normaliser], Normaliser]:
    """Register a formula under its name in the contract, with its card."""

    def register(function: Normaliser) -> Normaliser:
        NORMALISERS[id] = function
        described = card(
            f"normalise.{id}",
            name=name,
            step="5 normalisation",
            formula=formula,
            undefined=undefined,
            source=source,
            status="verified" if id in _VERIFIED else "read",
            tolerance=tolerance,
        )
        return described(function)

    return register


@_method("min-max", "Min-max", "(x - min)/(max - min)·(high - low) + low", _CONSTANT)
def _min_max(column: Column) -> Floats:
    low, high = column.ends
    return column.scaled((column.values - low) / (high - low))


@_method(
    "z-score",
    "z-score",
    "(x - mean)/sd·s + m, scale = (m, s); sd with n - 1, or with n if ddof = 0",
    _CONSTANT,
    source=f"{_SOURCE} (n - 1); the UN's indices of 2024 divide by n",
)
def _z_score(column: Column) -> Floats:
    # the ends are asked for first: rounding can give a constant column a tiny sd above 0
    _ = column.ends
    mean, spread = column.scale
    share: Floats = (column.values - column.basis.mean()) / column.basis.std(ddof=column.ddof)
    return share * spread + mean


@_method(
    "goalposts",
    "Goalposts",
    "(x - worst)/(best - worst), cut to 0–1, times the scale",
    "never: worst = best is refused",
)
def _goalposts(column: Column) -> Floats:
    assert column.posts is not None
    worst, best = column.posts
    share = (column.raw - worst) / (best - worst)
    return column.scaled(np.clip(share, 0, 1) if column.clip else share)


@_method(
    "scaled",
    "Scaled",
    "(x - worst)/(best - worst), not cut, times the scale; without posts 0 and 100, or 100 and 0 where lower "
    "is better",
    "never: worst = best is refused",
    source=f"{_SOURCE} (n_scaled), which puts -x between the same bounds where lower is better: 30 gives -30 "
    "there and 70 here",
)
def _scaled(column: Column) -> Floats:
    worst, best = column.posts or ((0.0, 100.0) if column.direction > 0 else (100.0, 0.0))
    return column.scaled((column.raw - worst) / (best - worst))


@_method("distance-to-max", "Distance to the maximum", "1 - (max - x)/(max - min)", _CONSTANT)
def _distance_to_max(column: Column) -> Floats:
    low, high = column.ends
    return column.scaled(1 - (high - column.values) / (high - low))


@_method(
    "distance-to-reference",
    "Distance to a reference area",
    "1 - (ref - x)/(ref - min), optional cap at 1; -x and -ref where lower is better",
    "the reference is missing or is the worst value",
)
def _distance_to_reference(column: Column) -> Floats:
    anchor = _anchor(column, "the reference")
    return _capped(column, 1 - (anchor - column.values) / (anchor - column.basis.min()))


@_method(
    "distance-to-target",
    "Distance to a target",
    "(x - min)/(target - min); lower is better: (max - x)/(max - target); optional cap at 1",
    "the target is not above the minimum (below the maximum if lower is better): every area has met it, "
    "and the formula would put the best last",
    source=f"{_SOURCE} (n_dist2targ), which takes the target with a minus sign where lower is better",
)
def _distance_to_target(column: Column) -> Floats:
    anchor = _anchor(column, "the target")
    low = column.basis.min()
    return _capped(column, (column.values - low) / (anchor - low))


def _anchor(column: Column, what: str) -> float:
    if column.anchor is None or np.isnan(column.anchor):
        raise UndefinedError(f"{what} is missing")
    if column.anchor <= column.basis.min():
        raise UndefinedError(f"{what} is not better than the worst value")
    return column.anchor


def _capped(column: Column, share: Floats) -> Floats:
    return column.scaled(np.minimum(share, 1) if column.cap else share)


@_method(
    "fraction-of-max",
    "Fraction of the best",
    "x/max; lower is better: min/x, or 1 - x/max if complement",
    "the maximum is not above 0; min/x: any value is not above 0",
    source=f"{_SOURCE} (n_fracmax), which takes x/min where lower is better and so puts the worst first",
)
def _fraction_of_max(column: Column) -> Floats:
    if column.direction > 0:
        return column.scaled(column.raw / _above_zero(float(column.basis.max())))
    if column.complement:
        return column.scaled(1 - column.raw / _above_zero(float(-column.basis.min())))
    if column.basis.max() >= 0 or np.nanmin(column.raw) <= 0:
        raise UndefinedError("lower is better and a value is not above 0")
    return column.scaled(-column.basis.max() / column.raw)


def _above_zero(maximum: float) -> float:
    if maximum <= 0:
        raise UndefinedError("the maximum is not above 0")
    return maximum


@_method("rank", "Rank", "1 for the worst, higher is better, ties share the lower rank", "never", 0.0)
def _rank(column: Column) -> Floats:
    places = rank_rows(-column.values[np.newaxis, :], relative_to_each=True)[0].astype(np.float64)
    return np.where(np.isnan(column.values), np.nan, places)


@_method("borda", "Borda points", "rank - 1", "never", 0.0)
def _borda(column: Column) -> Floats:
    return _rank(column) - 1


@_method("percentile-rank", "Percentile rank", "(rank - 1)/(n - 1)", "one area only")
def _percentile_rank(column: Column) -> Floats:
    n = int(np.sum(~np.isnan(column.values)))
    if n < 2:
        raise UndefinedError("only one area has a value")
    return column.scaled(_borda(column) / (n - 1))
