"""The plan: baseline, goal, year, and what its owner writes of each step: who, by when, for how much."""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kpis.egdi import editions
from kpis.egdi.inputs import edition_of
from kpis.egdi.whatif import rank_among
from kpis.errors import RequestError, unknown
from kpis.plan.goals import Goal
from kpis.plan.levers import levers as levers_of
from kpis.plan.outlook import Outlook
from kpis.plan.releases import stepwise
from kpis.stages.readers import computed
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

# Raise it here and in `Plan` when a key goes or means something else. A new key that may be absent needs no
# new version: what does not know it names it and leaves it out.
SCHEMA_VERSION = 1
MOST_OWN_TARGETS, MOST_REVIEWS = 40, 20
MOST_ROWS = 1000  # targets or milestones: 33 gates in each of the 30 years a plan may look ahead
NOTE, OWNER, BUDGET, CODE = 2000, 120, 80, 40  # characters
FINE = 1e-9  # of a whole: a planned answer this little short of one is that one

Code = Annotated[str, Field(min_length=1, max_length=CODE, pattern=r"^[A-Za-z0-9_.\-]+$")]
Year = Annotated[int, Field(ge=1990, le=2100)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]
Level = Annotated[int, Field(ge=0, le=3)]
Status = Literal["planned", "under_way", "done", "stopped"]


def _dated(text: str) -> str:
    """A day as 2027-06-30; ValueError for one that no calendar has."""
    if datetime.date.fromisoformat(text).isoformat() != text:
        raise ValueError("a day is written as 2027-06-30")
    return text


Verdict = Literal["reached", "on_track", "behind", "no_figure", "not_due", "other_series"]
Day = Annotated[str, Field(min_length=10, max_length=10), AfterValidator(_dated)]


WORDS = ("owners", "notes", "dues", "budgets", "statuses")
"""The kinds of words of people that a plan holds by increment."""


class Part(BaseModel):
    """Base of what a plan is made of: frozen; a key that is not known is an error here, a note on loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Target(Part):
    """One KPI's way: from its baseline to its target. stage: "" for an EGDI or rank goal."""

    dimension: Code
    kpi: Code
    stage: Literal["", "enhanced", "transactional", "connected"] = ""
    base_year: Year
    base_value: Number
    target: Number


class Milestone(Part):
    """Where one KPI should stand in a year on the straight line from baseline to target."""

    dimension: Code
    kpi: Code
    time_period: Year
    value: Number


class OwnTarget(Part):
    """A target that the plan's owner sets for a KPI, beside what the goal asks: a value in a year."""

    kpi: Code
    value: Number
    year: Year


class Reviewed(Part):
    """Of one KPI what was planned for a year and what was held on the day of a review, in its unit.

    status: as `review.review` says; own: of a target of the plan's owner, not of a milestone.
    """

    kpi: Code
    time_period: Year
    planned: Number
    actual: Number | None = None
    actual_year: Year | None = None
    status: Verdict
    own: bool = False


class Review(Part):
    """Planned beside actual as it stood on a day, with the figures of a data version."""

    day: Day
    data_version: Annotated[str, Field(max_length=CODE)] = ""
    rows: Annotated[tuple[Reviewed, ...], Field(max_length=200)] = ()


