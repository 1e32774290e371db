"""Precedents: countries that started where this one is, and how many got as far in the same time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpis.plan.history import History
from kpis.stages.panel import Bools, Floats, Ints
from kpis.stages.readers import Tables, computed, like_for_like

WITHIN = 0.25  # of a step: how near a start must be


@dataclass(frozen=True)
class Record:
    """n_stood: countries that stood there long enough ago to know; did: of them those that made it.

    did: (country, year of the start, years it took), quickest first. With n_stood = 0 nothing is known.
    """

    n_stood: int
    did: tuple[tuple[str, int, int], ...]

    @property
    def n_did(self) -> int:
        """How many made it."""
        return len(self.did)

    @property
    def who(self) -> tuple[str, ...]:
        """The countries that made it, quickest first."""
        return tuple(area for area, _, _ in self.did)


UNKNOWN = Record(0, ())


def of_kpi(
    history: History, area: str, value: float, bar: float, height: float, horizon: int, sign: int = 1
) -> Record:
    """Countries within a quarter of the step `height` of `value` that reached `bar` within `horizon` years.

    Each other country starts once: in the year it stood nearest (of equals the latest), among the years
    that lie at least `horizon` before its last value, so that every one had the time.
    """
    has_value = ~np.isnan(history.values)
    gap = np.abs(history.values - value)
    with np.errstate(invalid="ignore"):
        stood = gap <= WITHIN * height
        reached = sign * history.values >= sign * bar
    return _record(history.years, history.areas, area, stood & ~reached, gap, has_value, reached, horizon)


def of_dimension(dimension: str, area: str, target: int, horizon: int, store: Tables) -> Record:
    """Countries of the same stage, within a quarter of it, that reached the stage `target` in that time.

    A rise counts only if the KPIs with data at both ends say so, not because other figures appeared.
    """
    stages = computed(store)
    result, at = stages.dimensions[dimension], stages.panel.areas.index(area)
    level, position = int(result.stage[-1, at]), float(result.mean_position[-1, at])
    gap = np.abs(result.mean_position - position)
    with np.errstate(invalid="ignore"):
        stood = (result.stage == level) & (gap <= WITHIN)
    start = _starts(stages.panel.years, stood, gap, result.stage >= 0, horizon)[0]
    everyone = np.arange(len(stages.panel.areas))
    change, _ = like_for_like(result.level[start, everyone][None], result.level)
    reached = (result.stage >= target) & (np.nan_to_num(change) >= target - level)
    return _record(
        stages.panel.years, stages.panel.areas, area, stood, gap, result.stage >= 0, reached, horizon
    )


def _starts(
    years: tuple[int, ...], stood: Bools, gap: Floats, has_value: Bools, horizon: int
) -> tuple[Ints, Bools]:
    """Place of the start of each country, and whether it has one that was followed to the end."""
    when = np.array(years)[:, None]
    last = np.where(has_value, when, -1).max(axis=0)
    there = stood & (when + horizon <= last)
    near = np.where(there, gap, np.inf)
    start = len(years) - 1 - np.argmin(near[::-1], axis=0)
    return start.astype(np.int64), np.asarray(there.any(axis=0))


def _record(
    years: tuple[int, ...],
    areas: tuple[str, ...],
    area: str,
    stood: Bools,
    gap: Floats,
    has_value: Bools,
    reached: Bools,
    horizon: int,
) -> Record:
    start, is_observed = _starts(years, stood, gap, has_value, horizon)
    is_observed[areas.index(area)] = False
    when = np.array(years)
    since = when[:, None] - when[start]
    arrived = reached & (since > 0) & (since <= horizon) & is_observed
    first = np.argmax(arrived, axis=0)
    rows = [
        (areas[i], int(when[start[i]]), int(since[first[i], i])) for i in np.flatnonzero(arrived.any(axis=0))
    ]
    return Record(int(is_observed.sum()), tuple(sorted(rows, key=lambda row: (row[2], row[0]))))
