"""A composite's change as a sum of what caused it: own data, the others, weights, coverage.

Each cause is a player of a game whose worth is the composite with some causes as they were and some as
they became; a part is the player's Shapley value: its effect averaged over all orders in which the causes
could have changed. With a stated order the parts are the steps of that one order instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.catalogue.model import Index
from kpis.egdi.rules import Array, component_names, score
from kpis.errors import DataError, RequestError, unknown

Rule: TypeAlias = Index | Callable[[pd.DataFrame], pd.Series]
Rows: TypeAlias = NDArray[np.intp]

MOST_PARTS = 14  # 2¹⁴ computations of the composite: a few seconds


def explain_composite(
    before_parts: pd.DataFrame,
    after_parts: pd.DataFrame,
    rule_before: Rule,
    rule_after: Rule,
    areas: Sequence[str] | None = None,
    *,
    by_component: bool = False,
    order: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Why a composite changed, for any rule and data at both times.

    before_parts, after_parts: one row per area, one column per component, in the rule's units. rule: an
    index entry of the catalogue, or a function from such a frame to values by area.
    One row per area that has the composite at both times (or `areas`): before, after, change = after −
    before, and the parts that add up to it: `own` data (`own_…` for each with by_component); the movement of
    the others, for entries as `others_spread` (means and spreads) and `others_ends` (lowest and highest),
    for functions as `others`; `weights` (weights, caps, method); `coverage` (areas entering or leaving).
    Missing: under z-scores an area with a missing component is not covered at that time; under a weighted
    mean a missing component counts as 0; a function decides for itself over the rows of the frame.
    order: as in `explain`. Raises DataError where a component of either rule lacks a column at one of the
    times, RequestError for an area without the composite at both times or too many parts.
    """
    game = _Game(before_parts, after_parts, rule_before, rule_after)
    players = game.players(by_component)
    if len(players) > MOST_PARTS:
        raise RequestError(f"{len(players)} parts are too many to tell apart. Leave by_component out.")
    rows = game.rows(areas)
    worth = np.stack([game.worth(rows, players, set_of) for set_of in range(2 ** len(players))])
    parts = attribute(worth, players, order)
    table = pd.DataFrame({"before": worth[0], "after": worth[-1]}, index=game.areas[rows])
    table["change"] = table["after"] - table["before"]
    return table.assign(**dict(zip(players, parts, strict=True))).rename_axis("ref_area")


def attribute(worth: Array, players: Sequence[str], order: Sequence[str] | None = None) -> Array:
    """Each player's part (players, …) of worth[last] − worth[0].

    worth: (2^players, …), row S = worth of the players whose bits are set in S. order None: Shapley values;
    else the steps of that order. Raises RequestError if `order` does not name each player once.
    """
    size = len(players)
    if order is not None:
        if sorted(order) != sorted(players):
            raise RequestError(f"order: name each part once: {', '.join(players)}.")
        steps = np.zeros((size, *worth.shape[1:]))
        done = 0
        for name in order:
            player = players.index(name)
            steps[player] = worth[done | 1 << player] - worth[done]
            done |= 1 << player
        return steps
    sets = np.arange(2**size)
    members = np.array([int(s).bit_count() for s in sets])
    share = np.array([factorial(n) * factorial(size - n - 1) / factorial(size) for n in range(size)])
    parts = []
    for player in range(size):
        without = sets[(sets >> player) & 1 == 0]
        gained = worth[without | 1 << player] - worth[without]
        parts.append(np.tensordot(share[members[without]], gained, axes=1))
    return np.stack(parts)


class _Game:
    """The composite with some causes as they were (bit 0) and some as they became (bit 1)."""

    def __init__(
        self, before: pd.DataFrame, after: pd.DataFrame, rule_before: Rule, rule_after: Rule
    ) -> None:
        self.rules = (rule_before, rule_after)
        self.entries = isinstance(rule_before, Index) and isinstance(rule_after, Index)
        self.names = self._columns(before, after)
        self.areas = before.index.union(after.index)
        self.data = [
            frame.reindex(index=self.areas, columns=self.names).to_numpy(dtype=float)
            for frame in (before, after)
        ]
        self.present = [self.areas.isin(frame.index) for frame in (before, after)]
        if any(isinstance(rule, Index) and rule.method == "z_score_min_max" for rule in self.rules):
            complete = [~np.isnan(values).any(axis=1) for values in self.data]
            self.present = [p & c for p, c in zip(self.present, complete, strict=True)]

    def _columns(self, before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
        columns = [component_names(rule) for rule in self.rules if isinstance(rule, Index)]
        if not self.entries:
            columns += [list(before.columns), list(after.columns)]
        names = list(dict.fromkeys(name for group in columns for name in group))
        for when, frame in (("before", before), ("after", after)):
            absent = [name for name in names if name not in frame]
            if absent:
                raise DataError(
                    f"component {', '.join(absent)} has no values {when} the change. Both rules need figures "
                    "at both times: add them, or compare over the components held twice."
                )
        return names

    def players(self, by_component: bool) -> list[str]:
        causes = [f"own_{name}" for name in self.names] if by_component else ["own"]
        others = ["others_spread", "others_ends"] if self.entries else ["others"]
        return [*causes, *others, "weights", "coverage"]

    def rows(self, areas: Sequence[str] | None) -> Rows:
        both = self.present[0] & self.present[1]
        if areas is None:
            return np.flatnonzero(both)
        area_codes = list(map(str, self.areas[both]))
        for area in areas:
            if area not in area_codes:
                raise RequestError(unknown("area with the composite at both times", area, area_codes))
        return self.areas.get_indexer(pd.Index(list(areas)))

    def worth(self, rows: Rows, players: list[str], coalition: int) -> Array:
        """Composite of each of `rows` in a game of its own, with the chosen players as they became."""
        state = {player: (coalition >> bit) & 1 for bit, player in enumerate(players)}
        rule = self.rules[state["weights"]]
        ends = self._tables(rows, state, state.get("others", state.get("others_ends", 0)))
        if not isinstance(rule, Index):
            return self._by_function(rule, rows, ends, state["coverage"])
        places = [self.names.index(name) for name in component_names(rule)]
        if rule.method == "weighted_mean":
            values: Array = ends[np.arange(len(rows)), rows][:, places]
            return score(values, rule)
        spread = self._tables(rows, state, state.get("others", state.get("others_spread", 0)))
        everyone = score(ends[..., places], rule, spread_from=spread[..., places])
        mine: Array = everyone[np.arange(len(rows)), rows]
        return mine

    def _tables(self, rows: Rows, state: dict[str, int], others: int) -> Array:
        """One table (areas, components) per game: who is covered, the others' and the own data."""
        stays = self.present[0] & self.present[1]
        covered = self.present[state["coverage"]]
        shared = np.where(stays[:, None], self.data[others], self.data[state["coverage"]])
        table = np.where(covered[:, None], shared, np.nan)
        when = np.array([state[f"own_{n}"] if f"own_{n}" in state else state["own"] for n in self.names])
        tables = np.repeat(table[None], len(rows), axis=0)
        tables[np.arange(len(rows)), rows] = np.where(when == 1, self.data[1][rows], self.data[0][rows])
        return tables

    def _by_function(
        self, rule: Callable[[pd.DataFrame], pd.Series], rows: Rows, tables: Array, coverage: int
    ) -> Array:
        covered = self.present[coverage]
        results = []
        for row, table in zip(rows, tables, strict=True):
            frame = pd.DataFrame(table[covered], index=self.areas[covered], columns=self.names)
            results.append(float(rule(frame).loc[self.areas[row]]))
        return np.array(results)
