"""A plan written out: Markdown for people, rows for tables, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from kpis import cases
from kpis.plan import steps, words
from kpis.plan.document import Plan
from kpis.plan.goals import ALL
from kpis.plan.outlook import Outlook, outlook
from kpis.warehouse import current
from kpis.warehouse.store import Store

FURTHEST_SHOWN = 2100  # later years of arrival are no finding
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")


@dataclass
class Names:
    """Names of areas, KPIs and dimensions in a language, and the decimals of each KPI."""

    store: Store
    lang: str
    _kept: dict[str, dict[str, str]] = field(default_factory=dict)

    def _of(self, table: str, key: str) -> dict[str, str]:
        if table not in self._kept:
            rows = self.store.query(f"select {key} as id, name_{self.lang} as name from {table}")
            self._kept[table] = dict(zip(rows["id"], rows["name"], strict=True))
        return self._kept[table]

    def area(self, code: str) -> str:
        """Name of a country."""
        return self._of("area", "ref_area").get(code, code)

    def kpi(self, code: str) -> str:
        """Name of a KPI."""
        return self._of("kpi", "kpi").get(code, code)

    def dimension(self, code: str) -> str:
        """Name of a dimension, as it stands within a sentence."""
        if code == ALL:
            return words.say("all", self.lang)
        name = self._of("dimension", "dimension").get(code, code)
        return name[:1].lower() + name[1:]

    @cached_property
    def digits(self) -> dict[str, int]:
        """Decimals of each KPI; two at most, but all four of the UN indices."""
        rows = self.store.query("select kpi, precision from kpi")
        return {kpi: int(n) for kpi, n in zip(rows["kpi"], rows["precision"], strict=True)}

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
    if plan.kind == "stage":
        stage = ("", "enhanced", "transactional", "connected")[int(plan.value)]
        return outlook(plan.area, stage=stage, dimension=plan.dimension, by=plan.by, store=source)
    if plan.kind == "egdi":
        return outlook(plan.area, egdi=plan.value, by=plan.by, store=source)
    return outlook(plan.area, rank=int(plan.value), by=plan.by, store=source)


def goal_text(plan: Plan, names: Names) -> str:
    """The goal in words, to stand within a sentence."""
    lang = names.lang
    if plan.kind == "stage":
        stage = words.STAGES[lang][int(plan.value)]
        return words.say("goal_stage", lang, stage=stage, dimension=names.dimension(plan.dimension))
    if plan.kind == "egdi":
        return words.say("goal_egdi", lang, value=words.number(plan.value, 4, lang))
    return words.say("goal_rank", lang, value=int(plan.value))


def markdown(plan: Plan, lang: str = "en", store: Store | None = None) -> str:
    """The plan as a Markdown document: finding, targets, milestones, increments, lessons, method.

    Raises RequestError for an unknown language or country.
    """
    source = store or current.store()
    names = Names(source, lang)
    found = outlook_of(plan, source)
    title = words.say("title", lang, area=names.area(plan.area), goal=goal_text(plan, names), by=plan.by)
    parts = [f"# {title}", *_findings(plan, found, names)]
    if "plan" in plan.notes:
        parts.append(f"> {escaped(plan.notes['plan'])}")
    if plan.mobile_first:
        parts += _mobile(plan, names)
    if plan.targets:
        parts += [f"## {words.say('targets', lang)}", _targets(plan, found, names)]
        parts += [f"## {words.say('milestones', lang)}", _milestones(plan, names)]
        parts.append(f"## {words.say('steps', lang)}")
        for one in steps.increments(plan, lang, source):
            parts += _increment(one, plan, names)
        parts += [f"## {words.say('sequence', lang)}", "\n".join(
            f"{n}. **{head}.** {text}" for n, (head, text) in enumerate(words.SEQUENCE[lang], start=1)
        )]  # fmt: skip
    learned = steps.lessons(plan.area, lang, source)
    if len(learned):
        parts += [f"## {words.say('lessons', lang)}", "\n".join(f"- {text}" for text in learned["lesson"])]
    parts += ["---", words.say("method", lang)]
    parts.append(words.say("figures", lang, version=plan.data_version or source.version, year=plan.made))
    return "\n\n".join(parts) + "\n"


def findings(plan: Plan, found: Outlook | None, names: Names) -> list[str]:
    """What the outlook says of a plan, in sentences; the first is the answer."""
    return list(_findings(plan, found, names))


def _findings(plan: Plan, found: Outlook | None, names: Names) -> Iterator[str]:
    lang = names.lang
    if found is None:
        return
    if found.reached:
        yield words.say("met", lang, year=found.year)
    elif not found.possible and found.goal.kind != "stage":
        yield words.say("impossible", lang, egdi=words.number(found.egdi_after, 4, lang),
                        rank=found.rank_after)  # fmt: skip
    if len(found.needed):
        own, peers = found.needed["in_time_own"], found.needed["in_time_peers"]
        yield words.say("needs", lang, n=len(found.needed), own=int(own.fillna(False).sum()),
                        peers=int(peers.fillna(False).sum()), unknown=int(own.isna().sum()))  # fmt: skip
    if (hardest := found.hardest) is not None and hardest["n_did"]:
        yield words.say("hardest", lang, kpi=names.kpi(hardest["kpi"]), n=hardest["n_stood"],
                        k=hardest["n_did"])  # fmt: skip
    if len(never := found.unprecedented):
        yield words.say("never", lang, kpis=", ".join(dict.fromkeys(map(names.kpi, never["kpi"]))))
    silent = found.dimensions[found.dimensions["status"] == "not_assessed"]
    if len(silent):
        yield words.say("unassessed", lang, dimensions=", ".join(map(names.dimension, silent["dimension"])))
    without = found.targets.loc[found.targets["status"] == "no_data", "kpi"]
    if len(without):
        yield words.say("nodata", lang, kpis=", ".join(dict.fromkeys(map(names.kpi, without))))


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
            str(one.base_year), names.value(one.target, one.kpi), names.value(change, one.kpi, sign=True),
            words.number(change / (plan.by - one.base_year), 4 if abs(change) < 1 else 2, lang, sign=True),
            arrives(now, "own", lang), arrives(now, "peers", lang), did(now, lang),
        ])  # fmt: skip
    return _table(words.say("head_targets", lang), rows)


def arrives(row: Mapping[Any, Any], pace: str, lang: str) -> str:
    """The year of arrival at a pace: a year, "never" at this pace, or "not known"."""
    known, year = row.get(f"in_time_{pace}"), row.get(f"arrives_{pace}")
    if known is None or pd.isna(known):
        return words.say("not_known", lang)
    if year is None or pd.isna(year):
        return words.say("never_arrives", lang)
    when = int(year)
    return str(when) if when <= FURTHEST_SHOWN else words.say("after", lang, year=FURTHEST_SHOWN)


def did(row: Mapping[Any, Any], lang: str) -> str:
    """How many of how many did it in that time; "not known" where nobody stood there long enough ago."""
    n = row.get("n_stood") or 0
    return words.say("of", lang, k=row["n_did"], n=n) if n else words.say("not_known", lang)


def _milestones(plan: Plan, names: Names) -> str:
    rows = [
        [names.kpi(one.kpi), names.dimension(one.dimension), str(one.time_period),
         names.value(one.value, one.kpi)]
        for one in plan.milestones
    ]  # fmt: skip
    return _table(words.say("head_milestones", names.lang), rows)


def _increment(one: steps.Increment, plan: Plan, names: Names) -> Iterator[str]:
    lang = names.lang
    stage = words.STAGES[lang]
    dimension = names.dimension(one.dimension)
    yield f"### {dimension[:1].upper()}{dimension[1:]}: {stage[one.entry]} → {stage[one.to]}"
    gates = "; ".join(f"{names.kpi(row['kpi'])} ≥ {names.value(row['bar'], row['kpi'])}"
                      if row["bar"] >= row["value"] else
                      f"{names.kpi(row['kpi'])} ≤ {names.value(row['bar'], row['kpi'])}"
                      for row in one.exits.to_dict("records"))  # fmt: skip
    owner = escaped(plan.owners[one.id]) if one.id in plan.owners else words.say("no_owner", lang)
    yield "\n".join([
        "- " + words.say("entry", lang, dimension=dimension, stage=stage[one.entry]),
        "- " + (words.say("exit", lang, kpis=gates) if gates else words.say("exit_none", lang)),
        "- " + words.say("owner", lang, owner=owner),
        *([f"- {words.say('note', lang)}: {escaped(plan.notes[one.id])}"] if one.id in plan.notes else []),
    ])  # fmt: skip
    yield f"**{words.say('actions', lang)}**"
    yield "\n".join(
        f"- {row['action']} ({words.say('duration', lang, duration=row['typical_duration'])})"
        for row in one.actions.to_dict("records")
    )
    if len(one.cases):
        yield f"**{words.say('cases', lang)}**"
        yield "\n".join(_case(row, names) for row in one.cases.to_dict("records"))


def _case(row: Mapping[Any, Any], names: Names) -> str:
    mark = "" if row["verified"] else f" ({words.say('unverified', names.lang)})"
    return f"- {row['name']}, {names.area(str(row['country_iso3']))}{mark}: <{row['source_url']}>"


def _mobile(plan: Plan, names: Names) -> Iterator[str]:
    lang, held = names.lang, cases.load(names.lang)
    yield f"## {words.say('mobile', lang)}"
    yield words.say("mobile_lead", lang)
    yield "\n".join(
        f"- **{words.say(row['lead'], lang)}**: {mobile_text(row, names, held)}"
        for row in steps.mobile_first(plan.area, lang, names.store).to_dict("records")
    )


def mobile_text(row: Mapping[Any, Any], names: Names, held: pd.DataFrame) -> str:
    """One lead of a mobile-first plan in words: value and next bar, or the cases."""
    lang, kpi = names.lang, str(row["kpi"])
    if not kpi:
        listed = [held.loc[one] for one in row["case_ids"]]
        said = "; ".join(f"{one['name']} ({names.area(one['country_iso3'])})" for one in listed)
        return said or words.say("no_case", lang)
    bar = row["bar"]
    later = words.say("at_top", lang) if bar != bar else words.say(
        "next_bar", lang, bar=names.value(bar, kpi))  # fmt: skip
    value = row["value"]
    now = words.say("no_value", lang) if value != value else (
        f"{names.value(value, kpi)} ({row['time_period']})")  # fmt: skip
    return f"{names.kpi(kpi)}: {now}; {later}"


def rows(plan: Plan, lang: str = "en", store: Store | None = None) -> pd.DataFrame:
    """The plan as one table: a row per target and per milestone.

    kind (target, milestone), ref_area, dimension, kpi, name, unit_measure, base_year, base_value,
    time_period, value, change_a_year, increment, owner, note, source. Figures are unrounded.
    """
    source = store or current.store()
    names = Names(source, lang)
    about = source.query("select kpi, unit_measure, source from kpi").set_index("kpi")
    bases = {(one.dimension, one.kpi): one for one in plan.targets}
    points = [("target", one.dimension, one.kpi, plan.by, one.target) for one in plan.targets]
    points += [("milestone", m.dimension, m.kpi, m.time_period, m.value) for m in plan.milestones]
    found = []
    for kind, dimension, kpi, year, value in points:
        base = bases.get((dimension, kpi))
        step = f"{dimension}.{base.stage}" if base is not None and base.stage else dimension
        known = kpi in about.index
        found.append({
            "kind": kind, "ref_area": plan.area, "dimension": dimension, "kpi": kpi, "name": names.kpi(kpi),
            "unit_measure": about.at[kpi, "unit_measure"] if known else "",
            "base_year": None if base is None else base.base_year,
            "base_value": None if base is None else base.base_value, "time_period": year, "value": value,
            "change_a_year": None if base is None else
            (base.target - base.base_value) / (plan.by - base.base_year),
            "increment": step, "owner": plan.owners.get(step, ""), "note": plan.notes.get(step, ""),
            "source": about.at[kpi, "source"] if known else "",
        })  # fmt: skip
    return pd.DataFrame(found, columns=CSV_COLUMNS)


CSV_COLUMNS = [
    "kind", "ref_area", "dimension", "kpi", "name", "unit_measure", "base_year", "base_value", "time_period",
    "value", "change_a_year", "increment", "owner", "note", "source",
]  # fmt: skip
