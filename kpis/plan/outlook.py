"""What a goal takes: the gates to pass, how far, how fast, and how often others did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kpis import egdi as indices
from kpis.egdi.records import records
from kpis.plan import ambition
from kpis.plan.goals import ALL, Goal, check_goal, checked_area, checked_year, make_goal
from kpis.plan.history import History, histories, peers_of
from kpis.plan.paces import PROBABLY, UNKNOWN, seen_from
from kpis.plan.releases import next_figures, stepwise
from kpis.sources.calendar import Release
from kpis.stages import rules
from kpis.stages.core import BARS
from kpis.stages.panel import Floats
from kpis.stages.readers import computed
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

TARGET_COLUMNS = [
    "dimension", "kpi", "stage", "status", "value", "time_period", "age", "target", "change", "per_year",
    "limit", "distance", "pace_own", "pace_own_from", "pace_peers", "n_peers", "state_own", "arrives_own",
    "missing_own", "in_time_own", "state_peers", "arrives_peers", "missing_peers", "in_time_peers", "n_stood",
    "n_did", "who", "next_year", "next_month", "next_certainty", "not_held",
]  # fmt: skip
LANES = ("own", "peers")


@dataclass(frozen=True)
class Outlook:
    """What a goal asks of a country.

    dimensions: one row per dimension the goal covers: dimension, stage (level now, missing = not assessed),
    target, status (met, open, not_assessed), n_needed gates, without_data, n_stood, n_did, who.
    targets: one row per dimension and KPI: status (met; needed: in the cheapest set that suffices; spare:
    fails, but the two-thirds rule does not ask for it; no_data), value, time_period and age in years, target,
    change in all and per_year from the value's year, distance in steps; for the pace of the past and that of
    the peers (`own`, `peers`): the pace a year, state (`paces.STATES`), arrives (a year, never before today;
    missing in all other states), missing (the year whose figure would show that the bar was passed already),
    in_time; how many that stood there did it in that time; next_year and next_month of the next publication
    (missing: not announced), next_certainty, not_held (an edition that is out but not held). No gate of a
    closed edition is among them: the methodology has none. For an EGDI or rank, targets holds EGDI itself and
    its components under equal effort.
    possible: False where even the limits of all components do not reach the goal.
    """

    area: str
    goal: Goal
    by: int
    year: int
    as_of: int
    reached: bool
    possible: bool
    peers: tuple[str, ...]
    dimensions: pd.DataFrame
    targets: pd.DataFrame
    notes: tuple[str, ...] = ()
    egdi_after: float | None = None
    rank_after: int | None = None

    @property
    def needed(self) -> pd.DataFrame:
        """The gates to pass: rows of `targets` with status needed."""
        return self.targets[self.targets["status"] == "needed"]

    @property
    def hardest(self) -> dict[str, Any] | None:
        """The needed gate that the smallest share of countries passed in that time; None if none is known."""
        with_precedents = self.needed[self.needed["n_stood"] > 0]
        if with_precedents.empty:
            return None
        share = with_precedents["n_did"] / with_precedents["n_stood"]
        return {str(name): value for name, value in with_precedents.iloc[int(share.argmin())].items()}

    @property
    def probably_reached(self) -> pd.DataFrame:
        """Needed gates whose bar was passed by now at the country's own pace, if a figure were held."""
        return self.needed[self.needed["state_own"] == PROBABLY]

    @property
    def unprecedented(self) -> pd.DataFrame:
        """Needed gates that nobody who stood there passed in that time."""
        return self.needed[(self.needed["n_stood"] > 0) & (self.needed["n_did"] == 0)]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; missing is None."""
        return {
            "area": self.area,
            "goal": {"kind": self.goal.kind, "value": self.goal.stage or self.goal.value,
                     "dimension": self.goal.dimension},
            "by": self.by,
            "year": self.year,
            "as_of": self.as_of,
            "reached": self.reached,
            "possible": self.possible,
            "egdi_after": self.egdi_after,
            "rank_after": self.rank_after,
            "peers": list(self.peers),
            "dimensions": records(self.dimensions),
            "targets": records(self.targets),
            "notes": list(self.notes),
        }  # fmt: skip


def outlook(
    area: str,
    *,
    stage: str | None = None,
    egdi: float | None = None,
    rank: int | None = None,
    dimension: str | None = None,
    by: int = 2030,
    store: Tables = DEFAULT,
) -> Outlook:
    """What it takes to reach one goal by a year.

    area: ISO 3166-1 alpha-3. stage: enhanced, transactional or connected, in `dimension` or in all that are
    assessed; or egdi (0–1); or rank. Missing figures are named, never assumed.
    Raises RequestError for an unknown country, stage or dimension, more or less than one goal, a year that
    has passed. Source: methodology, B.3 and B.4; `METHODS`.
    """
    return outlook_to(area, make_goal(stage, egdi, rank, dimension), by, store)


@with_store
def outlook_to(area: str, goal: Goal, by: int, store: Tables = DEFAULT) -> Outlook:
    """What it takes to reach a goal by a year; as `outlook`, with the same errors."""
    area = checked_area(area, store)
    checked_year(by, store.as_of)
    check_goal(goal, store)
    return _to_stage(area, goal, by, store) if goal.kind == "stage" else _to_egdi(area, goal, by, store)


def _to_stage(area: str, goal: Goal, by: int, store: Tables) -> Outlook:
    stages = computed(store)
    at, level = stages.panel.areas.index(area), int(goal.value)
    names = [*stages.dimensions] if goal.dimension == ALL else [goal.dimension]
    past = histories(tuple(stages.gates["kpi"]), store)
    ahead, whole = next_figures(store), stepwise(store)
    peers = peers_of(area, store)
    rows, summary = [], []
    for name in names:
        columns = stages.columns(name)
        gates = stages.gates.iloc[columns]
        values, ages = stages.panel.value[-1, at, columns], stages.panel.age[-1, at, columns]
        stage = int(stages.dimensions[name].stage[-1, at])
        status, distance = _statuses(values, gates, stage, level)
        for i, gate in enumerate(gates.to_dict("records")):
            when = None if np.isnan(ages[i]) else int(stages.panel.years[-1] - ages[i])
            scale = [gate["base"], *(gate[bar] for bar in BARS)]
            bar = float(gate[BARS[level - 1]])
            row = {
                "dimension": name, "kpi": gate["kpi"], "stage": goal.stage, "status": status[i],
                "value": values[i], "time_period": when, "target": bar, "limit": gate["limit"],
                "distance": distance[i],
            }  # fmt: skip
            lower = max([lower_bar for lower_bar in scale if lower_bar < bar], default=bar - 1)
            way = Way(area, peers, by, store.as_of, bar - lower, stepwise=gate["kpi"] in whole)
            rows.append(row | _ways(row, past.get(gate["kpi"]), way) | _next(ahead.get(gate["kpi"])))
        summary.append(_summary(name, stage, level, status, gates, area, by, store))
    targets = pd.DataFrame(rows, columns=TARGET_COLUMNS)
    dimensions = pd.DataFrame(summary)
    return Outlook(
        area, goal, by, store.as_of, store.as_of,
        reached=bool((dimensions["status"] == "met").all()),
        possible=not (targets["status"].eq("needed") & (targets["target"] > targets["limit"])).any(),
        peers=peers, dimensions=dimensions, targets=_typed(targets),
    )  # fmt: skip


def _statuses(values: Floats, gates: pd.DataFrame, stage: int, target: int) -> tuple[list[str], Floats]:
    """Status of each KPI of a dimension for a target stage, and its distance to the bar in steps.

    As many as two thirds of the KPIs with data still ask for, the nearest first: the smallest set, and of
    that size the one with the smallest sum of distances.
    """
    bars, base = gates[BARS].to_numpy(float), gates["base"].to_numpy(float)
    level = rules.levels(values, bars)
    distance = rules.distances(values, base, bars, np.array(target))
    fails = (level >= 0) & (level < target)
    lacking = int(rules.needed(rules.with_data(level)) - (level >= target).sum()) if stage >= 0 else 0
    order = np.argsort(np.where(fails, distance, np.inf), kind="stable")
    is_cheapest = np.zeros(len(values), dtype=bool)
    is_cheapest[order[: max(lacking, 0)]] = True
    status = np.where(level < 0, "no_data", np.where(~fails, "met", np.where(is_cheapest, "needed", "spare")))
    return [str(code) for code in status], distance


def _summary(
    name: str,
    stage: int,
    target: int,
    status: list[str],
    gates: pd.DataFrame,
    area: str,
    by: int,
    store: Tables,
) -> dict[str, Any]:
    record = ambition.UNKNOWN
    if 0 <= stage < target:
        horizon = by - computed(store).panel.years[-1]
        record = ambition.of_dimension(name, area, target, horizon, store)
    return {
        "dimension": name,
        "stage": stage if stage >= 0 else None,
        "target": target,
        "status": "not_assessed" if stage < 0 else "met" if stage >= target else "open",
        "n_needed": status.count("needed"),
        "without_data": [
            kpi for kpi, kpi_status in zip(gates["kpi"], status, strict=True) if kpi_status == "no_data"
        ],
        "n_stood": record.n_stood,
        "n_did": record.n_did,
        "who": list(record.who),
    }


@dataclass(frozen=True)
class Way:
    """What is asked of one target. height: of its step, in the KPI's unit; sign: -1 where less is better."""

    area: str
    peers: tuple[str, ...]
    by: int
    as_of: int
    height: float
    sign: int = 1
    stepwise: bool = False


