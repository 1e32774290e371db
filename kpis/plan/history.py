"""All values of the KPIs of a plan on one grid of years and countries, and the pace at which they moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from kpis.peers import default_peers
from kpis.sql import statement
from kpis.stages.panel import Floats
from kpis.stages.readers import Tables, inputs

WINDOW = 5  # years of the pace of the past
FEWEST_PEERS = 4  # with fewer paces a quarter of them is less than one country
BEST_QUARTER = 0.75
N_PEERS = 8


@dataclass(frozen=True)
class History:
    """One KPI: `values` (year, area) in its unit, NaN where there is none; `areas` as in the stages."""

    years: tuple[int, ...]
    areas: tuple[str, ...]
    values: Floats

    @cached_property
    def last(self) -> int:
        """The last year in which any country has a value."""
        return self.years[-1]

    @cached_property
    def paces(self) -> tuple[Floats, Floats]:
        """Change a year of every country up to its latest value, and the year from which it is measured.

        From the earliest value of the five years before the latest one. Missing without such a value.
        """
        has_value = ~np.isnan(self.values)
        years = np.array(self.years)[:, None]
        latest = np.where(has_value, years, -np.inf).max(axis=0)
        inside = has_value & (years >= latest - WINDOW) & (years < latest)
        first = np.where(inside, years, np.inf).min(axis=0)
        has_start = np.isfinite(first)
        at = np.arange(len(self.areas))
        start = np.searchsorted(self.years, np.where(has_start, first, self.years[0]))
        end = np.searchsorted(self.years, np.where(has_start, latest, self.years[0]))
        with np.errstate(all="ignore"):
            pace = (self.values[end, at] - self.values[start, at]) / (latest - first)
        return np.where(has_start, pace, np.nan), np.where(has_start, first, np.nan)

    def pace_of(self, area: str) -> tuple[float, float]:
        """Change a year of one country over the past five years, and from which year; NaN if not known."""
        at = self.areas.index(area)
        return float(self.paces[0][at]), float(self.paces[1][at])

    def best_quarter(self, peers: Sequence[str], sign: int = 1) -> tuple[float, int]:
        """The pace that a quarter of the peers reached or passed, and how many have one.

        sign: -1 where less is better. Missing with fewer than four.
        """
        peer_paces = self.paces[0][[self.areas.index(peer) for peer in peers]]
        paces = peer_paces[~np.isnan(peer_paces)] * sign
        if paces.size < FEWEST_PEERS:
            return float("nan"), int(paces.size)
        return float(np.quantile(paces, BEST_QUARTER)) * sign, int(paces.size)


_histories: WeakKeyDictionary[Tables, dict[str, History]] = WeakKeyDictionary()
_peers: WeakKeyDictionary[Tables, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def histories(kpis: Sequence[str], store: Tables) -> dict[str, History]:
    """The histories of KPIs, read once for each open store; a KPI without any value is left out."""
    cached = _histories.setdefault(store, {})
    missing = sorted({kpi for kpi in kpis if kpi not in cached})
    if missing:
        areas = inputs(store)[2]
        rows = store.query(statement("plan/histories"), {"kpis": missing})
        for kpi, kpi_rows in rows.groupby("kpi"):
            wide = kpi_rows.pivot(index="time_period", columns="ref_area", values="obs_value")
            grid = wide.sort_index().reindex(columns=areas)
            years = tuple(int(year) for year in grid.index)
            cached[str(kpi)] = History(years, tuple(areas), grid.to_numpy(dtype=float))
    return {kpi: cached[kpi] for kpi in kpis if kpi in cached}


def peers_of(area: str, store: Tables) -> tuple[str, ...]:
    """The eight peers whose pace is compared: those of `kpis.peers.default_peers`."""
    cached = _peers.setdefault(store, {})
    if area not in cached:
        cached[area] = tuple(default_peers(area, N_PEERS, store=store)["ref_area"])
    return cached[area]
