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
from kpis.cases.knowledge import OWN
from kpis.freshness import USUAL_LIMIT, is_old
from kpis.languages import language
from kpis.plan import phrases, steps, words
from kpis.plan.document import Plan, Target
from kpis.plan.goals import ALL
from kpis.plan.outlook import Outlook, outlook_to
from kpis.plan.releases import next_figures
from kpis.sources.calendar import Release
from kpis.stages import STAGES
from kpis.texts import say
from kpis.warehouse import current
from kpis.warehouse.store import Store

MOST_YEARS = 8  # of milestones side by side; a wider table runs off the page
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")


@dataclass
class Names:
    """Names of areas, KPIs and dimensions in a language, and the decimals of each KPI."""

    store: Store
    lang: str
    _kept: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lang = language(self.lang)  # it becomes the name of a column

    def _of(self, table: str, key: str, column: str = "") -> dict[str, Any]:
        """A column of a table by its key; the names in the language unless another is asked for."""
        if (table, column) not in self._kept:
            rows = self.store.query(
                f"select {key} as id, {column or f'name_{self.lang}'} as fact from {table}"  # nosec B608 # own names
            )
            self._kept[table, column] = dict(zip(rows["id"], rows["fact"], strict=True))
        return self._kept[table, column]

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
    """A reader's own words, so that Markdown takes none of them for markup or HTML."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def outlook_of(plan: Plan, store: Store | None = None) -> Outlook | None:
    """Today's outlook on the goal of a plan; None if its year has passed."""
    source = store or current.store()
    if plan.by <= source.as_of:
        return None
    return outlook_to(plan.area, plan.goal, plan.by, source)


def goal_text(plan: Plan, names: Names) -> str:
    """The goal in words, to stand within a sentence."""
    lang = names.lang
    if plan.kind == "stage":
        stage = say(STAGES[int(plan.value)], lang)
        return say(words.GOAL_STAGE, lang, stage=stage, dimension=names.dimension(plan.dimension))
    if plan.kind == "egdi":
        return say(words.GOAL_EGDI, lang, value=words.number(plan.value, 4, lang))
    return say(words.GOAL_RANK, lang, value=int(plan.value))


def markdown(plan: Plan, lang: str = "en", store: Store | None = None) -> str:
    """The plan as a Markdown document: finding, targets, milestones, increments, lessons, method.

    Raises RequestError for an unknown language or country.
    """
    source = store or current.store()
    names = Names(source, lang)
    found = outlook_of(plan, source)
    title = say(words.TITLE, lang, area=names.area(plan.area), goal=goal_text(plan, names), by=plan.by)
    parts = [f"# {title}", *_findings(plan, found, names)]
    if "plan" in plan.notes:
        parts.append(f"> {escaped(plan.notes['plan'])}")
    if plan.mobile_first:
        parts += _mobile(plan, names)
    if plan.targets:
        parts += [f"## {say(words.TARGETS, lang)}", _targets(plan, found, names)]
        parts += [f"## {say(words.MILESTONES, lang)}", _milestones(plan, names)]
        parts.append(f"## {say(words.STEPS, lang)}")
        for one in steps.increments(plan, lang, source):
            parts += _increment(one, plan, names)
        parts += [f"## {say(words.SEQUENCE, lang)}", "\n".join(
            f"{n}. **{say(heading, lang)}.** {say(text, lang)}"
            for n, (heading, text) in enumerate(words.SEQUENCE_STEPS, start=1)
        )]  # fmt: skip
    learned = steps.lessons(plan.area, lang, source)
    if len(learned):
        parts += [f"## {say(words.LESSONS, lang)}", "\n".join(f"- {text}" for text in learned["lesson"])]
    parts += ["---", say(words.METHOD, lang, year=source.as_of)]
    parts.append(say(words.FIGURES, lang, version=plan.data_version or source.version, year=plan.made))
    return "\n\n".join(parts) + "\n"


def findings(plan: Plan, found: Outlook | None, names: Names) -> list[str]:
    """What the outlook says of a plan, in sentences; the first is the answer."""
    return list(_findings(plan, found, names))