def _ways(row: dict[str, Any], history: History | None, way: Way) -> dict[str, Any]:
    """Age, needed change, paces and precedents of one target; missing without a value or anything to do."""
    nothing = {"n_stood": 0, "n_did": 0, "who": [], "state_own": UNKNOWN, "state_peers": UNKNOWN}
    if row["time_period"] is None:
        return nothing
    value, when, target = float(row["value"]), int(row["time_period"]), float(row["target"])
    if row["status"] not in ("needed", "spare"):
        return nothing | {"age": way.as_of - when}
    gap, years = target - value, way.by - when
    country_pace = since = best = float("nan")
    n_peers, record = 0, ambition.UNKNOWN
    if history is not None:
        record = ambition.of_kpi(history, way.area, value, target, way.height, years, way.sign)
    if history is not None and not way.stepwise:
        country_pace, since = history.pace_of(way.area)
        best, n_peers = history.best_quarter(way.peers, way.sign)
    mine, theirs = (
        seen_from(way.as_of, when, gap, pace, stepwise=way.stepwise) for pace in (country_pace, best)
    )
    return {
        "age": way.as_of - when, "change": gap, "per_year": gap / years, "pace_own": country_pace,
        "pace_own_from": since, "pace_peers": best, "n_peers": n_peers,
        "n_stood": record.n_stood, "n_did": record.n_did, "who": list(record.who),
    } | mine.columns("own", way.by) | theirs.columns("peers", way.by)  # fmt: skip


