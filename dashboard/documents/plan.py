"""The plan as a document for a minister: at most four pages, the same sentences as on the page Plan.

Of a long plan the gates and steps that bind most are shown; the rest is counted and stands in the table
(CSV).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from dashboard.charts import plan_words, stage_words
from dashboard.charts.figures import plain as without_tags
from dashboard.charts.stage_sentences import caveat, rule
from dashboard.components import language
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.documents import own_section, plan_argument, plan_pictures, plan_tables, references
from dashboard.documents.content import Block, Document, Figure, Heading, Paragraph
from dashboard.pictures import makers
from dashboard.pictures.model import DotRange, Ladder
from dashboard.reads import plans
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import standing
from kpis.forecast import PlanForecast
from kpis.plan import Increment, Outlook, Plan, PlanError, increments, link, words
from kpis.plan.ahead import forecast_lines, forecast_of
from kpis.plan.writing import Names, effort, goal_text
from kpis.texts import say
from kpis.workspace.figures import OwnValue


@dataclass(frozen=True)
class Planned:
    """A plan with all that its document asks for: today's outlook, its steps, its forecast. Read once."""

    reader: Reader
    plan: Plan
    mine: tuple[OwnValue, ...] = ()

    @cached_property
    def names(self) -> Names:
        """Names and decimals, as the written plan uses them."""
        return Names(self.reader.warehouse.tables, self.reader.lang, self.reader.further)

    @cached_property
    def outlook(self) -> Outlook | None:
        """Today's outlook on the goal; None if its year has passed."""
        plan, wh = self.plan, self.reader.warehouse
        return None if plan.by <= wh.as_of else plans.outlook(wh, plan.area, plan.goal, plan.by)

    @cached_property
    def steps(self) -> list[Increment]:
        """The increments that are shown, weakest dimension first."""
        wh, lang, most = self.reader.warehouse, self.reader.lang, plan_tables.MOST_STEPS
        try:
            bare = link(self.plan.without_words().model_copy(update={"levers": ()}))
        except PlanError:  # too long for a link, so for the key of what is kept
            return increments(self.plan, lang, wh.tables, most=most, further=self.reader.further)
        return plans.increments(wh, lang, bare, self.reader.further, most)

    @cached_property
    def forecast(self) -> PlanForecast | None:
        """The next editions without and with the plan; None where there is no forecast."""
        return forecast_of(self.plan, self.reader.warehouse.tables)


def plan_document(
    reader: Reader,
    plan: Plan,
    *,
    made: datetime.date | None = None,
    address: str = "",
    mine: tuple[OwnValue, ...] = (),
) -> Document:
    """The document of a plan in the reader's language.

    made: day of reading, today unless given. address: of the live view. mine: own values of the country.
    Raises KeyError for an area that is not held.
    """
    with language.spoken(reader.lang):
        planned = Planned(reader, plan, mine)
        names, lang = planned.names, reader.lang
        title = say(words.TITLE, lang, area=names.area(plan.area), goal=goal_text(plan, names), by=plan.by)
        day = made or datetime.date.today()
        return Document(
            file=f"escala_plan_{plan.area}_{plan.by}",
            title=title,
            subtitle=_("Plan of {day}, with the figures held in {year}").format(
                day=language.day_in(day, lang), year=plan.made
            ),
            lang=lang,
            made=day,
            version=plan.data_version or reader.version,
            blocks=tuple(_blocks(planned)),
            sources=references.of_kpis(reader, _kpis(planned)),
            address=address,
            boundaries=references.boundaries(reader),
        )


def _kpis(planned: Planned) -> list[str]:
    """The KPIs that the document shows."""
    rows = planned.plan.targets + planned.plan.levers
    return ["EGDI", *dict.fromkeys(row.kpi for row in rows)]


def _blocks(planned: Planned) -> Iterator[Block]:
    yield from _answer(planned)
    yield from _where(planned)
    yield from plan_tables.missing(planned.plan, planned.outlook, planned.names)
    yield from plan_tables.milestones(planned.plan, planned.outlook, planned.names)
    yield from plan_tables.followed(planned.plan, planned.names)
    mine = tuple((planned.plan.area, value) for value in planned.mine)
    yield from own_section.section(planned.reader, mine, paced=True)
    yield from _ahead(planned)
    yield from plan_tables.levers(planned.plan, planned.names)
    yield from plan_argument.mobile(planned.plan, planned.names)
    yield from plan_tables.steps(planned.plan, planned.steps, planned.names)
    yield from plan_argument.precedents(planned.outlook, planned.steps, planned.names)
    yield from plan_argument.risks(planned.plan, planned.outlook, planned.names)
    yield from plan_argument.goals(planned.reader, planned.plan, planned.names)
    yield Heading(2, _("Method"))
    yield Paragraph(say(words.METHOD, planned.reader.lang, year=planned.reader.ctx.as_of), "note")


def _answer(planned: Planned) -> Iterator[Block]:
    """What it takes, how ambitious it is, and the note on the plan."""
    reader, outlook = planned.reader, planned.outlook
    if outlook is None:
        yield Paragraph(
            _("The year of this plan has passed. What follows is the plan as it was made."), "lead"
        )
    else:
        areas = {str(code): str(name) for code, name in reader.area_names.items()}
        kpis = {kpi_id: kpi.name for kpi_id, kpi in reader.kpis.items()}
        yield Paragraph(
            plan_words.headline(areas[outlook.area], outlook, reader.dimensions, reader.ctx) + ".", "lead"
        )
        ambition = plan_words.ambition(outlook, kpis, areas, reader.ctx)
        yield Paragraph(" ".join(filter(None, (ambition, *effort(outlook, planned.names)))))
    if note := planned.plan.notes.get("plan"):
        yield Paragraph(f"{say(words.NOTE, reader.lang)}: {note}")


def _where(planned: Planned) -> Iterator[Block]:
    """The place in the survey, the stage, the ladder beside the profile."""
    reader, area = planned.reader, planned.plan.area
    yield Heading(2, _("Where we stand"))
    profile = data.stage_profile(reader.warehouse, area)
    name, labels = reader.area(area).name, reader.dimensions
    stage = stage_words.standing(name, profile, labels, reader.ctx)
    yield Paragraph(f"{without_tags(standing(reader, area))} {stage}")
    yield Figure(_sourced(makers.ladder(reader, profile), _("Stages by Escala, methodology of the Centre")))
    shown = makers.profile_range(reader, area, usual_group(reader, area))
    if shown is not None:
        yield Figure(_sourced(shown, _("Medians of fresh KPIs, latest values")))
    notes = (rule(profile, labels, reader.ctx), caveat(profile.dimensions, profile.year, labels, reader.ctx))
    yield Paragraph(" ".join(filter(None, notes)), "note")


Drawn = TypeVar("Drawn", Ladder, DotRange)


def _sourced(picture: Drawn, source: str) -> Drawn:
    """A picture of the brief with a source line that points to no annex."""
    return replace(picture, about=replace(picture.about, source=source))


def _ahead(planned: Planned) -> Iterator[Block]:
    """The next editions without and with the plan: two fans on one scale, then the sentences."""
    yield Heading(2, _("Forecast without and with the plan"))
    forecast, lang = planned.forecast, planned.reader.lang
    if forecast is None:
        yield Paragraph(
            _("No forecast: too few editions are held, or the last one lacks an index of this country.")
        )
        return
    for figure in plan_pictures.fans(planned.reader, planned.plan, forecast):
        yield Figure(figure, 0.5)
    *said, limits = forecast_lines(forecast, lang)
    yield Paragraph(" ".join(said))
    yield Paragraph(limits, "note")
