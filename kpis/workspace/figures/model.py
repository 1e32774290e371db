"""Figures of one's own: areas, series and values as three tables, and what they are read against."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from kpis.catalogue import Catalogue
from kpis.names import AreaNames

AREA_COLUMNS = ("ref_area", "name", "parent", "level", "country")
GATES = ("enhanced", "transactional", "connected")
SERIES_NUMBERS = ("target", "target_year", *GATES)
SERIES_COLUMNS = ("series", "kpi", "name", "unit", "direction", *SERIES_NUMBERS)
FIGURE_COLUMNS = ("series", "ref_area", "time_period", "obs_value", "obs_status", "note")
DIRECTIONS = ("higher", "lower", "context")
KEY = ["series", "ref_area", "time_period"]
MOST_SAID = 48  # answers that a table keeps

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class OwnFigures:
    """A table of one's own that was read without a fault.

    name: what its owner calls it. areas: one row per area, `AREA_COLUMNS`; country: the UN Member State at
    the top of its parents, or ""; a Member State is its own. series: one row per series, `SERIES_COLUMNS`;
    kpi: the KPI of Escala that it is, or "" for one of one's own; what nobody stated is "" or NaN. figures:
    one row per series, area and period, `FIGURE_COLUMNS`; periods are 2023, 2023-Q4 or 2023-04.
    """

    name: str
    areas: pd.DataFrame
    series: pd.DataFrame
    figures: pd.DataFrame
    said: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out of it, for `said_once`."""

    @cached_property
    def with_figures(self) -> frozenset[str]:
        """Codes of the areas that have figures."""
        return frozenset(self.figures["ref_area"].unique())

    @property
    def countries(self) -> list[str]:
        """Member States whose own figures, not those of areas within them, are here."""
        own = self.areas.loc[self.areas["ref_area"] == self.areas["country"], "ref_area"]
        return sorted(set(own) & set(self.figures["ref_area"]))

    def body(self) -> dict[str, Any]:
        """All but the figures, as JSON."""
        return {"name": self.name, "areas": rows_of(self.areas), "series": rows_of(self.series)}

    @classmethod
    def of_body(cls, body: Mapping[str, Any], figures: pd.DataFrame) -> OwnFigures:
        """From `body` and its figures."""
        areas = pd.DataFrame(body["areas"], columns=list(AREA_COLUMNS))
        series = pd.DataFrame(body["series"], columns=list(SERIES_COLUMNS))
        return cls(body["name"], areas, series.astype(dict.fromkeys(SERIES_NUMBERS, "float64")), figures)


def said_once(
    answer: Callable[Concatenate[OwnFigures, P], T],
) -> Callable[Concatenate[OwnFigures, P], T]:
    """Works an answer about a table out once, for it never changes; the answer goes with the table.

    Arguments must be hashable. Tables, dictionaries and lists are handed out as copies, for pandas copies on
    write; other answers must not be changed.
    """

    @wraps(answer)
    def known(own: OwnFigures, /, *args: P.args, **named: P.kwargs) -> T:
        key = (answer, args, tuple(sorted(named.items())))
        found = own.said.get(key)
        if found is None:
            if len(own.said) >= MOST_SAID:
                own.said.clear()
            found = own.said[key] = answer(own, *args, **named)
        if isinstance(found, pd.DataFrame):
            return cast(T, found.copy(deep=False))
        return cast(T, found.copy() if isinstance(found, dict | list) else found)

    return known


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as rows by column; missing is None."""
    plain = table.astype(object).where(table.notna(), None)
    return [dict(zip(table.columns, row, strict=True)) for row in plain.itertuples(index=False)]


@dataclass(frozen=True)
class KpiFacts:
    """What of a KPI of Escala a table of one's own is checked against. low, high: natural limits, or None."""

    id: str
    names: tuple[str, str]
    units: tuple[str, str]
    is_percent: bool
    direction: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Known:
    """What a table is read against. kpis: by id; areas: names of countries; as_of: the year of reading."""

    kpis: Mapping[str, KpiFacts]
    areas: AreaNames
    as_of: int


def kpi_facts(catalogue: Catalogue) -> dict[str, KpiFacts]:
    """The KPIs of a catalogue by id."""
    facts = {}
    for kpi in catalogue.kpis.values():
        unit, (low, high) = catalogue.units[kpi.unit], kpi.limits
        facts[kpi.id] = KpiFacts(
            kpi.id,
            (kpi.name.en, kpi.name.es),
            (unit.name.en, unit.name.es),
            unit.symbol == "%",
            kpi.better,
            None if isinstance(low, str) else float(low),
            None if isinstance(high, str) else float(high),
        )
    return facts
