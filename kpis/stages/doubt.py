"""When a stage is in doubt: the one place of the rule.

A dimension's stage is in doubt when it would stay with less than two chances in three if each bar moved by up
to ten per cent. The overall stage is in doubt when a dimension that decides it is: when, with all other
dimensions at their stages, the doubt about this one alone leaves the overall stage less than two in three. A
doubtful dimension that could move without moving the median or the cap does not decide and casts no doubt.
"""

from __future__ import annotations

import numpy as np

from kpis.stages import rules
from kpis.stages.panel import Bools, Floats, Ints

LEAST = 2 / 3  # chance to stay, below which a stage is in doubt
ROUNDING = 1e-12  # chances are sums of products: two thirds exactly must not fall below by it


def in_doubt(stays: Floats) -> Bools:
    """Whether a chance to stay is too small; never where it is missing."""
    return np.asarray(stays < LEAST - ROUNDING)  # NaN compares false


def overall_stays(stage: Ints, chances: Floats) -> Floats:
    """For each dimension, the chance that the overall stage stays while this dimension alone is uncertain.

    stage: (…, dimension), -1 = not assessed. chances: (…, dimension, stage 0–3), of each stage under moved
    bars. 1 for a dimension whose move would not move the whole; NaN where it is not assessed or no overall
    stage exists. It is never below the dimension's own chance to stay.
    """
    now = rules.overall(stage)[0]
    known = (stage >= 0) & (now >= 0)[..., None]
    stays = np.zeros(stage.shape)
    for dimension in range(stage.shape[-1]):
        for other in range(rules.TOP + 1):
            moved = stage.copy()
            moved[..., dimension] = other
            same = rules.overall(moved)[0] == now
            stays[..., dimension] += np.where(same, chances[..., dimension, other], 0.0)
    return np.where(known, stays, np.nan)
