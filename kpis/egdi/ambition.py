"""What it takes: the components that bring a country to a wished EGDI, rank or group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.egdi.inputs import HEADLINE, Edition, Lever, edition_of
from kpis.egdi.records import records
from kpis.egdi.rules import GROUPS, Array, group_of
from kpis.egdi.whatif import outcome, rank_among
from kpis.errors import RequestError, unknown
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT

HALVINGS = 30
TOLERANCE = 2.0**-HALVINGS  # of the distance between today's value and the limit: about one in 10⁹

Reached = Callable[[Array, NDArray[np.int64]], NDArray[np.bool_]]
Status = Literal["reached already", "within reach", "out of reach"]


@dataclass(frozen=True)
class Wish:
    """What is wished for: an EGDI at least as high, a rank at least as good, or a group."""

    kind: Literal["egdi", "rank", "group"]
    value: float | str
    bound: float  # the EGDI to reach, or the rank

    def met(self, egdi: Array, rank: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether what-ifs with these results meet the wish."""
        return np.asarray(rank <= self.bound if self.kind == "rank" else egdi >= self.bound)


@dataclass(frozen=True)
class EqualEffort:
    """The same share of the remaining distance to its limit for every component.

    share: 0–1, the least that meets the wish (1 where nothing does); changes: the component values, ready
    for `simulate`; egdi, rank, group: what they give.
    """

    status: Status
    share: float
    changes: dict[str, float]
    egdi: float
    rank: int
    group: str | None


