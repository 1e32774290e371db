"""The page of a case: facts, evidence for SDG targets, actions and lessons, similar cases."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts.figures import threshold
from dashboard.charts.scalars import Row, is_missing, records
from dashboard.components import frame, links, pickers, shell, table
from dashboard.components.frame import Table
from dashboard.components.knowledge import case_list, reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.links.sdg import target_order
from kpis.stages import STAGES

Gate = tuple[str, str, str]  # KPI, dimension, stage
MOST_GATES = 6
TITLE = Markup('<h2 class="e-title">{}</h2>{}')


def show(reader: Reader, case_id: str) -> None:
    """The page of a case."""
    case = reads.case(reader.lang, case_id, reader.further)
    country = words.area(reader, case["country_iso3"])
    kicker = _("Case from {country}").format(country=country)
    shell.headline(case["name"], kicker=kicker, is_name=True)
    st.html(_summary(case))
    left, right = st.columns([1, 1.5], gap="large")
    facts, *evidence = _parts(reader, case_id, pickers.my_country(reader))
    left.html(facts)
    for part in evidence:
        right.html(part)
    frame.table_only(*_similar(reader, case_id))
    frame.foot_only(
        _("Similar: the same theme counts 40%, SDG targets 20%, channel, type, stage and level 10% each.")
    )


@worded(frame.CACHED_FRAMES)
def _parts(reader: Reader, case_id: str, area: str | None) -> tuple[Markup, ...]:
    """Facts; SDG targets, what cites the case, gates. area: whose plan the gates lead to."""
    case = reads.case(reader.lang, case_id, reader.further)
    targets = Markup(_targets(reader, case))  # noqa: S704 - escaped there
    return (
        TITLE.format(_("The case"), _facts(reader, case)),
        TITLE.format(_("What it is evidence for"), targets),
        _citing(reader, case_id),
        _gates(reader, case_id, case, area),
    )


@worded(frame.CACHED_FRAMES)
def _similar(reader: Reader, case_id: str) -> Table:
    """The most similar cases as entries."""
    similar = reads.similar(reader.lang, case_id, reader.further)
    entries = case_list.entries(reader, similar)
    return _("Similar cases"), entries, lambda: case_list.export(similar), f"escala_similar_{case_id}"


def _summary(case: pd.Series) -> Markup:
    """What was done, and a note where no page confirms it."""
    summary = Markup('<p class="e-lead">{}{}</p>').format(
        case["summary"], words.translated(case["translated"])
    )
    if case["verified"]:
        return summary
    doubt = _("Not verified: no page was read that confirms this case.")
    return summary + Markup('<p class="e-note" role="note">{}</p>').format(doubt)


def _facts(reader: Reader, case: pd.Series) -> Markup:
    facts = {
        _("Source"): links.external_link(words.source(case["source_title"]), case["source_url"]),
        _("Verified"): _("yes, on the page of the source") if case["verified"] else _("not verified"),
        _("Origin"): words.origin(case["origin"], case["centre"]),
        **_place_and_time(reader, case),
        _("Status"): _(words.STATUS[case["status"]]),
        _("Level"): words.level(case["level"]),
        _("Theme"): links.to(reader, "cases", words.theme(reader, case["theme"]), theme=case["theme"]),
        _("Channel"): words.channels(case["channel"]),
        _("Kind"): str(reads.themes(reader.lang, "type")["name"][case["innovation_type"]]),
        _("Stage"): words.stage(case["maturity_stage"]) + " " + _("(a judgement on this one service)"),
    }
    if case["recognition"]:
        facts[_("Recognition")] = case["recognition"]
    item = Markup("<dt>{}</dt><dd>{}</dd>")
    items = Markup("").join(item.format(name, value) for name, value in facts.items())
    return Markup('<dl class="e-facts e-case">{}</dl>').format(items)


def _place_and_time(reader: Reader, case: pd.Series) -> dict[str, str]:
    country, year = words.area(reader, case["country_iso3"]), case["start_year"]
    return {
        _("Country"): links.to(reader, "country", country, country=case["country_iso3"]),
        _("Institution"): case["institution"] or _("not known"),
        _("Since"): _("not known") if is_missing(year) else str(year),
    }


def _targets(reader: Reader, case: pd.Series) -> str:
    """The SDG targets of the case, each with the kind of evidence of its theme."""
    linkage = reads.linkage(reader.lang)
    by_target = {row["sdg_target"]: row for row in records(linkage[linkage["theme"] == case["theme"]])}
    body: list[list[Cell]] = [
        [links.target_link(reader, target), *_evidence(by_target.get(target))]
        for target in sorted(case["sdg_targets"], key=target_order)
    ]
    columns = [Column(_("SDG target")), Column(_("Kind of evidence")), Column(_("How"))]
    return table.html(_("SDG targets of the case"), columns, body)


def _evidence(link: Row | None) -> tuple[str, str]:
    """Kind of evidence and mechanism of a target. link: of the theme, None where the theme has none."""
    if link is None:
        return _("named for this case only"), _("The methodology states no mechanism for this theme.")
    return words.evidence(str(link["evidence_kind"])), str(link["mechanism"])


def _citing(reader: Reader, case_id: str) -> Markup:
    """The actions and lessons that name the case as their example."""
    actions, lessons = reads.actions(reader.lang), reads.lessons(reader.lang)
    items = [_action(reader, row) for row in records(actions[_cites(actions, case_id)])]
    items += [_lesson(reader, row) for row in records(lessons[_cites(lessons, case_id)])]
    head = Markup('<h3 class="e-section">{}</h3>').format(_("Actions and lessons that cite it"))
    if not items:
        none = _("No action or lesson of the methodology cites this case.")
        return head + Markup("<p>{}</p>").format(none)
    return head + Markup('<ul class="e-plain">{}</ul>').format(Markup("").join(items))


def _gates(reader: Reader, case_id: str, case: pd.Series, area: str | None) -> Markup:
    """The gates that the actions behind the case move, else those of its dimensions and stage."""
    actions = reads.actions(reader.lang)
    steps = [
        (kpi_id, str(row["dimension"]), str(row["to_stage"]))
        for row in records(actions[_cites(actions, case_id)])
        for kpi_id in row["kpis"]
    ]
    title = _("Gates it helps to pass") if steps else _("Gates of its dimension and stage")
    bars = _bars()
    gates = [gate for gate in dict.fromkeys(steps or _of_stage(case, bars)) if gate in bars][:MOST_GATES]
    head = Markup('<h3 class="e-section">{}</h3>').format(title)
    items = Markup("").join(_gate(reader, gate, bars[gate], area) for gate in gates)
    return head + Markup('<ul class="e-plain">{}</ul>').format(items) if gates else Markup("")


def _bars() -> dict[Gate, float]:
    """The bar of each gate."""
    gates = reads.gates()
    return {
        (str(row["kpi"]), str(row["dimension"]), stage): float(row[stage])
        for row in records(gates)
        for stage in STAGES[1:]
        if not is_missing(row[stage])
    }


def _of_stage(case: pd.Series, bars: dict[Gate, float]) -> list[Gate]:
    """The gates of the dimensions of a case at its stage; of an emerging one those of the next."""
    stage = case["maturity_stage"] if case["maturity_stage"] in STAGES[1:] else STAGES[1]
    return [gate for gate in bars if gate[1] in case["dimensions"] and gate[2] == stage]


def _gate(reader: Reader, gate: Gate, bar: float, area: str | None) -> Markup:
    """A gate with its bar, which leads to all cases for it; beside it the plan of its dimension."""
    kpi_id, dimension, stage = gate
    kpi = reader.kpi(kpi_id)
    cases = links.to(reader, "cases", kpi.name, gate=kpi_id, dimension=dimension, stage=stage)
    to = {"country": area, "dimension": dimension} if area else {}  # a plan asks for a country first
    plan = links.to(reader, "plan", _("Plan"), **to)
    step = f"{reader.dimensions[dimension]}, {words.stage(stage)}"
    return Markup("<li>{}: {} <small>{} · {}</small></li>").format(
        cases, threshold(bar, kpi, reader.ctx), step, plan
    )


def _cites(rows: pd.DataFrame, case_id: str) -> pd.Series[bool]:
    """Which rows name the case. rows: case_ids."""
    return pd.Series([case_id in case_ids for case_ids in rows["case_ids"]], rows.index, dtype=bool)


def _action(reader: Reader, row: Row) -> Markup:
    """An action, with a link to the cases of its step."""
    step = f"{reader.dimensions[row['dimension']]}, → {words.stage(row['to_stage'])}"
    link = links.to(reader, "cases", step, dimension=row["dimension"], stage=row["to_stage"])
    return Markup("<li>{} <small>{}</small></li>").format(row["action"], link)


def _lesson(reader: Reader, row: Row) -> Markup:
    """A lesson, and for whom it is."""
    group = _(words.LESSON_GROUPS[row["group"]])
    link = links.to(reader, "lessons", row["lesson"])
    return Markup("<li>{} <small>{}: {}</small></li>").format(link, _("Lesson"), group)
