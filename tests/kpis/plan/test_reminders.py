"""The calendar file of a plan, read back by a parser of RFC 5545 written for these tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kpis import plan
from kpis.plan.document import Plan, Target
from kpis.plan.reminders import MOST_OCTETS, escaped, folded
from kpis.queries import Warehouse

TODAY, NOW = date(2026, 11, 28), datetime(2026, 11, 28, 12, tzinfo=UTC)
HOSTILE = "Ñandú; \\ a, b\r\nEND:VEVENT\r\nBEGIN:VEVENT\x00 " + "ó" * 60


def target(kpi: str, dimension: str) -> Target:
    return Target(dimension=dimension, kpi=kpi, stage="enhanced", base_year=2022, base_value=1, target=2)


PLAN = Plan(
    area="COL",
    kind="stage",
    value=2,
    by=2030,
    made=2026,
    stages={"legal": 0, "services": 0},
    targets=(target("GTMI", "legal"), target("OSI", "services")),
    owners={"legal.enhanced": HOSTILE},
    dues={
        "legal.enhanced": "2027-06-30",
        "legal.transactional": "2028-01-15",
        "services.enhanced": "2027-02-28",
    },
    statuses={"services.enhanced": "done"},
)


def parsed(text: str) -> list[dict[str, str]]:
    """The events of a calendar by property; raises where the text breaks the rules of RFC 5545."""
    assert text.endswith("\r\n")
    lines = text[:-2].split("\r\n")
    assert all(len(line.encode()) <= MOST_OCTETS and "\n" not in line and "\r" not in line for line in lines)
    whole: list[str] = []
    for line in lines:
        if line.startswith(" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    assert (whole[0], whole[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN"} <= set(whole)
    events: list[dict[str, str]] = []
    open_: list[str] = []
    for line in whole:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert open_.pop() == value
        elif open_[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    assert open_ == []
    return events


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Colombia, legal framework: step to enhanced is due"),
        ("es", "Colombia, marco jurídico: vence el paso a mejorada"),
    ],
)
def test_steps_with_a_day_have_an_entry_and_those_done_none(wh: Warehouse, lang: str, title: str) -> None:
    events = parsed(plan.ics(PLAN, lang, today=TODAY, now=NOW, store=wh.tables))
    steps = [event for event in events if "URL" not in event]
    assert [event["DTSTART;VALUE=DATE"] for event in steps] == ["20270630", "20280115"]
    assert steps[0]["SUMMARY"] == title
    assert "END:VEVENT BEGIN" in steps[0]["DESCRIPTION"].replace("\n", " ")
    assert {event["DTSTAMP"] for event in events} == {"20261128T120000Z"}


def test_only_dates_that_are_announced_have_an_entry(wh: Warehouse) -> None:
    def releases(day: date) -> list[tuple[date, str]]:
        found = plan.reminders(PLAN, today=day, store=wh.tables)
        return [(one.day, one.title) for one in found if one.url]

    source = wh.kpis().set_index("kpi")["source"]
    assert source["GTMI"] == "wb_gtmi"  # of which a year is known, and no month
    assert source["OSI"] == "undesa_egovkb"
    assert releases(TODAY) == []
    internet = PLAN.model_copy(update={"targets": (target("SDG_17.8.1", "services"),)})
    found = plan.reminders(internet, today=TODAY, store=wh.tables)
    [release] = [one for one in found if one.url]
    assert (release.day, release.until) == (date(2026, 11, 1), date(2026, 12, 1))
    assert "KPIs of the plan: " in release.text
    assert [
        one for one in plan.reminders(internet, today=date(2026, 12, 1), store=wh.tables) if one.url
    ] == []


def test_the_ids_are_the_same_at_every_export_and_differ_between_plans(wh: Warehouse) -> None:
    first = parsed(plan.ics(PLAN, "en", today=TODAY, store=wh.tables))
    later = PLAN.model_copy(update={"dues": PLAN.dues | {"legal.enhanced": "2027-09-30"}})
    moved = parsed(plan.ics(later, "es", today=TODAY, store=wh.tables))
    assert [event["UID"] for event in first] == [event["UID"] for event in moved]
    assert len({event["UID"] for event in first}) == len(first)
    other = parsed(plan.ics(PLAN.model_copy(update={"area": "PER"}), "en", today=TODAY, store=wh.tables))
    assert not {event["UID"] for event in other} & {event["UID"] for event in first}


def test_a_plan_without_a_day_has_no_calendar(wh: Warehouse) -> None:
    with pytest.raises(plan.PlanError, match="no date to remind of"):
        plan.ics(PLAN.model_copy(update={"dues": {}}), "en", today=TODAY, store=wh.tables)


def test_lines_are_folded_between_letters() -> None:
    line = "SUMMARY:" + "ñ" * 200
    assert folded(line).replace("\r\n ", "") == line
    assert escaped("a\x07b\nc") == "ab\\nc"
