"""How sure a stage is: under bars moved by up to ten per cent, and under changes like the last ones.

Both are computed exactly instead of by drawing: given the chance of each KPI to pass a bar, and KPIs that
move independently, the chance that at least two thirds pass follows from adding KPI after KPI. It is what
seeded draws tend to, and gives the same answer on any machine.
"""

from __future__ import annotations

import numpy as np

from kpis.stages.panel import Bools, Floats, Ints
from kpis.stages.rules import MIN_KPIS, TOP, needed

SPREAD = 0.10
MIN_CHANGES = 10  # fewer past changes say too little about the next one


def pass_under_moved_bars(value: Floats, bars: Floats, limit: Floats, scaled: Bools) -> Floats:
    """Chance that each KPI meets each bar times a factor uniform in 0.9–1.1; shape (…, KPI, stage).

    A bar never exceeds the natural limit, so a value at the limit always passes; bars of yes/no answers and
    counts (`scaled` false) stay where they are. Missing values give NaN.
    """
    x = value[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.clip((x / bars - (1 - SPREAD)) / (2 * SPREAD), 0, 1)
    share = np.where(bars > 0, share, x >= bars)
    share = np.where(x >= limit[:, None], x >= bars, share)  # an absent limit is NaN and compares false
    share = np.where(scaled[:, None], share, x >= bars)
    return np.where(np.isnan(x), np.nan, share)


def pass_under_changes(value: Floats, change: Floats, bars: Floats) -> tuple[Floats, Bools]:
    """Chance that each KPI meets each bar after one more change like the last ones, and which KPIs move.

    value, change: shape (year, area, KPI). For each year and KPI the pool is the last change of every area
    that has one, less the median change, so that the common trend is not mistaken for doubt. A KPI with
    fewer than ten changes in the pool stays at its value.
    """
    chance = np.where(np.isnan(value[..., None]), np.nan, value[..., None] >= bars)
    moves = np.zeros(value.shape, dtype=bool)
    for year, kpi in np.ndindex(value.shape[0], value.shape[2]):  # pools, not countries
        pool = change[year, :, kpi]
        pool = pool[~np.isnan(pool)]
        if len(pool) < MIN_CHANGES:
            continue
        pool = np.sort(pool - np.median(pool))
        gap = bars[kpi] - value[year, :, kpi, None]
        share = 1 - np.searchsorted(pool, gap - 1e-12, side="left") / len(pool)
        chance[year, :, kpi] = np.where(np.isnan(gap), np.nan, share)
        moves[year, :, kpi] = ~np.isnan(value[year, :, kpi])
    return chance, moves


def stage_chances(passing: Floats) -> Floats:
    """Chance of each stage 0–3 under the two-thirds rule; shape (…, 4), NaN with fewer than `MIN_KPIS`.

    passing: chance of each KPI to pass each bar, shape (…, KPI, stage), NaN where a KPI has no value.
    """
    n = (~np.isnan(passing[..., 0])).sum(axis=-1)
    reach = np.stack([_at_least(passing[..., s], needed(n)) for s in range(TOP)], axis=-1)
    edge = np.ones((*n.shape, 1))
    chances = -np.diff(np.concatenate([edge, reach, 0 * edge], axis=-1), axis=-1)
    return np.where((n >= MIN_KPIS)[..., None], np.clip(chances, 0, 1) + 0.0, np.nan)  # no -0


def _at_least(chance: Floats, k: Ints) -> Floats:
    """Chance that at least k of the KPIs pass, each independently with its own chance."""
    size = chance.shape[-1]
    spread = np.zeros((*chance.shape[:-1], size + 1))
    spread[..., 0] = 1.0
    for kpi in range(size):
        p = np.nan_to_num(chance[..., kpi])[..., None]  # a KPI without a value passes nothing
        shifted = np.concatenate([np.zeros_like(p), spread[..., :-1]], axis=-1)
        spread = spread * (1 - p) + shifted * p
    return np.asarray((spread * (np.arange(size + 1) >= k[..., None])).sum(axis=-1))
