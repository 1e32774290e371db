"""The next editions without the plan and with it: answer, chart, what the goal takes, what to know."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.plan import forecast_lanes as lanes
from dashboard.app_pages.plan import forecast_words as words
from dashboard.app_pages.plan import goal as plan_goal
from dashboard.app_pages.plan import levers as plan_levers
from dashboard.app_pages.plan import reads
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import records
from dashboard.components import explain, frame, messages, pickers, sources, state, table
from dashboard.components.container import Container
from dashboard.components.faults import guarded
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader
from kpis import plan
from kpis.forecast import INDICES, PlanForecast
from kpis.forecast.panel import YEARS_APART
from kpis.forecast.plan import EditionForecast
from kpis.forecast.words import TOO_FEW

SHARES = [str(share) for share in range(0, 101, 10)]
MOST_ITEMS = 5  # components that are listed openly
Changes = tuple[tuple[str, float], ...]


@st.fragment
@guarded
def show(reader: Reader, choice: plan_goal.Choice, country_plan: plan.Plan) -> None:
    """The answer beside its controls, then the chart and the notes."""
    if not reads.can_forecast(reader.warehouse):
        messages.info(_(TOO_FEW))
        return
    top, right = st.columns([1.9, 1], gap="medium")
    country_plan = _held(reader, country_plan)
    changes = _changes(reader, country_plan)
    with right:
        done, delivered = _controls(reader)
    forecast = reads.forecast(reader.warehouse, choice.area, choice.goal, changes, done, delivered)
    name = reader.area(choice.area).name
    if forecast.missing:
        messages.info(words.no_forecast(name, forecast, _index_names(reader), reader.ctx))
    else:
        seen, precedent = _precedent(reader, forecast, choice.by)
        whole_seen, whole = _whole(reader, forecast, choice.by)
        answer = words.answer(name, forecast, choice.by, reader.ctx)
        unseen = [each for was_seen, each in ((seen, precedent), (whole_seen, whole)) if not was_seen]
        _answer(top, " ".join([answer, *unseen]))
        frame.show(*draw(reader, choice, changes, done, delivered))
        left, right = st.columns(2, gap="large")
        left.html(_findings(reader, forecast, choice.by))
        with right:
            _levers(reader, forecast, country_plan)
            notes = words.honest(forecast, reads.has_technology(reader.warehouse), reader.ctx)
            precedents = [each for each in (precedent, whole) if each and each not in unseen]
            st.html(_list(_("What to know"), [*precedents, *notes]))
    state.end()


def _answer(top: Container, sentence: str) -> None:
    top.html(Markup('<p class="e-lead" role="status" aria-live="polite">{}</p>').format(sentence))


def _precedent(reader: Reader, forecast: PlanForecast, by: int) -> tuple[bool, str]:
    """Whether a rise as large as the plan's was ever seen, and a sentence on it; none without a rise."""
    edition = words.of_goal(forecast, by)
    stood, did = _stood(reader, forecast, edition)
    if edition is None or not stood:
        return True, ""
    return did > 0, words.precedent(forecast, edition, stood, did, reader.ctx)


def _whole(reader: Reader, forecast: PlanForecast, by: int) -> tuple[bool, str]:
    """The same of the last edition, where that comes after the one of the goal and shows more of the plan."""
    first, last = words.of_goal(forecast, by), forecast.editions[-1]
    stood, did = _stood(reader, forecast, last)
    if first is None or not stood or words.rise(forecast, last) < words.rise(forecast, first) + words.A_STEP:
        return True, ""
    return did > 0, words.whole(forecast, last, stood, did, reader.ctx)


def _stood(reader: Reader, forecast: PlanForecast, edition: EditionForecast | None) -> tuple[int, int]:
    """How many countries once stood near, and how many of them rose as much; 0, 0 without a rise."""
    if edition is None or not 0 < (rise := round(words.rise(forecast, edition), 4)) <= 1:
        return 0, 0
    ahead = (edition.year - forecast.origin) // YEARS_APART
    return reads.precedent(reader.warehouse, forecast.area, rise, ahead)


def _changes(reader: Reader, country_plan: plan.Plan) -> Changes:
    """The components that move: those of the view "What if" if there are any, else the plan's."""
    return reads.moves(reader.warehouse, plan.link(country_plan.without_words()))


def _held(reader: Reader, country_plan: plan.Plan) -> plan.Plan:
    """The plan without levers that were taken out since the whole page was drawn."""
    values = plan_levers.of_address(reader, country_plan.area)
    levers = tuple(lever for lever in country_plan.levers if lever.kpi in values)
    return country_plan.model_copy(update={"levers": levers})


def _controls(reader: Reader) -> tuple[int, float]:
    """The year in which the plan is done, and the share of it that is delivered."""
    start = data.as_of(reader.warehouse)
    years = [str(year) for year in range(start, start + 5)]
    first, second = st.columns(2)
    with first:
        done = pickers.choose(_("Plan done by"), "done", years, years[1], str)
    with second:
        share = pickers.choose(
            _("Share delivered"), "delivered", SHARES[::-1], SHARES[-1],
            lambda percent: reader.ctx.percentage(int(percent)),
        )  # fmt: skip
    return int(done or years[1]), int(share or SHARES[-1]) / 100


