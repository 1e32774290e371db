"""A plan written out: Markdown for people, rows for tables, in both languages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from kpis import cases
from kpis.cases import NONE, Further
from kpis.cases.knowledge import OF_KPI
from kpis.freshness import USUAL_LIMIT
from kpis.languages import language
from kpis.plan import phrases, steps, words
from kpis.plan.ahead import forecast_lines, forecast_of
from kpis.plan.document import Plan, Reviewed
from kpis.plan.goals import ALL
from kpis.plan.outlook import Outlook, outlook_to
from kpis.plan.releases import next_figures
from kpis.sources.calendar import Release
from kpis.stages import STAGES
from kpis.tables import Tables
from kpis.texts import say
from kpis.warehouse.current import DEFAULT, with_store

MOST_YEARS = 8  # of milestones side by side; a wider table runs off the page
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")


@dataclass
class Names:
    """Names of areas, KPIs and dimensions in a language, and the decimals of each KPI."""

    store: Tables
    lang: str
    further: Further = NONE  # cases beside the catalogue
    _columns: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lang = language(self.lang)  # it becomes the name of a column

    def _of(self, table: str, key: str, column: str = "") -> dict[str, Any]:
        """A column of a table by its key; the names in the language unless another is asked for."""
        if (table, column) not in self._columns:
            rows = self.store.query(
                f"select {key} as id, {column or f'name_{self.lang}'} as fact from {table}"  # noqa: S608 - own names
            )
            self._columns[table, column] = dict(zip(rows["id"], rows["fact"], strict=True))
        return self._columns[table, column]

    def area(self, code: str) -> str:
        """Name of a country."""
        return str(self._of("area", "ref_area").get(code, code))

    def kpi(self, code: str) -> str:
        """Name of a KPI."""
        return str(self._of("kpi", "kpi").get(code, code))

    def dimension(self, code: str) -> str:
        """Name of a dimension, as it stands within a sentence."""
        if code == ALL:
            return say(words.ALL, self.lang)
        name = str(self._of("dimension", "dimension").get(code, code))
        return name[:1].lower() + name[1:]

    @cached_property
    def digits(self) -> dict[str, int]:
        """Decimals of each KPI; two at most, but all four of the UN indices."""
        return {kpi: int(n) for kpi, n in self._of("kpi", "kpi", "precision").items()}

    @cached_property
    def limits(self) -> dict[str, int]:
        """Years after which a value of each KPI is old."""
        return {kpi: int(n) for kpi, n in self._of("kpi", "kpi", "fresh_years").items()}

    def age(self, year: int, kpi: str) -> str:
        """The year of a value with its age, and the tag where it is old."""
        return phrases.age(year, self.limits.get(kpi, USUAL_LIMIT), self.store.as_of, self.lang)

    def value(self, value: float | None, kpi: str, *, sign: bool = False) -> str:
        """A value in the KPI's decimals."""
        return words.number(value, self.digits.get(kpi, 2), self.lang, sign=sign)


def escaped(text: str) -> str:
    """A reader's text with Markdown and HTML escaped."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


@with_store
def outlook_of(plan: Plan, store: Tables = DEFAULT) -> Outlook | None:
    """Today's outlook on the goal of a plan; None if its year has passed."""
    if plan.by <= store.as_of:
        return None
    return outlook_to(plan.area, plan.goal, plan.by, store)


def goal_text(plan: Plan, names: Names) -> str:
    """The goal in words, to stand within a sentence."""
    lang = names.lang
    if plan.kind == "stage":
        stage = say(STAGES[int(plan.value)], lang)
        return say(words.GOAL_STAGE, lang, stage=stage, dimension=names.dimension(plan.dimension))
    if plan.kind == "egdi":
        return say(words.GOAL_EGDI, lang, value=words.number(plan.value, 4, lang))
    return say(words.GOAL_RANK, lang, value=int(plan.value))


