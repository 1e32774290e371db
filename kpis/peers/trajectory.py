"""Who stood where this country stands and moved up, and in how many years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.cards import MethodCard
from kpis.errors import RequestError, unknown
from kpis.names import area_code
from kpis.sql import statement
from kpis.stages.panel import Bools, Floats, Ints
from kpis.stages.readers import Tables, computed, inputs, like_for_like
from kpis.warehouse.current import DEFAULT, with_store

UN_GROUPS = (0.25, 0.50, 0.75)  # middle, high, very high; the lower bound is included
INDICES = ("EGDI", "OSI", "TII", "HCI")  # the indices whose groups the UN publishes
WITHIN_STAGE = 0.25  # a quarter of a stage on the scale 0–3
WITHIN_INDEX = 0.05

METHODS = [
    MethodCard(
        "trajectory",
        "Peers by trajectory",
        "Start: the year in which a country, at the same stage (or in the same UN group), stood nearest to "
        "where the area stands now. End: the first later year above that stage, judged by KPIs with data "
        "in both.",
        "Working rule",
        "exact",
        "working",
    ),
]


@dataclass(frozen=True)
class Trajectory:
    """Countries that stood there and moved up.

    level: 0–3, the stage or UN group of the area now; position: its place on the scale (mean position 0–3, or
    index value). n_stood: countries that ever stood there, n_moved: of them those that moved up; the others
    may still do so, so median_years (of those that moved; None if nobody did) is the brighter half.
    peers: one row per country that moved: ref_area, reason, from_year, to_year, years, position_then,
    level_reached, still_above (in the last year held), distance (of positions); nearest start first.
    """

    area: str
    measure: str
    year: int
    level: int
    position: float
    n_stood: int
    n_moved: int
    median_years: float | None
    peers: pd.DataFrame


@dataclass(frozen=True)
class Paths:
    """Levels and positions over time, shape (time, area); level -1 = not known."""

    times: tuple[int, ...]
    areas: tuple[str, ...]
    level: Ints
    position: Floats
    kpi_levels: Ints | None  # shape (time, area, KPI): levels of the KPIs behind a stage


@with_store
def trajectory_peers(
    area: str, measure: str, *, within: float | None = None, store: Tables = DEFAULT
) -> Trajectory:
    """Countries that stood where this one stands and moved up, and in how many years.

    area: ISO 3166-1 alpha-3. measure: a dimension (its stage by the published rule) or EGDI, OSI, TII or HCI
    (the UN groups, cut at 0.25, 0.50, 0.75). within: how near a start must be: 0.25 of a stage, or 0.05 of an
    index. A dimension counts as moved only if the KPIs with data at both ends say so, not because other
    figures appeared. An area at the top gets no peers. EGDI is relative: a level of an early edition is not
    the same services as that level today.
    Raises RequestError for an unknown area or measure, and where the area is not assessed.
    """
    paths = _index_paths(measure, store) if measure in INDICES else _stage_paths(measure, store)
    area = area_code(area, paths.areas, kind="UN Member State")
    place = paths.areas.index(area)
    level = int(paths.level[-1, place])
    if level < 0:
        raise RequestError(f"{area} is not assessed in {measure} in {paths.times[-1]}: too few figures.")
    near = within if within is not None else (WITHIN_INDEX if measure in INDICES else WITHIN_STAGE)
    position = float(paths.position[-1, place])
    stood = stood_near(paths, place, level, position, near)
    moves = moves_up(paths, stood, level, position)
    return Trajectory(
        area=area,
        measure=measure,
        year=paths.times[-1],
        level=level,
        position=position,
        n_stood=int(stood.any(axis=0).sum()),
        n_moved=len(moves),
        median_years=float(moves["years"].median()) if len(moves) else None,
        peers=moves,
    )


def stood_near(paths: Paths, place: int, level: int, position: float, near: float) -> Bools:
    """When each other country stood at this level and near this position, before the last year."""
    with np.errstate(invalid="ignore"):
        there = (paths.level == level) & (np.abs(paths.position - position) <= near)
    there[-1] = False  # nothing can have happened since
    there[:, place] = False
    return there if level < len(UN_GROUPS) else np.zeros_like(there)


def moves_up(paths: Paths, stood: Bools, level: int, position: float) -> pd.DataFrame:
    gap = np.where(stood, np.abs(np.nan_to_num(paths.position) - position), np.inf)
    last = len(paths.times) - 1
    start = last - np.argmin(gap[::-1], axis=0)  # the nearest start; of equals the latest
    everyone = np.arange(len(paths.areas))
    above = (paths.level > level) & (np.arange(last + 1)[:, None] > start)
    if paths.kpi_levels is not None:
        change, _ = like_for_like(paths.kpi_levels[start, everyone][None], paths.kpi_levels)
        above &= np.nan_to_num(change) > 0
    moved = np.flatnonzero(stood.any(axis=0) & above.any(axis=0))
    end = np.argmax(above, axis=0)[moved]
    begin = start[moved]
    times = np.array(paths.times)
    then = paths.position[begin, moved]
    frame = pd.DataFrame(
        {
            "ref_area": np.array(paths.areas, dtype=object)[moved],
            "reason": "stood_here_moved_up",
            "from_year": times[begin],
            "to_year": times[end],
            "years": times[end] - times[begin],
            "position_then": then,
            "level_reached": paths.level[end, moved],
            "still_above": paths.level[-1, moved] > level,
            "distance": np.abs(then - position),
        }
    )
    return frame.sort_values(["distance", "ref_area"], ignore_index=True)


def _stage_paths(dimension: str, store: Tables) -> Paths:
    stages = computed(store)
    if dimension not in stages.dimensions:
        raise RequestError(unknown("dimension or index", dimension, [*stages.dimensions, *INDICES]))
    result = stages.dimensions[dimension]
    return Paths(stages.panel.years, stages.panel.areas, result.stage, result.mean_position, result.level)


def _index_paths(index: str, store: Tables) -> Paths:
    rows = store.query(statement("egdi/history"), {"kpi": index})
    areas = inputs(store)[2]
    wide = rows.pivot(index="time_period", columns="ref_area", values="obs_value").reindex(columns=areas)
    values = wide.to_numpy(dtype=float)
    level = np.where(np.isnan(values), -1, np.digitize(values, UN_GROUPS)).astype(np.int64)
    if not len(wide):
        raise RequestError(f"{index} has no values in this warehouse.")
    return Paths(tuple(int(year) for year in wide.index), tuple(areas), level, values, None)