def _findings(plan: Plan, found: Outlook | None, names: Names) -> Iterator[str]:
    lang = names.lang
    if found is None:
        return
    if found.reached:
        yield say(words.MET, lang, year=found.year)
    elif not found.possible and found.goal.kind != "stage":
        yield say(words.IMPOSSIBLE, lang, egdi=words.number(found.egdi_after, 4, lang),
                        rank=found.rank_after)  # fmt: skip
    if len(found.needed):
        own, peers = found.needed["in_time_own"], found.needed["in_time_peers"]
        yield say(words.NEEDS, lang, n=len(found.needed), own=int(own.fillna(False).sum()),
                        peers=int(peers.fillna(False).sum()), unknown=int(own.isna().sum()))  # fmt: skip
    if len(probable := found.probably_reached):
        each = [say(words.PROBABLY_ONE, lang, kpi=names.kpi(row["kpi"]), year=int(row["missing_own"]))
                for row in probable.drop_duplicates("kpi").to_dict("records")]  # fmt: skip
        yield say(words.PROBABLY, lang, kpis="; ".join(each))
    if (hardest := found.hardest) is not None and hardest["n_did"]:
        yield say(words.HARDEST, lang, kpi=names.kpi(hardest["kpi"]), n=hardest["n_stood"],
                        k=hardest["n_did"])  # fmt: skip
    if len(never := found.unprecedented):
        yield say(words.NEVER, lang, kpis=", ".join(dict.fromkeys(map(names.kpi, never["kpi"]))))
    silent = found.dimensions[found.dimensions["status"] == "not_assessed"]
    if len(silent):
        yield say(words.UNASSESSED, lang, dimensions=", ".join(map(names.dimension, silent["dimension"])))
    without = found.targets.loc[found.targets["status"] == "no_data", "kpi"]
    if len(without):
        yield say(words.NODATA, lang, kpis=", ".join(dict.fromkeys(map(names.kpi, without))))


def _table(head: str, rows: list[list[str]]) -> str:
    titles = head.split("|")
    lines = ["| " + " | ".join(titles) + " |", "|" + " --- |" * len(titles)]
    return "\n".join(
        lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    )


def _targets(plan: Plan, found: Outlook | None, names: Names) -> str:
    lang, rows = names.lang, []
    today = {} if found is None else {(r["dimension"], r["kpi"]): r for r in found.targets.to_dict("records")}
    for one in plan.targets:
        now = today.get((one.dimension, one.kpi), {})
        change = one.target - one.base_value
        rows.append([
            names.kpi(one.kpi), names.dimension(one.dimension), names.value(one.base_value, one.kpi),
            names.age(one.base_year, one.kpi), names.value(one.target, one.kpi),
            names.value(change, one.kpi, sign=True),
            words.number(change / (plan.by - one.base_year), 4 if abs(change) < 1 else 2, lang, sign=True),
            phrases.arrives(now, "own", lang), phrases.arrives(now, "peers", lang), phrases.did(now, lang),
        ])  # fmt: skip
    return _table(say(words.HEAD_TARGETS, lang), rows)


def _milestones(plan: Plan, names: Names) -> str:
    """One row per target and one column a year; of many years some, the last among them."""
    lang, ahead = names.lang, next_figures(names.store)
    years = sorted({one.time_period for one in plan.milestones})
    shown = years[:: -max(1, math.ceil(len(years) / MOST_YEARS))][::-1]
    held = {(one.dimension, one.kpi, one.time_period): one.value for one in plan.milestones}
    body = [
        [names.kpi(one.kpi), names.dimension(one.dimension),
         *(names.value(held.get((one.dimension, one.kpi, year)), one.kpi) for year in shown),
         phrases.publication(ahead.get(one.kpi, Release()), lang)]
        for one in plan.targets
    ]  # fmt: skip
    table = _table(say(words.HEAD_MILESTONES, lang, years="|".join(map(str, shown))), body)
    if len(shown) == len(years):
        return table
    return f"{table}\n\n{say(words.MILESTONE_YEARS, lang, n=len(shown), all=len(years))}"


def _increment(one: steps.Increment, plan: Plan, names: Names) -> Iterator[str]:
    lang = names.lang
    stage = [say(name, lang) for name in STAGES]
    dimension = names.dimension(one.dimension)
    yield f"### {dimension[:1].upper()}{dimension[1:]}: {stage[one.entry]} → {stage[one.to]}"
    gates = "; ".join(_exit(row, names) for row in one.exits.to_dict("records"))
    owner = escaped(plan.owners[one.id]) if one.id in plan.owners else say(words.NO_OWNER, lang)
    yield "\n".join([
        "- " + say(words.ENTRY, lang, dimension=dimension, stage=stage[one.entry]),
        "- " + (say(words.EXIT, lang, kpis=gates) if gates else say(words.EXIT_NONE, lang)),
        "- " + say(words.OWNER, lang, owner=owner),
        *([f"- {say(words.NOTE, lang)}: {escaped(plan.notes[one.id])}"] if one.id in plan.notes else []),
    ])  # fmt: skip
    yield from _actions(one.actions, names)
    yield from _cases(one.cases, names)


def _exit(row: Mapping[Any, Any], names: Names) -> str:
    """The bar of an exit KPI with today's figure, its year and age."""
    return say(
        words.EXIT_ONE, names.lang, kpi=names.kpi(row["kpi"]), bar=names.value(row["bar"], row["kpi"]),
        sign="≥" if row["bar"] >= row["value"] else "≤", value=names.value(row["value"], row["kpi"]),
        age=names.age(int(row["time_period"]), row["kpi"]),
    )  # fmt: skip


def _actions(actions: pd.DataFrame, names: Names) -> Iterator[str]:
    """The actions under the KPI they move, then the general ones under a heading that says so."""
    lang = names.lang
    for (kpi, other), own in actions.groupby(["for_kpi", "from_other_step"], sort=False):
        heading = words.ACTIONS_GENERAL
        if own["scope"].eq(OWN).all():
            heading = words.ACTIONS_OTHER_STEP if other else words.ACTIONS_KPI
        yield f"**{say(heading, lang, kpi=names.kpi(str(kpi)))}**"
        yield "\n".join(f"- {row['action']} ({row['typical_duration']})" for row in own.to_dict("records"))