@dataclass(frozen=True)
class Reach:
    """Ways to a wish. `table`: one row per component alone; `equal_effort`: all together.

    now_egdi, now_rank, now_group: as published. rise: EGDI still missing to the wish for an EGDI or group;
    for a rank, the rise that the equal effort needed (missing where out of reach).
    """

    area: str
    edition: int
    wish: Wish
    now_egdi: float
    now_rank: int
    now_group: str | None
    table: pd.DataFrame
    equal_effort: EqualEffort
    notes: tuple[str, ...]
    tolerance: float = TOLERANCE

    @property
    def reached(self) -> bool:
        """Whether the published figures meet the wish already."""
        return self.equal_effort.status == "reached already"

    @property
    def rise(self) -> float:
        """Rise of EGDI that the wish asks for, 0 where it is met already; for `precedents`."""
        if self.reached:
            return 0.0
        if self.wish.kind == "rank":
            within = self.equal_effort.status == "within reach"
            return self.equal_effort.egdi - self.now_egdi if within else float("nan")
        return self.wish.bound - self.now_egdi

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values for JSON; missing is None."""
        plain = {"area": self.area, "edition": self.edition, "wish": vars(self.wish), "reached": self.reached}
        now = {HEADLINE: self.now_egdi, "rank": self.now_rank, "group": self.now_group}
        return plain | {
            "now": now,
            "rise": None if np.isnan(self.rise) else self.rise,
            "single": records(self.table),
            "equal_effort": vars(self.equal_effort),
            "tolerance": self.tolerance,
            "notes": list(self.notes),
        }


def reach(
    area: str,
    egdi: float | None = None,
    rank: int | None = None,
    group: str | None = None,
    edition: int = 2024,
    store: Tables = DEFAULT,
) -> Reach:
    """The least change that brings a country to one wish: an EGDI (0–1), a rank or a group.

    `table` has one row per component changed alone: component, index, unit, now, needed (missing if out of
    reach), needed_rounded (to the component's decimals, on the safe side), limit, limit_basis, share (of the
    distance to the limit), status (reached already, within reach, out of reach), EGDI, rank and group (at
    the needed value, or what the limit gives where it is not enough). Everybody else stays as published
    in the components and is computed anew. `equal_effort` moves all components by the same share.
    Limits: the natural limit; where there is none the cap of the index (gross enrolment), else the best
    value of the edition (years of schooling). A component beyond its limit stays where it is.
    Editions without components: OSI, TII and HCI themselves, up to 1.
    Solved by bisection on the core of `simulate`, in which a country's EGDI never falls when a component
    improves: each value meets the wish and lies at most `TOLERANCE` of the distance above the least one.
    store: a warehouse; default the current one. Raises RequestError unless exactly one wish is given, for a
    wish that cannot exist, an unknown country, group or edition.
    """
    inputs = edition_of(edition, store)
    row = inputs.row(area)
    wish = _wish(inputs, egdi, rank, group)
    levers = _levers(inputs)
    single = _single(inputs, row, levers, wish.met)
    now_egdi, now_rank = float(inputs.egdi[row]), int(rank_among(inputs.egdi[None], row)[0])
    return Reach(
        area=area,
        edition=edition,
        wish=wish,
        now_egdi=now_egdi,
        now_rank=now_rank,
        now_group=group_of(now_egdi),
        table=single,
        equal_effort=_equal_effort(inputs, row, levers, wish.met),
        notes=tuple(_notes(levers)),
    )


def _wish(inputs: Edition, egdi: float | None, rank: int | None, group: str | None) -> Wish:
    if sum(wish is not None for wish in (egdi, rank, group)) != 1:
        raise RequestError("give one wish: egdi=0.80, rank=50 or group='Very High'.")
    if egdi is not None:
        if isinstance(egdi, bool) or not isinstance(egdi, int | float) or not 0 <= egdi <= 1:
            raise RequestError(f"egdi = {egdi!r} cannot be reached. Give a number from 0 to 1.")
        return Wish("egdi", float(egdi), float(egdi))
    if rank is not None:
        last = len(inputs.areas)
        if isinstance(rank, bool) or not isinstance(rank, int | np.integer) or not 1 <= rank <= last:
            raise RequestError(f"rank = {rank!r} does not exist. Give a whole number from 1 to {last}.")
        return Wish("rank", int(rank), float(rank))
    names = {name.casefold(): name for name, _ in GROUPS}
    if str(group).casefold() not in names:
        raise RequestError(unknown("group", str(group), names.values()))
    name = names[str(group).casefold()]
    return Wish("group", name, dict(GROUPS)[name])


def _levers(inputs: Edition) -> list[Lever]:
    """Components where they are held, the index itself where they are not."""
    return [
        lever
        for index in inputs.indices
        for lever in inputs.levers.values()
        if lever.index == index and (lever.column is not None) == (index in inputs.rules)
    ]


def _start_and_end(inputs: Edition, row: int, levers: list[Lever]) -> tuple[Array, Array]:
    now = np.array(
        [
            inputs.published[row, inputs.indices.index(lever.index)]
            if lever.column is None
            else inputs.components[lever.index][row, lever.column]
            for lever in levers
        ]
    )
    limit = np.array([lever.best for lever in levers])
    signs = np.array([lever.sign for lever in levers])
    beyond = (limit - now) * signs < 0
    return np.nan_to_num(now), np.where(beyond, now, limit)  # a missing index counted as 0 in EGDI


def _between(now: Array, limit: Array, share: Array) -> Array:
    """A share of the way to the limit; the whole way is the limit itself, not one rounding beside it."""
    return np.where(share >= 1, limit, now + share * (limit - now))


def _single(inputs: Edition, row: int, levers: list[Lever], met: Reached) -> pd.DataFrame:
    now, limit = _start_and_end(inputs, row, levers)

    def evaluate(shares: Array) -> tuple[Array, NDArray[np.int64]]:
        return _each_alone(inputs, row, levers, _between(now, limit, shares))

    share, status, egdi, rank = _bisect(evaluate, met, len(levers))
    needed = _between(now, limit, share)
    within = status != "out of reach"
    return pd.DataFrame(
        {
            "component": [lever.name for lever in levers],
            "index": [lever.index for lever in levers],
            "unit": [lever.unit for lever in levers],
            "now": now,
            "needed": np.where(within, needed, np.nan),
            "needed_rounded": np.where(within, _safe_side(needed, limit, levers), np.nan),
            "limit": limit,
            "limit_basis": [lever.best_basis for lever in levers],
            "share": np.where(within, share, np.nan),
            "status": status,
            HEADLINE: egdi,
            "rank": rank,
            "group": [group_of(value) for value in egdi],
        }
    )


def _equal_effort(inputs: Edition, row: int, levers: list[Lever], met: Reached) -> EqualEffort:
    now, limit = _start_and_end(inputs, row, levers)

    def evaluate(shares: Array) -> tuple[Array, NDArray[np.int64]]:
        return _all_at_once(inputs, row, levers, _between(now, limit, shares))

    share, status, egdi, rank = _bisect(evaluate, met, 1)
    values = _between(now, limit, share)
    changes = {lever.name: float(value) for lever, value in zip(levers, values, strict=True)}
    return EqualEffort(
        status=status[0],
        share=float(share[0]),
        changes=changes,
        egdi=float(egdi[0]),
        rank=int(rank[0]),
        group=group_of(float(egdi[0])),
    )


def _bisect(
    evaluate: Callable[[Array], tuple[Array, NDArray[np.int64]]], met: Reached, size: int
) -> tuple[Array, NDArray[np.object_], Array, NDArray[np.int64]]:
    """Least shares that meet the wish, each on its own; 1 where even the limit does not."""
    low, high = np.zeros(size), np.ones(size)
    already, possible = met(*evaluate(low)), met(*evaluate(high))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = met(*evaluate(middle))
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    share = np.where(already, 0.0, np.where(possible, high, 1.0))
    status = np.where(already, "reached already", np.where(possible, "within reach", "out of reach"))
    egdi, rank = evaluate(share)
    return share, status.astype(object), egdi, rank


def _each_alone(
    inputs: Edition, row: int, levers: list[Lever], values: Array
) -> tuple[Array, NDArray[np.int64]]:
    """EGDI and rank of one country with each lever at its value and all others as published."""
    egdi, rank = np.empty(len(levers)), np.empty(len(levers), dtype=np.int64)
    for index in inputs.indices:
        places = np.array([i for i, lever in enumerate(levers) if lever.index == index])
        tables, fixed = {}, {}
        if index in inputs.rules:
            tables[index] = np.repeat(inputs.components[index][None], places.size, axis=0)
            columns = [levers[i].column for i in places]
            tables[index][np.arange(places.size), row, columns] = values[places]
        else:
            fixed[row, inputs.indices.index(index)] = values[places]
        _, everyone = outcome(inputs, tables, fixed, size=places.size)
        egdi[places], rank[places] = everyone[:, row], rank_among(everyone, row)
    return egdi, rank


def _all_at_once(
    inputs: Edition, row: int, levers: list[Lever], values: Array
) -> tuple[Array, NDArray[np.int64]]:
    """EGDI and rank of one country with all levers at their values."""
    tables = {index: inputs.components[index][None].copy() for index in inputs.rules}
    fixed = {}
    for lever, value in zip(levers, values, strict=True):
        if lever.column is None:
            fixed[row, inputs.indices.index(lever.index)] = np.array([value])
        else:
            tables[lever.index][0, row, lever.column] = value
    _, everyone = outcome(inputs, tables, fixed)
    return everyone[:, row], rank_among(everyone, row)


def _safe_side(needed: Array, limit: Array, levers: list[Lever]) -> Array:
    """Needed values with the component's decimals, rounded towards the limit and not past it."""
    signs = np.array([lever.sign for lever in levers])
    steps = 10.0 ** np.array([lever.precision for lever in levers])
    rounded = signs * np.ceil(np.round(signs * needed * steps, 6)) / steps
    return signs * np.minimum(signs * rounded, signs * limit)


def _notes(levers: list[Lever]) -> list[str]:
    notes = ["Each what-if computes all countries anew; in reality others move too."]
    record = [lever.name for lever in levers if lever.best_basis == "best of the edition"]
    if record:
        notes.append(
            f"{', '.join(record)} have no natural limit: the best value of the edition stands for it."
        )
    return notes
