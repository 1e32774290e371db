"""A plan shifts the distribution: instead of the usual course, or on top of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpis.forecast.draws import N_DRAWS, SEED, Draws, before_cut, draws
from kpis.forecast.model import Fit
from kpis.forecast.panel import FloatArray

PRECISION = 1e-4  # of a gain: the last decimal that EGDI is published with
LEAD_OF_FIGURES = 2  # years between a figure of TII or HCI and the edition that shows it


@dataclass(frozen=True)
class PlanDraws:
    """The same draws without the plan, with it instead of the usual course, and with it on top."""

    nothing_new: Draws
    instead: Draws
    on_top: Draws


def with_plan(
    fit: Fit,
    area: str,
    delta: dict[str, float],
    *,
    delivered: float = 1.0,
    begun: int,
    n: int = N_DRAWS,
    seed: int = SEED,
) -> PlanDraws:
    """Draws with a plan of one country.

    delta: by sub-index (OSI, TII, HCI), index after the plan minus before, others still (`egdi.simulate`).
    delivered: share of it, 0 to 1. begun: year; what the edition cannot see yet does not count (`visible`).
    Other countries keep their usual course, with the same random numbers. Neither reading can be tested on
    the past: there are no figures on plans.
    """
    place = fit.areas.index(area)
    change = delivered * np.array(
        [delta.get(name, 0.0) * visible(name, begun, fit.year) for name in ("OSI", "TII", "HCI")]
    )
    usual = fit.ahead * fit.shift + fit.own[place]
    return PlanDraws(
        nothing_new=draws(fit, n, seed),
        instead=draws(
            fit, n, seed, _gain(fit, place, np.where(change == 0, 0, np.maximum(change - usual, 0)))
        ),
        on_top=draws(fit, n, seed, _gain(fit, place, change)),
    )


def visible(index: str, begun: int, edition: int) -> bool:
    """Whether an edition can show what a plan begun in a year has changed of a sub-index.

    Portals are assessed about a year before an edition, and TII and HCI are figures of two years before it.
    A plan begun in 2026 cannot move the edition of 2026; 2028 is the first it can reach.
    """
    return edition - begun >= LEAD_OF_FIGURES if index != "OSI" else edition > begun


def _gain(fit: Fit, place: int, change: FloatArray) -> FloatArray:
    gain = np.zeros_like(fit.centre)
    gain[place] = change
    return gain


def chance_of_rank(sample: Draws, area: str, rank: int) -> float:
    """Share of draws in which an area reaches a rank or a better one; NaN without a forecast."""
    ranks = sample.rank[:, sample.areas.index(area)]
    return float("nan") if np.isnan(ranks[0]) else float((ranks <= rank).mean())


def needed_for_rank(
    fit: Fit, area: str, rank: int, chance: float, n: int = N_DRAWS, seed: int = SEED
) -> float:
    """Gain on each sub-index above the usual course that gives a rank or better with a chance (0 to 1).

    Others keep their usual course. In a draw the area reaches the rank when its EGDI reaches that of the
    rank-th of the others. Below zero: the usual course is more than enough. NaN without a forecast, or where
    not even the highest value of all three sub-indices is enough.
    """
    place = fit.areas.index(area)
    sample = before_cut(fit, n, seed)
    egdi = np.clip(np.delete(sample, place, axis=1), 0, 1).mean(axis=2)
    bar = -np.sort(-np.nan_to_num(egdi, nan=-1.0), axis=1)[:, rank - 1]
    own = sample[:, place]

    def missing(gain: float) -> float:
        return chance - float((np.clip(own + gain, 0, 1).mean(axis=1) >= bar).mean())

    if np.isnan(own[0]).any() or missing(1.0) > 0:
        return float("nan")
    low, high = -1.0, 1.0
    while high - low > PRECISION:
        middle = (low + high) / 2
        low, high = (middle, high) if missing(middle) > 0 else (low, middle)
    return high
