"""Which cases to read next: like a case, or for passing a gate."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from kpis.cases import knowledge
from kpis.cases.further import CATALOGUE, NONE, Further
from kpis.cases.gate_actions import actions_for_gate
from kpis.cases.repository import checked_codes, load
from kpis.errors import RequestError, unknown
from kpis.names import area_code
from kpis.paths import data_dir
from kpis.sql import statement
from kpis.stages.readers import Tables
from kpis.texts import mark, say
from kpis.warehouse.current import DEFAULT, with_store
from kpis.warehouse.once import once_per_store

SHARES = {"theme": 0.4, "sdg_targets": 0.2, "channel": 0.1, "innovation_type": 0.1, "maturity_stage": 0.1,
          "level": 0.1}  # fmt: skip
"""How much agreement in each attribute counts towards similarity; sums to 1. Working weights."""

NEAR_KINDS = ("special", "subregion", "region")
WHY = {
    "action": mark("An example of this action: {action}"),
    "other_step": mark("An example of an action for another step of this KPI: {action}"),
    "general": mark("An example of a general action of this step: {action}"),
    "target": mark("In this dimension; serves SDG target {target}, as this KPI does"),
    "stage": mark("In this dimension, at the stage aimed at"),
    "dimension": mark("In this dimension"),
}
REASONS = (*WHY,)
"""Why a case is worth reading, the best reason first."""
EXAMPLES = ("action", "other_step")
MOST_FURTHER = 2
ORDER_BY = ("place", "other_target", "unverified", "far")


def similar(case_id: str, limit: int = 5, lang: str = "en", further: Further = NONE) -> pd.DataFrame:
    """The most similar cases, best first, ties by case_id.

    Columns of `load(lang, further)`, similarity (0–1), shared (tuple of attributes). Similarity is the
    weighted share (`SHARES`) of attributes that agree; for SDG targets and channels the part that both have
    of all that either has. Cases of other themes may appear, but none with similarity 0.
    Raises RequestError for an unknown case.
    """
    cases = load(lang, further)
    if case_id not in cases.index:
        raise RequestError(unknown("case", case_id, cases.index))
    case, others = cases.loc[case_id], cases.drop(index=case_id)
    agree = pd.DataFrame(
        {column: [_agreement(case[column], value) for value in others[column]] for column in SHARES},
        index=others.index,
    )
    others["similarity"] = (agree * pd.Series(SHARES)).sum(axis=1).round(4)
    others["shared"] = [tuple(agree.columns[row > 0]) for row in agree.to_numpy()]
    others = others[others["similarity"].gt(0)].sort_index()
    return others.sort_values("similarity", ascending=False, kind="stable").head(limit)


def _agreement(value: object, other: object) -> float:
    if isinstance(value, tuple) and isinstance(other, tuple):
        either = set(value) | set(other)
        return len(set(value) & set(other)) / len(either) if either else 0.0
    return float(value == other)


def for_gate(
    kpi: str | None = None,
    *,
    dimension: str,
    stage: str | None = None,
    area: str | None = None,
    limit: int = 5,
    lang: str = "en",
    store: Tables = DEFAULT,
    further: Further = NONE,
) -> pd.DataFrame:
    """Cases to read for passing a gate of `dimension` into `stage` (any stage if None), most relevant first.

    Columns of `load(lang, further)`, and reason (one of `REASONS`), why (the same in words), example (whether
    it is an example of an action that moves this KPI, not only a case in the dimension), action_ids (actions
    for this gate that name it as their example), near (group_id that the case's country shares with `area`,
    "" if none). Order: reason as listed; within it cases that serve an SDG target of the KPI first, then
    verified ones, then countries of the same special group (LDC, SIDS …), subregion, region, then case_id.
    kpi: where actions and targets come from, see `actions_for_gate`, `linkage`; without one every action of
    the step counts and no target. area: needs the warehouse (`store`, default the default one). Cases of the
    area itself are kept: they may be news to the reader's ministry. limit: rows at most, see `first`.
    Raises RequestError for an unknown dimension, stage or area.
    """
    checked_codes("dimension", dimension, knowledge.dimensions())
    frame = _bearing(data_dir(), kpi, dimension, stage, lang, further)
    near = _near(area, store) if area else {}
    places = [near.get(code, (len(NEAR_KINDS), "")) for code in frame["country_iso3"]]
    frame = frame.assign(near=[group for _, group in places], far=[place for place, _ in places])
    ordered = first(frame.sort_values([*ORDER_BY], kind="stable"), limit)
    relevant: pd.DataFrame = ordered.drop(columns=["place", "other_target", "unverified", "far"])
    return relevant


def first(ordered: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The first rows, and `MOST_FURTHER` cases beside the catalogue if these have fewer.

    No action of the methodology can cite what a centre publishes itself, so it would stand behind all
    examples and hardly ever be read. The order stays.
    """
    beside = ordered.index[ordered["origin"].ne(CATALOGUE)][:MOST_FURTHER]
    return ordered[ordered.index.isin(ordered.index[:limit]) | ordered.index.isin(beside)]