@with_store
def markdown(plan: Plan, lang: str = "en", store: Tables = DEFAULT, *, further: Further = NONE) -> str:
    """The plan as a Markdown document: finding, targets, milestones, increments, lessons, method.

    further: cases beside the catalogue. Raises RequestError for an unknown language or country.
    """
    names = Names(store, lang, further)
    today = outlook_of(plan, store)
    title = say(words.TITLE, lang, area=names.area(plan.area), goal=goal_text(plan, names), by=plan.by)
    parts = [f"# {title}", *findings(today, names)]
    if "plan" in plan.notes:
        parts.append(f"> {escaped(plan.notes['plan'])}")
    if plan.mobile_first:
        parts += _mobile(plan, names)
    if plan.levers:
        parts += [f"## {say(words.LEVERS, lang)}", say(words.LEVERS_LEAD, lang), _levers(plan, names)]
    parts += _followed(plan, names)
    if plan.targets:
        parts += [f"## {say(words.TARGETS, lang)}", _targets(plan, today, names)]
        parts += [f"## {say(words.MILESTONES, lang)}", _milestones(plan, names)]
        parts.append(f"## {say(words.STEPS, lang)}")
        for increment in steps.increments(plan, lang, store, further=further):
            parts += _increment(increment, plan, names)
        parts += [f"## {say(words.SEQUENCE, lang)}", "\n".join(
            f"{n}. **{say(heading, lang)}.** {say(text, lang)}"
            for n, (heading, text) in enumerate(words.SEQUENCE_STEPS, start=1)
        )]  # fmt: skip
    parts += _forecast(plan, names)
    learned = steps.lessons(plan.area, lang, store)
    if len(learned):
        parts += [f"## {say(words.LESSONS, lang)}", "\n".join(f"- {text}" for text in learned["lesson"])]
    parts += ["---", say(words.METHOD, lang, year=store.as_of)]
    parts.append(say(words.FIGURES, lang, version=plan.data_version or store.version, year=plan.made))
    return "\n\n".join(parts) + "\n"


def findings(outlook: Outlook | None, names: Names) -> Iterator[str]:
    """What the outlook says of a plan, in sentences; the first is the answer."""
    yield from effort(outlook, names)
    yield from probable(outlook, names)
    if outlook is not None and (hardest := outlook.hardest) is not None and hardest["n_did"]:
        yield say(words.HARDEST, names.lang, kpi=names.kpi(hardest["kpi"]), n=hardest["n_stood"],
                        k=hardest["n_did"])  # fmt: skip
    yield from doubts(outlook, names)


def effort(outlook: Outlook | None, names: Names) -> Iterator[str]:
    """Whether the goal is met, cannot be, or how many KPIs it takes and how many come in time."""
    lang = names.lang
    if outlook is None:
        return
    if outlook.reached:
        yield say(words.MET, lang, year=outlook.year)
    elif not outlook.possible and outlook.goal.kind != "stage":
        yield say(words.IMPOSSIBLE, lang, egdi=words.number(outlook.egdi_after, 4, lang),
                        rank=outlook.rank_after)  # fmt: skip
    if len(outlook.needed):
        in_time, in_time_peers = outlook.needed["in_time_own"], outlook.needed["in_time_peers"]
        yield say(
            words.NEEDS, lang, n=len(outlook.needed), own=int(in_time.fillna(False).sum()),
            peers=int(in_time_peers.fillna(False).sum()), unknown=int(in_time.isna().sum()),
        )  # fmt: skip


def probable(outlook: Outlook | None, names: Names) -> Iterator[str]:
    """The gates that were probably passed since their last figure."""
    lang = names.lang
    if outlook is not None and len(rows := outlook.probably_reached):
        each = [say(words.MISSING_FIGURE, lang, kpi=names.kpi(row["kpi"]), year=int(row["missing_own"]))
                for row in rows.drop_duplicates("kpi").to_dict("records")]  # fmt: skip
        yield say(words.PROBABLY, lang, kpis="; ".join(each))


def doubts(outlook: Outlook | None, names: Names) -> Iterator[str]:
    """Gates that nobody passed in that time, dimensions and gates without figures."""
    lang = names.lang
    if outlook is None:
        return
    if len(never := outlook.unprecedented):
        yield say(words.NEVER, lang, kpis=", ".join(dict.fromkeys(map(names.kpi, never["kpi"]))))
    silent = outlook.dimensions[outlook.dimensions["status"] == "not_assessed"]
    if len(silent):
        yield say(words.UNASSESSED, lang, dimensions=", ".join(map(names.dimension, silent["dimension"])))
    without = outlook.targets.loc[outlook.targets["status"] == "no_data", "kpi"]
    if len(without):
        yield say(words.NODATA, lang, kpis=", ".join(dict.fromkeys(map(names.kpi, without))))


def _forecast(plan: Plan, names: Names) -> Iterator[str]:
    """Where the country will be without the plan and with it, under a heading."""
    if (forecast := forecast_of(plan, names.store)) is not None:
        yield f"## {say(words.FORECAST, names.lang)}"
        yield from forecast_lines(forecast, names.lang)


