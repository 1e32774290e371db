"""The pictures of a plan: EGDI in the next editions if nothing new happens, and with the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dashboard.charts import forecast_words
from dashboard.charts.scalars import records
from dashboard.components.language import text as _
from dashboard.pictures.makers import about
from dashboard.pictures.model import Course, Fan, Step
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN
from kpis.forecast import PlanForecast
from kpis.forecast.plan import EditionForecast
from kpis.plan import Plan

Band = tuple[float, float, float]


def fans(reader: Reader, plan: Plan, forecast: PlanForecast) -> Iterator[Fan]:
    """Two fans on one scale: without the plan, and with it where an edition can show any of it."""
    editions = [edition for edition in forecast.editions if edition.year > forecast.origin]
    without = [(edition.year, _usual(edition)) for edition in editions]
    drawn = [(_("If nothing new happens"), without)]
    if any(edition.reaches for edition in editions):
        planned = [(edition.year, _planned(edition)) for edition in editions]
        title = _("With the plan, if done by {year}").format(year=forecast.done)
        drawn.append((title, planned))
    reach = tuple(end for _title, steps in drawn for _year, band in steps for end in (band[0], band[2]))
    for title, steps in drawn:
        yield _fan(reader, plan, title, steps, reach)


def _usual(edition: EditionForecast) -> Band:
    egdi = edition.nothing_new.egdi
    return egdi.p10, egdi.p50, egdi.p90


def _planned(edition: EditionForecast) -> Band:
    """With the plan; its middle is the middle of both readings of the plan."""
    egdi = edition.egdi
    return egdi.p10, (egdi.p50_low + egdi.p50_high) / 2, egdi.p90


def _fan(
    reader: Reader, plan: Plan, title: str, steps: list[tuple[int, Band]], reach: tuple[float, ...]
) -> Fan:
    kpi, ctx = forecast_words.coarse(reader.kpi(MAIN)), reader.ctx
    name = reader.area(plan.area).name
    course = data.trends(reader.warehouse, plan.area)
    course = course[course["kpi"] == MAIN].dropna(subset=["obs_value"]).sort_values("time_period")
    points = tuple((int(row["time_period"]), float(row["obs_value"])) for row in records(course))
    said: Callable[[float], str] = lambda amount: ctx.value(amount, kpi)  # noqa: E731
    told = "; ".join(
        _("{year}: {middle}, 8 of 10 between {low} and {high}").format(
            year=year, middle=said(band[1]), low=said(band[0]), high=said(band[2])
        )
        for year, band in steps
    )
    last = steps[-1][1]
    goal = (plan.value, _("goal {value}").format(value=said(plan.value))) if plan.kind == "egdi" else None
    return Fan(
        about(
            reader,
            title,
            f"EGDI, {kpi.unit}" if kpi.unit else "EGDI",
            _("Forecast by Escala from published editions; not a published figure"),
            f"{title}. {name}, EGDI. {told}.",
        ),
        Course(name, points, "focus", said(points[-1][1]) if points else ""),
        tuple(Step(year, *band) for year, band in steps),
        (_("8 of 10 such forecasts ended within"), _("middle of the forecast")),
        goal,
        (said(last[2]), said(last[1]), said(last[0])),
        reach,
    )