def _next(release: Release | None) -> dict[str, Any]:
    """The next publication as columns."""
    due = release or Release()
    return {"next_year": due.year, "next_month": due.month, "next_certainty": due.certainty,
            "not_held": due.not_held}  # fmt: skip


def _to_egdi(area: str, goal: Goal, by: int, store: Tables) -> Outlook:
    edition = indices.editions(store)[-1]
    egdi, rank = (goal.value, None) if goal.kind == "egdi" else (None, int(goal.value))
    reach = indices.reach(area, egdi=egdi, rank=rank, edition=edition, store=store)
    effort, table = reach.equal_effort, reach.table
    peers, components = peers_of(area, store), [*table["component"]]
    past = histories(("EGDI", *components), store)
    dimension = store.query("select kpi, dimension from kpi").set_index("kpi")["dimension"]
    aim = goal.value if goal.kind == "egdi" else effort.egdi
    status = "met" if reach.reached else "needed"
    head = {"dimension": "overall", "kpi": "EGDI", "stage": "", "status": status, "value": reach.now_egdi,
            "time_period": edition, "target": aim, "limit": 1.0}  # fmt: skip
    ahead = next_figures(store)
    way = Way(area, peers, by, store.as_of, height=0.2)
    rows = [head | _ways(head, past.get("EGDI"), way) | _next(ahead.get("EGDI"))]
    rows[0] |= _egdi_record(reach, by, edition, store)
    for part in table.to_dict("records"):
        sign = 1 if part["limit"] >= part["now"] else -1
        aimed = effort.changes[part["component"]]
        row = {
            "dimension": str(dimension[part["component"]]), "kpi": part["component"], "stage": "",
            "status": "met" if reach.reached or aimed == part["now"] else "needed", "value": part["now"],
            "time_period": edition, "target": aimed, "limit": part["limit"],
        }  # fmt: skip
        each = Way(area, peers, by, store.as_of, height=0.0, sign=sign)
        rows.append(row | _ways(row, past.get(part["component"]), each) | _next(ahead.get(part["component"])))
    targets = pd.DataFrame(rows, columns=TARGET_COLUMNS)
    return Outlook(
        area, goal, by, edition, store.as_of,
        reached=reach.reached, possible=effort.status != "out of reach", peers=peers,
        dimensions=pd.DataFrame(columns=["dimension", "stage", "target", "status", "n_needed",
                                         "without_data", "n_stood", "n_did", "who"]),
        targets=_typed(targets), notes=reach.notes, egdi_after=effort.egdi, rank_after=effort.rank,
    )  # fmt: skip


def _egdi_record(reach: indices.Reach, by: int, edition: int, store: Tables) -> dict[str, Any]:
    """How many countries from a similar EGDI rose as much in the editions up to the year."""
    rise, within = reach.rise, (by - edition) // 2
    if not 0 < rise <= 1 or within < 1:
        return {"n_stood": 0, "n_did": 0, "who": []}
    past = indices.precedents(reach.area, rise=rise, editions=within, store=store)
    others = [area_code for area_code in past.who if area_code != reach.area]
    stood = past.spells.loc[past.spells["ref_area"] != reach.area, "ref_area"].nunique()
    return {"n_stood": int(stood), "n_did": len(others), "who": others}


def _typed(targets: pd.DataFrame) -> pd.DataFrame:
    whole = ["time_period", "age", "pace_own_from", "n_peers", "n_stood", "n_did", "next_year", "next_month",
             "not_held"]  # fmt: skip
    whole += [f"{name}_{lane}" for name in ("arrives", "missing") for lane in LANES]
    numbers = ["value", "target", "change", "per_year", "limit", "distance", "pace_own", "pace_peers"]
    typed = targets.astype({name: "Float64" for name in whole}).astype({name: "Int64" for name in whole})
    typed[numbers] = typed[numbers].astype(float)
    return typed.astype({"in_time_own": "boolean", "in_time_peers": "boolean"})
