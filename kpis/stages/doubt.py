"""When a stage is in doubt: the one place of the rule.

A dimension's stage is in doubt when it would stay with less than two chances in three if each bar moved by up
to ten per cent. The overall stage is in doubt when a dimension that decides it is. A dimension decides when
the overall stage would be another if this dimension alone stood one stage lower or one stage higher: it holds
the median without a dimension to spare, or it is the weakest and sets the cap. Which way its doubt points is
not asked: a stage that is not sure carries nothing.
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


def decides(stage: Ints) -> Bools:
    """Which dimensions decide the overall stage; shape (…, dimension) as given, -1 = not assessed."""
    now = rules.overall(stage)[0]
    is_decisive = np.zeros(stage.shape, dtype=bool)
    for dimension in range(stage.shape[-1]):
        for step in (-1, 1):
            moved = stage.copy()
            moved[..., dimension] = np.clip(stage[..., dimension] + step, 0, rules.TOP)
            is_decisive[..., dimension] |= rules.overall(moved)[0] != now
    return is_decisive & (stage >= 0) & (now >= 0)[..., None]
