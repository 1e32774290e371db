"""The history of a plan that is kept: who changed what and when, in words."""

from __future__ import annotations

import datetime

from markupsafe import Markup

from dashboard.charts import figures, stage_words
from dashboard.components import history, language
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis import plan
from kpis.plan import words
from kpis.plan.document import WORDS
from kpis.plan.writing import Names, goal_text
from kpis.stages import STAGES
from kpis.workspace import Person, Workspace, follow_up
from kpis.workspace.items import Event

ACTIONS = {"keep": mark("kept as a new plan"), "follow": mark("changed"), "review": mark("reviewed")}
LABELS = {
    "title": mark("Title"),
    "goal": mark("Goal"),
    "by": mark("Year"),
    "mobile_first": mark("Mobile first"),
    "owners": mark("Owner"),
    "dues": mark("Due"),
    "budgets": mark("Budget"),
    "statuses": mark("Status"),
    "notes": mark("Note"),
    "own_targets": mark("Own target"),
    "levers": mark("Lever"),
    "reviews": mark("Review"),
}


def html(reader: Reader, workspace: Workspace, person: Person, held: follow_up.Kept) -> Markup:
    """The table of all versions, newest first."""

    def change(field: str, text: str) -> tuple[str, str]:
        kind, _sep, about = field.partition(":")
        return _label(reader, kind, about), _value(reader, held.plan, kind, about, text) if text else ""

    return history.html(follow_up.history(workspace, person, held.item), _done, change)


def _done(event: Event) -> str:
    return _(ACTIONS.get(event.action, event.action))


def _label(reader: Reader, kind: str, about: str) -> str:
    """What was changed: the kind, and of which increment, KPI or year."""
    name = _(LABELS[kind])
    if kind in WORDS:
        return f"{name} ({_step(reader, about)})" if about != "plan" else name
    if kind in ("own_targets", "levers"):
        kpi, _sep, year = about.partition(":")
        named = reader.kpis[kpi].name if kpi in reader.kpis else kpi
        return f"{name} ({named}, {year})" if year else f"{name} ({named})"
    return name


def _step(reader: Reader, step: str) -> str:
    """An increment by the dimension and the stage it leads to."""
    dimension, _sep, stage = step.partition(".")
    name = stage_words.names(reader.ctx)[STAGES.index(stage)] if stage in STAGES else stage
    return f"{reader.dimensions.get(dimension, dimension)} → {name}"


def _value(reader: Reader, now: plan.Plan, kind: str, about: str, text: str) -> str:
    """One text in words; what this version does not know stands as it is."""
    if kind == "goal":
        return _goal(reader, now, text)
    if kind in ("dues", "reviews"):
        return language.day(datetime.date.fromisoformat(text))
    if kind == "mobile_first":
        return _("yes")
    if kind == "statuses":
        return reader.ctx.t(words.STEP_STATUSES.get(text, text))
    if kind in ("own_targets", "levers"):
        kpi, _sep, year = about.partition(":")
        if kpi in reader.kpis:
            return figures.point(float(text), reader.kpis[kpi], int(year or now.by), reader.ctx)
    return text


def _goal(reader: Reader, now: plan.Plan, text: str) -> str:
    """A goal as it was kept ("stage:3:all") in words."""
    kind, value, dimension = text.split(":")
    then = now.model_copy(update={"kind": kind, "value": float(value), "dimension": dimension})
    return goal_text(then, Names(reader.warehouse.tables, reader.lang))
