"""Own values of an area, to stand beside the international ones: never among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kpis.workspace.figures.answers import newest
from kpis.workspace.figures.model import GATES, OwnFigures, rows_of
from kpis.workspace.figures.periods import kind_of, month_of, year_of


@dataclass(frozen=True)
class OwnValue:
    """The newest own value of an area in a series, and how it went.

    kpi: the KPI of Escala that it measures, or "". target, target_year and gates (enhanced, transactional,
    connected) are the owner's, None where they state none. points: one period and value a year, the newest of
    each year, years ascending. dataset: name of the table it stands in.
    """

    dataset: str
    series: str
    kpi: str
    name: str
    unit: str
    direction: str
    period: str
    value: float
    status: str
    note: str
    target: float | None
    target_year: int | None
    gates: tuple[float | None, float | None, float | None]
    points: tuple[tuple[str, float], ...]

    @property
    def year(self) -> int:
        """The year of the newest value."""
        return year_of(self.period)

    @property
    def gate_reached(self) -> str:
        """The highest stage whose own gate the value reaches; "" where none is stated or reached."""
        sign = -1 if self.direction == "lower" else 1
        stated = [(stage, gate) for stage, gate in zip(GATES, self.gates, strict=True) if gate is not None]
        reached = [stage for stage, gate in stated if sign * (self.value - gate) >= 0]
        return reached[-1] if reached else ""

    @property
    def so_far_a_year(self) -> float | None:
        """What a year brought from the first value to the newest, on average; None of one year alone."""
        (first, start), (last, end) = self.points[0], self.points[-1]
        years = year_of(last) - year_of(first)
        return (end - start) / years if years else None

    @property
    def needed_a_year(self) -> float | None:
        """What each year must bring from the newest value to the own target; negative where it must fall.

        0 where the target is reached, None where none is stated or its year has come.
        """
        if self.target is None or self.target_year is None or self.target_year <= self.year:
            return None
        gap = self.target - self.value
        is_reached = gap >= 0 if self.direction == "lower" else gap <= 0
        return 0.0 if is_reached else gap / (self.target_year - self.year)


def beside(own: OwnFigures, area: str) -> list[OwnValue]:
    """The own values of an area, a series each, in the order of the table of series."""
    rows = own.figures[own.figures["ref_area"] == area]
    if rows.empty:
        return []
    last = {row["series"]: row for row in rows_of(newest(rows))}
    return [
        _value(own.name, stated, last[stated["series"]], rows[rows["series"] == stated["series"]])
        for stated in rows_of(own.series)
        if stated["series"] in last
    ]


def _value(dataset: str, stated: dict[str, Any], row: dict[str, Any], rows: pd.DataFrame) -> OwnValue:
    year = stated["target_year"]
    return OwnValue(
        dataset,
        stated["series"],
        stated["kpi"],
        stated["name"],
        stated["unit"],
        stated["direction"],
        row["time_period"],
        row["obs_value"],
        row["obs_status"],
        row["note"],
        stated["target"],
        None if year is None else int(year),
        (stated["enhanced"], stated["transactional"], stated["connected"]),
        _points(rows),
    )


def _points(rows: pd.DataFrame) -> tuple[tuple[str, float], ...]:
    by_year: dict[int, tuple[str, float]] = {}
    order = sorted(
        zip(rows["time_period"], rows["obs_value"], strict=True),
        key=lambda row: (month_of(row[0]), _rank(row[0])),
    )
    for period, value in order:
        by_year[year_of(period)] = (str(period), float(value))
    return tuple(by_year.values())


def _rank(period: str) -> int:
    """Of periods that end together the year stands for the year."""
    return ("month", "quarter", "year").index(kind_of(period))