class Plan(Part):
    """A plan, as saved. Keys that matter most stand first, so that a file cut short keeps them.

    kind and value: the goal (stage: level 1–3, egdi, rank); dimension: of a stage goal, or "all"; by: year.
    made: year of the figures' warehouse; stages, egdi, rank: the baseline (a dimension that was not assessed
    is absent). owners, dues (the day by which it is done), budgets (as written, with the currency), statuses
    and notes: by increment ("services.connected"), notes also under "plan"; empty until somebody writes them.
    own_targets: beside those of the goal; reviews: oldest first. A link carries no milestones or reviews.
    """

    schema_version: Literal[1] = 1
    area: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    kind: Literal["stage", "egdi", "rank"]
    value: Annotated[float, Field(allow_inf_nan=False, gt=0, le=1000)]
    dimension: Code = "all"
    by: Year
    made: Year
    data_version: Annotated[str, Field(max_length=CODE)] = ""
    mobile_first: bool = False
    stages: dict[Code, Level] = {}
    egdi: Number | None = None
    rank: int | None = None
    notes: dict[Code, Annotated[str, Field(max_length=NOTE)]] = {}
    owners: dict[Code, Annotated[str, Field(max_length=OWNER)]] = {}
    dues: dict[Code, Day] = {}
    budgets: dict[Code, Annotated[str, Field(max_length=BUDGET)]] = {}
    statuses: dict[Code, Status] = {}
    levers: tuple[Target, ...] = ()
    targets: tuple[Target, ...] = ()
    own_targets: Annotated[tuple[OwnTarget, ...], Field(max_length=MOST_OWN_TARGETS)] = ()
    milestones: tuple[Milestone, ...] = ()
    reviews: Annotated[tuple[Review, ...], Field(max_length=MOST_REVIEWS)] = ()

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What people wrote, by kind (`WORDS`); kinds without a word are absent."""
        each = {kind: dict(getattr(self, kind)) for kind in WORDS}
        return {kind: texts for kind, texts in each.items() if texts}

    def without_words(self) -> Plan:
        """The plan as it would be if nobody had written anything into it."""
        bare: dict[str, object] = {kind: {} for kind in WORDS}
        return self.model_copy(update=bare | {"own_targets": (), "reviews": ()})

    @property
    def goal(self) -> Goal:
        """What the plan aims at."""
        return Goal(self.kind, self.value, self.dimension)


@with_store
def make(
    outlook: Outlook,
    *,
    owners: dict[str, str] | None = None,
    notes: dict[str, str] | None = None,
    dues: dict[str, str] | None = None,
    budgets: dict[str, str] | None = None,
    statuses: dict[str, Status] | None = None,
    levers: Mapping[str, float] | None = None,
    mobile_first: bool = False,
    store: Tables = DEFAULT,
) -> Plan:
    """The plan of an outlook: its needed gates as targets, milestones on the line to each.

    owners, notes, dues, budgets, statuses: as the reader wrote them; nothing is filled in.
    levers: values of components, as `attempt` takes them. A milestone stands in each year after the year of
    the warehouse, up to the goal's.
    Raises RequestError for a lever that the country does not have, ValidationError for a day or status that
    cannot be.
    """
    everything = computed(store)
    at = everything.panel.areas.index(outlook.area)
    edition = edition_of(editions(store)[-1], store)
    row = edition.position.get(outlook.area)
    targets = tuple(
        Target(
            dimension=gate["dimension"], kpi=gate["kpi"], stage=gate["stage"],
            base_year=int(gate["time_period"]), base_value=float(gate["value"]), target=float(gate["target"]),
        )
        for gate in outlook.needed.to_dict("records")
    )  # fmt: skip
    levels = {name: int(result.stage[-1, at]) for name, result in everything.dimensions.items()}
    return Plan(
        area=outlook.area, kind=outlook.goal.kind, value=outlook.goal.value, dimension=outlook.goal.dimension,
        by=outlook.by, made=outlook.as_of, data_version=store.version, mobile_first=mobile_first,
        stages={name: level for name, level in levels.items() if level >= 0},
        egdi=None if row is None or math.isnan(edition.egdi[row]) else float(edition.egdi[row]),
        rank=None if row is None else int(rank_among(edition.egdi[None], row)[0]),
        notes={key: text for key, text in (notes or {}).items() if text},
        owners={key: text for key, text in (owners or {}).items() if text},
        dues={key: day for key, day in (dues or {}).items() if day},
        budgets={key: text for key, text in (budgets or {}).items() if text},
        statuses={key: status for key, status in (statuses or {}).items() if status},
        levers=_levers(outlook.area, levers, store) if levers else (),
        targets=targets, milestones=milestones(targets, outlook.by, outlook.as_of, stepwise(store)),
    )  # fmt: skip


def _levers(area: str, values: Mapping[str, float], store: Tables) -> tuple[Target, ...]:
    """The components that are to move, in the order of the indices, each from its published value."""
    slots = levers_of(area, store)
    if strange := [name for name in values if name not in set(slots["component"])]:
        raise RequestError(unknown("lever", strange[0], slots["component"]))
    dimensions = store.query("select kpi, dimension from kpi order by kpi").set_index("kpi")["dimension"]
    edition = editions(store)[-1]
    return tuple(
        Target(
            dimension=dimensions.get(slot["component"], slot["index"]), kpi=slot["component"],
            base_year=edition, base_value=slot["now"], target=values[slot["component"]],
        )
        for slot in slots.to_dict("records")
        if slot["component"] in values
    )  # fmt: skip


def milestones(
    targets: tuple[Target, ...], by: int, as_of: int, whole: Collection[str]
) -> tuple[Milestone, ...]:
    """Points on the straight line of each target, one a year from the year after `as_of` to `by`.

    whole: KPIs that are coded answers or counts; see `planned`.
    """
    return tuple(
        Milestone(
            dimension=target.dimension, kpi=target.kpi, time_period=year,
            value=planned(target, year, by, whole=target.kpi in whole),
        )
        for target in targets
        for year in range(max(as_of, target.base_year) + 1, by + 1)
    )  # fmt: skip


def planned(target: Target, year: int, by: int, *, whole: bool = False) -> float:
    """The value planned for a year: on the line from the baseline to the target.

    whole: an answer or a count has no values between, so the line is cut at the last one it has passed.
    """
    share = (year - target.base_year) / (by - target.base_year)
    value = target.base_value + share * (target.target - target.base_value)
    return float(math.floor(value + FINE)) if whole else value
