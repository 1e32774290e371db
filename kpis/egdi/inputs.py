"""What the what-ifs compute on: one edition's published figures and components as arrays, read once.

Arrays stay with the open warehouse, so that a second question costs no query.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.catalogue import load
from kpis.catalogue.model import Component, Index
from kpis.egdi.rules import Array, component_names, score, weighted_mean, weights_of
from kpis.errors import RequestError, unknown
from kpis.sql import statement
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store
from kpis.warehouse.once import once_per_store

HEADLINE = "EGDI"
PLAUSIBLE = 2.0  # times the highest value of the edition, where a component has no natural upper limit


@dataclass(frozen=True)
class Lever:
    """Something a what-if can change: a component, or an index itself where `column` is None.

    index: the index it belongs to; column: its column in that index's components; sign: +1 where more is
    better; low, high: natural limits; where the catalogue has no upper one, twice the highest value of the
    edition, beyond which a value is taken for a slip; cap: beyond it nothing counts.
    best: the best value it can sensibly take, and `best_basis` says why that one.
    """

    name: str
    index: str
    column: int | None
    unit: str
    precision: int
    sign: int
    low: float
    high: float
    cap: float
    best: float
    best_basis: str


@dataclass(frozen=True)
class Edition:
    """One edition: UN Member States with a published EGDI (rows), the indices EGDI is made of (columns).

    published: (areas, indices), missing where not published; egdi: (areas,); components: index → (areas,
    components) for the indices whose components are held; rules: their rules; ranks: as published where the
    UN prints them; doubtful: (area, component) pairs marked as unreliable.
    """

    edition: int
    version: str
    areas: tuple[str, ...]
    indices: tuple[str, ...]
    rule: Index
    published: Array
    egdi: Array
    ranks: NDArray[np.int64]
    rules: dict[str, Index]
    components: dict[str, Array]
    levers: dict[str, Lever]
    doubtful: frozenset[tuple[str, str]]

    @cached_property
    def position(self) -> dict[str, int]:
        """Row of each area."""
        return {area: row for row, area in enumerate(self.areas)}

    @cached_property
    def weights(self) -> Array:
        """Weights of the indices in EGDI, summing to 1."""
        return weights_of(self.rule)

    @cached_property
    def recomputed(self) -> Array:
        """(areas, indices): each index from its components; missing where they are not held."""
        columns = [
            score(self.components[index], self.rules[index])
            if index in self.rules
            else np.full(len(self.areas), np.nan)
            for index in self.indices
        ]
        return np.column_stack(columns)

    @cached_property
    def from_indices(self) -> Array:
        """(areas,): EGDI as the weighted mean of the published indices, before the publisher's rounding."""
        return weighted_mean(self.published, self.weights)

    def row(self, area: str) -> int:
        """Row of an area. Raises RequestError for one that this edition does not rank."""
        if area not in self.position:
            raise RequestError(unknown(f"country of the {self.edition} edition", str(area), self.areas))
        return self.position[area]

    def parts(self) -> pd.DataFrame:
        """The published indices as a frame: index ref_area, one column each."""
        return pd.DataFrame(self.published, index=self.area_index, columns=list(self.indices))

    def component_frame(self, index: str) -> pd.DataFrame:
        """The components of one index as a frame: index ref_area, one column each."""
        names = component_names(self.rules[index])
        return pd.DataFrame(self.components[index], index=self.area_index, columns=names)

    @cached_property
    def area_index(self) -> pd.Index:
        """The areas as the index of a frame."""
        return pd.Index(self.areas, name="ref_area")


@with_store
def edition_of(edition: int, store: Tables = DEFAULT) -> Edition:
    """The inputs of one edition, from memory after the first time (about 60 kB for each open warehouse).

    store: a warehouse; default the current one. Raises RequestError for an edition that is not held.
    """
    return _read(store, edition)


@with_store
def editions(store: Tables = DEFAULT, kpi: str = HEADLINE) -> list[int]:
    """Years in which the index is published, ascending."""
    return list(_editions(store, kpi))


@once_per_store
def _editions(store: Tables, kpi: str) -> tuple[int, ...]:
    return tuple(int(year) for year in store.query(statement("egdi/editions"), {"kpi": kpi})["edition"])