def _followed(plan: Plan, names: Names) -> Iterator[str]:
    """The targets of the plan's owner, and the last review."""
    lang = names.lang
    if plan.own_targets:
        yield f"## {say(words.OWN_TARGETS, lang)}"
        rows = [
            [names.kpi(own.kpi), str(own.year), names.value(own.value, own.kpi)] for own in plan.own_targets
        ]
        yield _table(say(words.HEAD_OWN_TARGETS, lang), rows)
    for review in plan.reviews[-1:]:
        yield f"## {say(words.REVIEW, lang, day=review.day)}"
        yield _table(say(words.HEAD_REVIEW, lang), [reviewed_cells(row, names) for row in review.rows])


def reviewed_cells(row: Reviewed, names: Names) -> list[str]:
    """A row of a review in words: KPI, year, planned, actual with its year, status."""
    actual = names.value(row.actual, row.kpi)
    if row.actual_year is not None and row.actual_year != row.time_period:
        actual = f"{actual} ({row.actual_year})"
    planned = names.value(row.planned, row.kpi)
    return [names.kpi(row.kpi), str(row.time_period), planned, actual, phrases.verdict(row, names.lang)]


def _table(head: str, rows: list[list[str]]) -> str:
    titles = head.split("|")
    lines = ["| " + " | ".join(titles) + " |", "|" + " --- |" * len(titles)]
    return "\n".join(
        lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    )


def _targets(plan: Plan, outlook: Outlook | None, names: Names) -> str:
    lang, rows = names.lang, []
    today = (
        {} if outlook is None else {(r["dimension"], r["kpi"]): r for r in outlook.targets.to_dict("records")}
    )
    for target in plan.targets:
        now = today.get((target.dimension, target.kpi), {})
        change = target.target - target.base_value
        rows.append([
            names.kpi(target.kpi), names.dimension(target.dimension),
            names.value(target.base_value, target.kpi),
            names.age(target.base_year, target.kpi), names.value(target.target, target.kpi),
            names.value(change, target.kpi, sign=True),
            words.number(change / (plan.by - target.base_year), 4 if abs(change) < 1 else 2, lang, sign=True),
            phrases.arrives(now, "own", lang), phrases.arrives(now, "peers", lang), phrases.did(now, lang),
        ])  # fmt: skip
    return _table(say(words.HEAD_TARGETS, lang), rows)


def _levers(plan: Plan, names: Names) -> str:
    """One row per component that is to move: from which value of which edition to which one."""
    body = [
        [
            names.kpi(lever.kpi),
            names.dimension(lever.dimension),
            names.value(lever.base_value, lever.kpi),
            names.age(lever.base_year, lever.kpi),
            names.value(lever.target, lever.kpi),
            names.value(lever.target - lever.base_value, lever.kpi, sign=True),
        ]
        for lever in plan.levers
    ]
    return _table(say(words.HEAD_LEVERS, names.lang, by=plan.by), body)


def milestone_years(plan: Plan, most: int) -> tuple[list[int], list[int]]:
    """The years of the milestones that stand side by side, at most so many, the last among them; and all."""
    years = sorted({row.time_period for row in plan.milestones})
    return years[:: -max(1, math.ceil(len(years) / most))][::-1], years


def _milestones(plan: Plan, names: Names) -> str:
    """One row per target and one column a year; of many years some, the last among them."""
    lang, ahead = names.lang, next_figures(names.store)
    columns, years = milestone_years(plan, MOST_YEARS)
    planned = {(row.dimension, row.kpi, row.time_period): row.value for row in plan.milestones}
    body = [
        [names.kpi(row.kpi), names.dimension(row.dimension),
         *(names.value(planned.get((row.dimension, row.kpi, year)), row.kpi) for year in columns),
         phrases.publication(ahead.get(row.kpi, Release()), lang)]
        for row in plan.targets
    ]  # fmt: skip
    table = _table(say(words.HEAD_MILESTONES, lang, years="|".join(map(str, columns))), body)
    if len(columns) == len(years):
        return table
    return f"{table}\n\n{say(words.MILESTONE_YEARS, lang, n=len(columns), all=len(years))}"


