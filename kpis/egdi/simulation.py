"""What if: any components of any countries change, and everybody's figures are computed anew."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.egdi.inputs import HEADLINE, Edition, edition_of
from kpis.egdi.records import records
from kpis.egdi.rules import Array, competition_rank, group_of, groups_of
from kpis.egdi.stage_effect import PARTICIPATION, stages_before_and_after
from kpis.egdi.whatif import Changes, checked_changes, outcome
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT

DECIMALS = 0.00005  # half a unit of the fourth decimal, the last one the Survey prints


@dataclass(frozen=True, repr=False)
class Simulation:
    """A what-if: figures before (as published) and after, of the changed countries and of all.

    Frames have index ref_area and columns OSI, TII, HCI, EGDI (0–1, unrounded), rank (competition, on
    unrounded values) and group. `changes` are the values as applied.
    """

    inputs: Edition
    changes: dict[str, dict[str, float]]
    indices_after: Array
    egdi_after: Array
    store: Tables = DEFAULT

    def __repr__(self) -> str:
        """The changes and what they do, short enough for a prompt."""
        lines = [
            f"Simulation of {self.edition}: {self.changes}",
            self.table.to_string(index=False),
            *self.notes,
        ]
        return "\n".join(lines)

    @property
    def edition(self) -> int:
        """The edition that was changed."""
        return self.inputs.edition

    @property
    def areas(self) -> list[str]:
        """The changed countries, in the order asked."""
        return list(self.changes)

    @property
    def _places(self) -> NDArray[np.intp]:
        return np.array([self.inputs.position[area] for area in self.areas])

    @cached_property
    def everyone_before(self) -> pd.DataFrame:
        """All countries as published, by area code."""
        return _frame(self.inputs, self.inputs.published, self.inputs.egdi)

    @cached_property
    def everyone_after(self) -> pd.DataFrame:
        """All countries after the change, by area code."""
        return _frame(self.inputs, self.indices_after, self.egdi_after)

    @cached_property
    def before(self) -> pd.DataFrame:
        """The changed countries as published."""
        return self.everyone_before.loc[self.areas]

    @cached_property
    def after(self) -> pd.DataFrame:
        """The changed countries after the change."""
        return self.everyone_after.loc[self.areas]

    @cached_property
    def delta(self) -> pd.DataFrame:
        """After minus before of each index and EGDI; rank_change = places gained (negative: lost)."""
        names = [*self.inputs.indices, HEADLINE]
        moved = self.after[names] - self.before[names]
        return moved.assign(rank_change=self.before["rank"] - self.after["rank"])

    @cached_property
    def passed(self) -> pd.DataFrame:
        """Whom each changed country passes and who passes it; best first.

        ref_area, relation ("passes": the other was ahead and no longer is, drawing level included; "is
        passed by": the reverse), other, other's EGDI and rank before and after. Places gained = passes − is
        passed by, exactly.
        """
        was, now = self.inputs.egdi, self.egdi_after
        ranks_before, ranks_after = competition_rank(was), competition_rank(now)
        # by rank, as scores that are equal up to the last bits share one
        ahead_before = ranks_before < ranks_before[self._places, None]
        ahead_after = ranks_after < ranks_after[self._places, None]
        passes, passed_by = np.nonzero(ahead_before & ~ahead_after), np.nonzero(~ahead_before & ahead_after)
        mine, other = (np.concatenate(pair) for pair in zip(passes, passed_by, strict=True))
        table = pd.DataFrame(
            {
                "ref_area": np.array(self.areas)[mine],
                "relation": np.repeat(["passes", "is passed by"], [passes[0].size, passed_by[0].size]),
                "other": np.array(self.inputs.areas)[other],
                "EGDI_before": was[other],
                "EGDI_after": now[other],
                "rank_before": ranks_before[other],
                "rank_after": ranks_after[other],
            }
        )
        return table.iloc[np.lexsort((ranks_before[other], mine))].reset_index(drop=True)

    @cached_property
    def stages(self) -> pd.DataFrame:
        """Stages of the changed countries before and after, by dimension; see `stage_effect`."""
        changed = {
            area: dict(zip(self.inputs.indices, map(float, self.indices_after[place]), strict=True)) | values
            for place, (area, values) in zip(self._places, self.changes.items(), strict=True)
        }
        moved = {
            area: values[PARTICIPATION] - _value_before(self.inputs, area, PARTICIPATION)
            for area, values in self.changes.items()
            if PARTICIPATION in values
        }
        return stages_before_and_after(self.store, self.edition, changed, moved)

    @cached_property
    def anchoring(self) -> pd.DataFrame:
        """How published and recomputed figures of the changed countries compare before any change.

        ref_area, measure, published, recomputed (missing where there are no components), difference =
        published − recomputed, anchored: whether they differ in the fourth decimal, so that the change
        stands on a published value the recomputation does not give. EGDI is recomputed from the published
        indices.
        """
        rows, measures = self._places, [*self.inputs.indices, HEADLINE]
        published = np.column_stack([self.inputs.published, self.inputs.egdi])[rows]
        recomputed = np.column_stack([self.inputs.recomputed, self.inputs.from_indices])[rows]
        table = pd.DataFrame(
            {
                "ref_area": np.repeat(self.areas, len(measures)),
                "measure": measures * len(rows),
                "published": published.ravel(),
                "recomputed": recomputed.ravel(),
            }
        )
        table["difference"] = table["published"] - table["recomputed"]
        return table.assign(anchored=table["difference"].abs() > DECIMALS)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Tidy: one row per changed country and measure (changed components, indices, EGDI, rank).

        ref_area, measure, before, after, change (rank: places gained), group_before, group_after (indices
        and EGDI only).
        """
        return pd.DataFrame(
            list(self._rows()),
            columns=["ref_area", "measure", "before", "after", "change", "group_before", "group_after"],
        )

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of this result: anchors, caps, values beyond 0–1 or beyond any seen."""
        return tuple(self._notes())

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values for JSON; missing is None."""
        return {
            "edition": self.edition,
            "data_version": self.inputs.version,
            "changes": self.changes,
            "before": records(self.before.reset_index()),
            "after": records(self.after.reset_index()),
            "delta": records(self.delta.reset_index()),
            "passed": records(self.passed),
            "stages": records(self.stages),
            "anchoring": records(self.anchoring),
            "notes": list(self.notes),
        }

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        for area, values in self.changes.items():
            before: dict[Hashable, Any] = self.before.loc[area].to_dict()
            after: dict[Hashable, Any] = self.after.loc[area].to_dict()
            for name, value in values.items():
                was = _value_before(self.inputs, area, name)
                if name not in self.inputs.indices:
                    yield area, name, was, value, value - was, None, None
            for name in (*self.inputs.indices, HEADLINE):
                was, now = before[name], after[name]
                yield area, name, was, now, now - was, group_of(was), group_of(now)
            yield area, "rank", before["rank"], after["rank"], before["rank"] - after["rank"], None, None

    def _notes(self) -> Iterator[str]:
        for area, values in self.changes.items():
            for name, value in values.items():
                yield from _notes_on_value(self.inputs, area, name, value)
            if (self.inputs.ranks != competition_rank(self.inputs.egdi))[self.inputs.position[area]]:
                yield f"{area}: the published rank differs; ranks here follow the published EGDI."
        yield from self._anchored()
        yield from self._beyond()

    def _anchored(self) -> Iterator[str]:
        moved = self.delta.drop(columns="rank_change").to_numpy().ravel() != 0
        for row in self.anchoring[moved & self.anchoring["anchored"]].itertuples(index=False):
            yield (
                f"{row.ref_area}: {row.measure} is published as {row.published:.5f} and recomputed as "
                f"{row.recomputed:.5f}; the change is applied to the published value."
            )

    def _beyond(self) -> Iterator[str]:
        names = (*self.inputs.indices, HEADLINE)
        was = np.column_stack([self.inputs.published, self.inputs.egdi])
        now = np.column_stack([self.indices_after, self.egdi_after])
        for row, column in np.argwhere(((now < 0) | (now > 1)) & (now != was)):
            yield (
                f"{self.inputs.areas[row]}: {names[column]} after the change is {now[row, column]:.5f}, "
                "beyond 0 to 1, because its published and recomputed values differ; it is not cut."
            )


def simulate(changes: Changes, edition: int = 2024, store: Tables = DEFAULT) -> Simulation:
    """What happens to everybody if components of some countries were other than published.

    changes: {"COL": {"OSI_SP": 0.95, "TII_INTERNET_USERS": 85}}, in published units: components of OSI, TII
    and HCI (2024), or an index itself ("OSI": 0.8, any edition). With components all countries are computed
    anew: means, spreads and end points move, caps apply, dearer baskets lower TII. An index set directly
    replaces that country's published value and moves nobody else's index; ranks always move.
    The change (recomputed after − before) is added to the published value, for each index and again for
    EGDI, so that no change gives exactly the published figures; nothing is cut to 0–1 (see `notes`).
    {"COL": {}} is allowed and changes nothing. Missing: in editions to 2005 a missing index counts as 0.
    edition: one that is held. store: a warehouse; default the current one.
    Raises RequestError for an unknown country or name, a value that is no number or outside its natural
    limits (where there is no upper one: twice the highest value of the edition), an index set directly and
    through a component, an edition that is not held.
    Source: UN E-Government Survey 2024, technical appendix, as `composite`.
    """
    inputs = edition_of(edition, store)
    checked = checked_changes(inputs, changes)
    tables: dict[str, Array] = {}
    fixed: dict[tuple[int, int], Array] = {}
    for area, values in checked.items():
        row = inputs.position[area]
        for name, value in values.items():
            lever = inputs.levers[name]
            if lever.column is None:
                fixed[row, inputs.indices.index(lever.index)] = np.array([value])
            else:
                table = tables.setdefault(lever.index, inputs.components[lever.index][None].copy())
                table[0, row, lever.column] = value
    indices, egdi = outcome(inputs, tables, fixed)
    return Simulation(inputs, checked, indices[0], egdi[0], store)


def _frame(inputs: Edition, indices: Array, egdi: Array) -> pd.DataFrame:
    table = pd.DataFrame(indices, index=inputs.area_index, columns=list(inputs.indices))
    table[HEADLINE] = egdi
    table["rank"] = competition_rank(egdi)
    table["group"] = groups_of(egdi)
    return table


def _value_before(inputs: Edition, area: str, name: str) -> float:
    lever, row = inputs.levers[name], inputs.position[area]
    if lever.column is None:
        return float(inputs.published[row, inputs.indices.index(lever.index)])
    return float(inputs.components[lever.index][row, lever.column])


def _notes_on_value(inputs: Edition, area: str, name: str, value: float) -> Iterator[str]:
    lever = inputs.levers[name]
    if lever.column is None:
        yield f"{area}: {name} is set directly; nobody else's {name} moves and no component is implied."
        return
    if value > lever.cap:
        yield f"{area}: {name} = {value:g} counts as {lever.cap:g}, the cap of {lever.index}."
    seen = inputs.components[lever.index][:, lever.column]
    if value > np.nanmax(seen) or value < np.nanmin(seen):
        ends = f"{np.nanmin(seen):g} to {np.nanmax(seen):g}"
        yield f"{area}: {name} = {value:g} lies outside the values of the {inputs.edition} edition, {ends}."
    if (area, name) in inputs.doubtful:
        was = _value_before(inputs, area, name)
        yield f"{area}: the published {name} ({was:g}) most likely stands for missing data."
