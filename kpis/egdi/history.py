"""How often countries that started from a similar level have risen so far: precedents of an ambition."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kpis.egdi.inputs import HEADLINE, edition_of, editions
from kpis.egdi.records import records
from kpis.egdi.rules import Array
from kpis.errors import RequestError
from kpis.sql import statement
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

PRINTED = 1e-9  # values are printed to five decimals: below this two sums are the same number


@dataclass(frozen=True)
class Precedents:
    """How often a rise has happened. A spell is one country in one starting edition.

    n: spells at risk (start within level ± band, and a reliable value at the end of the window); achieved:
    spells whose highest value in the window is at least `rise` above the start; share = achieved / n
    (missing if n is 0); n_areas, n_areas_achieved: distinct countries. spells: one row each, largest rise
    first; by_years: n, achieved, share by the length of the window in years, since editions lie 1 to 3
    years apart.
    """

    area: str | None
    level: float
    rise: float
    editions: int
    band: float
    spells: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def n(self) -> int:
        """Spells at risk."""
        return len(self.spells)

    @property
    def achieved(self) -> int:
        """Spells that made the rise."""
        return int(self.spells["achieved"].sum())

    @property
    def share(self) -> float:
        """Share of the spells that made the rise, 0–1; missing without any spell."""
        return self.achieved / self.n if self.n else float("nan")

    @property
    def n_areas(self) -> int:
        """Countries at risk at least once."""
        return int(self.spells["ref_area"].nunique())

    @property
    def n_areas_achieved(self) -> int:
        """Countries that made the rise at least once."""
        return len(self.who)

    @property
    def who(self) -> list[str]:
        """Countries that made the rise at least once, largest rise first."""
        return [str(area) for area in self.spells.loc[self.spells["achieved"], "ref_area"].unique()]

    @property
    def by_years(self) -> pd.DataFrame:
        """One row per length of the window in years: years, n, achieved, share."""
        table = self.spells.groupby("years", as_index=False).agg(
            n=("achieved", "size"), achieved=("achieved", "sum")
        )
        return table.assign(share=table["achieved"] / table["n"])

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values for JSON; missing is None."""
        return {
            "area": self.area,
            "level": self.level,
            "rise": self.rise,
            "editions": self.editions,
            "band": self.band,
            "n": self.n,
            "achieved": self.achieved,
            "share": self.share if self.n else None,
            "n_areas": self.n_areas,
            "n_areas_achieved": self.n_areas_achieved,
            "who": self.who,
            "by_years": records(self.by_years),
            "spells": records(self.spells),
            "notes": list(self.notes),
        }


@with_store
def precedents(
    area_or_level: str | float,
    rise: float,
    editions: int = 1,
    band: float = 0.05,
    edition: int | None = None,
    store: Tables = DEFAULT,
) -> Precedents:
    """How often countries that started near a level of EGDI rose by `rise` within so many editions.

    area_or_level: a country (its EGDI in `edition`, default the latest) or a level 0–1. rise and band in
    points of EGDI (0–1); the ends of the band and the exact rise count. Editions of 2003–2024, 1 to 3 years
    apart: each spell says its years. All countries enter, also the one asked for; a country may have
    several spells, overlapping where `editions` exceeds 1, so they are no independent trials.
    spells: ref_area, from_edition, to_edition, years, start, end, highest (in the window), rise (highest −
    start), reached_edition, reached_years (first time the rise was made; missing if never), achieved.
    Missing: values marked unreliable (U: editions to 2005 computed with a missing part, two outliers) and
    editions in which a country is not ranked are left out, at the start, in the window and at its end.
    store: a warehouse; default the current one. Raises RequestError for a level, rise, band or number of
    editions that cannot be, or a country without EGDI in that edition.
    Source: published EGDI; the rule is this project's own.
    """
    history = _history(store)
    _check(rise, editions, band, history.shape[1])
    area, level = _start(area_or_level, int(history.columns[-1]) if edition is None else edition, store)
    spells = _spells(history, level, rise, editions, band)
    return Precedents(
        area, level, float(rise), editions, float(band), spells, tuple(_notes(spells, editions))
    )


