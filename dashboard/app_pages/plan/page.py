"""Plan: from here to a stage, an EGDI or a rank: what it takes, how ambitious it is, and in which steps."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.plan import files as plan_file
from dashboard.app_pages.plan import gates as plan_gates
from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import levers as plan_levers
from dashboard.app_pages.plan import reads
from dashboard.app_pages.plan import steps as plan_steps
from dashboard.app_pages.plan import words as plan_words
from dashboard.components import frame, pickers, shell
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis import plan

VIEWS = ["gates", "steps", "levers", "files"]


def draw(reader: Reader) -> None:
    """The page."""
    if not data.stage_years(reader.warehouse):
        raise data.NothingHeldError(_("No country has a stage yet: too few figures are held."))
    plan_goal.open_link()
    top = st.container()
    with st.container(key="controls_plan"):
        first, second = st.columns([1, 3], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader)
        with second:
            choice = plan_goal.choose(reader, area) if area else None
    if choice is None:
        with top:
            shell.headline(
                _("From where we are to where we want to be: what does it take?"),
                lead=_("Choose a country, then a goal and a year. Or load a plan that was saved here."),
            )
            plan_goal.say_problems()
        plan_file.upload(reader)
        return
    found = reads.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    sentence, ambition = _answer(reader, choice)
    with top:
        shell.headline(sentence, lead=ambition)
        plan_goal.say_problems()
    view, mobile = _view(reader, choice.area)
    words = plan_goal.texts(choice.area)
    made = reads.make(reader.warehouse, found, words["owners"], words["notes"], mobile)
    if view == "gates":
        plan_gates.show(reader, choice)
    elif view == "levers":
        plan_levers.show(reader, choice.area)
    elif view == "steps":
        plan_steps.show(reader, made)
    else:
        _files(reader, made)
    plan_goal.keep_link(made)


@cached(frame.CACHED_FRAMES)
def _answer(reader: Reader, choice: plan_goal.Choice) -> tuple[str, str]:
    """What the goal takes, and how ambitious it is."""
    found = reads.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    areas = reader.area_names
    labels = reader.dimensions
    kpis = {one: kpi.name for one, kpi in reader.kpis.items()}
    return (
        plan_words.headline(str(areas[found.area]), found, labels, reader.ctx),
        plan_words.ambition(found, kpis, areas.to_dict(), reader.ctx),
    )


def _view(reader: Reader, area: str) -> tuple[str, bool]:
    """The part of the plan on screen, and whether it is the mobile-first variant."""
    said = {
        "gates": _("Gates and paces"),
        "steps": _("Steps"),
        "levers": _("What if"),
        "files": _("Save and compare"),
    }
    ldc = bool(reader.area(area).is_ldc)
    first, second = st.columns([2.2, 1], vertical_alignment="bottom")
    with first:
        view = pickers.switch(_("View"), "show", VIEWS, "gates", lambda one: said[one])
    if not ldc:
        return view, False
    variants = {"standard": _("Standard"), plan_goal.MOBILE: _("Mobile first")}
    with second:
        chosen = pickers.switch(
            _("Variant"), "variant", list(variants), "standard", lambda one: variants[one]
        )
    return view, chosen == plan_goal.MOBILE


def _files(reader: Reader, made: plan.Plan) -> None:
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        plan_file.downloads(reader, made)
        plan_file.note(made.area)
        plan_file.link(reader, made)
    with right:
        plan_file.upload(reader)
    plan_file.review(reader, made.area)
