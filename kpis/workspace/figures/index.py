"""An index of one's own series: newest values normalised, weighted, aggregated, ranked among one's own areas.

The steps are those of `kpis.composite`; nothing of it is compared with an international rank.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from kpis import composite
from kpis.composite.findings import Finding
from kpis.errors import RequestError, unknown
from kpis.messages import ChoiceError
from kpis.texts import Text
from kpis.workspace.figures.answers import below, names, newest
from kpis.workspace.figures.model import OwnFigures, said_once
from kpis.workspace.figures.periods import month_of

TOP = "index"
NORMALISE = ("min-max", "z-score", "percentile-rank", "distance-to-target")
AGGREGATE = ("arithmetic", "geometric", "harmonic", "median")
FROM_ONE = ("geometric", "harmonic")  # undefined at 0, so the lowest area scores 1
LEAST_COVERAGE = 0.5
COLUMNS = ("rank", "ref_area", "name", "parent_name", "score", "coverage", "since", "until")

NEITHER = Text("'{series}' has no better side, so it cannot enter an index. Say whether higher is better.")
NO_TARGET = Text("'{series}' has no own target to measure from. Give it one, or normalise another way.")
BELOW_0 = Text(
    "Distances from the mean are below 0 for some areas, and then there is no geometric or harmonic mean. "
    "Combine them by mean or median, or put the series on another scale."
)
NO_WEIGHT = Text("No series has a weight above 0. Give one to at least one series.")


@dataclass(frozen=True)
class OwnIndex:
    """An index of one's own.

    rows: an area each, the best first: `COLUMNS`, then the score of each series under its id. coverage: share
    of the weight that rests on figures, 0–1; since, until: oldest and newest period of these. Areas below the
    least coverage come last, without score and rank. weights: share of each series, together 1. findings:
    what could not be computed, by series.
    """

    rows: pd.DataFrame
    weights: dict[str, float]
    findings: tuple[Finding, ...]


@said_once
def directed(own: OwnFigures) -> list[str]:
    """Series that can enter an index: a better side, figures of two areas or more; most areas first."""
    sided = set(own.series.loc[own.series["direction"] != "context", "series"])
    areas = own.figures.groupby("series", sort=False)["ref_area"].nunique().sort_values(ascending=False)
    return [str(series) for series, n in areas.items() if series in sided and n > 1]


def index_of(
    own: OwnFigures,
    weights: Mapping[str, float],
    *,
    period: str | None = None,
    level: str | None = None,
    parent: str = "",
    normalise: str = "min-max",
    aggregate: str = "arithmetic",
    min_coverage: float = LEAST_COVERAGE,
) -> OwnIndex:
    """The index of own areas from own series.

    weights: by series, any scale; 0 leaves a series out. period: None for the newest value of each area and
    series. level, parent: only areas of this level, or below this area; minima, maxima and ranks are among
    them. normalise: `NORMALISE`; scores run from 0 to 100 (z-score: mean 0, deviation 1), where less is
    better turned round. aggregate: `AGGREGATE`. min_coverage: least share of the weight with figures.
    Missing stays missing: weights are shared out among the series that an area has.
    Raises RequestError for an unknown series or method, ChoiceError for a series without better side or
    target, for weights that are all 0, and for z-scores combined by a mean that needs values above 0.
    Source: OECD/JRC Handbook (2008), Steps 5 to 7.
    """
    shares = _shares(own, weights)
    _check_method("normalisation", normalise, NORMALISE)
    _check_method("aggregation", aggregate, AGGREGATE)
    if normalise == "z-score" and aggregate in FROM_ONE:
        raise ChoiceError(BELOW_0)
    figures = _chosen(own, list(shares), period, level, parent)
    values = figures.pivot(index="ref_area", columns="series", values="obs_value").reindex(
        columns=list(shares)
    )
    structure = pd.DataFrame(
        {
            "code": [TOP, *shares],
            "parent": [None, *[TOP] * len(shares)],
            "weight": [1.0, *shares.values()],
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", composite.CompositeWarning)  # said as findings
        scores = composite.normalise(
            values, cast(Any, normalise), **_options(own, shares, normalise, aggregate)
        )
        top = composite.aggregate(scores, structure, aggregate)
    coverage = composite.coverage(values.where(scores.notna()), structure)[TOP]
    score = top[TOP].where(coverage >= min_coverage)
    found = (*composite.findings(scores), *composite.findings(top))
    return OwnIndex(_rows(own, figures, scores, score, coverage), shares, found)


def _shares(own: OwnFigures, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights above 0 as shares."""
    stated = dict(zip(own.series["series"], own.series["direction"], strict=True))
    for series in weights:
        if series not in stated:
            raise RequestError(unknown("series", series, stated))
        if stated[series] == "context":
            raise ChoiceError(NEITHER, series=series)
    above = {series: float(weight) for series, weight in weights.items() if weight > 0}
    if not above:
        raise ChoiceError(NO_WEIGHT)
    return {series: weight / sum(above.values()) for series, weight in above.items()}


def _check_method(kind: str, name: str, allowed: tuple[str, ...]) -> None:
    if name not in allowed:
        raise RequestError(unknown(f"{kind} method", name, allowed, place="own index"))


def _chosen(
    own: OwnFigures, series: list[str], period: str | None, level: str | None, parent: str
) -> pd.DataFrame:
    """One figure a series and area."""
    rows = own.figures[own.figures["series"].isin(series)]
    rows = newest(rows) if period is None else rows[rows["time_period"] == period]
    areas = own.areas if level is None else own.areas[own.areas["level"] == level]
    inside = set(areas["ref_area"]) & below(own, parent) if parent else set(areas["ref_area"])
    return rows[rows["ref_area"].isin(inside)]


def _options(own: OwnFigures, shares: Mapping[str, float], normalise: str, aggregate: str) -> dict[str, Any]:
    """Further arguments of `composite.normalise`."""
    rows = own.series.set_index("series").loc[list(shares)]
    directions = {series: -1 if side == "lower" else 1 for series, side in rows["direction"].items()}
    if normalise == "z-score":
        return {"directions": directions}
    options: dict[str, Any] = {
        "directions": directions,
        "scale": (1.0, 100.0) if aggregate in FROM_ONE else (0.0, 100.0),
    }
    if normalise == "distance-to-target":
        for series, target in rows["target"].items():
            if pd.isna(target):
                raise ChoiceError(NO_TARGET, series=series)
        options |= {"targets": rows["target"].to_dict(), "cap": True}
    return options


def _rows(
    own: OwnFigures,
    figures: pd.DataFrame,
    scores: pd.DataFrame,
    score: pd.Series[float],
    coverage: pd.Series[float],
) -> pd.DataFrame:
    periods = figures.groupby("ref_area")["time_period"]
    named, above = names(own), dict(zip(own.areas["ref_area"], own.areas["parent"], strict=True))
    table = pd.DataFrame(
        {
            "rank": composite.rank(score),
            "ref_area": scores.index,
            "name": [named.get(area, area) for area in scores.index],
            "parent_name": [named.get(above.get(area, ""), "") for area in scores.index],
            "score": score,
            "coverage": coverage,
            "since": periods.agg(lambda held: min(held, key=month_of)),
            "until": periods.agg(lambda held: max(held, key=month_of)),
        }
    )
    table = table.join(scores)
    return table.sort_values(["rank", "name"], kind="stable", na_position="last").reset_index(drop=True)