def _history(store: Tables) -> pd.DataFrame:
    """EGDI by country (rows) and edition (columns, ascending); missing where not published or unreliable."""
    rows = store.query(statement("egdi/history"), {"kpi": HEADLINE})
    if rows.empty:
        raise RequestError(f"no edition of {HEADLINE} is held.")
    return rows.pivot(index="ref_area", columns="time_period", values="obs_value").reindex(
        columns=editions(store)
    )


def _check(rise: float, within: int, band: float, n_editions: int) -> None:
    if not _is_number(rise) or not 0 < rise <= 1:
        raise RequestError(f"rise = {rise!r}. Give the rise in points of EGDI, above 0 and up to 1.")
    if not _is_number(band) or not 0 < band <= 0.5:
        raise RequestError(f"band = {band!r}. Give the distance from the level, above 0 and up to 0.5.")
    whole = isinstance(within, int | np.integer) and not isinstance(within, bool)
    if not whole or not 1 <= within < n_editions:
        raise RequestError(f"editions = {within!r}. Give a whole number from 1 to {n_editions - 1}.")


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return False
    return math.isfinite(value)


def _start(area_or_level: str | float, edition: int, store: Tables) -> tuple[str | None, float]:
    if isinstance(area_or_level, str):
        inputs = edition_of(edition, store)
        return area_or_level, float(inputs.egdi[inputs.row(area_or_level)])
    if not _is_number(area_or_level) or not 0 <= area_or_level <= 1:
        raise RequestError(f"level = {area_or_level!r}. Give a country such as 'COL' or an EGDI from 0 to 1.")
    return None, float(area_or_level)


def _spells(history: pd.DataFrame, level: float, rise: float, within: int, band: float) -> pd.DataFrame:
    values: Array = history.to_numpy(dtype=float)
    years = history.columns.to_numpy(dtype=int)
    starts = values[:, :-within]
    # One window of later editions per start: (areas, starts, within).
    later = np.lib.stride_tricks.sliding_window_view(values[:, 1:], within, axis=1)
    at_risk = (np.abs(starts - level) <= band + PRINTED) & ~np.isnan(later[..., -1])
    rows, columns = np.nonzero(at_risk)
    start, window = starts[rows, columns], later[rows, columns]
    is_reached = window - start[:, None] >= rise - PRINTED  # a missing value compares as not made
    achieved = is_reached.any(axis=1)
    first = years[np.minimum(columns + 1 + is_reached.argmax(axis=1), years.size - 1)]
    highest = np.nanmax(window, axis=1) if rows.size else np.empty(0)
    table = pd.DataFrame(
        {
            "ref_area": history.index.to_numpy()[rows],
            "from_edition": years[columns],
            "to_edition": years[columns + within],
            "years": years[columns + within] - years[columns],
            "start": start,
            "end": window[:, -1],
            "highest": highest,
            "rise": highest - start,
            "reached_edition": pd.array(np.where(achieved, first, -1), dtype="Int64"),
            "reached_years": pd.array(np.where(achieved, first - years[columns], -1), dtype="Int64"),
            "achieved": achieved,
        }
    )
    table.loc[~table["achieved"], ["reached_edition", "reached_years"]] = pd.NA
    return table.sort_values(
        ["rise", "ref_area", "from_edition"], ascending=[False, True, True], ignore_index=True
    )


def _notes(spells: pd.DataFrame, within: int) -> list[str]:
    notes = [
        "EGDI is relative to its edition and its method changed; a rise is a rise against the others too."
    ]
    lengths = sorted({int(years) for years in spells["years"]})
    if len(lengths) > 1:
        span = f"{lengths[0]} to {lengths[-1]} years"
        notes.append(f"{within} edition{'s' if within > 1 else ''} took {span}: see by_years.")
    if within > 1:
        notes.append("The windows of one country overlap, so spells are no independent trials.")
    return notes
