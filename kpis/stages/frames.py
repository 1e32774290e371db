"""From arrays of (year, area) to columns of a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.stages.panel import Bools, Floats, Ints


def whole(numbers: NDArray[Any], missing: Bools | None = None, *, bits: str = "int8") -> pd.Series:
    """Nullable whole numbers; `missing` defaults to the negative ones."""
    flat = numbers.ravel()
    mask = flat < 0 if missing is None else missing.ravel()
    return pd.Series(pd.arrays.IntegerArray(np.where(mask, 0, flat).astype(bits), mask))


def flags(claims: Bools, missing: Bools) -> pd.Series:
    """Nullable yes and no."""
    return pd.Series(pd.arrays.BooleanArray(claims.ravel().copy(), missing.ravel().copy()))


def names_where(mask: Bools, names: Sequence[str]) -> NDArray[np.object_]:
    """The names that are true, as a list for each row; every pattern is spelt once and then looked up."""
    patterns = np.empty(2 ** len(names), dtype=object)
    for pattern in range(len(patterns)):
        patterns[pattern] = [name for bit, name in enumerate(names) if pattern >> bit & 1]
    code = mask.reshape(-1, len(names)) @ (1 << np.arange(len(names)))
    return np.asarray(patterns[code], dtype=object)


def over(gap: Floats, mask: Bools, summary: Callable[..., Any]) -> Floats:
    """Summary of the gaps under the mask along the KPIs; 0 where the mask is empty."""
    return np.asarray(summary(np.where(mask, gap, 0.0), axis=-1)).ravel()


def chance_of_stage(chances: Floats, stage: Ints) -> Floats:
    """Chance of the stage that was found; NaN where none was."""
    at = np.take_along_axis(chances, np.maximum(stage, 0)[..., None], axis=-1)[..., 0]
    return np.where(stage >= 0, at, np.nan).ravel()
