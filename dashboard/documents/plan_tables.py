"""The tables of a plan: what is missing, milestones, levers, steps with owner, day, budget and status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard.components.language import day_in
from dashboard.components.language import text as _
from dashboard.documents.content import Block, Cell, Column, Heading, Paragraph, Status, Table
from kpis.plan import Increment, Outlook, Plan, next_figures, phrases, words
from kpis.plan.document import Target
from kpis.plan.paces import PROBABLY
from kpis.plan.steps import ways_up
from kpis.plan.writing import Names, milestone_years, reviewed_cells
from kpis.sources.calendar import Release
from kpis.stages import STAGES
from kpis.texts import say

MOST_GATES, MOST_YEARS, MOST_STEPS = 10, 4, 9
TONES: dict[str, Status] = {"done": "good", "under_way": "middling", "planned": "none", "stopped": "poor"}
NOTHING = Cell("–")


def missing(plan: Plan, outlook: Outlook | None, names: Names) -> Iterator[Block]:
    """The gates to pass, those that bind most first: figure, its year and age, target, pace, precedents."""
    yield Heading(2, _("What is missing"))
    rows = binding(plan, outlook)
    by_gate = today(outlook)
    body = tuple(_gate(target, by_gate.get((target.dimension, target.kpi), {}), names) for target in rows)
    yield Table(
        _("KPIs to bring to their target by {year}, hardest first").format(year=plan.by),
        (
            Column("KPI", width=3.2),
            Column(_("Now"), "right", 1.0),
            Column(_("Year and age"), width=1.7),
            Column(_("Target"), "right", 1.0),
            Column(_("At its own pace"), width=1.9),
            Column(_("Did it in that time"), width=1.3),
        ),
        body,
        _("No KPI is short of its target, as far as figures are held."),
    )
    yield from _rest(len(plan.targets), len(rows))


def today(outlook: Outlook | None) -> dict[tuple[str, str], Mapping[Any, Any]]:
    """Today's outlook on each target, by dimension and KPI; empty where there is none."""
    rows = [] if outlook is None else outlook.targets.to_dict("records")
    return {(str(row["dimension"]), str(row["kpi"])): row for row in rows}


def binding(plan: Plan, outlook: Outlook | None, most: int = MOST_GATES) -> list[Target]:
    """The targets by how few countries did it in that time, those of which nothing is known last."""
    by_gate = today(outlook)

    def hardness(target: Target) -> tuple[bool, float, bool]:
        row = by_gate.get((target.dimension, target.kpi), {})
        stood = row.get("n_stood") or 0
        in_time = row.get("in_time_own")
        late = in_time is not None and not pd.isna(in_time) and not bool(in_time)
        return not stood, (row["n_did"] / stood if stood else 0.0), not late

    return sorted(plan.targets, key=hardness)[:most]


def _gate(target: Target, row: Mapping[Any, Any], names: Names) -> tuple[Cell, ...]:
    kpi, lang = target.kpi, names.lang
    in_time = row.get("in_time_own")
    status: Status = "none"
    if row.get("state_own") == PROBABLY:
        status = "middling"
    elif in_time is not None and not pd.isna(in_time):
        status = "good" if bool(in_time) else "poor"
    dimension = names.dimension(target.dimension)
    return (
        Cell(names.kpi(kpi), sub=dimension[:1].upper() + dimension[1:]),
        Cell(names.value(target.base_value, kpi), target.base_value),
        Cell(names.age(target.base_year, kpi), target.base_year),
        Cell(names.value(target.target, kpi), target.target),
        Cell(phrases.arrives(row, "own", lang), status=status),
        Cell(phrases.did(row, lang)),
    )


def _rest(all_rows: int, shown: int) -> Iterator[Block]:
    """How many rows are left out, and where they are."""
    if all_rows > shown:
        text = _(
            "{k} of {n} are shown, those that bind most; all of them stand in the table of the plan (CSV)."
        )
        yield Paragraph(text.format(k=shown, n=all_rows), "note")


def milestones(plan: Plan, outlook: Outlook | None, names: Names) -> Iterator[Block]:
    """Where each KPI should stand in each year, and when its next figure is to be expected."""
    if not plan.milestones:
        return
    ahead = next_figures(names.store)
    years, every = milestone_years(plan, MOST_YEARS)
    planned = {(row.dimension, row.kpi, row.time_period): row.value for row in plan.milestones}
    rows = binding(plan, outlook)
    body = tuple(
        (
            Cell(names.kpi(row.kpi)),
            *(_milestone(planned.get((row.dimension, row.kpi, year)), row.kpi, names) for year in years),
            Cell(phrases.publication(ahead.get(row.kpi, Release()), names.lang)),
        )
        for row in rows
    )
    columns = (
        Column("KPI", width=3.0),
        *(Column(str(year), "right", 0.8) for year in years),
        Column(_("Next publication"), width=2.6),
    )
    yield Heading(2, say(words.MILESTONES, names.lang))
    yield Table(_("Where each KPI should stand, on the straight line from its baseline"), columns, body)
    if len(years) < len(every):
        yield Paragraph(say(words.MILESTONE_YEARS, names.lang, n=len(years), all=len(every)), "note")


