"""Why a country's EGDI, its rank or one of its indices changed between two editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from kpis.changes.composite import attribute, explain_composite
from kpis.egdi.inputs import HEADLINE, Edition, edition_of, editions
from kpis.egdi.records import records
from kpis.egdi.rules import Array, competition_rank, component_names, weighted_mean
from kpis.errors import RequestError, unknown
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

Kind = Literal["own", "others", "weights", "coverage", "rounding", "not_split"]
Parts: TypeAlias = dict[str, float]

RANK = "RANK"
NINE = 9  # decimals kept when sums of printed values are compared, so that ties stay ties
ALWAYS_NOTHING = ["others_spread", "others_ends", "coverage"]  # in a weighted mean of one's own indices
KINDS: dict[str, Kind] = {
    "others": "others",
    "others_spread": "others",
    "others_ends": "others",
    "weights": "weights",
    "coverage": "coverage",
    "rounding": "rounding",
    "not_split": "not_split",
}


@dataclass(frozen=True)
class Explanation:
    """A change between two editions and its parts.

    parts: part, kind (own, others, weights, coverage, rounding, not_split), amount, note. Amounts add up to
    `change`: points (0–1) for a score, after − before; places for a rank, gained (+) or lost (−).
    """

    area: str
    measure: str
    from_edition: int
    to_edition: int
    before: float
    after: float
    change: float
    parts: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def by_kind(self) -> dict[str, float]:
        """Amounts summed by kind."""
        return {str(k): float(v) for k, v in self.parts.groupby("kind", sort=False)["amount"].sum().items()}

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values for JSON."""
        return vars(self) | {
            "parts": records(self.parts),
            "by_kind": self.by_kind,
            "notes": list(self.notes),
        }


@with_store
def explain(
    area: str,
    measure: str = HEADLINE,
    from_edition: int | None = None,
    to_edition: int | None = None,
    *,
    order: Sequence[str] | None = None,
    store: Tables = DEFAULT,
) -> Explanation:
    """Why a country's EGDI, EGDI rank or an index changed between two editions (default: the last two).

    measure: "EGDI", "RANK" (competition rank of the published EGDI), "OSI", "TII" or "HCI".
    EGDI: own contribution of each index, change of weights, and rounding (the published EGDI against the
    mean of its published indices). RANK: the same for the own score, plus the movement of the others and
    countries that enter or leave the ranking. An index is split into own data, others, weights and coverage
    only where its components are held in both editions; else the one part is `not_split` and a note says why.
    An index missing in one edition counts there as 0, as the UN did until 2005, and is a part of coverage.
    order: part names in the order they are changed; default the Shapley value, the mean over all orders.
    store: a warehouse; default the current one. Raises RequestError for an unknown measure, a country not
    ranked in both editions, editions not held or not in order, an order that does not name each part once.
    """
    before, after = _two_editions(store, from_edition, to_edition)
    if measure not in (HEADLINE, RANK, *after.indices):
        raise RequestError(unknown("measure", measure, (HEADLINE, RANK, *after.indices)))
    rows = before.row(area), after.row(area)
    explained = _rank_parts if measure == RANK else _score_parts
    was, now, parts = explained(before, after, rows, measure, order)
    return Explanation(
        area=area,
        measure=measure,
        from_edition=before.edition,
        to_edition=after.edition,
        before=was,
        after=now,
        change=was - now if measure == RANK else now - was,
        parts=_described(parts, before, after, area, measure),
        notes=tuple(_notes(before, after, area, measure)),
    )


def _two_editions(store: Tables, first: int | None, last: int | None) -> tuple[Edition, Edition]:
    all_editions = editions(store)
    if first is None or last is None:
        if len(all_editions) < 2:
            raise RequestError("fewer than two editions are held, so no change can be explained.")
        last = all_editions[-1] if last is None else last
        first = (
            max((year for year in all_editions if year < last), default=all_editions[0])
            if first is None
            else first
        )
    if first >= last:
        raise RequestError(f"from {first} to {last} is no step forward. Give the earlier edition first.")
    return edition_of(first, store), edition_of(last, store)


def _score_parts(
    before: Edition, after: Edition, rows: tuple[int, int], measure: str, order: Sequence[str] | None
) -> tuple[float, float, Parts]:
    area = before.areas[rows[0]]
    if measure == HEADLINE:
        was, now = float(before.egdi[rows[0]]), float(after.egdi[rows[1]])
        frames, rules = (before.parts(), after.parts()), (before.rule, after.rule)
    else:
        column = before.indices.index(measure), after.indices.index(measure)
        was, now = (float(e.published[r, c]) for e, r, c in zip((before, after), rows, column, strict=True))
        if not _can_split(before, after, measure):
            return was, now, {"not_split": now - was}
        rules = before.rules[measure], after.rules[measure]
        frames = before.component_frame(measure), after.component_frame(measure)
    players = None if order is None else [name for name in order if name != "rounding"]
    if players is not None and measure == HEADLINE:
        players += ALWAYS_NOTHING
    row = explain_composite(*frames, *rules, [area], by_component=True, order=players).iloc[0]
    parts = {str(name): float(row[name]) for name in row.index if name not in ("before", "after", "change")}
    if measure == HEADLINE:
        parts = {name: part for name, part in parts.items() if name not in ALWAYS_NOTHING}
    return was, now, parts | {"rounding": (now - float(row["after"])) - (was - float(row["before"]))}


