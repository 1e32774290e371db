"""The core of every what-if: changed component tables in, all countries' indices and EGDI out.

The change is applied to the published figures: published + (recomputed after − recomputed before).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kpis.egdi.inputs import HEADLINE, Edition, Lever
from kpis.egdi.rules import Array, score, weighted_mean
from kpis.errors import RequestError, unknown

Changes = Mapping[str, Mapping[str, float]]


def outcome(
    inputs: Edition,
    tables: Mapping[str, Array],
    fixed: Mapping[tuple[int, int], Array] | None = None,
    *,
    size: int = 1,
) -> tuple[Array, Array]:
    """Indices (size, areas, indices) and EGDI (size, areas) of `size` what-ifs at once, unclipped.

    tables: index → component tables (size, areas, components); an index that is not named stays as published.
    fixed: (row, column of the index) → values (size,) that replace an index directly, afterwards.
    An area with a missing component keeps its published index. No change is a change of exactly 0.
    """
    after = np.repeat(inputs.published[None], size, axis=0)
    for index, table in tables.items():
        column = inputs.indices.index(index)
        moved = score(table, inputs.rules[index]) - inputs.recomputed[:, column]
        after[..., column] += np.nan_to_num(moved)
    for (row, column), values in (fixed or {}).items():
        after[:, row, column] = values
    return after, inputs.egdi + (weighted_mean(after, inputs.weights) - inputs.from_indices)


def rank_among(egdi: Array, row: int) -> NDArray[np.int64]:
    """Competition rank (size,) of one row in each of the what-ifs (size, areas)."""
    ahead = (egdi > egdi[:, row, None]).sum(axis=1)
    return np.asarray(ahead + 1, dtype=np.int64)


def checked_changes(inputs: Edition, changes: Changes) -> dict[str, dict[str, float]]:
    """The changes as plain numbers. Raises RequestError for a name, a value or a pair that cannot be."""
    if not isinstance(changes, Mapping) or not changes:
        raise RequestError('name at least one country: {"COL": {"OSI_SP": 0.95}}.')
    return {area: _checked_area(inputs, area, figures) for area, figures in changes.items()}


def _checked_area(inputs: Edition, area: str, figures: Mapping[str, float]) -> dict[str, float]:
    row = inputs.row(area)
    if not isinstance(figures, Mapping):
        raise RequestError(f'{area}: give names and values, such as {{"{area}": {{"OSI_SP": 0.95}}}}.')
    values = {name: checked_value(inputs, area, name, value) for name, value in figures.items()}
    for name in values:
        lever = inputs.levers[name]
        if lever.column is not None and lever.index in values:
            raise RequestError(
                f"{area}: {lever.index} is set directly and through its component {name}. Give one of them."
            )
        if lever.column is not None and np.isnan(inputs.components[lever.index][row]).any():
            raise RequestError(
                f"{area}: {lever.index} cannot be recomputed, a component is not published. Set it directly."
            )
    return values


def checked_value(inputs: Edition, area: str, name: str, value: float) -> float:
    """One value within its natural limits. Raises RequestError with the allowed range and a remedy."""
    lever = _lever(inputs, area, name)
    number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    if not number or not math.isfinite(value):
        raise RequestError(f"{area}: {name} = {value!r} is no number. Give one {allowed(lever)}.")
    if not lever.low <= value <= lever.high:
        raise RequestError(
            f"{area}: {name} = {value:g} is outside its limits. Give a value {allowed(lever)} ({lever.unit})."
        )
    return float(value)


def allowed(lever: Lever) -> str:
    """The allowed range in words."""
    return f"from {lever.low:g} to {lever.high:g}"


def _lever(inputs: Edition, area: str, name: str) -> Lever:
    if name in inputs.levers:
        return inputs.levers[name]
    if name == HEADLINE:
        raise RequestError(
            f"{area}: {HEADLINE} follows from {', '.join(inputs.indices)}. Change those or their components, "
            f"or ask egdi.reach('{area}', egdi=…) what it would take."
        )
    if name == "EPI" and "OSI_EPI" in inputs.levers:
        raise RequestError(f"{area}: EPI is published beside EGDI; its part in OSI is OSI_EPI. Set that.")
    raise RequestError(unknown(f"component of the {inputs.edition} edition", str(name), inputs.levers))
