"""A plan that is followed: kept in the workspace, reviewed as figures arrive; own targets; reminders."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import past
from dashboard.charts import figures
from dashboard.components import frame, language, messages, pickers, state, table, workspace
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis import plan
from kpis.messages import TranslatedError
from kpis.plan import phrases
from kpis.plan.document import MOST_OWN_TARGETS
from kpis.workspace import Item, Person, Role, Workspace, follow_up
from kpis.workspace.faults import WorkspaceOffError
from kpis.workspace.follow_up import LONGEST_TITLE, Kept

KEPT, SAYS = "escala_plan_kept", "escala_plan_says"
TITLE, CHOSEN = "plan_kept_title", "plan_kept_chosen"
OWN_KPI, OWN_VALUE, OWN_YEAR = "plan_own_kpi", "plan_own_value", "plan_own_year"
HEADING = Markup('<h2 class="e-section">{}</h2>')
AHEAD = 15  # years in which an own target may lie


def show(reader: Reader, country_plan: plan.Plan) -> None:
    """What is kept and reviewed on the left, own targets and reminders on the right."""
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        _keeping(reader, country_plan)
        _reviews(reader, country_plan)
    with right:
        _own_targets(reader, country_plan)
        _reminders(reader, country_plan)
    _history(reader, country_plan)


def _held(area: str) -> Kept | None:
    """The plan of a country that was opened from the workspace in this session, if one was."""
    held: Kept | None = st.session_state.get(KEPT)
    return held if held is not None and held.plan.area == area else None


def _keeping(reader: Reader, country_plan: plan.Plan) -> None:
    """The plan on screen, to be kept; the plans that are kept, to be opened."""
    st.html(HEADING.format(_("Kept plans")))
    access = workspace.access(reader.lang)
    if workspace.say_if_off(access) or access.workspace is None or access.person is None:
        return
    held = _held(country_plan.area)
    if held:
        template = _("Opened: {title}, version {n}, changed on {day}.")
        day = language.day(held.item.changed.date())
        frame.foot_only(template.format(title=held.item.title, n=held.item.version, day=day))
    if access.may(Role.EDITOR):
        st.session_state.setdefault(TITLE, held.item.title if held else "")
        usual = _usual_title(reader, country_plan)
        st.text_input(_("Title"), key=TITLE, max_chars=LONGEST_TITLE, placeholder=usual)
        with st.container(horizontal=True, key="plan_keeping"):
            if held:
                _button(_("Save the changes"), "follow", _follow, reader, country_plan)
            _button(_("Keep as a new plan"), "keep", _keep, reader, country_plan)
            if held:
                _button(_("Remove from the workspace"), "remove", _remove, reader, country_plan)
    _opening(reader, follow_up.kept(access.workspace, access.person, country_plan.area))


def _opening(reader: Reader, items: list[Item]) -> None:
    """The kept plans of the country, the one changed last first."""
    if not items:
        frame.foot_only(_("No plan of this country is kept yet."))
        return
    named = {item.id: f"{item.title} · {language.day(item.changed.date())}" for item in items}
    first, second = st.columns([2, 1], vertical_alignment="bottom")
    with first:
        st.selectbox(
            _("Plans of this country"),
            list(named),
            key=CHOSEN,
            format_func=named.__getitem__,
            placeholder=_("Plans of this country"),
        )
    with second:
        st.button(_("Open"), key="plan_kept_open", on_click=_told, args=(_open, reader.lang, reader))


def _button(label: str, name: str, act: Callable[..., None], reader: Reader, of_plan: plan.Plan) -> None:
    st.button(label, key=f"plan_kept_{name}", on_click=_told, args=(act, reader.lang, reader, of_plan))


def _told(act: Callable[..., None], lang: str, *args: object) -> None:
    """Callback: does something with the workspace; why it could not be done stands above the page.

    What the reader wrote stays on screen in any case.
    """
    try:
        act(*args)
    except TranslatedError as fault:
        st.session_state[SAYS] = [fault.say(lang)]


def _of_run(lang: str) -> tuple[Workspace, Person]:
    """The workspace and who asks. Raises WorkspaceOffError where it has become closed."""
    access = workspace.access(lang)
    if access.workspace is None or access.person is None:
        raise WorkspaceOffError(access.reason)
    return access.workspace, access.person


def _open(reader: Reader) -> None:
    held = follow_up.opened(*_of_run(reader.lang), st.session_state[CHOSEN], reader.warehouse.tables)
    st.session_state[SAYS] = held.loaded.messages(reader.lang)
    _show(held.plan, held.item)
    plan_goal.adopt(held.plan)
    state.store().changed = True


def _show(now: plan.Plan, item: Item) -> None:
    """The plan on screen is this entry from now on."""
    st.session_state[KEPT] = Kept(item, plan.Loaded(now, ()))
    st.session_state[TITLE] = item.title


def _usual_title(reader: Reader, country_plan: plan.Plan) -> str:
    return f"{reader.area(country_plan.area).name} {country_plan.by}"


def _title() -> str:
    return str(st.session_state.get(TITLE, "")).strip()


def _keep(reader: Reader, country_plan: plan.Plan) -> None:
    title = _title() or _usual_title(reader, country_plan)
    _show(country_plan, follow_up.keep(*_of_run(reader.lang), country_plan, title))


def _follow(reader: Reader, country_plan: plan.Plan) -> None:
    held = _held(country_plan.area)
    if held is not None:
        now = plan.continued(held.plan, country_plan)
        _show(now, follow_up.follow(*_of_run(reader.lang), held.item, now, _title()))


def _remove(reader: Reader, country_plan: plan.Plan) -> None:
    held = _held(country_plan.area)
    if held is not None:
        follow_up.remove(*_of_run(reader.lang), held.item)
        del st.session_state[KEPT]


def _reviews(reader: Reader, country_plan: plan.Plan) -> None:
    """The reviews of the plan, the last one as a table; a new one where it is kept."""
    st.html(HEADING.format(_("Reviews")))
    held = _held(country_plan.area)
    if held is None:
        frame.foot_only(_("Keep or open a plan to review it: planned beside actual, dated, in its history."))
    else:
        if plan.is_due(held.plan, reader.version):
            messages.info(_("The figures have changed since the last review, or since the plan was made."))
        args = (_review, reader.lang, reader, country_plan)
        st.button(_("Review with the figures of today"), key="plan_review", on_click=_told, args=args)
    for review in reversed(country_plan.reviews[-1:]):
        title = _("Review of {day}").format(day=language.day(datetime.date.fromisoformat(review.day)))
        st.html(_reviewed(reader, title, review))
    if len(country_plan.reviews) > 1:
        with st.expander(_("Earlier reviews ({n})").format(n=len(country_plan.reviews) - 1)):
            for review in reversed(country_plan.reviews[:-1]):
                day = language.day(datetime.date.fromisoformat(review.day))
                st.html(_reviewed(reader, _("Review of {day}").format(day=day), review))


def _history(reader: Reader, country_plan: plan.Plan) -> None:
    """All versions of the plan that is open, as others left it too."""
    access, held = workspace.access(reader.lang), _held(country_plan.area)
    if held is None or not access.is_open or access.workspace is None or access.person is None:
        return
    st.html(HEADING.format(_("History")))
    st.html(past.html(reader, access.workspace, access.person, held))


def _review(reader: Reader, country_plan: plan.Plan) -> None:
    held = _held(country_plan.area)
    if held is None:
        return
    now = plan.continued(held.plan, country_plan)
    today = datetime.date.today()
    item = follow_up.review(*_of_run(reader.lang), held.item, now, today, reader.warehouse.tables)
    reviewed = follow_up.opened(*_of_run(reader.lang), item.id, reader.warehouse.tables)
    _show(reviewed.plan, item)
    plan_goal.carried(country_plan.area)["reviews"] = reviewed.plan.reviews


def _reviewed(reader: Reader, title: str, review: plan.Review) -> Markup:
    kpis, ctx = reader.kpis, reader.ctx
    heads = [Column("KPI"), Column(_("Year"), True), Column(_("Planned"), True), Column(_("Actual"), True)]
    body: list[list[Cell]] = [
        [
            kpis[row.kpi].name,
            str(row.time_period),
            figures.point(row.planned, kpis[row.kpi], row.time_period, ctx),
            figures.figure(row.actual, kpis[row.kpi], row.actual_year, ctx),
            phrases.verdict(row, reader.lang),
        ]
        for row in review.rows
        if row.kpi in kpis
    ]
    if not body:
        return Markup('<p class="e-foot">{}: {}</p>').format(title, _("nothing is due yet."))
    return table.html(title, [*heads, Column(_("Status"))], body, no_data=_("no data"))


def _own_targets(reader: Reader, country_plan: plan.Plan) -> None:
    """Targets that the owner of the plan sets beside those of the goal: a value in a year."""
    st.html(HEADING.format(_("Own targets")))
    area, labels = country_plan.area, pickers.kpi_labels(reader.warehouse, reader.lang, parted=False)
    for place, own in enumerate(country_plan.own_targets):
        kpi = reader.kpis.get(own.kpi)
        with st.container(horizontal=True, vertical_alignment="center", key=f"plan_own_{place}"):
            value = figures.point(own.value, kpi, own.year, reader.ctx) if kpi else f"{own.value:g}"
            line = Markup('<p class="e-step"><b>{}</b> ({}): {}</p>')
            st.html(line.format(kpi.name if kpi else own.kpi, own.year, value))
            st.button(_("Remove"), key=f"plan_own_remove_{place}", on_click=_drop, args=(area, place))
    st.selectbox(
        _("KPI"),
        list(labels),
        key=OWN_KPI,
        format_func=labels.__getitem__,
        filter_mode="contains",
        placeholder=_("KPI"),
    )
    first, second, third = st.columns([1, 1, 1], vertical_alignment="bottom")
    with first:
        st.number_input(_("Value"), key=OWN_VALUE, value=None, format="%g")
    with second:
        start = reader.ctx.as_of
        st.selectbox(
            _("Year"), list(range(start, start + AHEAD + 1)), key=OWN_YEAR, index=4, placeholder=_("Year")
        )
    with third:
        full = len(country_plan.own_targets) >= MOST_OWN_TARGETS
        st.button(_("Add"), key="plan_own_add", on_click=_add, args=(area,), disabled=full, width="stretch")
    frame.foot_only(_("An own target goes with the plan: into its link, its files and its reviews."))


def _add(area: str) -> None:
    """Callback: the own target joins the plan; one of the same KPI and year is replaced."""
    value = st.session_state.get(OWN_VALUE)
    if value is None:
        return
    own = plan.OwnTarget(kpi=st.session_state[OWN_KPI], value=value, year=st.session_state[OWN_YEAR])
    held = plan_goal.carried(area)
    others = [one for one in _targets(area) if (one.kpi, one.year) != (own.kpi, own.year)]
    held["own_targets"] = (*others, own)


def _drop(area: str, place: int) -> None:
    held = plan_goal.carried(area)
    held["own_targets"] = tuple(one for at, one in enumerate(_targets(area)) if at != place)


def _targets(area: str) -> tuple[plan.OwnTarget, ...]:
    own = plan_goal.carried(area)["own_targets"]
    return own if isinstance(own, tuple) else ()


def _reminders(reader: Reader, country_plan: plan.Plan) -> None:
    """The calendar file, where there is anything to remind of."""
    st.html(HEADING.format(_("Reminders")))
    try:
        calendar = plan.ics(country_plan, reader.lang, store=reader.warehouse.tables)
    except plan.PlanError as fault:
        frame.foot_only(fault.say(reader.lang))
        return
    count = calendar.count("BEGIN:VEVENT")
    name = f"escala_plan_{country_plan.area}_{country_plan.by}.ics"
    file_button(_("Calendar file (ICS)"), calendar.encode, name, "text/calendar", key="plan_ics")
    frame.foot_only(
        _("Entries: {n}. Days of steps, and months in which sources are expected to publish.").format(n=count)
    )