@drawn(frame.CACHED_FRAMES)
def draw(
    reader: Reader, choice: plan_goal.Choice, changes: Changes, done: int, delivered: float
) -> tuple[Chart, Frame]:
    """The chart of the coming editions and its frame."""
    forecast = reads.forecast(reader.warehouse, choice.area, choice.goal, changes, done, delivered)
    ctx, n = reader.ctx, int(reader.areas["un_member"].sum())
    markup = _table(reader, forecast)
    return lanes.figure(forecast, n, ctx), Frame(
        key="plan_forecast",
        title=words.title(forecast, ctx),
        unit=_(
            "Forecasts, no promises. Dashed: nothing new, with the band in which 8 of 10 such forecasts "
            "ended. Hatched: plan, its middle from the cautious to the hopeful reading; not tested on the "
            "past"
        ),
        alt=lanes.alt(forecast, ctx),
        foot=sources.foot_of(
            reader, ["EGDI"], str(forecast.origin), _("n = {n} countries").format(n=ctx.number(n)),
            _("computed here: forecast"),
        ),
        data=lambda: _export(forecast),
        table=lambda: markup,
        file=f"escala_plan_forecast_{choice.area}",
        how=lambda: explain.method(reader, "forecast_plan"),
    )  # fmt: skip


def _table(reader: Reader, forecast: PlanForecast) -> str:
    heads = [
        Column(_("Edition")),
        Column(_("Rank, nothing new"), True),
        Column(_("Rank, with the plan"), True),
        Column(_("EGDI, nothing new"), True),
        Column(_("EGDI, with the plan"), True),
    ]
    ctx, egdi = reader.ctx, reader.kpi("EGDI")
    rows: list[list[Cell]] = [
        [
            str(edition.year),
            words.usual_rank(edition, ctx),
            words.plan_rank(edition, ctx),
            words.usual_egdi(edition, egdi, ctx),
            words.plan_egdi(edition, egdi, ctx),
        ]
        for edition in forecast.editions
    ]
    if forecast.aim is not None:
        heads += [
            Column(_("Chance of the goal, nothing new"), True),
            Column(_("Chance, with the plan"), True),
        ]
        for row, edition in zip(rows, forecast.editions, strict=True):
            row += [words.usual_chance(edition, ctx), words.plan_chance(edition, ctx)]
    return table.html(_("The next editions without and with the plan"), heads, rows, wide=True)


def _export(forecast: PlanForecast) -> pd.DataFrame:
    changes = " ".join(f"{name}:{value:g}" for name, value in forecast.changes.items())
    return forecast.table.assign(done=forecast.done, delivered=forecast.delivered, changes=changes)


def _findings(reader: Reader, forecast: PlanForecast, by: int) -> Markup:
    ctx, egdi, indices = reader.ctx, reader.kpi("EGDI"), _index_names(reader)
    takes = [*words.takes(forecast, egdi, ctx)]
    moved = [*words.values(forecast, egdi, ctx), *words.absorbed(forecast, indices, ctx)]
    return (
        _list(_("What the goal takes"), takes)
        + _list(_("What the plan moves"), moved)
        + _list(_("What comes too late"), words.too_late(forecast, by, indices, ctx))
    )


def _list(head: str, items: Sequence[str]) -> Markup:
    """A list, perhaps with a heading; nothing without items."""
    entries = Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    )
    title = Markup('<p class="e-step"><b>{}</b></p>').format(head) if head else Markup("")
    return title + entries if items else Markup("")


def _levers(reader: Reader, forecast: PlanForecast, country_plan: plan.Plan) -> None:
    """Which components move, where they come from, and which targets move nothing."""
    items, of_levers = _taken(reader, forecast), bool(country_plan.levers)
    head = _("Taken from the view “What if”") if of_levers else _("Taken from the targets of the plan")
    if len(items) > MOST_ITEMS:
        with st.expander(_("{head}: {n} components").format(head=head, n=reader.ctx.number(len(items)))):
            st.html(_list("", items))
    else:
        st.html(_list(head, items or [_("no component of EGDI")]))
    if of_levers:
        label = _("Take the targets of the plan")
        st.button(label, key="forecast_reset", on_click=plan_levers.reset, type="tertiary")
    elif names := _still(reader, country_plan):
        frame.foot_only(
            _("Targets that are no part of EGDI and move nothing here: {kpis}.").format(kpis=names)
        )


def _taken(reader: Reader, forecast: PlanForecast) -> list[Markup]:
    """Each component that moves, or a sub-index as a whole, from today's value to the new one."""
    rows = records(reads.levers(reader.warehouse, forecast.area))
    now = forecast.last | {row["component"]: row["now"] for row in rows}
    return words.taken(forecast, now, reader.kpis, reader.ctx)


def _still(reader: Reader, country_plan: plan.Plan) -> str:
    """The targets that move nothing, by name."""
    still = reads.still(reader.warehouse, plan.link(country_plan.without_words()))
    return ", ".join(reader.kpi(kpi).name for kpi in still if kpi in reader.kpis)


def _index_names(reader: Reader) -> dict[str, str]:
    return {name: reader.kpi(name).name for name in INDICES}
