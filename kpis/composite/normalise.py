"""Normalisation: indicators onto one scale, higher is better. OECD/JRC Handbook (2008), Step 5."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from kpis.composite.findings import Finding, attach
from kpis.composite.normalisers import NORMALISERS, Column, UndefinedError
from kpis.composite.tables import (
    Floats,
    Ints,
    Time,
    by_code,
    check_ddof,
    directions_for,
    finite,
    label,
    pair,
    period_blocks,
    read_panel,
    unique_rows,
    wide_table,
)
from kpis.errors import RequestError, unknown

NormaliseMethod = Literal[
    "min-max",
    "z-score",
    "goalposts",
    "scaled",
    "distance-to-max",
    "distance-to-reference",
    "distance-to-target",
    "fraction-of-max",
    "rank",
    "borda",
    "percentile-rank",
]

Directions: TypeAlias = "Mapping[str, int] | pd.Series[Any] | None"
Goalposts: TypeAlias = "Mapping[str, tuple[float, float]] | None"

_WITH_POSTS = ("goalposts", "scaled")
_RANKED = ("rank", "borda", "percentile-rank")
_SCALE = {"min-max": (0.0, 100.0), "goalposts": (0.0, 100.0), "scaled": (0.0, 100.0), "z-score": (0.0, 1.0)}
_UNIT = (0.0, 1.0)


def normalise(
    values: pd.DataFrame,
    method: NormaliseMethod = "min-max",
    *,
    directions: Directions = None,
    scale: tuple[float, float] | None = None,
    goalposts: Goalposts = None,
    reference: Hashable = None,
    targets: Mapping[str, float] | None = None,
    cap: bool = False,
    clip: bool = True,
    ddof: int = 1,
    complement: bool = False,
    basis: pd.DataFrame | None = None,
    time: Time = None,
    each_period: bool = False,
) -> pd.DataFrame:
    """Bring indicators onto one scale on which higher is better.

    values: rows areas (or area × period), columns indicators, any unit.
    method: see `METHODS["normalise.…"]`. directions: 1 higher is better (default), -1 lower is better.
    scale: (low, high); (mean, sd) for z-score. Default (0, 100) for min-max, goalposts and scaled, (0, 1)
    for z-score, distances, fraction and percentile rank; rank and borda have none and ignore it.
    goalposts: indicator → (worst, best), for goalposts (every indicator) and scaled (default 0 and 100, or
    100 and 0 where lower is better, unlike COINr). They say the direction themselves: worst above best means
    lower is better. clip: scores past the posts are cut.
    reference: the row to measure from; (area, period) in a panel. targets: indicator → target, in its own
    unit.
    cap: distances to a reference or target stop at the top of the scale.
    ddof: z-score divides the squares by n - ddof: 1 (default, as COINr) or 0 (as the UN's indices of 2024).
    complement: fraction-of-max where lower is better: 1 - x/max, in which equal steps of x count alike and
    the maximum scores 0, in place of min/x, in which the minimum scores 1.
    basis: table that fixes minima, maxima, means and sds (e.g. last edition's values) in place of `values`.
    Panels: bounds are fixed over ALL periods, so that scores compare in time; each_period=True normalises
    every period on its own (COINr `global = FALSE`).
    Returns a table of the same shape; ranks and Borda points in places, else in units of the scale.
    Missing: missing stays missing and enters no bound; what is undefined (constant or empty indicator, one
    area, …) is missing, with a reason in `findings` and a CompositeWarning.
    Raises RequestError for unknown codes, areas or methods, absent or equal goalposts, a direction that
    contradicts the goalposts, another ddof; DataError for anything but numbers.
    Source: OECD/JRC Handbook (2008), Step 5; COINr `Normalise`.
    """
    if method not in NORMALISERS:
        raise RequestError(unknown("normalisation method", method, NORMALISERS, place="normalise"))
    check_ddof(ddof)
    table = wide_table(values)
    unique_rows(table, time=time)
    signs = directions_for(table.columns, directions)
    posts = _posts(table, method, goalposts, directions)
    goals = _targets(table, method, targets)
    bounds = _scale(method, scale)
    fixed = _basis(table, method, basis)
    result = pd.DataFrame(np.nan, index=table.index, columns=table.columns)
    findings: list[Finding] = []
    blocks = period_blocks(table.index, time) if each_period else [np.arange(len(table))]
    for rows in blocks:
        anchor_row = _reference_row(table, method, reference, rows, time)
        anchors = goals if anchor_row is None else table.iloc[anchor_row].to_dict()
        for at, code in enumerate(table.columns):
            sign = signs[code]
            cells = table.iloc[rows, at].to_numpy(dtype=np.float64)
            anchor = anchors.get(code)
            column = Column(
                raw=cells,
                values=cells * sign,
                basis=_present(fixed[code].to_numpy() if fixed is not None else cells) * sign,
                direction=sign,
                scale=bounds,
                posts=posts.get(code),
                anchor=None if anchor is None else anchor * sign,
                cap=cap,
                clip=clip,
                ddof=ddof,
                complement=complement,
            )
            _place(result, rows, at, column, method, findings)
    return attach(result, _together(findings))


def _place(
    result: pd.DataFrame, rows: Ints, at: int, column: Column, method: str, findings: list[Finding]
) -> None:
    """Write one indicator's scores, or why there are none."""
    code = str(result.columns[at])
    try:
        if column.basis.size == 0 or np.isnan(column.values).all():
            raise UndefinedError("every value is missing")
        result.iloc[rows, at] = NORMALISERS[method](column)
    except UndefinedError as reason:
        findings.append(
            Finding("normalise", code, f"{reason}: {method} is undefined, the scores are missing")
        )
        return
    if method == "goalposts" and column.clip and column.posts is not None:
        low, high = sorted(column.posts)
        past = (column.raw < low) | (column.raw > high)
        if past.any():
            where = tuple(label(key) for key in result.index[rows[past]])
            findings.append(Finding("normalise", code, "past the goalposts, cut", where, kind="note"))


def _together(findings: list[Finding]) -> list[Finding]:
    """One finding per indicator and reason, however many periods it was found in."""
    return list(dict.fromkeys(findings))


def _present(cells: Floats) -> Floats:
    return cells[~np.isnan(cells)]


def _scale(method: str, scale: tuple[float, float] | None) -> tuple[float, float]:
    if scale is None or method in ("rank", "borda"):
        return _SCALE.get(method, _UNIT)
    low, high = pair(scale, place="scale")
    if method == "z-score" and high <= 0:
        raise RequestError(f"scale: z-score needs (mean, sd) with sd above 0, not {scale!r}.")
    if method != "z-score" and low >= high:
        raise RequestError(f"scale: (low, high) needs low below high, not {scale!r}.")
    return low, high


def _posts(
    table: pd.DataFrame, method: str, goalposts: Goalposts, directions: Directions
) -> dict[Any, tuple[float, float]]:
    """(worst, best) of each indicator, checked against the directions that were given."""
    goalposts_of = by_code(goalposts, table.columns, place="goalposts")
    if method not in _WITH_POSTS:
        return {}
    posts = {code: pair(post, place=f"goalposts of '{code}'") for code, post in goalposts_of.items()}
    direction_of = dict(directions.items()) if directions is not None else {}
    for code, (worst, best) in posts.items():
        if worst == best:
            raise RequestError(f"goalposts: worst and best of '{code}' are both {worst}.")
        if code in direction_of and (best > worst) != (direction_of[code] > 0):
            raise RequestError(
                f"goalposts: '{code}' runs from worst {worst} to best {best}, "
                f"but directions says {direction_of[code]}. Goalposts alone are enough."
            )
    absent = [str(code) for code in table.columns if code not in posts]
    if method == "goalposts" and absent:
        raise RequestError(
            f"goalposts: none for {', '.join(absent[:12])}. Give (worst, best) for each indicator."
        )
    return posts


def _targets(table: pd.DataFrame, method: str, targets: Mapping[str, float] | None) -> dict[Any, float]:
    target_of = by_code(targets, table.columns, place="targets")
    if method != "distance-to-target":
        return {}
    absent = [str(code) for code in table.columns if code not in target_of]
    if absent:
        raise RequestError(f"targets: none for {', '.join(absent[:12])}. Give a target for each indicator.")
    return {code: finite(target, place=f"target of '{code}'") for code, target in target_of.items()}


def _basis(table: pd.DataFrame, method: str, basis: pd.DataFrame | None) -> pd.DataFrame | None:
    if basis is None:
        return None
    if method in _RANKED:
        raise RequestError(f"basis: {method} places areas among each other; it has no bounds to fix.")
    fixed = wide_table(basis, place="basis")
    for code in table.columns:
        if code not in fixed.columns:
            raise RequestError(unknown("indicator", str(code), map(str, fixed.columns), place="basis"))
    return fixed


def _reference_row(
    table: pd.DataFrame, method: str, reference: Hashable, rows: Ints, time: Time
) -> int | None:
    """Position of the reference row, within the period where periods stand alone."""
    if method != "distance-to-reference":
        return None
    if reference is None:
        raise RequestError("normalise: distance-to-reference needs reference=, the row to measure from.")
    panel = read_panel(table.index, time)
    areas = list(table.index if panel is None else panel.areas)
    keys = areas if panel is None else list(zip(panel.areas, panel.periods, strict=True))
    hits = [int(row) for row in rows if reference in (areas[row], keys[row])]
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise RequestError(
            f"reference: '{label(reference)}' has {len(hits)} rows. "
            "Name one as (area, period), or use each_period=True."
        )
    if reference in areas or reference in keys:
        raise RequestError(f"reference: '{label(reference)}' has no row in one of the periods.")
    raise RequestError(unknown("row", label(reference), [label(key) for key in keys], place="reference"))
