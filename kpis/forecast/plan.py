"""A plan shifts the distribution: instead of the usual course, or on top of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from kpis.egdi import editions, simulate
from kpis.errors import RequestError
from kpis.forecast.draws import DECIMALS, PRINTED_DECIMALS, competition_rank
from kpis.forecast.futures import Band, Future, Futures, all_futures, band, raised
from kpis.forecast.model import Fit
from kpis.forecast.panel import INDICES, FloatArray

if TYPE_CHECKING:
    from kpis.tables import Tables

PRECISION = 1e-4  # of a gain: the last decimal that EGDI is published with
# Years between an edition and what it shows: portals of the year before, figures of two years before. The
# edition of 2024 assessed portals from June to September 2023 and printed the Internet users of 2022.
LOOKS_BACK = {"OSI": 1, "TII": 2, "HCI": 2}
EVEN, HIGH = 0.5, 0.8  # chances for which the gain is worked out
COURSES = ("nothing_new", "instead", "on_top")


@dataclass(frozen=True)
class Aim:
    """What is to be reached in an edition: a rank or a better one, or an EGDI (0 to 1) or a higher one."""

    kind: Literal["rank", "egdi"]
    value: float

    def chance(self, future: Future) -> float:
        """Share of draws that reach it; NaN without a forecast."""
        if np.isnan(future.egdi).any():
            return math.nan
        if self.kind == "rank":
            return float((future.rank <= self.value).mean())
        return float((np.round(future.egdi, DECIMALS) >= self.value).mean())

    def bar(self, futures: Futures, area: str) -> FloatArray:
        """The EGDI, at four decimals, that reaches it: one for each draw, or one for all."""
        return np.array([self.value]) if self.kind == "egdi" else futures.bar(area, int(self.value))

    def price(self, futures: Futures) -> Band:
        """In an edition, for a rank the EGDI that it costs, for an EGDI the rank that it gives."""
        return futures.place_of(self.value) if self.kind == "egdi" else futures.cost(int(self.value))

    def price_now(self, today: FloatArray) -> float:
        """The same among published values, one for each area; NaN for a rank that nobody has."""
        known = -np.sort(-today[~np.isnan(today)])
        if self.kind == "egdi":
            return float(1 + (known > self.value).sum())
        return float(known[int(self.value) - 1]) if self.value <= len(known) else math.nan


@dataclass(frozen=True)
class Course:
    """One way to an edition: EGDI (0 to 1), rank, and the chance of the goal; NaN where there is none."""

    egdi: Band
    rank: Band
    chance: float


@dataclass(frozen=True)
class Need:
    """What an even chance of the goal takes, and one of 80 %.

    even, high: gain on each sub-index above the usual course; below 0 where that is more than enough, NaN
    where not even the highest value of all three suffices. even_egdi, high_egdi: the middle of the EGDI then.
    """

    even: float
    even_egdi: float
    high: float
    high_egdi: float


@dataclass(frozen=True)
class Span:
    """Both readings of a plan as one band: the middles span p50_low to p50_high."""

    p10: float
    p50_low: float
    p50_high: float
    p90: float


@dataclass(frozen=True)
class EditionForecast:
    """An edition without and with a plan.

    gain_instead, gain_on_top: by sub-index, what is added to the centre; usual: its usual course, the change
    since the last edition that is expected anyway. unseen: sub-indices that the plan changes too late for
    this edition. reaches: the edition can show some part of the plan. price: for a rank
    the EGDI that it costs then, for an EGDI the rank that it gives; None, as need, without a goal.
    """

    year: int
    nothing_new: Course
    instead: Course
    on_top: Course
    gain_instead: dict[str, float]
    gain_on_top: dict[str, float]
    usual: dict[str, float]
    unseen: tuple[str, ...]
    reaches: bool
    price: Band | None
    need: Need | None

    @property
    def egdi(self) -> Span:
        """EGDI with the plan."""
        return _span(self.instead.egdi, self.on_top.egdi)

    @property
    def rank(self) -> Span:
        """Rank with the plan; p10 is the better end."""
        return _span(self.instead.rank, self.on_top.rank)

    @property
    def chance(self) -> tuple[float, float]:
        """Chance of the goal with the plan, the lower reading first; NaN without a goal."""
        low, high = sorted([self.instead.chance, self.on_top.chance])
        return low, high


@dataclass(frozen=True)
class PlanForecast:
    """What a plan makes of the next editions.

    changes: component → value; delta: by sub-index, after minus before, others still (`egdi.simulate`);
    last: each sub-index in the last edition. done: the year in which the changes are made; delivered: share
    of them, 0 to 1. origin: the last edition, with egdi_now and rank_now in it. price_now:
    `EditionForecast.price` of that edition. fall_back: share of a jump of OSI, against the others, that the
    next edition takes back, on average over the past. missing: sub-indices without a last value, for which
    there is no forecast: all bands are NaN.
    """

    area: str
    aim: Aim | None
    changes: dict[str, float]
    delta: dict[str, float]
    last: dict[str, float]
    done: int
    delivered: float
    origin: int
    egdi_now: float
    rank_now: float
    price_now: float
    fall_back: float
    missing: tuple[str, ...]
    editions: tuple[EditionForecast, ...]

    @property
    def first(self) -> EditionForecast | None:
        """The first edition that can show some of the plan."""
        return next((edition for edition in self.editions if edition.reaches), None)

    @property
    def table(self) -> pd.DataFrame:
        """One row per edition and course (nothing_new, instead, on_top).

        ref_area, time_period, course, p10, p50, p90 of EGDI, rank_p10, rank_p50, rank_p90, p_goal, gain_OSI,
        gain_TII, gain_HCI, reaches, unseen.
        """
        return pd.DataFrame(
            [_row(self.area, edition, course) for edition in self.editions for course in COURSES]
        )


def forecast_plan(
    store: Tables,
    area: str,
    changes: Mapping[str, float],
    *,
    aim: Aim | None = None,
    done: int | None = None,
    delivered: float = 1.0,
) -> PlanForecast:
    """The next three editions for a country that changes components (or sub-indices) of EGDI.

    changes: component → value, as of `egdi.simulate`. done: the year in which all of it is made, not before
    that of the warehouse; default the year after, the first that a plan begun now can be thought done in.
    What an edition cannot see yet does not count (`visible`). delivered: share of the change, 0 to 1.
    Other countries keep their usual course, with the same random numbers. Neither reading of a plan can be
    tested on the past: there are no figures on plans.
    Raises RequestError as `simulate`, and for a year or a share that cannot be.
    """
    done = store.as_of + 1 if done is None else done
    if done < store.as_of:
        raise RequestError(f"a plan cannot be done in {done}. Give {store.as_of} or a later year.")
    delta = deltas(store, area, changes)
    return with_delta(all_futures(store), area, delta, changes, aim=aim, done=done, delivered=delivered)


def deltas(store: Tables, area: str, changes: Mapping[str, float]) -> dict[str, float]:
    """By sub-index, after minus before of a what-if in the last edition; nothing changed is 0."""
    if not changes:
        return dict.fromkeys(INDICES, 0.0)
    result = simulate({area: dict(changes)}, editions(store)[-1], store)
    inputs, row = result.inputs, result.inputs.row(area)
    moved = dict(zip(inputs.indices, result.indices_after[row] - inputs.published[row], strict=True))
    return {name: float(moved[name]) for name in INDICES}


def with_delta(
    sample: Sequence[Futures],
    area: str,
    delta: Mapping[str, float],
    changes: Mapping[str, float] | None = None,
    *,
    aim: Aim | None = None,
    done: int,
    delivered: float = 1.0,
) -> PlanForecast:
    """`forecast_plan` with the change of each sub-index given and the editions drawn."""
    if not 0 <= delivered <= 1:
        raise RequestError(f"a share of {delivered:g} cannot be delivered. Give a number from 0 to 1.")
    model = sample[0].fit
    last = model.last[sample[0].place(area)]
    today = sample[0].today
    place = model.areas.index(area)
    return PlanForecast(
        area=area,
        aim=aim,
        changes=dict(changes or {}),
        delta={name: float(delta.get(name, 0.0)) for name in INDICES},
        last=dict(zip(INDICES, last.tolist(), strict=True)),
        done=done,
        delivered=delivered,
        origin=model.origin,
        egdi_now=float(today[place]),
        rank_now=float(competition_rank(today[None], PRINTED_DECIMALS)[0, place]),
        price_now=math.nan if aim is None else aim.price_now(today),
        fall_back=-float(model.slopes[INDICES.index("OSI")][0]),
        missing=tuple(name for name, value in zip(INDICES, last, strict=True) if np.isnan(value)),
        editions=tuple(_edition(each, area, delta, aim, done, delivered) for each in sample),
    )


def visible(index: str, done: int, edition: int) -> bool:
    """Whether an edition can show what a plan has changed of a sub-index by a year.

    Portals are assessed about a year before an edition; TII and HCI are figures of two years before it. A
    plan begun in 2026 cannot move the edition of 2026. That of 2028 shows services done by 2027, and networks
    or people only if done by 2026.
    """
    return done <= edition - LOOKS_BACK[index]


def gains(
    model: Fit, area: str, delta: Mapping[str, float], done: int, delivered: float = 1.0
) -> tuple[FloatArray, FloatArray]:
    """What a plan adds to the centre of each sub-index: instead of the usual course, and on top of it.

    instead: the change takes the place of the usual rise, so only what goes beyond it counts; a usual fall
    goes on. on top: the whole change. A change for the worse counts in full in both.
    """
    seen = np.array([visible(name, done, model.year) for name in INDICES])
    on_top = np.where(seen, delivered * np.array([delta.get(name, 0.0) for name in INDICES]), 0.0)
    usual = np.maximum(usual_change(model, area), 0.0)
    return np.minimum(on_top, np.maximum(on_top - usual, 0.0)), on_top


def usual_change(model: Fit, area: str) -> FloatArray:
    """By sub-index, the change since the last edition that is expected if nothing new happens."""
    return np.asarray(model.ahead * model.shift + model.own[model.areas.index(area)])


def needed(futures: Futures, area: str, aim: Aim, chance: float) -> float:
    """Gain on each sub-index above the usual course that reaches a goal with a chance (0 to 1).

    Others keep their usual course. Below zero: the usual course is more than enough. NaN without a forecast,
    or where not even the highest value of all three sub-indices is enough.
    """
    indices, bar = futures.indices(area), aim.bar(futures, area)

    def falls_short(gain: float) -> bool:
        reached = np.round(raised(indices, gain), DECIMALS) >= bar
        return float(reached.mean()) < chance

    if np.isnan(indices).any() or falls_short(1.0):
        return math.nan
    low, high = -1.0, 1.0
    while high - low > PRECISION:
        middle = (low + high) / 2
        low, high = (middle, high) if falls_short(middle) else (low, middle)
    return high


def _edition(
    sample: Futures, area: str, delta: Mapping[str, float], aim: Aim | None, done: int, delivered: float
) -> EditionForecast:
    instead, on_top = gains(sample.fit, area, delta, done, delivered)
    changed = [name for name in INDICES if delta.get(name, 0.0) != 0]
    unseen = tuple(name for name in changed if not visible(name, done, sample.year))
    usual, cautious, full = (_course(sample.of(area, gain), aim) for gain in (0 * on_top, instead, on_top))
    return EditionForecast(
        year=sample.year,
        nothing_new=usual,
        instead=cautious,
        on_top=full,
        gain_instead=dict(zip(INDICES, instead.tolist(), strict=True)),
        gain_on_top=dict(zip(INDICES, on_top.tolist(), strict=True)),
        usual=dict(zip(INDICES, usual_change(sample.fit, area).tolist(), strict=True)),
        unseen=unseen,
        reaches=len(unseen) < len(changed),
        price=None if aim is None else aim.price(sample),
        need=None if aim is None else _need(sample, area, aim),
    )


def _course(future: Future, aim: Aim | None) -> Course:
    chance = math.nan if aim is None else aim.chance(future)
    return Course(band(future.egdi), band(future.rank, whole=True), chance)


def _need(sample: Futures, area: str, aim: Aim) -> Need:
    even, high = (needed(sample, area, aim, chance) for chance in (EVEN, HIGH))
    indices = sample.indices(area)
    even_egdi, high_egdi = (float(np.median(raised(indices, gain))) for gain in (even, high))
    return Need(even, even_egdi, high, high_egdi)


def _span(one: Band, other: Band) -> Span:
    return Span(
        min(one.p10, other.p10), min(one.p50, other.p50), max(one.p50, other.p50), max(one.p90, other.p90)
    )


def _row(area: str, edition: EditionForecast, name: str) -> dict[str, object]:
    courses = {
        "nothing_new": (edition.nothing_new, dict.fromkeys(INDICES, 0.0)),
        "instead": (edition.instead, edition.gain_instead),
        "on_top": (edition.on_top, edition.gain_on_top),
    }
    course, gain = courses[name]
    return {
        "ref_area": area, "time_period": edition.year, "course": name,
        **vars(course.egdi), **{f"rank_{part}": value for part, value in vars(course.rank).items()},
        "p_goal": course.chance, **{f"gain_{index}": gain[index] for index in INDICES},
        "reaches": edition.reaches, "unseen": " ".join(edition.unseen),
    }  # fmt: skip
