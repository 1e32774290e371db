"""The rules of METHODOLOGY B.3 (second edition) on arrays. The last axis is always the KPIs of one dimension.

A level or stage is 0 emerging … 3 connected, and -1 where there is nothing to judge. `bars` has one row per
KPI and one column per stage above emerging; `base` is the value where the scale begins.
"""

from __future__ import annotations

import numpy as np

from kpis.stages.panel import Bools, Floats, Ints

NOT_ASSESSED = -1
TOP = 3
MIN_KPIS = 3  # fewer gates with data: insufficient data; two thirds of two are both, so one would decide
MIN_DIMENSIONS = 2  # fewer dimensions with a stage: no overall profile
HIGH_AGE = 3  # high confidence: nothing older, in years
SLACK = 1e-9  # a mean of positions that is a whole number must not fall below it by rounding


def levels(value: Floats, bars: Floats) -> Ints:
    """Highest stage whose bar and all lower bars are met, for each KPI; -1 without a value.

    Bars never fall from stage to stage, so counting the bars met is the same as climbing them.
    """
    met = (value[..., None] >= bars).sum(axis=-1)
    return np.where(np.isnan(value), NOT_ASSESSED, met)


def positions(value: Floats, base: Floats, bars: Floats) -> Floats:
    """Place of each KPI on the scale 0–3: whole at a bar, linear between two, NaN without a value.

    Two equal bars make one step that is taken at once (SDG 16.10.2: a guarantee is the bar of all stages).
    """
    low = np.concatenate([base[:, None], bars[:, :-1]], axis=1)
    height = bars - low
    with np.errstate(divide="ignore", invalid="ignore"):
        ramp = np.clip((value[..., None] - low) / height, 0, 1)
    steps = np.where(height > 0, ramp, value[..., None] >= bars)
    return np.where(np.isnan(value), np.nan, steps.sum(axis=-1))


def needed(n: Ints) -> Ints:
    """How many of n KPIs are two thirds of them: 2 of 2, 2 of 3, 3 of 4."""
    return (2 * n + 2) // 3


def stage_two_thirds(level: Ints) -> Ints:
    """The published rule: highest stage passed by at least two thirds of the KPIs with data."""
    n = with_data(level)
    reached = [(level >= s).sum(axis=-1) >= needed(n) for s in range(1, TOP + 1)]
    return np.where(n >= MIN_KPIS, np.sum(reached, axis=0), NOT_ASSESSED)


def stage_all(level: Ints) -> Ints:
    """By gate: the level that every KPI with data reaches."""
    lowest = np.where(level >= 0, level, TOP).min(axis=-1)
    return np.where(with_data(level) >= MIN_KPIS, lowest, NOT_ASSESSED)


def mean_position(position: Floats) -> Floats:
    """Mean of the positions of the KPIs with data, 0–3; NaN with fewer than `MIN_KPIS`."""
    n = (~np.isnan(position)).sum(axis=-1)
    return np.where(n >= MIN_KPIS, np.nansum(position, axis=-1) / np.maximum(n, 1), np.nan)


def stage_mean(mean: Floats) -> Ints:
    """By mean: the whole part of the mean position; -1 where it is missing."""
    return np.where(np.isnan(mean), NOT_ASSESSED, np.floor(np.nan_to_num(mean) + SLACK)).astype(np.int64)


def with_data(level: Ints) -> Ints:
    """How many KPIs have a usable value."""
    return np.asarray((level >= 0).sum(axis=-1), dtype=np.int64)


def next_stage(stage: Ints) -> Ints:
    """The stage above; the top one stays itself; -1 where nothing is assessed."""
    return np.where(stage >= 0, np.minimum(stage + 1, TOP), NOT_ASSESSED)


def distances(value: Floats, base: Floats, bars: Floats, target: Ints) -> Floats:
    """Gap of each KPI to the bar of the `target` stage, in steps: (bar − value) / (bar − previous bar).

    0 where the bar is met, NaN without a value or a target; above 1 where a lower bar is missed too.
    Where the previous bar is the same, the nearest lower one that differs counts.
    """
    scale = np.concatenate([base[:, None], bars], axis=1)
    aim = np.maximum(target, 1)[..., None]
    kpi = np.arange(len(bars))
    bar = scale[kpi, aim]
    gap = (bar - value) / (bar - _lower(scale)[kpi, aim])
    return np.where(np.isnan(value) | (target[..., None] < 0), np.nan, np.maximum(gap, 0.0))


def _lower(scale: Floats) -> Floats:
    """For each bar the nearest lower one that differs; one unit below where there is none."""
    lower = np.empty_like(scale)
    lower[:, 0] = scale[:, 0] - 1
    for s in range(1, scale.shape[1]):
        lower[:, s] = np.where(scale[:, s] > scale[:, s - 1], scale[:, s - 1], lower[:, s - 1])
    return lower


def blocking(level: Ints, stage: Ints) -> Bools:
    """KPIs with data that miss the bar of the next stage; none at the top or where nothing is assessed."""
    open_way = (stage >= 0) & (stage < TOP)
    return np.asarray((level >= 0) & (level <= stage[..., None]) & open_way[..., None])


def unlock(level: Ints, stage: Ints, distance: Floats) -> Bools:
    """The smallest set of blocking KPIs that, brought to their bar, lifts the dimension by one stage.

    The two-thirds rule fixes how many are still needed; of all sets of that size the one with the smallest
    sum of distances is taken, which is the nearest KPIs (ties: the earlier one in the gates). Exact.
    """
    block = blocking(level, stage)
    lacking = needed(with_data(level)) - (level > stage[..., None]).sum(axis=-1)
    order = np.argsort(np.where(block, distance, np.inf), axis=-1, kind="stable")
    place = np.argsort(order, axis=-1, kind="stable")
    return np.asarray(block & (place < lacking[..., None]))


def confidence(level: Ints, age: Floats, core: Bools) -> Ints:
    """2 high, 1 medium, 0 low, -1 where nothing is assessed (methodology B.3, 6).

    Only core gates count: a supplement that few countries can have does not lower confidence by its absence.
    """
    n, of = with_data(level[..., core]), int(core.sum())
    oldest = np.where(core & ~np.isnan(age), age, -1).max(axis=-1)
    high = (n == of) & (oldest <= HIGH_AGE)
    low = 2 * (of - n) >= of
    return np.where(with_data(level) < MIN_KPIS, NOT_ASSESSED, np.where(low, 0, np.where(high, 2, 1)))


def overall(stage: Ints) -> tuple[Ints, Floats, Bools]:
    """Profile over dimensions (last axis): stage, raw median, and which dimensions are the bottleneck.

    The median of the assessed dimensions, cut at the whole stage and capped one above the weakest. The
    bottleneck are the weakest dimensions where they stand below the median. -1 and NaN with fewer than
    `MIN_DIMENSIONS`.
    """
    n = with_data(stage)
    assessed = np.where(stage >= 0, stage, np.nan).astype(float)
    enough = n >= MIN_DIMENSIONS
    safe = np.where(enough[..., None], assessed, 0.0)
    median = np.where(enough, np.nanmedian(safe, axis=-1), np.nan)
    weakest = np.nanmin(safe, axis=-1)
    capped = np.minimum(np.floor(np.nan_to_num(median)), weakest + 1)
    holds = (
        enough[..., None] & (assessed == weakest[..., None]) & (weakest < np.nan_to_num(median))[..., None]
    )
    return np.where(enough, capped, NOT_ASSESSED).astype(np.int64), median, np.asarray(holds)
