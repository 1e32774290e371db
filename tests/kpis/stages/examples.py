"""A table of three countries and three KPIs that can be checked by hand, and the rules in plain Python."""

from __future__ import annotations

import itertools
import math

import pandas as pd

GATES = pd.DataFrame(
    {
        "dimension": "services",
        "kpi": ["A", "B", "C"],
        "base": 0.0,
        "enhanced": 0.25,
        "transactional": 0.50,
        "connected": 0.75,
        "window": 5,
        "limit": 1.0,
        "scaled": True,
        "basis": ["published", "working", "working"],
        "role": "core",
    }
)

# COL: levels 2, 3, 1. JAM: one KPI only. NAM: two KPIs, one too few.
VALUES = pd.DataFrame(
    [
        ("A", "COL", 2024, 0.60),
        ("B", "COL", 2023, 0.80),
        ("C", "COL", 2020, 0.30),
        ("A", "JAM", 2024, 0.90),
        ("A", "NAM", 2024, 0.10),
        ("B", "NAM", 2024, 0.10),
    ],
    columns=["kpi", "ref_area", "time_period", "obs_value"],
)

BARS = ("enhanced", "transactional", "connected")


def plain_levels(values: dict[str, float], gates: pd.DataFrame) -> dict[str, int]:
    """Level of each KPI with a value, climbing stage by stage."""
    levels = {}
    for gate in gates.to_dict("records"):
        if gate["kpi"] in values:
            level = 0
            while level < 3 and values[gate["kpi"]] >= gate[BARS[level]]:
                level += 1
            levels[gate["kpi"]] = level
    return levels


def plain_stage(levels: dict[str, int]) -> int | None:
    """METHODOLOGY B.3, 2 and 3, with the three gates of the second edition, word by word."""
    if len(levels) < 3:
        return None
    return max(s for s in range(4) if sum(v >= s for v in levels.values()) / len(levels) >= 2 / 3 - 1e-12)


def plain_distance(value: float, gate: dict[str, float], target: int) -> float:
    """METHODOLOGY B.3, 4; where two bars are equal the lower one that differs counts."""
    scale = [gate["base"], *(gate[bar] for bar in BARS)]
    lower = next(scale[s] for s in range(target - 1, -1, -1) if scale[s] < scale[target])
    return (scale[target] - value) / (scale[target] - lower)


def plain_unlock(levels: dict[str, int], distance: dict[str, float]) -> tuple[int, float]:
    """Size and effort of the smallest set that lifts the stage, by trying every set."""
    stage = plain_stage(levels)
    assert stage is not None
    tried = (
        (size, sum(distance[kpi] for kpi in chosen))
        for size in range(1, len(distance) + 1)
        for chosen in itertools.combinations(distance, size)
        if (plain_stage(levels | dict.fromkeys(chosen, stage + 1)) or 0) > stage
    )
    return min(tried, default=(0, math.nan))
