"""The controls of a plan: goal, dimension, year; and the reader's own words, kept with the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.charts import stage_words
from dashboard.components import messages, pickers, state
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis import plan, stages

GOALS = [*stages.STAGES[1:], "egdi", "rank"]
AHEAD = 15  # years to choose from
USUAL_YEAR = 2030
MOBILE = "mobile"


@dataclass(frozen=True)
class Choice:
    """A country, its goal and the year of the goal."""

    area: str
    goal: plan.Goal
    by: int


def choose(reader: Reader, area: str) -> Choice:
    """The controls in one row."""
    labels = reader.dimensions
    overall = data.stage_profile(reader.warehouse, area).overall
    usual = stages.STAGES[min((overall or 0) + 1, 3)]
    words = [
        _("Stage {n}: {stage}").format(n=place, stage=word)
        for place, word in enumerate(stage_words.names(reader.ctx), 1)
    ]
    said = dict(zip(stages.STAGES, words, strict=True)) | {"egdi": _("an EGDI"), "rank": _("a rank in EGDI")}
    first, second, third = st.columns([1.2, 1.4, 0.8], vertical_alignment="bottom")
    with first:
        kind = pickers.choose(_("Goal"), "reach", GOALS, usual, lambda one: said[one]) or usual
    with second:
        goal = _goal(reader, kind, labels)
    with third:
        start = max(data.as_of(reader.warehouse), 2000)
        years = [str(year) for year in range(start + 1, start + AHEAD)]
        usual_year = str(USUAL_YEAR) if str(USUAL_YEAR) in years else years[0]
        by = int(pickers.choose(_("By"), "until", years, usual_year, str) or usual_year)
    return Choice(area, goal, by)


def _goal(reader: Reader, kind: str, labels: dict[str, str]) -> plan.Goal:
    """The goal with its second control: the dimension of a stage, the EGDI or the rank."""
    if kind == "egdi":
        values = [f"{n / 100:.2f}" for n in range(100, 9, -1)]
        egdi = pickers.choose("EGDI", "aim", values, "0.75", lambda value: reader.ctx.number(float(value), 2))
        return plan.make_goal(egdi=float(egdi or "0.75"))
    if kind == "rank":
        n_ranked = len(reader.areas.query("un_member"))
        ranks = [str(rank) for rank in range(1, n_ranked + 1)]
        return plan.make_goal(rank=int(pickers.choose(_("Rank"), "aim", ranks, "50", str) or "50"))
    dimensions = {"all": _("All dimensions")} | {
        dimension: label for dimension, label in labels.items() if dimension != "overall"
    }
    dimension = pickers.choose(
        _("Dimension"), "dimension", list(dimensions), "all", lambda dimension: dimensions[dimension]
    )
    return plan.make_goal(stage=kind, dimension=dimension or "all")


def texts(area: str) -> dict[str, dict[str, str]]:
    """Owners and notes of the plan of a country, as typed in this session."""
    kept: dict[str, Any] = st.session_state.setdefault("escala_plan_texts", {})
    found: dict[str, dict[str, str]] = kept.setdefault(area, {"owners": {}, "notes": {}})
    return found


def adopt(found: plan.Plan) -> None:
    """Makes a loaded plan the one on screen: its goal in the controls, its words in the session."""
    kept = state.store()
    goal = stages.STAGES[int(found.value)] if found.kind == "stage" else found.kind
    chosen = {"country": found.area, "reach": goal, "until": str(found.by), "dimension": found.dimension}
    if found.kind == "egdi":
        chosen["aim"] = f"{found.value:.2f}"
    if found.kind == "rank":
        chosen["aim"] = f"{found.value:.0f}"
    if found.mobile_first:
        chosen["variant"] = MOBILE
    for name, code in chosen.items():
        kept.values[name] = [code]
    texts(found.area).update(owners=dict(found.owners), notes=dict(found.notes))
    st.session_state["escala_plan_loaded"] = found


def open_link() -> None:
    """Reads the plan of the address, once; says what could not be kept."""
    raw = state.store().values.get("plan")
    packed = raw[0] if raw else ""
    if not packed or st.session_state.get("escala_plan_packed") == packed:
        return
    st.session_state["escala_plan_packed"] = packed
    try:
        loaded = plan.load_link(packed)
    except plan.PlanError as fault:
        st.session_state["escala_plan_says"] = [fault.say(_lang())]
        state.store().values.pop("plan")
        return
    st.session_state["escala_plan_says"] = loaded.messages(_lang())
    adopt(loaded.plan)


def keep_link(made: plan.Plan) -> None:
    """Owners and notes travel in the address; a plan without words needs none."""
    kept = state.store()
    packed = ""
    if made.owners or made.notes:
        try:
            packed = plan.link(made)
        except plan.PlanError as fault:
            messages.warning(fault.say(_lang()))
    st.session_state["escala_plan_packed"] = packed
    kept.values["plan"] = kept.used["plan"] = [packed] if packed else []


def say_problems() -> None:
    """What had to be left out of a loaded plan, or why it could not be read."""
    held = st.session_state.pop("escala_plan_says", [])
    for message in held[: state.MOST_NOTES]:
        messages.warning(message, icon=messages.INFO)
    if len(held) > state.MOST_NOTES:
        rest = len(held) - state.MOST_NOTES
        messages.warning(_("Further notes on this plan: {n}.").format(n=rest), icon=messages.INFO)


def _lang() -> str:
    return str(st.session_state.get("escala_lang", "en"))
