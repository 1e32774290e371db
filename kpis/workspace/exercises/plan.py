"""What to begin with: for each dimension the statements to lift, what others did, and cases to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from kpis import cases
from kpis.stages import STAGES
from kpis.tables import Tables
from kpis.texts import say
from kpis.workspace.exercises.profile import FirstStep, Result, first_steps
from kpis.workspace.exercises.questionnaire import Questionnaire, Words

MOST_ACTIONS, MOST_CASES = 3, 3
COLUMNS = ("dimension", "stage", "statement", "today", "aim", "evidence", "owner", "until", "budget")


@dataclass(frozen=True)
class Increment:
    """A statement to lift: what is seen today, what is to be seen, and what counts as evidence of it."""

    step: FirstStep
    text: Words
    today: Words
    aim: Words
    evidence: Words


@dataclass(frozen=True)
class Action:
    """An action of the methodology, how long it takes as a rule (a planning assumption), and its source."""

    text: str
    duration: str
    source: str


@dataclass(frozen=True)
class Case:
    """A case to read: id, name, country (ISO code), why it matters here."""

    id: str
    name: str
    country: str
    why: str
    verified: bool


@dataclass(frozen=True)
class Part:
    """A dimension of the plan. to: the stage aimed at. Actions and cases are those of the dimension of the
    methodology that it is like; none without one.
    """

    dimension: str
    to: int
    increments: tuple[Increment, ...]
    actions: tuple[Action, ...]
    cases: tuple[Case, ...]


def plan(
    questionnaire: Questionnaire,
    answers: dict[str, str],
    result: Result,
    *,
    lang: str,
    store: Tables,
    area: str = "",
) -> tuple[Part, ...]:
    """The plan that follows from a result; empty where every dimension stands at the top.

    answers: what was agreed. area: code of the country, whose neighbours come first among cases; "" for none.
    """
    parts = []
    steps = first_steps(questionnaire, result)
    for code in dict.fromkeys(step.dimension for step in steps):
        mine = [step for step in steps if step.dimension == code]
        like = next(part.like for part in questionnaire.dimensions if part.code == code)
        parts.append(
            Part(
                dimension=code,
                to=mine[0].to,
                increments=tuple(_increment(questionnaire, answers, step) for step in mine),
                actions=_actions(like, mine[0].to, lang) if like else (),
                cases=_cases(like, mine[0].to, lang, area, store) if like else (),
            )
        )
    return tuple(parts)


def rows(parts: Iterable[Part], questionnaire: Questionnaire, lang: str) -> pd.DataFrame:
    """The increments as a table to follow, a row each: what is seen today, the aim, its evidence.

    stage: name of the stage aimed at; owner, until and budget are empty, to be filled in.
    """
    names = {part.code: part.name.say(lang) for part in questionnaire.dimensions}
    found = [
        {
            "dimension": names[part.dimension],
            "stage": say(STAGES[part.to], lang),
            "statement": one.text.say(lang),
            "today": one.today.say(lang),
            "aim": one.aim.say(lang),
            "evidence": one.evidence.say(lang),
            "owner": "",
            "until": "",
            "budget": "",
        }
        for part in parts
        for one in part.increments
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _increment(questionnaire: Questionnaire, answers: dict[str, str], step: FirstStep) -> Increment:
    statement = questionnaire.statements[step.statement]
    aim = next(place for place, level in enumerate(questionnaire.levels) if level.stage >= step.to)
    today = questionnaire.places[answers[step.statement]]
    return Increment(step, statement.text, statement.levels[today], statement.levels[aim], statement.evidence)


def _actions(like: str, to: int, lang: str) -> tuple[Action, ...]:
    rows = cases.actions(like, STAGES[to], lang).head(MOST_ACTIONS)
    return tuple(
        Action(str(row["action"]), str(row["typical_duration"]), str(row["source_url"]))
        for row in rows.to_dict("records")
    )


def _cases(like: str, to: int, lang: str, area: str, store: Tables) -> tuple[Case, ...]:
    rows = cases.for_gate(
        dimension=like, stage=STAGES[to], area=area or None, limit=MOST_CASES, lang=lang, store=store
    )
    return tuple(
        Case(str(case_id), str(row["name"]), str(row["country_iso3"]), str(row["why"]), bool(row["verified"]))
        for case_id, row in zip(rows.index, rows.to_dict("records"), strict=True)
    )
