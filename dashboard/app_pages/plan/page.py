"""Plan: from here to a stage, an EGDI or a rank: what it takes, how ambitious it is, and in which steps."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.plan import files as plan_file
from dashboard.app_pages.plan import forecast as plan_forecast
from dashboard.app_pages.plan import gates as plan_gates
from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import levers as plan_levers
from dashboard.app_pages.plan import reads
from dashboard.app_pages.plan import steps as plan_steps
from dashboard.app_pages.plan import words as plan_words
from dashboard.components import frame, pickers, shell
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis import plan

VIEWS = ["gates", "steps", "levers", "forecast", "files"]


def draw(reader: Reader) -> None:
    """The page."""
    if not data.stage_years(reader.warehouse):
        raise data.NothingHeldError(_("No country has a stage yet: too few figures are held."))
    plan_goal.open_link()
    top = st.container()
    choice = _controls(reader)
    if choice is None:
        _no_country(reader, top)
        return
    sentence, ambition = _answer(reader, choice)
    with top:
        shell.headline(sentence, lead=ambition)
        plan_goal.say_problems()
    view, mobile = _view(reader, choice.area)
    country_plan = _plan(reader, choice, mobile)
    if view == "gates":
        plan_gates.show(reader, choice)
    elif view == "levers":
        plan_levers.show(reader, choice.area)
    elif view == "forecast":
        plan_forecast.show(reader, choice, country_plan)
    elif view == "steps":
        plan_steps.show(reader, country_plan)
    else:
        _files(reader, country_plan)
    plan_goal.keep_link(country_plan)


def _controls(reader: Reader) -> plan_goal.Choice | None:
    """The goal; None until a country is chosen."""
    with st.container(key="controls_plan"):
        first, second = st.columns([1, 3], vertical_alignment="bottom")
        with first:
            area = pickers.country(reader)
        with second:
            return plan_goal.choose(reader, area) if area else None


def _no_country(reader: Reader, top: Container) -> None:
    with top:
        shell.headline(
            _("From where we are to where we want to be: what does it take?"),
            lead=_("Choose a country, then a goal and a year. Or load a plan that was saved here."),
        )
        plan_goal.say_problems()
    plan_file.upload(reader)


def _plan(reader: Reader, choice: plan_goal.Choice, mobile: bool) -> plan.Plan:
    """The plan with the reader's words. mobile: the mobile-first variant."""
    outlook = reads.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    words = plan_goal.texts(choice.area)
    return reads.make(reader.warehouse, outlook, words["owners"], words["notes"], mobile)


@cached(frame.CACHED_FRAMES)
def _answer(reader: Reader, choice: plan_goal.Choice) -> tuple[str, str]:
    """What the goal takes, and how ambitious it is."""
    outlook = reads.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    areas = {str(code): str(name) for code, name in reader.area_names.items()}
    kpis = {kpi_id: kpi.name for kpi_id, kpi in reader.kpis.items()}
    return (
        plan_words.headline(areas[outlook.area], outlook, reader.dimensions, reader.ctx),
        plan_words.ambition(outlook, kpis, areas, reader.ctx),
    )


def _view(reader: Reader, area: str) -> tuple[str, bool]:
    """The part of the plan on screen, and whether it is the mobile-first variant."""
    labels = {
        "gates": _("Gates and paces"),
        "steps": _("Steps"),
        "levers": _("What if"),
        "forecast": _("Forecast"),
        "files": _("Save and compare"),
    }
    first, second = st.columns([2.2, 1], vertical_alignment="bottom")
    with first:
        view = pickers.switch(_("View"), "show", VIEWS, "gates", labels.__getitem__)
    if not reader.area(area).is_ldc:
        return view, False
    variants = {"standard": _("Standard"), plan_goal.MOBILE: _("Mobile first")}
    with second:
        variant = pickers.switch(_("Variant"), "variant", list(variants), "standard", variants.__getitem__)
    return view, variant == plan_goal.MOBILE


def _files(reader: Reader, country_plan: plan.Plan) -> None:
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        plan_file.downloads(reader, country_plan)
        plan_file.note(country_plan.area)
        plan_file.link(reader, country_plan)
    with right:
        plan_file.upload(reader)
    plan_file.review(reader, country_plan.area)