def _can_split(before: Edition, after: Edition, index: str) -> bool:
    """Whether the components of an index are held in both editions, and are the same ones."""
    has_rules = index in before.rules and index in after.rules
    return has_rules and set(component_names(before.rules[index])) == set(component_names(after.rules[index]))


def _rank_parts(
    before: Edition, after: Edition, rows: tuple[int, int], _measure: str, order: Sequence[str] | None
) -> tuple[float, float, Parts]:
    """Rank as a game of own indices, the others' indices, weights, who is ranked, and rounding."""
    game = _RankGame((before, after), rows)
    worth = np.array([game.rank(coalition) for coalition in range(2 ** len(game.players))])
    gained = 0.0 - attribute(worth, game.players, order)
    parts = dict(zip(game.players, map(float, gained), strict=True))
    was, now = float(before.ranks[rows[0]]), float(after.ranks[rows[1]])
    parts["rounding"] += (was - worth[0]) - (now - worth[-1])  # a printed rank may differ from its score's
    return was, now, parts


class _RankGame:
    """A country's rank with some causes as they were (bit 0) and some as they became (bit 1)."""

    def __init__(self, both: tuple[Edition, Edition], rows: tuple[int, int]) -> None:
        self.both, self.rows = both, rows
        self.index_players = [f"own_{index}" for index in both[0].indices]
        self.players = [*self.index_players, "others", "weights", "coverage", "rounding"]
        self.residual = [edition.egdi - edition.from_indices for edition in both]
        self.stay = [e.area_index.isin(o.areas) for e, o in zip(both, both[::-1], strict=True)]
        self.once = [~stay for stay in self.stay]  # ranked in this edition only
        for stay, row in zip(self.stay, rows, strict=True):
            stay[row] = False
        # Scores of the others, rounded: they do not depend on the country's own indices.
        self.rivals = {key: self._rivals(*key) for key in product((0, 1), repeat=3)}
        self.passing = {key: self._passing(*key) for key in product((0, 1), repeat=2)}

    def rank(self, coalition: int) -> float:
        """Competition rank with the chosen causes as they became."""
        state = {player: (coalition >> bit) & 1 for bit, player in enumerate(self.players)}
        weights, rounding = state["weights"], state["rounding"]
        mine = np.array(
            [self._index_value(column, state[name]) for column, name in enumerate(self.index_players)]
        )
        score = weighted_mean(mine, self.both[weights].weights) + self.residual[rounding][self.rows[rounding]]
        others = (self.rivals[state["others"], weights, rounding], self.passing[state["coverage"], weights])
        return float(1 + sum(np.count_nonzero(scores > np.round(score, NINE)) for scores in others))

    def _rivals(self, moved: int, weights: int, rounding: int) -> Array:
        """Scores of the countries that are ranked in both editions."""
        scores = weighted_mean(self.both[moved].published[self.stay[moved]], self.both[weights].weights)
        return np.round(scores + self.residual[rounding][self.stay[rounding]], NINE)

    def _passing(self, when_ranked: int, when_weights: int) -> Array:
        """Scores of the countries that are ranked in this edition only."""
        published = self.both[when_ranked].published[self.once[when_ranked]]
        scores = weighted_mean(published, self.both[when_weights].weights)
        return np.round(scores + self.residual[when_ranked][self.once[when_ranked]], NINE)

    def _index_value(self, column: int, when: int) -> float:
        return float(self.both[when].published[self.rows[when], column])


def _described(parts: Parts, before: Edition, after: Edition, area: str, measure: str) -> pd.DataFrame:
    rows: list[tuple[str, Kind, float, str]] = []
    for part, amount in parts.items():
        kind, remarks = KINDS.get(part, "own"), []
        for edition in (before, after):
            index = part.removeprefix("own_")
            if index in edition.indices and np.isnan(_published(edition, area, index)):
                kind = "coverage"
                remarks.append(f"{index} is not published for {edition.edition} and counted as 0.")
            if part == "rounding":
                remarks += _oddities(edition, area, measure)
        rows.append((part, kind, amount, " ".join(remarks)))
    return pd.DataFrame(rows, columns=["part", "kind", "amount", "note"])


def _oddities(edition: Edition, area: str, measure: str) -> list[str]:
    """Known reasons why a published figure does not follow from its parts."""
    remarks = [edition.rule.known[area]] if area in edition.rule.known else []
    row = edition.row(area)
    derived = int(competition_rank(edition.egdi)[row])
    if measure == RANK and derived != edition.ranks[row]:
        remarks.append(
            f"The rank printed for {edition.edition} is {edition.ranks[row]}, the score's {derived}."
        )
    return remarks


def _published(edition: Edition, area: str, index: str) -> float:
    return float(edition.published[edition.row(area), edition.indices.index(index)])


def _notes(before: Edition, after: Edition, area: str, measure: str) -> list[str]:
    notes = []
    indices = after.indices if measure in (HEADLINE, RANK) else [measure]
    closed = [index for index in indices if not _can_split(before, after, index)]
    if closed:
        notes.append(
            f"{', '.join(closed)} of {before.edition} and {after.edition} cannot be split into own data, "
            "others' movement, bounds, weights and coverage: their components are not held in both editions. "
            "Each is relative to the other countries, so part of its change may be others' movement."
        )
    if measure == RANK:
        notes.append(
            f"Ranked among {len(before.areas)} and {len(after.areas)} countries. Parts are places gained (+) "
            "or lost (−); fractions come from averaging over the orders of the causes."
        )
    for edition in (before, after):
        if (area, HEADLINE) in edition.doubtful:
            notes.append(f"The EGDI of {edition.edition} is marked as unreliable.")
    return notes
