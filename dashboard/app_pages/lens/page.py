"""SDG lens: which targets do e-government KPIs measure, serve or enable, and what goes together?"""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.lens import cloud as lens_cloud
from dashboard.app_pages.lens import goal as lens_goal
from dashboard.app_pages.lens import goals, reads
from dashboard.app_pages.lens import overview as lens
from dashboard.components import frame, pickers, shell
from dashboard.components.findings import usual_group
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

VIEWS = ["goals", "association", "income"]
ALL = "all"
START = "EGDI"
START_GROUP = "CARIBBEAN_SIDS"  # peers while no country is chosen
OUTCOME = "SDG_8.10.2"  # an account: many countries, and no part of an e-government index


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    with st.container(key="controls_lens"):
        first, second, third, fourth = st.columns([2.4, 1.15, 1.45, 1.5], vertical_alignment="bottom")
    with first:
        said = {"goals": _("Goals"), "association": _("Association"), "income": _("Against income")}
        view = pickers.switch(_("View"), "show", VIEWS, "goals", lambda one: said[one])
    with second:
        area = pickers.country(reader)
    if view == "goals":
        with third:
            goal = _goal()
        peers = START_GROUP
        if goal is not None and area is not None:
            with fourth:
                peers = _peers(reader, area)
        _goals(reader, goal, area, peers, top)
        return
    usual = usual_group(reader, area) if area else START_GROUP
    peers = pickers.linked_group(reader, "peers", usual) if view != "income" else usual
    with third:
        kpi = _kpi(reader)
    if view == "income":
        if area is not None:
            with fourth:
                peers = _peers(reader, area)
        lens_cloud.residuals(reader, kpi, area, peers, top)
        return
    with fourth:
        outcome = _outcome(reader, kpi)
    lens_cloud.association(reader, kpi, outcome, area, peers, top)


def _goal() -> int | None:
    options = [ALL, *map(str, goals.NAMES)]
    said = {str(goal): f"{goal}. {_(name)}" for goal, name in goals.NAMES.items()} | {ALL: _("All 17 goals")}
    chosen = pickers.choose(
        _("Goal"), "goal", options, ALL, lambda one: said[one], allowed=_("1 to 17, or all")
    )
    return None if chosen in (None, ALL) else int(chosen)


def _peers(reader: Reader, area: str) -> str:
    default = usual_group(reader, area)
    return pickers.group(reader, name="peers", default=default, label=_("Peers"))


def _kpi(reader: Reader) -> str:
    listed, options = reader.kpis, reads.eligible(reader.warehouse)
    if not options:
        raise data.NothingHeldError(_("No KPI holds a figure yet."))
    usual = START if START in options else options[0]
    allowed = _("ids of e-government KPIs, such as EGDI, OSI, GTMI")
    return (
        pickers.choose(
            _("E-government KPI"), "kpi", options, usual, lambda one: listed[one].name, allowed=allowed
        )
        or usual
    )


def _outcome(reader: Reader, kpi: str) -> str:
    listed, options = reader.kpis, reads.outcomes(reader.warehouse, kpi)
    usual = OUTCOME if OUTCOME in options else options[0]
    refused = _("{name} (not compared)")

    def say(one: str) -> str:
        return (
            refused.format(name=listed[one].name)
            if reads.shared(reader.warehouse, kpi, one)
            else listed[one].name
        )

    allowed = _("ids of KPIs that are SDG indicators, such as SDG_8.10.2")
    return (
        pickers.choose(_("Outcome (SDG indicator)"), "outcome", options, usual, say, allowed=allowed) or usual
    )


def _goals(
    reader: Reader, goal: int | None, area: str | None, peers: str, top: st.delta_generator.DeltaGenerator
) -> None:
    if goal is None:
        with top:
            shell.headline(lens.reach(reads.by_goal(reader.warehouse), reader.ctx), lead=lens_goal.rules())
        frame.show(*lens_goal.overview(reader, area))
        return
    with top:
        shell.headline(lens_goal.headline(reader, goal, area, peers), lead=lens_goal.rules())
    lens_goal.detail(reader, goal, area, peers)