def _milestone(value: float | None, kpi: str, names: Names) -> Cell:
    return NOTHING if value is None else Cell(names.value(value, kpi), value)


def followed(plan: Plan, names: Names) -> Iterator[Block]:
    """The targets of the plan's owner, and the last review, planned beside actual."""
    lang = names.lang
    if plan.own_targets:
        kpi, year, own = say(words.HEAD_OWN_TARGETS, lang).split("|")
        columns = (Column(kpi, width=3.0), Column(year, "right", 0.8), Column(own, "right", 1.2))
        yield Heading(2, say(words.OWN_TARGETS, lang))
        rows = [
            (names.kpi(row.kpi), str(row.year), names.value(row.value, row.kpi)) for row in plan.own_targets
        ]
        yield Table(say(words.OWN_TARGETS, lang), columns, tuple(tuple(map(Cell, row)) for row in rows))
    for review in plan.reviews[-1:]:
        title = say(words.REVIEW, lang, day=day_in(date.fromisoformat(review.day), lang))
        kpi, *figures, status = say(words.HEAD_REVIEW, lang).split("|")
        heads = (Column(kpi, width=3.0), *(Column(name, "right", 1.0) for name in figures), Column(status))
        body = tuple(tuple(map(Cell, reviewed_cells(row, names))) for row in review.rows[:MOST_GATES])
        yield Heading(2, title)
        yield Table(title, heads, body)
        yield from _rest(len(review.rows), len(body))


def levers(plan: Plan, names: Names) -> Iterator[Block]:
    """The components that the plan moves to values of its own."""
    if not plan.levers:
        return
    body = tuple(
        (
            Cell(names.kpi(lever.kpi)),
            Cell(names.value(lever.base_value, lever.kpi), lever.base_value),
            Cell(names.age(lever.base_year, lever.kpi)),
            Cell(names.value(lever.target, lever.kpi), lever.target),
        )
        for lever in plan.levers[:MOST_GATES]
    )
    columns = (
        Column(_("Component"), width=3.0),
        Column(_("Now"), "right"),
        Column(_("Year and age"), width=1.4),
        Column(_("By {year}").format(year=plan.by), "right"),
    )
    yield Table(say(words.LEVERS_LEAD, names.lang), columns, body)
    yield from _rest(len(plan.levers), len(body))


def steps(plan: Plan, increments: list[Increment], names: Names) -> Iterator[Block]:
    """The steps in their order: what each must pass, who answers for it, by when, for how much, how far."""
    yield Heading(2, _("Steps"))
    every = ways_up(plan)
    yield Table(
        _("Steps, weakest dimension first"),
        (
            Column(_("Step"), width=3.6),
            Column(_("Owner"), width=1.7),
            Column(_("Due"), width=1.4),
            Column(_("Budget"), width=1.4),
            Column(_("Status"), width=1.2),
        ),
        tuple(_step(n, each, plan, names) for n, each in enumerate(increments, start=1)),
        _("No step is left: nothing is missing, or there are too few figures to say what is."),
    )
    if len(every) > len(increments):
        text = _(
            "{k} of {n} steps are shown, the first ones; all of them stand in the table of the plan (CSV)."
        )
        yield Paragraph(text.format(k=len(increments), n=len(every)), "note")
    if increments:
        yield Paragraph(_("An empty field was not written yet; nothing is filled in."), "note")


def _step(n: int, increment: Increment, plan: Plan, names: Names) -> tuple[Cell, ...]:
    lang, step = names.lang, increment.id
    dimension, stages = names.dimension(increment.dimension), [say(name, lang) for name in STAGES]
    title = f"{n}. {dimension[:1].upper()}{dimension[1:]}: {stages[increment.entry]} → {stages[increment.to]}"
    status = plan.statuses.get(step)
    done = Cell(say(words.STEP_STATUSES[status], lang), status=TONES[status]) if status else NOTHING
    note = f"{say(words.NOTE, lang)}: {plan.notes[step]}" if step in plan.notes else ""
    return (
        Cell(title, sub=" ".join(filter(None, (_first_action(increment), note)))),
        Cell(plan.owners.get(step) or say(words.NO_OWNER, lang)),
        Cell(day_in(date.fromisoformat(plan.dues[step]), lang)) if step in plan.dues else NOTHING,
        Cell(plan.budgets.get(step) or "–"),
        done,
    )


def _first_action(increment: Increment) -> str:
    """The first action of a step with its usual duration; "" where none is known."""
    actions = increment.actions
    if actions.empty:
        return ""
    return f"{actions['action'].iloc[0]} ({actions['typical_duration'].iloc[0]})."