def _cases(found: pd.DataFrame, names: Names) -> Iterator[str]:
    """Cases that did one of the actions, and those that are only in the same dimension, apart."""
    for heading, rows in (
        (words.CASES_EXAMPLE, found[found["example"]]),
        (words.CASES_DIMENSION, found[~found["example"]]),
    ):
        if len(rows):
            yield f"**{say(heading, names.lang)}**"
            yield "\n".join(_case(row, names) for row in rows.to_dict("records"))


def _case(row: Mapping[Any, Any], names: Names) -> str:
    mark = "" if row["verified"] else f" ({say(words.UNVERIFIED, names.lang)})"
    why = f" {row['why']}." if row["example"] else ""
    return f"- {row['name']}, {names.area(str(row['country_iso3']))}{mark}: <{row['source_url']}>.{why}"


def _mobile(plan: Plan, names: Names) -> Iterator[str]:
    lang, held = names.lang, cases.load(names.lang)
    yield f"## {say(words.MOBILE, lang)}"
    yield say(words.MOBILE_LEAD, lang)
    yield "\n".join(
        f"- **{say(words.LEADS[row['lead']], lang)}**: {mobile_text(row, names, held)}"
        for row in steps.mobile_first(plan.area, lang, names.store).to_dict("records")
    )


def mobile_text(row: Mapping[Any, Any], names: Names, held: pd.DataFrame) -> str:
    """One lead of a mobile-first plan in words: value and next bar, or the cases."""
    lang, kpi = names.lang, str(row["kpi"])
    if not kpi:
        listed = [held.loc[one] for one in row["case_ids"]]
        said = "; ".join(f"{one['name']} ({names.area(one['country_iso3'])})" for one in listed)
        return said or say(words.NO_CASE, lang)
    bar = row["bar"]
    later = say(words.AT_TOP, lang)
    if bar == bar:
        later = say(words.NEXT_BAR, lang, bar=names.value(bar, kpi))
    value = row["value"]
    now = say(words.NO_VALUE, lang)
    if value == value:
        now = f"{names.value(value, kpi)} ({names.age(int(row['time_period']), kpi)})"
    return f"{names.kpi(kpi)}: {now}; {later}"


def rows(plan: Plan, lang: str = "en", store: Store | None = None) -> pd.DataFrame:
    """The plan as one table: a row per target and per milestone.

    kind (target, milestone), ref_area, dimension, kpi, name, unit_measure, base_year, base_value, base_age
    (years to the year of reading), base_old (beyond the KPI's limit), time_period, value, change_a_year,
    increment, owner, note, source, next_publication (in words). Figures are unrounded.
    """
    source = store or current.store()
    names, ahead = Names(source, lang), next_figures(source)
    about = source.query("select kpi, unit_measure, source from kpi").set_index("kpi")
    bases = {(one.dimension, one.kpi): one for one in plan.targets}
    points = [("target", one.dimension, one.kpi, plan.by, one.target) for one in plan.targets]
    points += [("milestone", m.dimension, m.kpi, m.time_period, m.value) for m in plan.milestones]
    lines = []
    for kind, dimension, kpi, year, value in points:
        base = bases.get((dimension, kpi))
        step = f"{dimension}.{base.stage}" if base is not None and base.stage else dimension
        known = kpi in about.index
        lines.append({
            "kind": kind, "ref_area": plan.area, "dimension": dimension, "kpi": kpi, "name": names.kpi(kpi),
            "unit_measure": about.at[kpi, "unit_measure"] if known else "",
            **_baseline(base, plan.by, names), "time_period": year, "value": value,
            "increment": step, "owner": plan.owners.get(step, ""), "note": plan.notes.get(step, ""),
            "source": about.at[kpi, "source"] if known else "",
            "next_publication": phrases.publication(ahead.get(kpi, Release()), lang),
        })  # fmt: skip
    return pd.DataFrame(lines, columns=CSV_COLUMNS)


def _baseline(base: Target | None, by: int, names: Names) -> dict[str, object]:
    """Year, value, age and needed pace of a target; nothing for a milestone without one."""
    if base is None:
        return {}
    as_of = names.store.as_of
    return {
        "base_year": base.base_year, "base_value": base.base_value, "base_age": as_of - base.base_year,
        "base_old": is_old(base.base_year, names.limits.get(base.kpi, USUAL_LIMIT), as_of),
        "change_a_year": (base.target - base.base_value) / (by - base.base_year),
    }  # fmt: skip


CSV_COLUMNS = [
    "kind", "ref_area", "dimension", "kpi", "name", "unit_measure", "base_year", "base_value", "base_age",
    "base_old", "time_period", "value", "change_a_year", "increment", "owner", "note", "source",
    "next_publication",
]  # fmt: skip
