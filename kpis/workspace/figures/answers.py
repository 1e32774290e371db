"""What own figures say: the newest value of each area, ranked; its course; the areas within each area."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from kpis.workspace.figures.model import OwnFigures, said_once
from kpis.workspace.figures.periods import kind_of, month_of, year_of

RANKING = (
    "rank",
    "ref_area",
    "name",
    "parent",
    "parent_name",
    "obs_value",
    "time_period",
    "obs_status",
    "note",
)
WITHIN = ("parent", "name", "n", "lowest", "median", "highest", "best_area", "time_period")


@said_once
def levels(own: OwnFigures, series: str) -> list[str]:
    """Levels of the areas that have figures of a series, the one with the most areas first."""
    areas = set(own.figures.loc[own.figures["series"] == series, "ref_area"])
    return list(own.areas.loc[own.areas["ref_area"].isin(areas), "level"].value_counts().index)


@said_once
def periods(own: OwnFigures, series: str) -> list[str]:
    """Periods with figures of a series, the newest first."""
    held = own.figures.loc[own.figures["series"] == series, "time_period"].unique()
    return sorted(held, key=lambda period: (month_of(period), kind_of(period)), reverse=True)


@said_once
def first_series(own: OwnFigures) -> str:
    """The series shown first: one with a better side before others, of these the one with most figures."""
    counts = own.figures["series"].value_counts()
    sided = own.series["direction"] != "context"
    order = [(side, counts.get(one, 0)) for side, one in zip(sided, own.series["series"], strict=True)]
    return str(own.series["series"].iloc[order.index(max(order))])


@said_once
def places(own: OwnFigures, series: str, level: str | None) -> dict[str, str]:
    """Names of the areas with figures of a series by code, with the name of the area above in brackets.

    level: only areas of it; None for all.
    """
    rows = own.areas[own.areas["ref_area"].isin(own.figures.loc[own.figures["series"] == series, "ref_area"])]
    if level is not None:
        rows = rows[rows["level"] == level]
    above = names(own)
    return {
        code: f"{name} ({above[parent]})" if parent in above else str(name)
        for code, name, parent in zip(rows["ref_area"], rows["name"], rows["parent"], strict=True)
    }


@said_once
def ranking(
    own: OwnFigures, series: str, period: str | None = None, *, level: str | None = None, parent: str = ""
) -> pd.DataFrame:
    """Areas in the order of their values, the best first: columns `RANKING`.

    period: None for the newest value of each area. level, parent: only areas of this level, or anywhere below
    this area. Ties share the better rank. A series of the direction "context" has no ranks (NaN) and falls
    from the highest.
    """
    rows = own.figures[own.figures["series"] == series]
    rows = newest(rows) if period is None else rows[rows["time_period"] == period]
    rows = rows.merge(own.areas, on="ref_area", how="left")
    if level is not None:
        rows = rows[rows["level"] == level]
    if parent:
        rows = rows[rows["ref_area"].isin(below(own, parent))]
    rows = rows.assign(parent_name=rows["parent"].map(names(own)).fillna(""))
    direction = direction_of(own, series)
    rising = direction == "lower"
    rank = rows["obs_value"].rank(method="min", ascending=rising)
    rows = rows.assign(rank=np.nan if direction == "context" else rank)
    rows = rows.sort_values(["obs_value", "name"], ascending=[rising, True], kind="stable")
    return rows.reset_index(drop=True)[list(RANKING)]


def newest(figures: pd.DataFrame) -> pd.DataFrame:
    """The newest figure of each series and area; of periods that end together the longest, a year first."""
    order = figures["time_period"].map(
        {p: month_of(p) * 20 - len(p) for p in figures["time_period"].unique()}
    )
    at = order.groupby([figures["series"], figures["ref_area"]]).idxmax()
    return figures.loc[np.sort(at.to_numpy())]


def course(own: OwnFigures, series: str, areas: Collection[str]) -> pd.DataFrame:
    """All figures of areas in the order of time; `at` is the year as a number, at the end of the period."""
    rows = own.figures[(own.figures["series"] == series) & own.figures["ref_area"].isin(areas)]
    ends = rows["time_period"].map({period: month_of(period) for period in rows["time_period"].unique()})
    rows = rows.assign(at=(ends - 12) / 12.0) if len(rows) else rows.assign(at=pd.Series(dtype="float64"))
    return rows.sort_values(["ref_area", "at"], kind="stable").reset_index(drop=True)


@said_once
def median_course(own: OwnFigures, series: str, areas: tuple[str, ...]) -> pd.DataFrame:
    """The median of areas by period, for periods in which at least half of them have a value."""
    rows = course(own, series, areas)
    middle = rows.groupby("time_period").agg(
        at=("at", "first"), obs_value=("obs_value", "median"), n=("obs_value", "size")
    )
    return middle[middle["n"] >= len(areas) / 2].sort_values("at").reset_index()


@said_once
def within(own: OwnFigures, series: str, period: str | None = None) -> pd.DataFrame:
    """The areas of one's own within each parent: columns `WITHIN`, the best median first.

    n: areas with a value; best_area: name of the one with the best value; time_period: the newest of theirs.
    Medians are of areas, each counted once whatever its size.
    """
    rows = ranking(own, series, period)
    rows = rows[rows["parent"] != ""]
    by_parent = rows.groupby("parent", sort=False)
    table = by_parent.agg(
        name=("parent_name", "first"),
        n=("obs_value", "size"),
        lowest=("obs_value", "min"),
        median=("obs_value", "median"),
        highest=("obs_value", "max"),
        best_area=("name", "first"),  # in the order of the ranking
        time_period=("time_period", lambda held: max(held, key=month_of)),
    ).reset_index()
    rising = direction_of(own, series) == "lower"
    return table.sort_values(["median", "name"], ascending=[rising, True], kind="stable")[list(WITHIN)]


@said_once
def weights_for(own: OwnFigures, series: str) -> list[str]:
    """Series that can weigh another: no better side, as population has none, and no figure below 0."""
    least = own.figures.groupby("series")["obs_value"].min()
    stated = own.series.loc[own.series["direction"] == "context", "series"]
    return [str(one) for one in stated if one != series and least.get(one, -1.0) >= 0]


@said_once
def weighted(own: OwnFigures, series: str, weight: str, period: str | None = None) -> pd.DataFrame:
    """The mean of the areas within each parent, weighted: parent, mean, n of the areas with a weight above 0.

    period: as in `ranking`. An area weighs as much as the weight says for the same period, else for the
    same year; without one it is left out. Of a rate by population it is the rate of all areas together.
    """
    rows = ranking(own, series, period)
    rows = rows[rows["parent"] != ""]
    held = own.figures[own.figures["series"] == weight]
    by_period = dict(
        zip(zip(held["ref_area"], held["time_period"], strict=True), held["obs_value"], strict=True)
    )
    by_year = {(area, year_of(at)): value for (area, at), value in by_period.items()}
    weights = [
        by_period.get((area, at), by_year.get((area, year_of(at)), np.nan))
        for area, at in zip(rows["ref_area"], rows["time_period"], strict=True)
    ]
    rows = rows.assign(weight=weights)
    rows = rows[rows["weight"] > 0]
    rows = rows.assign(product=rows["obs_value"] * rows["weight"])
    sums = rows.groupby("parent", sort=False).agg(
        product=("product", "sum"), weight=("weight", "sum"), n=("weight", "size")
    )
    return sums.assign(mean=sums["product"] / sums["weight"]).reset_index()[["parent", "mean", "n"]]


def direction_of(own: OwnFigures, series: str) -> str:
    """Which side is better: "higher", "lower" or "context"."""
    return str(own.series.loc[own.series["series"] == series, "direction"].iloc[0])


@said_once
def names(own: OwnFigures) -> dict[str, str]:
    """Names of areas by code."""
    return dict(zip(own.areas["ref_area"], own.areas["name"], strict=True))


def below(own: OwnFigures, parent: str) -> set[str]:
    """Codes of all areas below an area."""
    children = own.areas.groupby("parent")["ref_area"].agg(list).to_dict()
    found: set[str] = set()
    open_areas = [parent]
    while open_areas:
        inside = [code for code in children.get(open_areas.pop(), []) if code not in found]
        found.update(inside)
        open_areas += inside
    return found
