"""Plan: country, goal, year, document: what it takes, how ambitious it is, and in which steps."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import carried as plan_carried
from dashboard.app_pages.plan import files as plan_file
from dashboard.app_pages.plan import follow as plan_follow
from dashboard.app_pages.plan import forecast as plan_forecast
from dashboard.app_pages.plan import gates as plan_gates
from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import levers as plan_levers
from dashboard.app_pages.plan import reads
from dashboard.app_pages.plan import steps as plan_steps
from dashboard.charts import plan_words
from dashboard.components import frame, own_table, pickers, shell, state
from dashboard.components.container import Container
from dashboard.components.language import text as _
from dashboard.reads import plans
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis import plan

VIEWS = ["gates", "steps", "levers", "forecast", "follow", "files"]
CARRIES = ("gates", "steps", "files")  # views that say which levers the plan holds; two say it themselves


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
    levers = plan_levers.of_address(reader, choice.area)
    country_plan = _plan(reader, choice, mobile, levers)
    if view in CARRIES:
        plan_carried.line(reader, country_plan)
    if view == "gates":
        plan_gates.show(reader, choice)
        own_table.show(reader, choice.area)
    elif view == "levers":
        plan_levers.show(reader, choice.area)
    elif view == "forecast":
        plan_forecast.show(reader, choice, country_plan)
    elif view == "steps":
        plan_steps.show(reader, country_plan)
    elif view == "follow":
        plan_follow.show(reader, country_plan)
    else:
        _files(reader, country_plan)
    plan_goal.keep_link(country_plan)


def _controls(reader: Reader) -> plan_goal.Choice | None:
    """The four steps to a plan in one row; None until a country is chosen, which has more room till then."""
    is_open = pickers.country_of_address(reader) is not None
    with st.container(key="controls_plan"):
        first, second, third = st.columns(
            [1.15, 3.1, 0.85] if is_open else [2, 1, 1], vertical_alignment="bottom"
        )
        with first, st.container(key="way_country"):
            area = pickers.country(reader)
        if area is None:
            return None
        with second:
            choice = plan_goal.choose(reader, area)
        with third, st.container(key="way_document", gap=None):
            _document()
    return choice


def _document() -> None:
    """The last step: to the view with the files."""
    st.html(Markup('<p class="e-way-label">{}</p>').format(_("Document")))
    st.button(
        _("Take the plan away"),
        key="plan_document",
        width="stretch",
        on_click=state.store().put,
        args=("show", ["files"]),
    )


def _no_country(reader: Reader, top: Container) -> None:
    """The question, the steps that follow, and, folded, the way back to a saved plan."""
    with top:
        shell.headline(
            _("From where we are to where we want to be: what does it take?"),
            lead=_("Choose a country, then a goal and a year. Or load a plan that was saved here."),
        )
        plan_goal.say_problems()
    plan_goal.keep()
    st.html(_ahead())
    with st.expander(_("Load a saved plan")):
        plan_file.upload(reader)


def _ahead() -> Markup:
    """The four steps, of which the first is asked now."""
    steps = (
        (_("Country"), _("The first question: choose it above.")),
        (_("Goal"), _("The next stage, an EGDI or a rank.")),
        (_("Year"), _("By when, and whether others made it in that time.")),
        (_("Document"), _("Gates, steps with owners, milestones and precedents to take away.")),
    )
    item = Markup("<li{}><b>{}</b><span>{}</span></li>")
    items = Markup("").join(
        item.format(Markup(' aria-current="step"') if not at else "", *step) for at, step in enumerate(steps)
    )
    return Markup('<ol class="e-way">{}</ol>').format(items)


def _plan(reader: Reader, choice: plan_goal.Choice, mobile: bool, levers: dict[str, float]) -> plan.Plan:
    """The plan with the reader's words, levers and own targets. mobile: the mobile-first variant."""
    outlook = plans.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
    words = plan_goal.texts(choice.area)
    made = reads.make(reader.warehouse, outlook, words, mobile, levers)
    return made.model_copy(update=plan_goal.carried(choice.area))


@worded(frame.CACHED_FRAMES)
def _answer(reader: Reader, choice: plan_goal.Choice) -> tuple[str, str]:
    """What the goal takes, and how ambitious it is."""
    outlook = plans.outlook(reader.warehouse, choice.area, choice.goal, choice.by)
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
        "follow": _("Follow-up"),
        "files": _("Document"),
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
        st.html(Markup('<h2 class="e-title">{}</h2>').format(_("The plan to take away")))
        plan_file.downloads(reader, country_plan)
        plan_file.note(country_plan.area)
    with right:
        with st.expander(_("Link to this plan")):
            plan_file.link(reader, country_plan)
        with st.expander(_("Load a saved plan")):
            plan_file.upload(reader)
    plan_file.review(reader, country_plan.area)