@lru_cache(maxsize=256)  # briefs of all countries ask for some eighty gates again and again
def _bearing(
    folder: Path,  # noqa: ARG001 # part of the key: where the definitions come from
    kpi: str | None,
    dimension: str,
    stage: str | None,
    lang: str,
    further: Further,
) -> pd.DataFrame:
    """The cases that bear on a gate, by case_id, with all that does not depend on who reads them.

    Never to be changed: it is kept for the next.
    """
    steps = _steps(kpi, dimension, stage, lang)
    cited = steps["case_ids"].explode().dropna()
    cases = load(lang, further)
    bears = cases["dimensions"].map(lambda codes: dimension in codes).astype(bool)
    frame = cases[bears | cases.index.isin(cited)].copy()
    targets = set(knowledge.linkage(kpi)["sdg_target"]) if kpi else set()
    frame["action_ids"] = [tuple(cited.index[cited == case]) for case in frame.index]
    reasons = [_reason(row, steps, targets, stage) for row in frame.to_dict("records")]
    frame["reason"] = [reason for reason, _ in reasons]
    frame["example"] = frame["reason"].isin(EXAMPLES)
    frame["why"] = [say(WHY[reason], lang, action=detail, target=detail) for reason, detail in reasons]
    frame["place"] = frame["reason"].map(REASONS.index)
    frame["other_target"] = [not targets & set(codes) for codes in frame["sdg_targets"]]
    frame["unverified"] = ~frame["verified"]
    return frame.sort_index()


def _steps(kpi: str | None, dimension: str, stage: str | None, lang: str) -> pd.DataFrame:
    """The actions that count, with `reason`: why a case that one of them names is worth reading."""
    if kpi is None:
        return knowledge.actions(dimension, stage, lang).assign(reason="action")
    steps = actions_for_gate(kpi, dimension=dimension, stage=stage, lang=lang)
    of_kpi = steps["from_other_step"].map({True: "other_step", False: "action"})
    return steps.assign(reason=of_kpi.where(steps["for_kpi"].ne(""), "general"))


def _reason(
    row: dict[Hashable, Any], steps: pd.DataFrame, targets: set[str], stage: str | None
) -> tuple[str, str]:
    """Why a case is relevant, and the action or the SDG target if that is why."""
    if row["action_ids"]:
        first = steps.loc[row["action_ids"][0]]
        return str(first["reason"]), str(first["action"])
    shared = [code for code in row["sdg_targets"] if code in targets]
    if shared:
        return "target", shared[0]
    return ("stage", "") if row["maturity_stage"] == stage else ("dimension", "")


@with_store
def _near(area: str, store: Tables = DEFAULT) -> dict[str, tuple[int, str]]:
    """Country → how near (place in NEAR_KINDS) and by which group; the nearest group counts."""
    return _near_groups(store, area_code(area, _members(store), kind="UN Member State"))


@once_per_store
def _near_groups(store: Tables, area: str) -> dict[str, tuple[int, str]]:
    """As `_near`, of a code; read once for all gates of a brief or a page."""
    rows = store.query(statement("cases/near_areas"), {"area": area, "kinds": list(NEAR_KINDS)})
    near: dict[str, tuple[int, str]] = {}
    for code, kind, group in rows[["ref_area", "kind", "group_id"]].to_numpy().tolist():
        place = (NEAR_KINDS.index(kind), group)
        if code not in near or place[0] < near[code][0]:
            near[code] = place
    return near


@once_per_store
def _members(store: Tables) -> list[str]:
    return list(store.query("select ref_area from area where un_member")["ref_area"])