@lru_cache(maxsize=4)
def rules_of(version: str) -> tuple[Index, ...]:
    """The catalogue's rules; `version` is the key, for it changes with the definitions."""
    del version
    return load().indices


@once_per_store
def _read(store: Tables, edition: int) -> Edition:
    available = editions(store)
    rules_then = {rule.index: rule for rule in rules_of(store.version) if edition in rule.editions}
    rule = rules_then.get(HEADLINE)
    if edition not in available or rule is None:
        editions_text = ", ".join(map(str, available)) or "none"
        raise RequestError(f"edition {edition!r} of {HEADLINE} is not held. Editions held: {editions_text}.")
    indices = component_names(rule)
    part_rules = {index: rules_then[index] for index in indices if index in rules_then}
    kpi_ids = [
        HEADLINE,
        *indices,
        *(name for entry in part_rules.values() for name in component_names(entry)),
    ]
    rows = store.query(statement("egdi/edition_values"), {"kpis": kpi_ids, "edition": edition})
    wide = rows.pivot(index="ref_area", columns="kpi", values="obs_value").reindex(columns=kpi_ids)
    wide = wide.dropna(subset=[HEADLINE]).sort_index()
    rules = {i: entry for i, entry in part_rules.items() if wide[component_names(entry)].notna().any().all()}
    ranks = store.query(statement("egdi/edition_ranks"), {"kpi": HEADLINE, "edition": edition}).set_index(
        "ref_area"
    )["rank"]
    described = store.query(statement("egdi/limits"), {"kpis": kpi_ids}).set_index("kpi")
    doubtful = rows.loc[rows["obs_status"] == "U", ["ref_area", "kpi"]].itertuples(index=False)
    components = {i: wide[component_names(entry)].to_numpy(dtype=float) for i, entry in rules.items()}
    return Edition(
        edition=edition,
        version=store.version,
        areas=tuple(map(str, wide.index)),
        indices=tuple(indices),
        rule=rule,
        published=wide[indices].to_numpy(dtype=float),
        egdi=wide[HEADLINE].to_numpy(dtype=float),
        ranks=ranks.reindex(wide.index).to_numpy(dtype=np.int64),
        rules=rules,
        components=components,
        levers=_levers(indices, rules, components, described),
        doubtful=frozenset((str(area), str(kpi)) for area, kpi in doubtful),
    )


def _levers(
    indices: list[str], rules: dict[str, Index], components: dict[str, Array], described: pd.DataFrame
) -> dict[str, Lever]:
    whole = np.array([0.0, 1.0])
    levers = {
        index: _lever(index, None, Component(kpi=index, weight=1), whole, described) for index in indices
    }
    for index, rule in rules.items():
        for column, part in enumerate(rule.components):
            levers[part.kpi] = _lever(index, column, part, components[index][:, column], described)
    return levers


def _lever(index: str, column: int | None, part: Component, seen: Array, described: pd.DataFrame) -> Lever:
    entry: dict[Hashable, Any] = described.loc[part.kpi].to_dict()
    lowest, highest = float(np.nanmin(seen)), float(np.nanmax(seen))
    bounded = not pd.isna(entry["limit_high"] if part.weight > 0 else entry["limit_low"])
    low: float = -np.inf if pd.isna(entry["limit_low"]) else float(entry["limit_low"])
    high: float = PLAUSIBLE * highest if pd.isna(entry["limit_high"]) else float(entry["limit_high"])
    cap: float = np.inf if part.cap is None else part.cap
    if part.weight > 0 and cap < high:
        best, basis = cap, "cap of the index"
    elif bounded:
        best, basis = (high if part.weight > 0 else low), "natural limit"
    else:
        best, basis = (highest if part.weight > 0 else lowest), "best of the edition"
    return Lever(
        name=part.kpi,
        index=index,
        column=column,
        unit=str(entry["unit_measure"]),
        precision=int(entry["precision"]),
        sign=1 if part.weight > 0 else -1,
        low=low,
        high=high,
        cap=cap,
        best=best,
        best_basis=basis,
    )