def _increment(increment: steps.Increment, plan: Plan, names: Names) -> Iterator[str]:
    lang = names.lang
    stage = [say(name, lang) for name in STAGES]
    dimension = names.dimension(increment.dimension)
    yield f"### {dimension[:1].upper()}{dimension[1:]}: {stage[increment.entry]} → {stage[increment.to]}"
    gates = "; ".join(_exit(row, names) for row in increment.exits.to_dict("records"))
    owner = escaped(plan.owners[increment.id]) if increment.id in plan.owners else say(words.NO_OWNER, lang)
    note = plan.notes.get(increment.id)
    yield "\n".join([
        "- " + say(words.ENTRY, lang, dimension=dimension, stage=stage[increment.entry]),
        "- " + (say(words.EXIT, lang, kpis=gates) if gates else say(words.EXIT_NONE, lang)),
        "- " + say(words.OWNER, lang, owner=owner),
        *(f"- {line}" for line in _arranged(increment.id, plan, lang)),
        *([f"- {say(words.NOTE, lang)}: {escaped(note)}"] if note else []),
    ])  # fmt: skip
    yield from _actions(increment.actions, names)
    yield from _cases(increment.cases, names)


def _arranged(step: str, plan: Plan, lang: str) -> Iterator[str]:
    """Day, budget and status of a step, as far as somebody wrote them."""
    if step in plan.dues:
        yield say(words.DUE, lang, day=plan.dues[step])
    if step in plan.budgets:
        yield say(words.BUDGET, lang, budget=escaped(plan.budgets[step]))
    if step in plan.statuses:
        yield say(words.STATUS, lang, status=say(words.STEP_STATUSES[plan.statuses[step]], lang))


def _exit(row: Mapping[Any, Any], names: Names) -> str:
    """The bar of an exit KPI with today's figure, its year and age."""
    return say(
        words.EXIT_GATE, names.lang, kpi=names.kpi(row["kpi"]), bar=names.value(row["bar"], row["kpi"]),
        sign="≥" if row["bar"] >= row["value"] else "≤", value=names.value(row["value"], row["kpi"]),
        age=names.age(int(row["time_period"]), row["kpi"]),
    )  # fmt: skip


def _actions(actions: pd.DataFrame, names: Names) -> Iterator[str]:
    """The actions under the KPI they move, then the general ones under a heading that says so."""
    lang = names.lang
    for (kpi, other), rows in actions.groupby(["for_kpi", "from_other_step"], sort=False):
        heading = words.ACTIONS_GENERAL
        if rows["scope"].eq(OF_KPI).all():
            heading = words.ACTIONS_OTHER_STEP if other else words.ACTIONS_KPI
        yield f"**{say(heading, lang, kpi=names.kpi(str(kpi)))}**"
        yield "\n".join(f"- {row['action']} ({row['typical_duration']})" for row in rows.to_dict("records"))


def _cases(cases: pd.DataFrame, names: Names) -> Iterator[str]:
    """Cases that did one of the actions, and those that are only in the same dimension, apart."""
    for heading, rows in (
        (words.CASES_EXAMPLE, cases[cases["example"]]),
        (words.CASES_DIMENSION, cases[~cases["example"]]),
    ):
        if len(rows):
            yield f"**{say(heading, names.lang)}**"
            yield "\n".join(_case(row, names) for row in rows.to_dict("records"))


def _case(row: Mapping[Any, Any], names: Names) -> str:
    mark = "" if row["verified"] else f" ({say(words.UNVERIFIED, names.lang)})"
    why = f" {row['why']}." if row["example"] else ""
    return f"- {row['name']}, {names.area(str(row['country_iso3']))}{mark}: <{row['source_url']}>.{why}"


def _mobile(plan: Plan, names: Names) -> Iterator[str]:
    lang, all_cases = names.lang, cases.load(names.lang, names.further)
    yield f"## {say(words.MOBILE, lang)}"
    yield say(words.MOBILE_LEAD, lang)
    yield "\n".join(
        f"- **{say(words.LEADS[row['lead']], lang)}**: {mobile_text(row, names, all_cases)}"
        for row in steps.mobile_first(plan.area, lang, names.store, further=names.further).to_dict("records")
    )


def mobile_text(row: Mapping[Any, Any], names: Names, all_cases: pd.DataFrame) -> str:
    """One entry of a mobile-first plan: value and next bar, or the cases."""
    lang, kpi = names.lang, str(row["kpi"])
    if not kpi:
        examples = [all_cases.loc[case] for case in row["case_ids"]]
        text = "; ".join(f"{case['name']} ({names.area(case['country_iso3'])})" for case in examples)
        return text or say(words.NO_CASE, lang)
    bar = row["bar"]
    later = say(words.AT_TOP, lang)
    if bar == bar:
        later = say(words.NEXT_BAR, lang, bar=names.value(bar, kpi))
    value = row["value"]
    now = say(words.NO_VALUE, lang)
    if value == value:
        now = f"{names.value(value, kpi)} ({names.age(int(row['time_period']), kpi)})"
    return f"{names.kpi(kpi)}: {now}; {later}"
