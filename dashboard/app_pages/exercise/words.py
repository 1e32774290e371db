"""An exercise in words: its state, days, stages."""

from __future__ import annotations

from datetime import date

from dashboard.charts import stage_words
from dashboard.charts.context import Context
from dashboard.components import language
from dashboard.components.language import text as _
from kpis.workspace.exercises.conduct import AGREED, CLOSED, OPEN, OVER, SECOND, Exercise
from kpis.workspace.exercises.questionnaire import Questionnaire


def state(held: Exercise) -> str:
    """The state of an exercise, to read."""
    names = {
        OPEN: _("first round open"),
        OVER: _("round over"),
        SECOND: _("second round open"),
        AGREED: _("agreed"),
        CLOSED: _("closed"),
    }
    return names[held.state]


def day(when: date, lang: str) -> str:
    """A day, to read."""
    return language.day_in(when, lang)


def stage(place: int | None, ctx: Context) -> str:
    """A stage by number and name; a dash for none."""
    return stage_words.numbered(place, ctx)


def names(questionnaire: Questionnaire, lang: str) -> dict[str, str]:
    """Names of the dimensions by code."""
    return {part.code: part.name.say(lang) for part in questionnaire.dimensions}
