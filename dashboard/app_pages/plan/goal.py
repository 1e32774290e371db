"""The controls of a plan: goal, dimension, year; and what is written of its steps, stored in the session."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.app_pages.plan.reads import Words
from dashboard.charts import stage_words
from dashboard.components import messages, pickers, state
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis import plan, stages
from kpis.plan.document import WORDS

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
    """The second step, the goal, and the third, its year, in one row."""
    goal_spot, year_spot = st.columns([2.5, 0.8], vertical_alignment="bottom")
    with goal_spot, st.container(key="way_goal"):
        first, second = st.columns([1.1, 1.4], vertical_alignment="bottom")
        with first:
            kind = _kind(reader, area)
        with second:
            goal = _goal(reader, kind, reader.dimensions)
    with year_spot, st.container(key="way_year"):
        by = _year(reader)
    return Choice(area, goal, by)


def keep() -> None:
    """What an address says of the goal stays in it until a country is chosen."""
    store = state.store()
    for name in ("reach", "aim", "dimension", "until"):
        if store.values.get(name):
            store.used[name] = store.values[name]


def _kind(reader: Reader, area: str) -> str:
    """A stage, "egdi" or "rank"; usually the stage after that of the country."""
    overall = data.stage_profile(reader.warehouse, area).overall
    usual = stages.STAGES[min((overall or 0) + 1, 3)]
    template, names = _("Stage {n}: {stage}"), stage_words.names(reader.ctx)
    labels = {
        stage: template.format(n=n, stage=name)
        for n, (stage, name) in enumerate(zip(stages.STAGES, names, strict=True), 1)
    }
    labels |= {"egdi": _("an EGDI"), "rank": _("a rank in EGDI")}
    return pickers.choose(_("Goal"), "reach", GOALS, usual, labels.__getitem__) or usual


def _year(reader: Reader) -> int:
    """The year of the goal, of those that follow the year of reading."""
    start = max(data.as_of(reader.warehouse), 2000)
    years = [str(year) for year in range(start + 1, start + AHEAD)]
    usual = str(USUAL_YEAR) if str(USUAL_YEAR) in years else years[0]
    return int(pickers.choose(_("By"), "until", years, usual, str) or usual)


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
    options = {"all": _("All dimensions")} | labels
    options.pop("overall", None)
    dimension = pickers.choose(_("Dimension"), "dimension", list(options), "all", options.__getitem__)
    return plan.make_goal(stage=kind, dimension=dimension or "all")


def texts(area: str) -> Words:
    """What was written into the plan of a country in this session: owners, days, budgets, notes."""
    by_area: dict[str, Words] = st.session_state.setdefault("escala_plan_texts", {})
    return by_area.setdefault(area, {kind: {} for kind in WORDS})


def carried(area: str) -> dict[str, object]:
    """The own targets and the reviews of the plan of a country in this session, as fields of the plan."""
    by_area: dict[str, dict[str, object]] = st.session_state.setdefault("escala_plan_carried", {})
    return by_area.setdefault(area, {"own_targets": (), "reviews": ()})


def adopt(loaded: plan.Plan) -> None:
    """Makes a loaded plan the one on screen: goal and levers in the controls, words in the session."""
    for name, code in _codes(loaded).items():
        state.store().values[name] = [code]
    state.store().values["set"] = [f"{lever.kpi}:{lever.target:g}" for lever in loaded.levers]
    texts(loaded.area).update({kind: loaded.words.get(kind, {}) for kind in WORDS})
    carried(loaded.area).update(own_targets=loaded.own_targets, reviews=loaded.reviews)
    st.session_state["escala_plan_loaded"] = loaded


def _codes(loaded: plan.Plan) -> dict[str, str]:
    """The goal of a plan in the parameters of the address."""
    goal = stages.STAGES[int(loaded.value)] if loaded.kind == "stage" else loaded.kind
    codes = {
        "country": loaded.area,
        "reach": goal,
        "until": str(loaded.by),
        "dimension": loaded.dimension,
    }
    if loaded.kind == "egdi":
        codes["aim"] = f"{loaded.value:.2f}"
    if loaded.kind == "rank":
        codes["aim"] = f"{loaded.value:.0f}"
    if loaded.mobile_first:
        codes["variant"] = MOBILE
    return codes


def open_link() -> None:
    """Reads the plan of the address, once; messages say what it could not use."""
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
    beside = state.store().values.get("set")  # what the sliders said since the plan was packed
    adopt(loaded.plan)
    if beside:
        state.store().values["set"] = beside


def keep_link(country_plan: plan.Plan) -> None:
    """What people wrote travels in the address; a plan without words needs none."""
    store = state.store()
    packed = ""
    if country_plan.words or country_plan.own_targets:
        try:
            packed = plan.link(country_plan.model_copy(update={"levers": ()}))  # these stand beside it
        except plan.PlanError as fault:
            messages.warning(fault.say(_lang()))
    st.session_state["escala_plan_packed"] = packed
    store.values["plan"] = store.used["plan"] = [packed] if packed else []


def say_problems() -> None:
    """What had to be left out of a loaded plan, or why it could not be read."""
    problems = st.session_state.pop("escala_plan_says", [])
    for message in problems[: state.MOST_NOTES]:
        messages.warning(message, icon=messages.INFO)
    if len(problems) > state.MOST_NOTES:
        rest = len(problems) - state.MOST_NOTES
        messages.warning(_("Further notes on this plan: {n}.").format(n=rest), icon=messages.INFO)


def _lang() -> str:
    return str(st.session_state.get("escala_lang", "en"))
